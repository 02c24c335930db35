/*
 * A small instance as plain numbers, so that a test can change one thing and
 * build it anew: a cap, a list, a name, the order in which all is told.
 */
#ifndef TESTS_MATCHER_RECIPE_H
#define TESTS_MATCHER_RECIPE_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/instance.h"
#include "matcher/result.h"
#include "small.h"

#define RECIPE_MOST 6u
#define RECIPE_NONE UINT32_MAX

/* Who stands in a ranking, best first. */
struct recipe_order {
	bool is_there;
	uint32_t count, at[RECIPE_MOST];
};

struct recipe {
	uint32_t group_count, posting_count, student_count;
	struct recipe_group {
		uint32_t parent; /* an earlier group, or RECIPE_NONE */
		uint32_t lower, upper;
		struct recipe_order ranking;
	} group[RECIPE_MOST];
	struct recipe_posting {
		uint32_t group, capacity;
		struct recipe_order ranking;
	} posting[RECIPE_MOST];
	struct recipe_student {
		struct recipe_order list;    /* of postings */
		uint32_t score[RECIPE_MOST]; /* at every posting */
		uint32_t name;		     /* a number that no other has */
		uint64_t lottery;
	} student[RECIPE_MOST];
	bool has_lottery; /* else the numbers are drawn, by name */
};

void recipe_roll(struct recipe *recipe, struct dice *dice);

/* The numbers 0..count - 1 in any order. */
void recipe_shuffle(struct dice *dice, uint32_t *at, uint32_t count);

/* Build it; with dice, everything whose order means nothing comes in any. */
void recipe_build(const struct recipe *recipe, struct dice *dice,
		  struct match_instance *instance);

/* Per student of the recipe: the posting received, or RECIPE_NONE. */
struct recipe_outcome {
	uint32_t at[RECIPE_MOST];
};

/* The outcome of a result, in the recipe's own numbers. */
struct recipe_outcome recipe_read(const struct recipe *recipe,
				  const struct match_instance *instance,
				  const struct match_result *result);

/* Build, place stable, read. */
struct recipe_outcome recipe_place(const struct recipe *recipe);

/* The place of an outcome on a list, from 0; count of the list: unplaced;
 * beyond that: at a posting that the list does not have. */
uint32_t recipe_rank(const struct recipe_order *list, uint32_t posting);

#endif
