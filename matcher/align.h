/*
 * How well one student fits one posting, and why: eligibility by named rules,
 * then a score of 0..10000 with its parts.
 */
#ifndef MATCHER_ALIGN_H
#define MATCHER_ALIGN_H

#include "matcher/day.h"
#include "matcher/division.h"
#include "matcher/policy.h"
#include "matcher/rules.h"
#include "matcher/specialty.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MATCH_ASKS_MAX 64

enum match_kind {
	MATCH_INTERNSHIP,
	MATCH_JOB,
	MATCH_APPRENTICESHIP,
	MATCH_ORDER_CLASS,
};

#define MATCH_KIND_COUNT 4

enum match_sex {
	MATCH_SEX_UNKNOWN, /* protected like a woman by rule 1.7 */
	MATCH_SEX_MALE,
	MATCH_SEX_FEMALE,
};

/* Not ended by a NUL. Compared byte by byte: the caller normalises both sides
 * alike (case, width, script) before. */
struct match_text {
	const char *at;
	uint32_t bytes;
};

/*
 * A skill or certificate that a posting asks for. weight is its rarity in
 * thousandths, 1..1000000; 0 counts as 1000, no rarity known.
 */
struct match_ask {
	struct match_text name;
	uint32_t weight;
	bool is_required;
	bool is_certificate;
};

/*
 * What is known of a student. All zero but the days (MATCH_NO_DAY) is a student
 * of whom nothing is known: he fits no posting, because a rule whose facts
 * nobody recorded (the birth date, say) is not shown to hold. Arrays are
 * borrowed, in any order.
 */
struct match_student {
	uint8_t id[16];
	uint32_t specialty;		/* 6 digits */
	enum match_education education; /* NONE: the specialty's level */
	int16_t entry_year; /* of the present programme; 0 unknown */
	struct match_date birth;
	bool is_willing_anywhere; /* lifts the restriction by `willing` */
	enum match_sex sex;
	uint32_t home;		/* division; 0 unknown */
	uint32_t school;	/* division of the school; 0 unknown */
	uint8_t school_id[16];	/* the school itself; zero unknown */
	int32_t available_from; /* MATCH_NO_DAY: open on that side */
	int32_t available_to;	/* that day included */
	/* Divisions of any level. None: the student restricts nothing. */
	const uint32_t *willing;
	size_t willing_count;
	int64_t pay_fen; /* expected for a month; 0: none stated */
	const struct match_text *skills;
	size_t skill_count;
	const struct match_text *certificates;
	size_t certificate_count;
};

/*
 * A posting. Zero stands for what it does not say, MATCH_NO_DAY for days.
 * Arrays are borrowed, in any order; ask_count <= MATCH_ASKS_MAX.
 */
struct match_posting {
	uint8_t id[16];
	int64_t published_us; /* since 1970-01-01 UTC */
	enum match_kind kind;
	enum match_education education_min;
	const uint32_t *targets; /* 6, 4 or 2 digits */
	size_t target_count;
	uint32_t occupation; /* match_occupation_from_text() */
	uint32_t division;
	int64_t pay_min_fen; /* for a month */
	int64_t pay_max_fen; /* 0: pay_min_fen */
	int32_t from;
	int32_t to; /* that day included */
	const struct match_ask *asks;
	size_t ask_count;
	unsigned conditions;   /* enum match_condition */
	uint8_t labour_grade;  /* 1..4 */
	uint8_t age_min;       /* years */
	uint16_t day_minutes;  /* longest working day */
	uint16_t week_minutes; /* longest working week */
	/* With whom it is held: for nobody else. Zero: for everybody. */
	uint8_t only_school[16];
	uint32_t only_specialty; /* 6 digits */
	int16_t only_entry_year;
};

/* What the pair is judged by. ties may be NULL: none are loaded. Borrowed. */
struct match_terms {
	const struct match_policy *policy;
	const struct match_ties *ties;
};

#define MATCH_REASON(id, ...) MATCH_REASON_##id,
enum match_reason {
#include "matcher/reasons.def"
	MATCH_REASON_COUNT
};
#undef MATCH_REASON

/* weight and value are 0..MATCH_WHOLE. a and b: see the formulas below. */
struct match_part {
	enum match_part_name name;
	uint16_t weight;
	uint16_t value;
	enum match_reason because;
	int64_t a;
	int64_t b;
	uint64_t which; /* bit i: posting->asks[i] is held; skills part only */
};

struct match_fit {
	uint32_t policy_version;
	uint32_t rarity_edition; /* 0: none */
	bool is_eligible; /* no breach blocks; warnings do not */
	uint16_t score;	  /* also of a pair that is not eligible */
	enum match_tier tier;
	struct match_part parts[MATCH_PART_COUNT]; /* by match_part_name */
	size_t breach_count;
	struct match_breach breaches[MATCH_RULE_COUNT];
};

/*
 * Align one pair: every rule it breaks, its tier, its score and the parts.
 *
 *	score = floor(sum of weight * value over the parts / 10000)
 *
 * Each value is an integer 0..10000, every division rounds down:
 *
 *	specialty  tier_points of the best tier over the targets; a tied
 *		   occupation is CLASS_OR_TIE. a the student's specialty, b the
 *		   first target (or the occupation) that gave the tier
 *	skills	   10000 * a / b; a the weights of the asks held, b of all
 *		   asked, required ones included
 *	education  education_points by levels above the least; below it 0.
 *		   a the student's level, b the least
 *	place	   place_points of the nearest step that the posting shares
 *		   with home, or of the area named by a willing division that
 *		   it lies in (COUNTY, CITY or PROVINCE by the area's size);
 *		   else MOVE or AWAY. a the posting's division, b the student's
 *		   that gave the step (0: none)
 *	period	   10000 * a / b; a the days available, b the days of the
 *		   period, first and last included
 *	pay	   10000 if the pay begins at the expectation (b = min); else
 *		   10000 - 5000 * (a - min) / (max - min) if it reaches it
 *		   (b = max); else 5000 * max / a (b = max). a the expectation
 *
 * and neutral_points where one side says nothing. The first day of a pair, on
 * which age and year of study are taken, is the period's first day, or the day
 * of publication (UTC+8) if the posting has no period. The school year begins
 * on 1 September, and the year of study counts from entry_year.
 *
 * in     all borrowed; the policy is sound (match_policy_check); dates exist;
 *        pay is below 10^12 fen, from <= to
 * out    *fit, wholly written
 * mem    allocates nothing
 * from   docs/matching.md, section 1; docs/rules.md, sections 1 and 6
 */
void match_align(const struct match_terms *terms,
		 const struct match_student *student,
		 const struct match_posting *posting, struct match_fit *fit);

/* The first day of a pair, as above. */
int32_t match_first_day(const struct match_posting *posting);

/* The best tier over the targets and the occupation; *by is what gave it. */
enum match_tier match_best_tier(const struct match_ties *ties,
				uint32_t specialty,
				const struct match_posting *posting,
				uint32_t *by);

#endif
