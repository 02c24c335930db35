/* Whether a record passes the filters of a query, exactly. */
#ifndef MATCHER_INDEX_FILTER_H
#define MATCHER_INDEX_FILTER_H

#include "matcher/index_record.h"

/* Whether a code lies under a code of 2, 4 or 6 digits, or equals it. */
bool match_specialty_is_under(uint32_t code, uint32_t prefix);

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

#endif
