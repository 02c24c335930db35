/*
 * One random pool of each side and one policy, made anew from each seed.
 */
#ifndef TESTS_ALIGN_RANDOM_WORLD_H
#define TESTS_ALIGN_RANDOM_WORLD_H

#include "random_pair.h"

#include "matcher/rank.h"

enum { POOL_MAX = 150, ROUNDS = 400 };

struct world {
	struct match_policy policy;
	struct match_terms terms;
	struct match_student students[POOL_MAX];
	struct random_student student_storage[POOL_MAX];
	struct match_posting postings[POOL_MAX];
	struct random_posting posting_storage[POOL_MAX];
	struct match_posting_pool posting_pool;
	struct match_student_pool student_pool;
	uint64_t seed;
};

extern struct world world;

/* All of students and postings are made; the pools hold only some of them. */
void make_world(uint64_t seed);

#endif
