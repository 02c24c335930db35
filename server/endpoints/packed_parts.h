/*
 * packed_parts.h - the smallest parts of those of whom a statistic tells, as
 * statements pack them: a row for each year and school with a list of what
 * there is of them; and the groups that are made of them.
 *
 * from  docs/destinations.md, "Small groups"; endpoints/shown_groups.h
 */
#ifndef ENDPOINTS_PACKED_PARTS_H
#define ENDPOINTS_PACKED_PARTS_H

#include "endpoints/shown_groups.h"
#include "flow/flow.h"

/* Columns, from packed_parts.column on: the list is "660301 37 660302 12", of
 * specialties in a school, or of sexes or months where there is no school, each
 * with one count or more; then how few a group may have. */
enum {
	PARTS_YEAR, PARTS_DISTRICT, PARTS_SCHOOL, PARTS_LIST, PARTS_LEAST,
	PARTS_COLUMNS
};

enum { PART_COUNTS_MAX = 8, PART_NAME_BYTES = 8 };

/* One of the smallest parts: of a row, a specialty, sex or month. */
struct packed_part {
	int row;
	char name[PART_NAME_BYTES];
	int shared;			/* the narrowest whole that it shares
					   with the part before; or
					   CONTROL_WHOLES */
	int64_t counts[PART_COUNTS_MAX];
};

struct packed_parts {
	int first, end, column;		/* in: which of f->rows they are */
	size_t counts;			/* in: how many each part has */
	bool is_by_year;		/* in: years are told apart */
	struct packed_part *at;
	size_t count;
	int64_t least;			/* how few may be shown */
	struct shown_member *members;	/* sorted; atom: an index of a part */
	size_t member_count;
	struct packed_room *room;	/* to judge them in */
};

/* Which parts make groups; nil, NULL, 0: any. */
struct packed_filter {
	struct uuid school_id;
	const char *specialty, *level, *division_code, *sex;
	int64_t month;
};

/*
 * Reads the parts, of which the first count is not 0, and puts those within the
 * filter into groups, by what of `by` is one of school, district, level,
 * specialty, class, category, sex, month. There may be no rows.
 *
 * in   rows in the order of year, district and school; by and filter are
 *      borrowed for the call
 * out  in the order of names within a row; what comes twice is summed
 * mem  of the flow
 */
void packed_parts_read(struct packed_parts *parts, struct flow *f,
		       const struct texts *by,
		       const struct packed_filter *filter);

/* Judges the groups, by the parts of which a count (of counts, from 0) is
 * not 0. mem: of the flow, little of it */
void packed_parts_judge(struct shown_groups *groups, struct flow *f,
			const struct packed_parts *parts, size_t count);

#endif
