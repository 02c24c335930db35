/*
 * The best students for one posting: the same way as for postings, with the
 * columns read the other way round.
 */
#include "matcher/index_filter.h"
#include "matcher/index_seeker.h"

#include <string.h>

static const uint32_t ADULT_DAYS = 2 * 365;

static bool is_tied(const struct match_seeker *seeker, uint32_t class)
{
	size_t count;
	const struct match_tied_class *at =
		match_tied_classes_of(&seeker->snapshot->kept->tied_classes,
				      seeker->posting.facts.occupation, &count);

	for (size_t i = 0; i < count; i++)
		if (at[i].class == class)
			return true;
	return false;
}

/* The best tier of a class, but for what its own codes add. */
static enum match_tier tier_of_class(const struct match_seeker *seeker,
				     uint32_t class)
{
	const struct match_posting *facts = &seeker->posting.facts;
	enum match_tier tier = MATCH_TIER_NONE;

	if (is_tied(seeker, class))
		return MATCH_TIER_CLASS_OR_TIE;
	for (size_t i = 0; i < facts->target_count; i++) {
		if (match_specialty_class(facts->targets[i]) == class)
			return MATCH_TIER_CLASS_OR_TIE;
		if (match_specialty_category(facts->targets[i]) == class / 100)
			tier = MATCH_TIER_CATEGORY;
	}
	return tier;
}

static int class_is(void *of, uint32_t class)
{
	const struct match_seeker *seeker = of;
	enum match_tier tier = tier_of_class(seeker, class);

	if (!match_class_is_asked(seeker->query->specialty, class))
		return -1;
	if (tier == MATCH_TIER_NONE)
		return seeker->posting.facts.kind == MATCH_INTERNSHIP &&
				       seeker->policy->cross_category ==
					       MATCH_BLOCK
			       ? -1
			       : MATCH_OTHER_CLASS;
	return tier == MATCH_TIER_CATEGORY ? MATCH_SAME_CATEGORY
					   : MATCH_SAME_CLASS;
}

static void enter_class(void *of, uint32_t class)
{
	struct match_seeker *seeker = of;
	const struct match_posting *facts = &seeker->posting.facts;

	seeker->class_tier = tier_of_class(seeker, class);
	seeker->want_count = 0;
	for (size_t i = 0; i < facts->target_count; i++)
		if (match_specialty_class(facts->targets[i]) == class)
			seeker->want[seeker->want_count++] =
				(uint16_t)match_want_of(facts->targets[i]);
}

static int area_is(void *of, uint32_t area)
{
	struct match_seeker *seeker = of;
	uint32_t division = seeker->posting.facts.division;

	seeker->is_same_area = match_area_of(division) == area;
	seeker->is_place_neutral = division == 0;
	seeker->area_place =
		area == MATCH_AREA_ODD
			? MATCH_PLACE_CITY
			: match_division_shared(division, area * 100);
	if (seeker->is_place_neutral)
		return MATCH_AREA_NEAR;
	return seeker->is_same_area || seeker->area_place <= MATCH_PLACE_CITY
		       ? MATCH_AREA_NEAR
		       : MATCH_AREA_FAR;
}

static uint32_t most(void *of, int class_is, int area_is)
{
	static const enum match_tier tiers[] = {
		[MATCH_SAME_CLASS] = MATCH_TIER_SAME,
		[MATCH_SAME_CATEGORY] = MATCH_TIER_CATEGORY,
		[MATCH_OTHER_CLASS] = MATCH_TIER_NONE,
	};
	const struct match_seeker *seeker = of;
	enum match_place place = area_is == MATCH_AREA_NEAR
					 ? MATCH_PLACE_COUNTY
					 : MATCH_PLACE_PROVINCE;

	return seeker->tier[tiers[class_is]] + seeker->most_but_tier_and_place +
	       match_larger(seeker->place[place],
			    seeker->neutral[MATCH_PART_PLACE]);
}

/* The best tier of students between two wants in the class entered. */
static uint32_t tier_between(const struct match_seeker *seeker, uint32_t low,
			     uint32_t high)
{
	enum match_tier best = seeker->class_tier;

	for (uint32_t i = 0; i < seeker->want_count; i++) {
		uint32_t want = seeker->want[i];

		if (low <= want && want <= high)
			return seeker->tier[MATCH_TIER_SAME];
		if (low >> 8 <= want >> 8 && want >> 8 <= high >> 8)
			best = MATCH_TIER_CLASS_AND_LEVEL;
	}
	return seeker->tier[best];
}

/* What the area is worth to a student without a county in common. */
static uint32_t place_of_area(const struct match_seeker *seeker, uint32_t area,
			      uint32_t flags)
{
	enum match_place place = seeker->area_place;

	if (seeker->is_place_neutral)
		return seeker->neutral[MATCH_PART_PLACE];
	if (seeker->is_same_area && place > MATCH_PLACE_CITY)
		place = MATCH_PLACE_CITY;
	if (place != MATCH_PLACE_AWAY)
		return seeker->place[place];
	if ((flags & MATCH_ROW_RESTRICTED) != 0)
		return MATCH_SUM_NONE;
	if ((flags & MATCH_ROW_ANYWHERE) != 0)
		return seeker->place[MATCH_PLACE_MOVE];
	return area == MATCH_AREA_NONE ? seeker->neutral[MATCH_PART_PLACE]
				       : seeker->place[MATCH_PLACE_AWAY];
}

static uint32_t place_of_chunk(const struct match_seeker *seeker,
			       const struct match_bound *bound)
{
	if (seeker->is_place_neutral)
		return seeker->neutral[MATCH_PART_PLACE];
	if (seeker->is_same_area || bound->area == MATCH_AREA_ODD)
		return seeker->place[MATCH_PLACE_COUNTY];
	if (seeker->area_place != MATCH_PLACE_AWAY)
		return seeker->place[seeker->area_place];
	if ((bound->all & MATCH_ROW_RESTRICTED) != 0)
		return MATCH_SUM_NONE;
	if (bound->area == MATCH_AREA_NONE)
		return match_larger(seeker->neutral[MATCH_PART_PLACE],
				    seeker->place[MATCH_PLACE_MOVE]);
	return seeker->place[(bound->any & MATCH_ROW_ANYWHERE) != 0
				     ? MATCH_PLACE_MOVE
				     : MATCH_PLACE_AWAY];
}

static uint32_t pay_of_chunk(const struct match_seeker *seeker,
			     const struct match_bound *bound)
{
	float expected = (float)(UINT16_MAX - bound->low);
	float whole = (float)seeker->pay.whole;

	if (seeker->pay_max == 0)
		return seeker->neutral[MATCH_PART_PAY];
	/* Whoever expects nothing hides what the others expect. */
	if (bound->low == UINT16_MAX || (bound->any & MATCH_ROW_ODD) != 0 ||
	    expected <= seeker->pay.max)
		return seeker->whole[MATCH_PART_PAY];
	return (uint32_t)(whole / 2 * seeker->pay.max / expected) +
	       MATCH_SUM_SLACK;
}

static uint32_t period_of_chunk(const struct match_seeker *seeker,
				const struct match_bound *bound)
{
	const struct match_posting *facts = &seeker->posting.facts;

	if (seeker->period_constant != MATCH_SUM_NONE)
		return seeker->period_constant;
	if ((bound->any & MATCH_ROW_DATED) == 0)
		return seeker->neutral[MATCH_PART_PERIOD];
	if (match_day_column(facts->from) <= bound->to &&
	    bound->from <= match_day_column(facts->to))
		return seeker->whole[MATCH_PART_PERIOD];
	return (bound->all & MATCH_ROW_DATED) != 0
		       ? MATCH_SUM_NONE
		       : seeker->neutral[MATCH_PART_PERIOD];
}

static uint32_t skills_of_chunk(const struct match_seeker *seeker,
				const struct match_bound *bound)
{
	if (seeker->posting.facts.ask_count == 0)
		return seeker->neutral[MATCH_PART_SKILLS];
	return (bound->signature & seeker->signature) != 0
		       ? seeker->whole[MATCH_PART_SKILLS]
		       : 0;
}

static uint32_t bound_of(void *of, const struct match_bound *bound)
{
	const struct match_seeker *seeker = of;
	uint32_t education = match_best_level(seeker->education, bound->levels);
	uint32_t period = period_of_chunk(seeker, bound);
	uint32_t place = place_of_chunk(seeker, bound);
	uint32_t skills = skills_of_chunk(seeker, bound);

	if (education == MATCH_SUM_NONE || period == MATCH_SUM_NONE ||
	    place == MATCH_SUM_NONE)
		return MATCH_SUM_NONE;
	if (seeker->required_count != 0 && skills == 0 &&
	    (bound->signature & seeker->signature) == 0)
		return MATCH_SUM_NONE;
	return tier_between(seeker, bound->want_low, bound->want_high) +
	       education + period + place + pay_of_chunk(seeker, bound) +
	       skills;
}

static void offer(struct match_seeker *seeker,
		  const struct match_student_record *record, bool is_again)
{
	struct match_numbered_student student;
	struct match_index_entry entry;
	struct match_fit fit;

	if (!match_student_query_passes(seeker->query, record))
		return;
	match_record_number_student(record, &student);
	match_align(&seeker->snapshot->kept->terms, &student.facts,
		    &seeker->posting.facts, &fit);
	if (!fit.is_eligible)
		return;
	memcpy(entry.id, record->of.id, sizeof(entry.id));
	entry.published_us = 0;
	entry.slot = record->of.slot;
	entry.score = fit.score;
	entry.tier = fit.tier;
	match_top_offer(&seeker->top, &entry, is_again);
}

static bool may_pass(const struct match_seeker *seeker,
		     const struct match_chunk *chunk, uint32_t i)
{
	uint32_t first = match_day_column(seeker->first);

	if (chunk->first[i] > first)
		return false;
	/* Rounded days say nothing of two years later. */
	if (seeker->barring.is_for_adults && chunk->first[i] != 0 &&
	    first != MATCH_DAY_MAX && chunk->first[i] + ADULT_DAYS > first)
		return false;
	if (seeker->barring.is_for_men &&
	    (chunk->flags[i] & MATCH_ROW_MAN) == 0)
		return false;
	return seeker->posting.facts.kind != MATCH_INTERNSHIP ||
	       chunk->mark[i] <= first;
}

/* MATCH_SUM_NONE: something required is missing. */
static uint32_t skills_of_row(const struct match_seeker *seeker,
			      const struct match_chunk *chunk, uint32_t i)
{
	uint32_t at = match_chunk_key_start(chunk, i);
	uint32_t value = 0, required = 0;

	if (seeker->posting.facts.ask_count == 0)
		return seeker->neutral[MATCH_PART_SKILLS];
	for (; at < chunk->key_end[i]; at++) {
		const struct match_share *share =
			&seeker->share[match_share_at(chunk->key[at].key)];

		value += share->value;
		required += share->is_required;
	}
	if (required < seeker->required_count)
		return MATCH_SUM_NONE;
	return match_weighted(seeker->policy, MATCH_PART_SKILLS,
			      value < MATCH_WHOLE ? value : MATCH_WHOLE);
}

/* What the county and the flags of a row are worth in an area. */
static void spread(struct match_seeker *seeker, uint32_t area)
{
	uint32_t county = seeker->posting.facts.division % 100;
	bool is_same = seeker->is_same_area && !seeker->is_place_neutral;
	int32_t here = (int32_t)seeker->place[MATCH_PLACE_COUNTY];

	if (seeker->spread_area == area)
		return;
	seeker->spread_area = area;
	memset(seeker->is_there, 0, sizeof(seeker->is_there));
	seeker->is_there[MATCH_COUNTY_MANY] = is_same;
	seeker->is_there[county] = is_same;
	if (is_same && area == MATCH_AREA_ODD)
		memset(seeker->is_there, 1, sizeof(seeker->is_there));
	for (uint32_t flags = 0; flags < MATCH_FLAG_SETS; flags++) {
		int32_t level = match_sum_signed(
			seeker->education[flags & MATCH_ROW_LEVEL]);

		seeker->by_flags[0][flags] =
			level +
			match_sum_signed(place_of_area(seeker, area, flags));
		seeker->by_flags[1][flags] = level + here;
	}
}

static void add_tiers(const struct match_seeker *seeker,
		      const struct match_chunk *chunk, int32_t *sum)
{
	struct match_sums_tier tier = {
		.want = seeker->want[0],
		.same = (int32_t)seeker->tier[MATCH_TIER_SAME],
		.class_and_level =
			(int32_t)seeker->tier[MATCH_TIER_CLASS_AND_LEVEL],
		.other = (int32_t)seeker->tier[seeker->class_tier],
	};

	if (seeker->want_count == 0)
		tier.same = tier.class_and_level = tier.other;
	if (seeker->want_count <= 1) {
		match_sums_tiers(chunk, &tier, sum);
		return;
	}
	for (uint32_t i = 0; i < chunk->count; i++)
		sum[i] += (int32_t)tier_between(seeker, chunk->want[i],
						chunk->want[i]);
}

/* All but the skills, for every row. */
static void add_up(struct match_seeker *seeker, const struct match_chunk *chunk,
		   int32_t *sum)
{
	spread(seeker, match_order_area(chunk->group << 16));
	match_sums_homes(chunk, seeker->is_there, seeker->by_flags[0], sum);
	add_tiers(seeker, chunk, sum);
	if (seeker->period_constant == MATCH_SUM_NONE)
		match_sums_availability(chunk, &seeker->period, sum);
	if (seeker->pay_max != 0)
		match_sums_expectations(chunk, &seeker->pay, sum);
}

static int32_t same_for_all(const struct match_seeker *seeker)
{
	uint32_t sum = 0;

	if (seeker->period_constant != MATCH_SUM_NONE)
		sum += seeker->period_constant;
	if (seeker->pay_max == 0)
		sum += seeker->neutral[MATCH_PART_PAY];
	return (int32_t)sum;
}

/* Put into rows those that may enter the list but for their skills. */
static void collect(struct match_seeker *seeker,
		    const struct match_chunk *chunk, const int32_t *sum)
{
	int32_t same = same_for_all(seeker);
	int32_t least =
		(int32_t)match_top_least(&seeker->top) - same -
		(int32_t)match_larger(seeker->whole[MATCH_PART_SKILLS],
				      seeker->neutral[MATCH_PART_SKILLS]);

	least = least < 0 ? 0 : least;
	seeker->rows.count = 0;
	for (uint32_t i = 0; i < chunk->count; i++) {
		if (sum[i] < least || !may_pass(seeker, chunk, i))
			continue;
		__builtin_prefetch(chunk->key +
				   match_chunk_key_start(chunk, i));
		seeker->rows.at[seeker->rows.count++].row = i;
	}
}

/* Of these, keep those that may with them. */
static void add_skills(struct match_seeker *seeker,
		       const struct match_chunk *chunk, const int32_t *sum)
{
	struct match_candidates *rows = &seeker->rows;
	uint32_t least = match_top_least(&seeker->top);
	int32_t same = same_for_all(seeker);
	uint32_t kept = 0;

	for (uint32_t j = 0; j < rows->count; j++) {
		uint32_t i = rows->at[j].row;
		uint32_t skills = skills_of_row(seeker, chunk, i);
		uint32_t most = (uint32_t)(sum[i] + same) + skills;

		if (skills == MATCH_SUM_NONE)
			continue;
		if (most < least)
			continue;
		__builtin_prefetch(&chunk->end[i]);
		rows->at[kept++] = (struct match_candidate){
			.score = most / MATCH_WHOLE,
			.row = i,
		};
	}
	rows->count = kept;
	for (uint32_t j = 0; j < kept; j++) {
		const struct match_row_end *end = &chunk->end[rows->at[j].row];

		rows->at[j].newest = end->newest;
		__builtin_prefetch(end->record);
		__builtin_prefetch((const char *)end->record + 64);
	}
}

static void visit(void *of, const struct match_chunk *chunk)
{
	struct match_seeker *seeker = of;
	struct match_candidates *rows = &seeker->rows;
	int32_t sum[MATCH_CHUNK_ROWS];

	add_up(seeker, chunk, sum);
	collect(seeker, chunk, sum);
	add_skills(seeker, chunk, sum);
	match_candidates_order(rows);
	while (rows->count != 0 &&
	       match_candidate_admits(&seeker->top, &rows->at[0])) {
		uint32_t i = rows->at[0].row;

		match_candidates_pop(rows);
		offer(seeker, (const void *)chunk->end[i].record,
		      (chunk->flags[i] & MATCH_ROW_AGAIN) != 0);
	}
}

void match_index_students(const struct match_snapshot *snapshot,
			  const struct match_posting *posting,
			  const struct match_index_student_query *query,
			  struct match_index_ranking *ranking)
{
	static const struct match_scan_ways ways = {
		class_is, enter_class, area_is, most, bound_of, visit};
	static const struct match_index_student_query everything;
	struct match_seeker seeker;

	query = query ? query : &everything;
	match_top_init(&seeker.top, ranking, query->after);
	if (ranking->want == 0)
		return;
	match_seeker_init(&seeker, snapshot, posting, query);
	if (seeker.barring.is_barred)
		return;
	seeker.scan.ways = &ways;
	seeker.scan.of = &seeker;
	seeker.scan.tree = snapshot->students.tree;
	seeker.scan.top = &seeker.top;
	match_scan_run(&seeker.scan);
	match_top_sort(&seeker.top);
}
