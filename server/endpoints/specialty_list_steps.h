/*
 * specialty_list_steps.h - drawing up the three lists, for whoever shows them
 * or keeps them.
 *
 * from  api-spec/openapi.yaml, "specialty lists"
 */
#ifndef ENDPOINTS_SPECIALTY_LIST_STEPS_H
#define ENDPOINTS_SPECIALTY_LIST_STEPS_H

#include "flow/flow.h"
#include "records/specialty_list.h"
#include "wire/sql.h"

/* f->state of what draws them up begins with it; year and policy_version 0:
 * not named. */
struct specialty_drawing {
	int64_t year, policy_version;
	struct specialty_parts parts;
	struct specialty_entries entries;
};

/* One after the other; then parts and entries are there. A version of the
 * policy that is not there, or a cohort that nobody is told of yet, is a flaw:
 * of the body, or of the query where there is no body. */
flow_step find_specialty_parts, find_specialty_demand, draw_specialty_lists;

extern const char *const specialty_outcome_words[];

#endif
