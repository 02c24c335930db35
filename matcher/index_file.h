/* Under which classes and areas a posting and a student are filed. */
#ifndef MATCHER_INDEX_FILE_H
#define MATCHER_INDEX_FILE_H

#include "matcher/index_chunk.h"

/* An occupation and a folded class of specialties that are tied to it. */
struct match_tied_class {
	uint32_t occupation;
	uint32_t class;
};

/* at[0..count) ascends strictly. Borrowed. */
struct match_tied_classes {
	const struct match_tied_class *at;
	size_t count;
};

/* in  at has room for ties->count; says how many there are */
size_t match_tied_classes_make(const struct match_ties *ties,
			       struct match_tied_class *at);

/* The first of an occupation's; *count is how many. */
const struct match_tied_class *match_tied_classes_of(
	const struct match_tied_classes *tied, uint32_t occupation,
	size_t *count);

struct match_row_list {
	struct match_row *at;
	size_t count, room;
};

/*
 * Add the rows of a record. A posting that no student may take by its terms
 * has none.
 *
 * fails  false: no memory
 */
bool match_file_posting(struct match_row_list *rows,
			const struct match_posting_record *record,
			const struct match_terms *terms,
			const struct match_tied_classes *tied) MATCH_MUST_CHECK;
bool match_file_student(struct match_row_list *rows,
			const struct match_student_record *record)
	MATCH_MUST_CHECK;

/* What both files and askers say of a posting's terms. */
struct match_barring {
	bool is_barred;	    /* to all */
	bool is_for_adults; /* barred to those under 18 */
	bool is_for_men;
};

struct match_barring match_barring_of(const struct match_terms *terms,
				      const struct match_posting *facts);

/* The area of a division, and what a code is within its class. */
uint32_t match_area_of(uint32_t division);
uint32_t match_want_of(uint32_t code);

/* The first day on which the age is reached; 0 if no date is known. */
int32_t match_day_of_age(struct match_date birth, int age);

/* The first day of the second year of study, as in a column; never: more. */
uint32_t match_second_year(int16_t entry_year);

/* A moment in seconds, rounded up; what is too late is UINT32_MAX. */
uint32_t match_seconds_column(int64_t us);

/* A day in a column: 0..MATCH_DAY_MAX. */
static inline uint16_t match_day_column(int64_t day)
{
	if (day < 0)
		return 0;
	return day > MATCH_DAY_MAX ? MATCH_DAY_MAX : (uint16_t)day;
}

/* What a row remembers of its enterprise. */
static inline uint16_t match_enterprise_mark(const uint8_t enterprise[16])
{
	uint32_t mark = 0;

	for (int i = 0; i < 16; i++)
		mark = mark * 31 + enterprise[i];
	return (uint16_t)(mark ^ mark >> 16);
}

#endif
