/*
 * One pair aligned: each part of the score is made by one function, then the
 * rules are checked on what the parts found. Callers give a sound policy and
 * facts in the ranges of align.h; what nobody recorded is said as such.
 */
#include "matcher/align.h"

#include "matcher/insist.h"

#include <string.h>

enum {
	OCCUPATION_FIRST = 1000000, /* above every specialty code */
	ASK_WEIGHT_UNKNOWN = 1000,
	ASK_WEIGHT_MAX = 1000000,
	PAY_HALF = MATCH_WHOLE / 2, /* what the top of the range is worth */
};

static const int64_t PAY_FEN_MAX = 1000000000000;

struct pair {
	const struct match_terms *terms;
	const struct match_student *student;
	const struct match_posting *posting;
};

int32_t match_first_day(const struct match_posting *posting)
{
	static const int64_t us_per_hour = 3600000000;

	if (posting->from != MATCH_NO_DAY)
		return posting->from;
	MATCH_INSIST(posting->published_us >= 0);
	return (int32_t)((posting->published_us + 8 * us_per_hour) /
			 (24 * us_per_hour));
}

enum match_tier match_best_tier(const struct match_ties *ties,
				uint32_t specialty,
				const struct match_posting *posting,
				uint32_t *by)
{
	enum match_tier best = MATCH_TIER_NONE;

	*by = 0;
	for (size_t i = 0; i < posting->target_count; i++) {
		enum match_tier tier =
			match_specialty_tier(specialty, posting->targets[i]);

		if (tier >= best)
			continue;
		best = tier;
		*by = posting->targets[i];
	}
	if (best <= MATCH_TIER_CLASS_OR_TIE || posting->occupation == 0 ||
	    !match_specialty_is_tied(ties, specialty, posting->occupation))
		return best;
	*by = posting->occupation;
	return MATCH_TIER_CLASS_OR_TIE;
}

static enum match_reason tier_reason(enum match_tier tier, uint32_t by)
{
	switch (tier) {
	case MATCH_TIER_SAME:
		return MATCH_REASON_SAME_SPECIALTY;
	case MATCH_TIER_CLASS_AND_LEVEL:
		return MATCH_REASON_SAME_CLASS;
	case MATCH_TIER_CLASS_OR_TIE:
		return by >= OCCUPATION_FIRST
			       ? MATCH_REASON_TIED_OCCUPATION
			       : MATCH_REASON_SAME_CLASS_OTHER_LEVEL;
	case MATCH_TIER_CATEGORY:
		return MATCH_REASON_SAME_CATEGORY;
	case MATCH_TIER_NONE:
		break;
	}
	return MATCH_REASON_OTHER_CATEGORY;
}

static void score_specialty(const struct pair *pair, struct match_fit *fit)
{
	struct match_part *part = &fit->parts[MATCH_PART_SPECIALTY];
	uint32_t by;

	fit->tier = match_best_tier(pair->terms->ties, pair->student->specialty,
				    pair->posting, &by);
	part->value = pair->terms->policy->tier_points[fit->tier - 1];
	part->because = tier_reason(fit->tier, by);
	part->a = pair->student->specialty;
	part->b = by;
}

static bool is_among(const struct match_text *names, size_t count,
		     const struct match_text *name)
{
	for (size_t i = 0; i < count; i++) {
		/* Most names differ in their first byte already. */
		if (names[i].bytes == name->bytes &&
		    (name->bytes == 0 ||
		     (names[i].at[0] == name->at[0] &&
		      memcmp(names[i].at, name->at, name->bytes) == 0)))
			return true;
	}
	return false;
}

static bool is_held(const struct match_student *student,
		    const struct match_ask *ask)
{
	if (ask->is_certificate)
		return is_among(student->certificates,
				student->certificate_count, &ask->name);
	return is_among(student->skills, student->skill_count, &ask->name);
}

static enum match_reason held_reason(const struct match_part *part)
{
	if (part->a == 0)
		return MATCH_REASON_NONE_HELD;
	return part->a == part->b ? MATCH_REASON_ALL_HELD
				  : MATCH_REASON_SOME_HELD;
}

static void score_skills(const struct pair *pair, struct match_part *part)
{
	const struct match_posting *posting = pair->posting;

	MATCH_INSIST(posting->ask_count <= MATCH_ASKS_MAX);
	for (size_t i = 0; i < posting->ask_count; i++) {
		const struct match_ask *ask = &posting->asks[i];
		uint32_t weight =
			ask->weight != 0 ? ask->weight : ASK_WEIGHT_UNKNOWN;

		MATCH_INSIST(weight <= ASK_WEIGHT_MAX);
		part->b += weight;
		if (!is_held(pair->student, ask))
			continue;
		part->a += weight;
		part->which |= UINT64_C(1) << i;
	}
	if (part->b == 0) {
		part->because = MATCH_REASON_NOTHING_ASKED;
		part->value = pair->terms->policy->neutral_points;
		return;
	}
	part->because = held_reason(part);
	part->value = (uint16_t)(MATCH_WHOLE * part->a / part->b);
}

static void score_education(const struct pair *pair, struct match_part *part)
{
	const struct match_policy *policy = pair->terms->policy;
	enum match_education level = pair->student->education;
	enum match_education least = pair->posting->education_min;

	MATCH_INSIST(level <= MATCH_EDUCATION_BACHELOR);
	MATCH_INSIST(least <= MATCH_EDUCATION_BACHELOR);
	if (level == MATCH_EDUCATION_NONE)
		level = match_specialty_level(pair->student->specialty);
	part->a = level;
	part->b = least;
	if (least == MATCH_EDUCATION_NONE) {
		part->because = MATCH_REASON_NO_MINIMUM;
		part->value = policy->neutral_points;
	} else if (level < least) {
		part->because = MATCH_REASON_LEVEL_BELOW;
		part->value = 0;
	} else {
		part->because = level == least ? MATCH_REASON_LEVEL_MET
					       : MATCH_REASON_LEVEL_ABOVE;
		part->value = policy->education_points[level - least];
	}
}

/* The nearest step that the posting shares with a place of the student's. */
static enum match_place nearest_place(const struct pair *pair, uint32_t *by)
{
	const struct match_student *student = pair->student;
	uint32_t division = pair->posting->division;
	enum match_place best = match_division_shared(division, student->home);

	*by = best < MATCH_PLACE_AWAY ? student->home : 0;
	for (size_t i = 0; i < student->willing_count; i++) {
		uint32_t area = student->willing[i];
		enum match_place place = match_division_shared(division, area);

		if (place >= best || !match_division_is_in(division, area))
			continue;
		best = place;
		*by = area;
	}
	if (best == MATCH_PLACE_AWAY && student->is_willing_anywhere)
		return MATCH_PLACE_MOVE;
	return best;
}

static void score_place(const struct pair *pair, struct match_part *part)
{
	static const enum match_reason reasons[MATCH_PLACE_COUNT] = {
		[MATCH_PLACE_COUNTY] = MATCH_REASON_SAME_COUNTY,
		[MATCH_PLACE_CITY] = MATCH_REASON_SAME_CITY,
		[MATCH_PLACE_PROVINCE] = MATCH_REASON_SAME_PROVINCE,
		[MATCH_PLACE_MOVE] = MATCH_REASON_WILLING_TO_MOVE,
		[MATCH_PLACE_AWAY] = MATCH_REASON_AWAY,
	};
	const struct match_student *student = pair->student;
	uint32_t by = 0;

	part->a = pair->posting->division;
	if (pair->posting->division == 0 ||
	    (student->home == 0 && student->willing_count == 0 &&
	     !student->is_willing_anywhere)) {
		part->because = MATCH_REASON_PLACE_UNKNOWN;
		part->value = pair->terms->policy->neutral_points;
		return;
	}

	enum match_place place = nearest_place(pair, &by);

	part->b = by;
	part->because = reasons[place];
	part->value = pair->terms->policy->place_points[place];
}

/* The days of from..to on which the student is available. */
static int64_t days_available(const struct match_student *student, int32_t from,
			      int32_t to)
{
	if (student->available_from != MATCH_NO_DAY &&
	    student->available_from > from)
		from = student->available_from;
	if (student->available_to != MATCH_NO_DAY && student->available_to < to)
		to = student->available_to;
	return from <= to ? (int64_t)to - from + 1 : 0;
}

static enum match_reason period_reason(int64_t available, int64_t days)
{
	if (available == 0)
		return MATCH_REASON_PERIOD_NONE;
	return available == days ? MATCH_REASON_PERIOD_WHOLE
				 : MATCH_REASON_PERIOD_PART;
}

static void score_period(const struct pair *pair, struct match_part *part)
{
	const struct match_student *student = pair->student;
	const struct match_posting *posting = pair->posting;

	if (posting->from == MATCH_NO_DAY || posting->to == MATCH_NO_DAY ||
	    (student->available_from == MATCH_NO_DAY &&
	     student->available_to == MATCH_NO_DAY)) {
		part->because = MATCH_REASON_PERIOD_UNKNOWN;
		part->value = pair->terms->policy->neutral_points;
		return;
	}
	MATCH_INSIST(posting->from <= posting->to);
	part->a = days_available(student, posting->from, posting->to);
	part->b = (int64_t)posting->to - posting->from + 1;
	MATCH_INSIST(0 < part->b && part->a <= part->b);
	part->because = period_reason(part->a, part->b);
	part->value = (uint16_t)(MATCH_WHOLE * part->a / part->b);
}

static void score_pay(const struct pair *pair, struct match_part *part)
{
	int64_t expected = pair->student->pay_fen;
	int64_t min = pair->posting->pay_min_fen;
	int64_t max = pair->posting->pay_max_fen;

	if (max == 0)
		max = min;
	MATCH_INSIST(0 <= min && min <= max && max < PAY_FEN_MAX);
	MATCH_INSIST(0 <= expected && expected < PAY_FEN_MAX);
	part->a = expected;
	part->b = max;
	if (expected == 0 || max == 0) {
		part->because = MATCH_REASON_PAY_UNKNOWN;
		part->value = pair->terms->policy->neutral_points;
	} else if (min >= expected) {
		part->b = min;
		part->because = MATCH_REASON_PAY_MET;
		part->value = MATCH_WHOLE;
	} else if (max >= expected) {
		part->because = MATCH_REASON_PAY_IN_RANGE;
		part->value =
			(uint16_t)(MATCH_WHOLE -
				   PAY_HALF * (expected - min) / (max - min));
	} else {
		part->because = MATCH_REASON_PAY_BELOW;
		part->value = (uint16_t)(PAY_HALF * max / expected);
	}
}

static uint16_t score_of(const struct match_part *parts)
{
	uint32_t sum = 0;

	for (int i = 0; i < MATCH_PART_COUNT; i++) {
		MATCH_INSIST(parts[i].value <= MATCH_WHOLE);
		sum += (uint32_t)parts[i].weight * parts[i].value;
	}
	return (uint16_t)(sum / MATCH_WHOLE);
}

void match_align(const struct match_terms *terms,
		 const struct match_student *student,
		 const struct match_posting *posting, struct match_fit *fit)
{
	struct pair pair = {terms, student, posting};

	for (int i = 0; i < MATCH_PART_COUNT; i++) {
		fit->parts[i] = (struct match_part){
			.name = (enum match_part_name)i,
			.weight = terms->policy->weight[i],
		};
	}
	score_specialty(&pair, fit);
	score_skills(&pair, &fit->parts[MATCH_PART_SKILLS]);
	score_education(&pair, &fit->parts[MATCH_PART_EDUCATION]);
	score_place(&pair, &fit->parts[MATCH_PART_PLACE]);
	score_period(&pair, &fit->parts[MATCH_PART_PERIOD]);
	score_pay(&pair, &fit->parts[MATCH_PART_PAY]);
	fit->score = score_of(fit->parts);
	fit->policy_version = terms->policy->version;
	fit->rarity_edition = terms->policy->rarity_edition;
	match_rules_check(terms->policy, student, posting, fit);
}
