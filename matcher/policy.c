/*
 * The policy's defaults and its limits. The server stores only policies that
 * match_policy_check() finds sound; the engine trusts that.
 */
#include "matcher/policy.h"

#include "matcher/insist.h"

#include <stdbool.h>

enum { MONTHS_MAX = 36, WEEK_MINUTES_MAX = 44 * 60 };

struct match_policy match_policy_defaults(void)
{
	return (struct match_policy){
		.version = 0,
		.weight = {[MATCH_PART_SPECIALTY] = 4500,
			   [MATCH_PART_SKILLS] = 1500,
			   [MATCH_PART_EDUCATION] = 500,
			   [MATCH_PART_PLACE] = 1500,
			   [MATCH_PART_PERIOD] = 1000,
			   [MATCH_PART_PAY] = 1000},
		.tier_points = {10000, 8500, 7000, 4000, 0},
		.place_points = {10000, 8000, 5000, 2500, 0},
		.education_points = {10000, 8000, 5000},
		.neutral_points = 5000,
		.cross_category = MATCH_BLOCK,
		.intern_months_max = 6,
		.intern_week_minutes_max = 40 * 60,
	};
}

static bool weights_are_whole(const struct match_policy *policy)
{
	int sum = 0;

	for (int i = 0; i < MATCH_PART_COUNT; i++)
		sum += policy->weight[i];
	return sum == MATCH_WHOLE;
}

/* Whether points lie in 0..MATCH_WHOLE and never rise. */
static bool points_descend(const uint16_t *points, int count)
{
	if (points[0] > MATCH_WHOLE)
		return false;
	for (int i = 1; i < count; i++) {
		if (points[i] > points[i - 1])
			return false;
	}
	return true;
}

static bool points_in_range(const uint16_t *points, int count)
{
	for (int i = 0; i < count; i++) {
		if (points[i] > MATCH_WHOLE)
			return false;
	}
	return true;
}

enum match_policy_flaw match_policy_check(const struct match_policy *policy)
{
	if (!weights_are_whole(policy))
		return MATCH_POLICY_WEIGHT_SUM;
	if (!points_descend(policy->tier_points, MATCH_TIER_COUNT))
		return MATCH_POLICY_TIER_POINTS;
	if (!points_descend(policy->place_points, MATCH_PLACE_COUNT))
		return MATCH_POLICY_PLACE_POINTS;
	if (!points_in_range(policy->education_points, 3))
		return MATCH_POLICY_EDUCATION_POINTS;
	if (policy->neutral_points > MATCH_WHOLE)
		return MATCH_POLICY_NEUTRAL_POINTS;
	if (policy->cross_category != MATCH_BLOCK &&
	    policy->cross_category != MATCH_WARN)
		return MATCH_POLICY_CROSS_CATEGORY;
	if (policy->intern_months_max < 1 ||
	    policy->intern_months_max > MONTHS_MAX)
		return MATCH_POLICY_MONTHS;
	if (policy->intern_week_minutes_max < 1 ||
	    policy->intern_week_minutes_max > WEEK_MINUTES_MAX)
		return MATCH_POLICY_WEEK;
	return MATCH_POLICY_SOUND;
}

const char *match_part_word(enum match_part_name name)
{
	static const char *const words[MATCH_PART_COUNT] = {
		[MATCH_PART_SPECIALTY] = "specialty",
		[MATCH_PART_SKILLS] = "skills",
		[MATCH_PART_EDUCATION] = "education",
		[MATCH_PART_PLACE] = "place",
		[MATCH_PART_PERIOD] = "period",
		[MATCH_PART_PAY] = "pay",
	};

	MATCH_INSIST(name < MATCH_PART_COUNT);
	return words[name];
}
