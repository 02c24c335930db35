/*
 * packed_parts.h - the smallest parts of those of whom a statistic tells, of
 * which all that others may see is made, as statements give them: a row for
 * each year and school with a list of what there is of them.
 *
 * from  schema/queries/employment_parts.sql; endpoints/shown_groups.h
 */
#ifndef ENDPOINTS_PACKED_PARTS_H
#define ENDPOINTS_PACKED_PARTS_H

#include "endpoints/shown_groups.h"
#include "flow/flow.h"

/* Columns, from packed_parts.column on: the list is "660301 37 660302 12", of
 * specialties in a school, or of sexes or months where there is no school; then
 * how few a group may have. */
enum { PARTS_YEAR, PARTS_DISTRICT, PARTS_SCHOOL, PARTS_LIST, PARTS_LEAST };

enum { PART_NAME_BYTES = 8 };

/* One of the smallest parts: of a row, a specialty, sex or month. */
struct packed_part {
	int row;
	char name[PART_NAME_BYTES];
	int64_t count;
};

struct packed_parts {
	int first, end, column;		/* in: which of f->rows they are */
	struct packed_part *at;
	size_t count;
};

/* Which parts are asked for: nil, NULL: any. */
struct packed_filter {
	struct uuid school_id;
	const char *specialty, *level, *division_code;
};

/*
 * Reads them.
 *
 * in   rows in the order of year, district and school
 * out  in the order of names within a row; what comes twice is summed
 * mem  of the flow
 */
void packed_parts_read(struct packed_parts *parts, struct flow *f);

bool packed_part_is_asked(struct flow *f, const struct packed_parts *parts,
			  const struct packed_part *part,
			  const struct packed_filter *filter);

/*
 * Judges the groups that these members, of packed_parts_member, make.
 *
 * in   at least one row
 */
void packed_parts_judge(struct shown_groups *groups, struct flow *f,
			const struct packed_parts *parts,
			struct shown_member *members, size_t count);

/* The part as one of its group; key: as statements call it, by what of `by` is
 * one of school, district, level, specialty, class, category, sex, month. */
struct shown_member packed_parts_member(struct flow *f,
					const struct packed_parts *parts,
					size_t part, const struct texts *by);

#endif
