/*
 * filters.h - a filter by a code that is in no list would find nothing and
 * look like an answer: it is refused instead, by name.
 *
 * from  api-conventions.md 1.4
 */
#ifndef ENDPOINTS_FILTERS_H
#define ENDPOINTS_FILTERS_H

#include "flow/flow.h"

/* A yes or no of the query, of which truth is the decoded one: null where it
 * was not asked for. */
struct asked asked_truth(const struct flow *f, const char *name, bool truth);

/* What a list was asked to filter by; NULL and nil where it was not. */
struct filters {
	const char *division_code, *specialty;
	struct uuid school_id;
};

/* Asks which are unknown, if there are any at all. */
enum flow_next find_unknown_filters(struct flow *f,
				    const struct filters *filters);

/* Takes the answer: false after a fault that names them. */
MUST_CHECK bool filters_are_known(struct flow *f);

#endif
