/*
 * Random queries, and the answer by scoring everything and sorting: written
 * anew, from the contracts alone.
 */
#ifndef TESTS_INDEX_QUERIES_H
#define TESTS_INDEX_QUERIES_H

#include "model.h"

/* What a random query points to. */
struct query_room {
	uint64_t only[(2 * MODEL_MAX + 63) / 64];
	uint8_t enterprise[16];
};

struct match_index_query random_query(struct model *model,
				      struct query_room *room);
struct match_index_student_query random_student_query(struct model *model);

/* All that passes, best first; room for MODEL_MAX. `after` is not looked at. */
size_t sorted_postings(const struct model *model,
		       const struct match_student *student,
		       const struct match_index_query *query,
		       struct match_index_entry *entries);
size_t sorted_students(const struct model *model,
		       const struct match_posting *posting,
		       const struct match_index_student_query *query,
		       struct match_index_entry *entries);

/* Whether two entries say the same; slots are not looked at. */
bool is_same_entry(const struct match_index_entry *a,
		   const struct match_index_entry *b);

#endif
