/*
 * offer_steps.h - what the operations on one offer share.
 *
 * from  api-spec/openapi.yaml, "offers"
 */
#ifndef ENDPOINTS_OFFER_STEPS_H
#define ENDPOINTS_OFFER_STEPS_H

#include "flow/flow.h"
#include "records/offer.h"
#include "wire/sql.h"

/* f->state of the operations on an offer in the path. */
struct offer_at {
	struct uuid id;
};

/* Asks to end the offer of the path as `state`; f->body is move_text. */
enum flow_next end_offer(struct flow *f, const char *state);

/* Reads an offer that the actor may see. */
enum flow_next ask_offer(struct flow *f, const struct uuid *id);

/* The offer of offer_at, and the reply of row 0: 200. */
flow_step find_offer, reply_offer;

#endif
