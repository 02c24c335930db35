/*
 * Specialty codes and how finely two of them agree.
 *
 * A code has 6 digits: the first 2 are its category, the first 4 its class. The
 * first digit holds the level (2, 3: bachelor; 4, 5: associate; 6, 7:
 * secondary), and the same category stands 20 apart on each level: 71, 51 and
 * 31 are all electronics and information. Codes never begin with 0, so the
 * number alone tells how many digits were written: 51, 5102 and 510203.
 */
#ifndef MATCHER_SPECIALTY_H
#define MATCHER_SPECIALTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum match_education {
	MATCH_EDUCATION_NONE, /* not known, or nothing asked */
	MATCH_EDUCATION_SECONDARY,
	MATCH_EDUCATION_ASSOCIATE,
	MATCH_EDUCATION_BACHELOR,
};

/* Best first: a smaller tier is the finer agreement. */
enum match_tier {
	MATCH_TIER_SAME = 1,
	MATCH_TIER_CLASS_AND_LEVEL,
	MATCH_TIER_CLASS_OR_TIE,
	MATCH_TIER_CATEGORY,
	MATCH_TIER_NONE,
};

#define MATCH_TIER_COUNT 5

/* One loaded tie of a specialty to an occupation. */
struct match_tie {
	uint32_t specialty;  /* 6 digits */
	uint32_t occupation; /* match_occupation_from_text() */
};

/* at[0..count) ascends strictly by (specialty, occupation). Borrowed. */
struct match_ties {
	const struct match_tie *at;
	size_t count;
};

/*
 * The number of a specialty, class or category code: "510203", "5102", "51".
 *
 * fails  0: not 2, 4 or 6 digits, or the category is not one of the catalogue
 *        (21..39, 41..59, 61..79). Whether such a specialty exists is for the
 *        reference list to say.
 */
uint32_t match_specialty_from_text(const char *digits);

/* The number of an occupation code: "4-04-05-01" is 4040501. 0: malformed. */
uint32_t match_occupation_from_text(const char *code);

/* The level a code of 2, 4 or 6 digits stands on; NONE if it is no code. */
enum match_education match_specialty_level(uint32_t code);

/*
 * The category with its level folded away, 21..39, the same number for 71, 51
 * and 31; 0 if code is no code of 2, 4 or 6 digits.
 */
uint32_t match_specialty_category(uint32_t code);

/* The class with its level folded away, 2101..3999; 0 for a category. */
uint32_t match_specialty_class(uint32_t code);

/*
 * How finely a student's specialty and one target agree.
 *
 * The tier is the finest step at which both are written and equal. A broad
 * target never agrees more finely than it is written: a target of 4 digits
 * gives at best CLASS_AND_LEVEL, one of 2 digits at best CATEGORY. Read
 * otherwise, the vaguest posting would rank above the one that says what it
 * needs, and every enterprise would do best to ask for "51".
 *
 *	target	same level		other level
 *	6	SAME if equal, else by its class and category, as the next rows
 *	4	CLASS_AND_LEVEL		CLASS_OR_TIE
 *	2	CATEGORY		CATEGORY
 *
 * in     specialty has 6 digits, target 2, 4 or 6; else NONE
 * from   docs/matching.md, section 1
 */
enum match_tier match_specialty_tier(uint32_t specialty, uint32_t target);

/* Whether the loaded ties tie the two; ties may be NULL: nothing is loaded. */
bool match_specialty_is_tied(const struct match_ties *ties, uint32_t specialty,
			     uint32_t occupation);

#endif
