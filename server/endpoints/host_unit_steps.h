/*
 * host_unit_steps.h - what the operations on one host unit share.
 *
 * from  api-spec/openapi.yaml, "host units"
 */
#ifndef ENDPOINTS_HOST_UNIT_STEPS_H
#define ENDPOINTS_HOST_UNIT_STEPS_H

#include "flow/flow.h"

struct host_unit_at {
	struct uuid school_id, enterprise_id;
};

/* False after a fault: the path names none of the school that asks. */
MUST_CHECK bool path_host_unit(struct flow *f);

#endif
