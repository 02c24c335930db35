/*
 * What a consortium may set about alignment. Everything else is law or is
 * written down in align.h.
 */
#ifndef MATCHER_POLICY_H
#define MATCHER_POLICY_H

#include "matcher/division.h"
#include "matcher/specialty.h"

#include <stdint.h>

/* A whole score, a whole part and the sum of the weights. */
#define MATCH_WHOLE 10000

enum match_part_name {
	MATCH_PART_SPECIALTY,
	MATCH_PART_SKILLS,
	MATCH_PART_EDUCATION,
	MATCH_PART_PLACE,
	MATCH_PART_PERIOD,
	MATCH_PART_PAY,
};

#define MATCH_PART_COUNT 6

enum match_action {
	MATCH_BLOCK, /* the pair is never ranked or placed */
	MATCH_WARN,  /* allowed, with a recorded reason */
};

/*
 * All points and weights are 0..MATCH_WHOLE. Defaults in brackets.
 *
 *	weight		[4500 specialty, 1500 skills, 500 education, 1500 place,
 *			1000 period, 1000 pay]; they sum to MATCH_WHOLE
 *	tier_points	[10000, 8500, 7000, 4000, 0] by enum match_tier - 1,
 *			never rising
 *	place_points	[10000, 8000, 5000, 2500, 0] by enum match_place,
 *			never rising
 *	education_points [10000, 8000, 5000] for 0, 1, 2 levels above the least
 *	neutral_points	[5000] for a part on which one side said nothing
 *	cross_category	[BLOCK] what rule 1.22 does
 *	intern_months_max [6] of rule 1.3, 1..36
 *	intern_week_minutes_max [2400] of rule 1.13, 1..2640; other kinds
 *			always have the law's 2640
 *	rarity_edition	[0: none] by which the asks' weights were made; only
 *			told on, in fits
 */
struct match_policy {
	uint32_t version;
	uint32_t rarity_edition;
	uint16_t weight[MATCH_PART_COUNT];
	uint16_t tier_points[MATCH_TIER_COUNT];
	uint16_t place_points[MATCH_PLACE_COUNT];
	uint16_t education_points[3];
	uint16_t neutral_points;
	enum match_action cross_category;
	uint16_t intern_months_max;
	uint16_t intern_week_minutes_max;
};

enum match_policy_flaw {
	MATCH_POLICY_SOUND,
	MATCH_POLICY_WEIGHT_SUM,
	MATCH_POLICY_TIER_POINTS,
	MATCH_POLICY_PLACE_POINTS,
	MATCH_POLICY_EDUCATION_POINTS,
	MATCH_POLICY_NEUTRAL_POINTS,
	MATCH_POLICY_CROSS_CATEGORY,
	MATCH_POLICY_MONTHS,
	MATCH_POLICY_WEEK,
};

/* The defaults above, as version 0. */
struct match_policy match_policy_defaults(void);

/* The first flaw in the order of the members, or MATCH_POLICY_SOUND. */
enum match_policy_flaw match_policy_check(const struct match_policy *policy);

/* "specialty", "skills", ...: the name of a part in the API and the policy. */
const char *match_part_word(enum match_part_name name);

#endif
