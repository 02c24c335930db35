/*
 * What the index must be equal to: the same postings and students in plain
 * arrays, and an index that is fed the same.
 */
#ifndef TESTS_INDEX_MODEL_H
#define TESTS_INDEX_MODEL_H

#include "matcher/index.h"
#include "random_pair.h"

enum { MODEL_MAX = 700 };

struct model_posting {
	bool is_there;
	struct match_index_posting posting;
	struct random_posting storage;
};

struct model_student {
	bool is_there;
	struct match_student student;
	struct random_student storage;
};

struct model {
	uint64_t seed;
	uint32_t room; /* <= MODEL_MAX, of each side */
	struct match_policy policy;
	bool has_ties;
	struct match_epochs *epochs;
	struct match_index *index;
	struct model_posting posting[MODEL_MAX];
	struct model_student student[MODEL_MAX];
};

/* An empty index with a policy of its own. */
void model_open(struct model *model, uint64_t seed, uint32_t room);
void model_close(struct model *model);

struct match_terms model_terms(const struct model *model);

/* Put, replace or drop so many at random, in the model and in the index. */
void model_change(struct model *model, uint32_t changes);

/* Another policy, another set of ties. */
void model_turn(struct model *model);

void model_publish(struct model *model);

/* A posting or student with a serial; arrays point into *made. */
void model_make_posting(uint64_t *seed, uint32_t serial,
			struct model_posting *made);
void model_make_student(uint64_t *seed, uint32_t serial,
			struct model_student *made);

#endif
