/*
 * agreement_steps.h - what the operations on agreements share.
 *
 * from  api-spec/openapi.yaml, "agreements"
 */
#ifndef ENDPOINTS_AGREEMENT_STEPS_H
#define ENDPOINTS_AGREEMENT_STEPS_H

#include "endpoints/placement_steps.h"
#include "records/agreement.h"

/* Asks for the agreement of placement_at, in an edition (0: the newest). */
enum flow_next ask_agreement(struct flow *f, int64_t edition);

/* The newest edition; the reply of row 0: 200, 201. */
flow_step find_agreement, reply_agreement, reply_signed_agreement;

#endif
