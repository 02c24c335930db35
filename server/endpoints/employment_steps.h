/*
 * employment_steps.h - what getEmployment asks, what of it may be shown to
 * others than the school, and the reply.
 *
 * from  api-spec/openapi.yaml, "/v1/statistics/employment"
 */
#ifndef ENDPOINTS_EMPLOYMENT_STEPS_H
#define ENDPOINTS_EMPLOYMENT_STEPS_H

#include "endpoints/packed_parts.h"
#include "endpoints/shown_groups.h"
#include "flow/flow.h"
#include "records/employment.h"
#include "wire/sql.h"

struct employment_query {
	struct texts by;
	int64_t year, month;		/* 0: not asked for */
	struct uuid school_id;
	const char *specialty, *level, *sex, *division_code, *evidence, *as_of;
};

/* f->state. */
struct employment_asked {
	struct texts by;		/* with the year, if one is asked for */
	bool is_whole;			/* nothing is hidden */
	struct shown_groups groups;
};

/* Is a school, a specialty or where they are asked for, or told apart? */
bool employment_is_by_place(const struct employment_query *q);

/* What the smallest parts are by: "place", "sex", "month"; NULL: by more than
 * one of them, which would not be safe to show. */
const char *employment_part(const struct employment_query *q);

/* Which of the smallest parts are asked for. */
struct packed_filter employment_parts_filter(const struct employment_query *q);

/* The hook for `by`. */
const char *employment_check_dimension(const char *text);
/* Settles what it counts by in f->state, which begins with employment_asked;
 * false with flaws. */
MUST_CHECK bool employment_is_asked_well(struct flow *f);

/* The members that say which group it is, into the open object. */
void employment_write_group(struct json_writer *w, const struct rows *rows,
			    int row);
/* Where the rows of a group are listed: its own terms, and the filters' where
 * it has none, behind the path. in: f->query begins with employment_query */
const char *employment_rows_path(struct flow *f, int row, const char *path);

/* The year asked for, and the one before it to compare with. */
#define EMPLOYMENT_YEARS(q)                                                    \
	P_INT((q)->year ? (q)->year - 1 : 0),                                  \
		P_INT((q)->year ? (q)->year : 9999)
#define EMPLOYMENT_FILTERS(q)                                                  \
	(q)->month ? P_INT((q)->month) : P_NULL, P_UUID(&(q)->school_id),      \
		P_TEXT((q)->specialty), P_TEXT((q)->level), P_TEXT((q)->sex),  \
		P_TEXT((q)->division_code)

/* Asks for the smallest parts, unless all may be shown. */
flow_step find_employment_parts;
/* Takes them: which groups may be shown. Any kind of f->rows if is_whole. */
void judge_employment(struct flow *f);
/* May a group of employment_groups.sql be shown, once that is judged? year: 0
 * where years are not told apart. */
bool employment_is_shown(const struct employment_asked *s, const char *key,
			 int64_t year);
/* 200 with the groups of f->rows. */
flow_step reply_employment;

#endif
