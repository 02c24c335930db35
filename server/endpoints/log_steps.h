/*
 * log_steps.h - what the operations on weekly reports share.
 *
 * from  api-spec/openapi.yaml, "internships"
 */
#ifndef ENDPOINTS_LOG_STEPS_H
#define ENDPOINTS_LOG_STEPS_H

#include "endpoints/placement_steps.h"
#include "records/internship_log.h"

/* f->state of the operations on one report. */
struct log_at {
	struct placement_at placement;	/* first: its steps see only this */
	int64_t week;
};

struct mark_text {
	const char *mark, *note;
};
extern const struct field mark_shape[];

/* False after a fault: the path names no week of a placement. */
MUST_CHECK bool path_week(struct flow *f);

/* Asks to keep f->body, a mark, by one of the statements log_mark_*.sql. */
enum flow_next mark_log(struct flow *f, enum sql_id statement);

/* The report of log_at; 200, or 201 with where it is. */
flow_step find_log, reply_log, reply_new_log;

#endif
