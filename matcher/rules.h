/*
 * The named rules of eligibility (rules.def) and what a breach of one says.
 */
#ifndef MATCHER_RULES_H
#define MATCHER_RULES_H

#include "matcher/policy.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct match_student;
struct match_posting;
struct match_fit;

#define MATCH_RULE(id, ...) MATCH_RULE_##id,
enum match_rule {
#include "matcher/rules.def"
	MATCH_RULE_COUNT
};
#undef MATCH_RULE

#define MATCH_CONDITION(id, ...) MATCH_CONDITION_NO_##id,
enum match_condition_no {
#include "matcher/conditions.def"
	MATCH_CONDITION_COUNT
};
#undef MATCH_CONDITION

/* MATCH_HEIGHT, MATCH_NIGHT_SHIFT, ...: the bits of posting.conditions. */
#define MATCH_CONDITION(id, ...) MATCH_##id = 1 << MATCH_CONDITION_NO_##id,
enum match_condition {
#include "matcher/conditions.def"
};
#undef MATCH_CONDITION

/* What limit and actual of a breach count. */
enum match_unit {
	MATCH_UNIT_NONE,
	MATCH_UNIT_YEAR_OF_STUDY, /* 1 in the first school year */
	MATCH_UNIT_YEARS,	  /* of age */
	MATCH_UNIT_GRADE,	  /* of labour intensity, 1..4 */
	MATCH_UNIT_MINUTES,
	MATCH_UNIT_MONTHS, /* begun */
	MATCH_UNIT_DAYS,
	MATCH_UNIT_TIER,
	MATCH_UNIT_DIVISION,  /* a division code */
	MATCH_UNIT_EDUCATION, /* enum match_education */
	MATCH_UNIT_COUNT,     /* of skills or certificates */
	MATCH_UNIT_SPECIALTY, /* a code of 6 digits */
	MATCH_UNIT_ENTRY_YEAR,
};

/* Stands for an actual that nobody recorded. */
#define MATCH_UNKNOWN INT64_MIN

/* One row of rules.def. Texts are UTF-8 and static. */
struct match_rule_card {
	const char *name;
	const char *source; /* "1.4"; "posting" or "student": whose wish */
	enum match_action action;
	unsigned kinds; /* 1u << enum match_kind */
	enum match_unit unit;
	const char *article;
	const char *text_en;
	const char *text_zh;
};

/*
 * A rule that a pair breaks.
 *
 * limit and actual are in the rule's unit, and 0 if it has none. which holds
 * the condition bits that break a rule of conditions, or the numbers of the
 * asks that are missing (bit i: posting->asks[i]), else 0. For `place` limit is
 * the first division that the student named, for `cross-province` the school's
 * province.
 */
struct match_breach {
	enum match_rule rule;
	enum match_action action; /* after the policy had its say */
	int64_t limit;
	int64_t actual;
	uint64_t which;
};

/* in  rule < MATCH_RULE_COUNT */
const struct match_rule_card *match_rule_card(enum match_rule rule);

/* The bit of a condition's word in the API ("night_shift"), or 0 if no
 * condition has that name. */
unsigned match_condition_from_word(const char *word);

/*
 * Every rule that the pair breaks, in the order of rules.def.
 *
 * in     fit->tier and fit->parts are set; policy is sound
 * out    fit->breaches, fit->breach_count, fit->is_eligible
 * from   docs/rules.md, sections 1 and 6; docs/matching.md, section 1
 */
void match_rules_check(const struct match_policy *policy,
		       const struct match_student *student,
		       const struct match_posting *posting,
		       struct match_fit *fit);

#endif
