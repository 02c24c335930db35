/*
 * filing_steps.h - what reading and writing a filing share.
 *
 * from  api-spec/openapi.yaml, "/v1/placements/{placement_id}/filing"
 */
#ifndef ENDPOINTS_FILING_STEPS_H
#define ENDPOINTS_FILING_STEPS_H

#include "endpoints/placement_steps.h"
#include "records/filing.h"

/* Asks for the filing of placement_at; 200 with it. */
flow_step find_filing, reply_filing;

#endif
