/* Whether a record passes the filters of a query, exactly. */
#ifndef MATCHER_INDEX_FILTER_H
#define MATCHER_INDEX_FILTER_H

#include "matcher/index_record.h"

bool match_query_passes(const struct match_index_query *query,
			const struct match_posting_record *record);
bool match_student_query_passes(const struct match_index_student_query *query,
				const struct match_student_record *record);

/* Whether a slot is in the set, if there is one. */
static inline bool match_slot_is_in(const uint64_t *only, uint32_t count,
				    uint32_t slot)
{
	return !only ||
	       (slot < count && (only[slot / 64] >> (slot % 64) & 1) != 0);
}

/* The words of a set, the bits past its end cleared. */
static inline uint32_t match_slot_words(uint32_t count)
{
	return (uint32_t)(((uint64_t)count + 63) / 64);
}

static inline uint64_t match_slot_word(const uint64_t *only, uint32_t count,
				       uint32_t word)
{
	uint64_t bits = only[word];

	if (word == count / 64)
		bits &= (UINT64_C(1) << (count % 64)) - 1;
	return bits;
}

/* Whether there is a set that names so few that each is asked by itself. */
bool match_slots_are_few(const uint64_t *only, uint32_t count);

/* Whether a folded class can hold what lies under a code; 0: no code. */
bool match_class_is_asked(uint32_t prefix, uint32_t class);

#endif
