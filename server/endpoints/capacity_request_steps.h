/*
 * capacity_request_steps.h - what the operations on requests for other openings
 * share.
 *
 * from  api-spec/openapi.yaml, "rounds"
 */
#ifndef ENDPOINTS_CAPACITY_REQUEST_STEPS_H
#define ENDPOINTS_CAPACITY_REQUEST_STEPS_H

#include "flow/flow.h"
#include "records/capacity_request.h"
#include "wire/sql.h"

#define CAPACITY_REQUESTS "/v1/rounds/{round_id}/capacity-requests"
#define CAPACITY_REQUEST CAPACITY_REQUESTS "/{capacity_request_id}"

/* f->state of all of them. */
struct capacity_request_at {
	struct uuid round_id, id;
};

/* Asks for the round of the path, which must have opened. */
flow_step find_round_of_seats;

/* Asks for the request of the path, or for the one whose id is in f->state. */
flow_step find_capacity_request, find_capacity_request_again;

/* Asks to end the request of the path; why may be NULL. */
enum flow_next end_capacity_request(struct flow *f, const char *state,
				    const char *why);

flow_step reply_capacity_request;	/* 200 */

extern const struct constraint_flaw capacity_refusals[];

#endif
