/*
 * Counties that the student does not name are all alike within an area, so one
 * that stands for them is asked, and those that he names.
 */
#include "matcher/index_place.h"

#include "matcher/index_file.h"

static uint32_t points(const struct match_places *places,
		       enum match_place place)
{
	return match_weighted(places->policy, MATCH_PART_PLACE,
			      places->policy->place_points[place]);
}

static void note_province(struct match_places *places, uint32_t division)
{
	uint32_t province = division / 10000;

	if (division != 0 && province < 128)
		places->province[province / 64] |= UINT64_C(1)
						   << (province % 64);
}

static bool is_restricted(const struct match_student *student)
{
	return student->willing_count != 0 && !student->is_willing_anywhere;
}

void match_places_init(struct match_places *places,
		       const struct match_policy *policy,
		       const struct match_student *student)
{
	places->policy = policy;
	places->student = student;
	places->province[0] = places->province[1] = 0;
	places->is_unknown = student->home == 0 &&
			     student->willing_count == 0 &&
			     !student->is_willing_anywhere;
	places->neutral = match_weighted(policy, MATCH_PART_PLACE,
					 policy->neutral_points);
	places->far =
		points(places, student->is_willing_anywhere ? MATCH_PLACE_MOVE
							    : MATCH_PLACE_AWAY);
	if (is_restricted(student))
		places->far = MATCH_SUM_NONE;
	note_province(places, student->home);
	for (size_t i = 0; i < student->willing_count; i++)
		note_province(places, student->willing[i]);
	places->area = UINT32_MAX;
	places->has_counties = false;
	for (uint32_t i = 0; i < MATCH_AREAS_SEEN; i++)
		places->seen[i].area = UINT32_MAX;
}

static void take_better(enum match_place *best, enum match_place place)
{
	if (place < *best)
		*best = place;
}

/* What a division is worth, as match_align finds it. */
static uint32_t worth(const struct match_places *places, uint32_t division)
{
	const struct match_student *student = places->student;
	enum match_place best = match_division_shared(division, student->home);
	bool is_named = false;

	for (size_t i = 0; i < student->willing_count; i++) {
		if (!match_division_is_in(division, student->willing[i]))
			continue;
		is_named = true;
		take_better(&best, match_division_shared(division,
							 student->willing[i]));
	}
	if (!is_named && is_restricted(student))
		return MATCH_SUM_NONE;
	if (best == MATCH_PLACE_AWAY)
		return places->far;
	return points(places, best);
}

/* Whether the student names a county of the area entered. */
static bool is_county_named(const struct match_places *places, uint32_t county)
{
	const struct match_student *student = places->student;
	uint32_t division = places->area * 100 + county;

	if (student->home == division)
		return true;
	for (size_t i = 0; i < student->willing_count; i++)
		if (student->willing[i] == division)
			return true;
	return false;
}

/* What every county is worth that is not named; no area has 100 of them. */
static uint32_t worth_of_others(const struct match_places *places)
{
	uint32_t county = MATCH_COUNTIES - 1;

	while (county > 1 && is_county_named(places, county))
		county--;
	return worth(places, places->area * 100 + county);
}

static void take_more(struct match_places *places, uint32_t sum)
{
	if (sum == MATCH_SUM_NONE)
		return;
	if (places->most == MATCH_SUM_NONE || sum > places->most)
		places->most = sum;
}

static void enter_named(struct match_places *places, uint32_t area)
{
	const struct match_student *student = places->student;
	bool is_home = match_area_of(student->home) == area;

	places->most = worth_of_others(places);
	take_more(places, worth(places, area * 100));
	if (is_home)
		take_more(places, worth(places, student->home));
	places->is_near = is_home;
	for (size_t i = 0; i < student->willing_count; i++) {
		if (match_area_of(student->willing[i]) != area)
			continue;
		places->is_near = true;
		take_more(places, worth(places, student->willing[i]));
	}
	if (places->most != MATCH_SUM_NONE &&
	    places->most >= points(places, MATCH_PLACE_CITY))
		places->is_near = true;
}

static void find_area(struct match_places *places, uint32_t area)
{
	uint32_t province = area / 100;

	places->is_near = false;
	if (area == MATCH_AREA_NONE || places->is_unknown) {
		places->most = places->neutral;
	} else if (area == MATCH_AREA_ODD) {
		places->most = points(places, MATCH_PLACE_COUNTY);
		places->is_near = true;
	} else if (province >= 128 ||
		   (places->province[province / 64] >> (province % 64) & 1) ==
			   0) {
		places->most = places->far;
	} else {
		enter_named(places, area);
	}
}

void match_places_enter(struct match_places *places, uint32_t area)
{
	struct match_area_seen *seen = &places->seen[area % MATCH_AREAS_SEEN];

	if (places->area == area)
		return;
	places->area = area;
	places->has_counties = false;
	if (seen->area == area) {
		places->most = seen->most;
		places->is_near = seen->is_near;
		return;
	}
	find_area(places, area);
	*seen = (struct match_area_seen){area, places->most, places->is_near};
}

static void spread_named(struct match_places *places)
{
	const struct match_student *student = places->student;
	uint32_t first = places->area * 100;
	int32_t others = match_sum_signed(worth_of_others(places));

	for (uint32_t i = 1; i < MATCH_COUNTIES; i++)
		places->county[i] = others;
	places->county[0] = match_sum_signed(worth(places, first));
	if (match_area_of(student->home) == places->area)
		places->county[student->home % 100] =
			match_sum_signed(worth(places, student->home));
	for (size_t i = 0; i < student->willing_count; i++)
		if (match_area_of(student->willing[i]) == places->area)
			places->county[student->willing[i] % 100] =
				match_sum_signed(
					worth(places, student->willing[i]));
}

void match_places_spread(struct match_places *places)
{
	uint32_t province = places->area / 100;

	if (places->has_counties)
		return;
	places->has_counties = true;
	if (places->area != MATCH_AREA_NONE && places->area != MATCH_AREA_ODD &&
	    !places->is_unknown && province < 128 &&
	    (places->province[province / 64] >> (province % 64) & 1) != 0) {
		spread_named(places);
		return;
	}
	for (uint32_t i = 0; i < MATCH_COUNTIES; i++)
		places->county[i] = match_sum_signed(places->most);
}
