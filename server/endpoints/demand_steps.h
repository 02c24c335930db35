/* demand_steps.h - what the operations on demand lists share. */
#ifndef ENDPOINTS_DEMAND_STEPS_H
#define ENDPOINTS_DEMAND_STEPS_H

#include "endpoints/enterprise_steps.h"
#include "records/demand.h"

/* The state of every operation on one list. */
struct demand_path {
	struct uuid enterprise_id;
	int64_t year;
};

/* A step: the list of the path, if the actor may see such an enterprise. */
flow_step find_demand_owner;

/* A step: asks for the list of the path ... */
flow_step find_demand;

/* ... and replies with it; one that was never put is empty, version 0. */
flow_step reply_demand;

#endif
