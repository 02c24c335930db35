/*
 * supply_demand_steps.h - what getSupplyDemand asks, what of it may be shown to
 * others than the school, and the reply.
 *
 * from  api-spec/openapi.yaml, "/v1/statistics/supply-demand"
 */
#ifndef ENDPOINTS_SUPPLY_DEMAND_STEPS_H
#define ENDPOINTS_SUPPLY_DEMAND_STEPS_H

#include "endpoints/shown_groups.h"
#include "flow/flow.h"
#include "records/supply_demand.h"

struct supply_demand_query {
	struct texts by;
	int64_t year;			/* 0: not asked for */
	struct uuid school_id;
	const char *specialty, *level, *division_code;
};

/* f->state. */
struct supply_demand_asked {
	int64_t first, last;		/* years that are shown */
	bool is_whole;			/* nothing is hidden */
	bool is_by_occupation;
	struct shown_groups people, seats;
};

/* Takes the parts: which groups may be shown. Any f->rows if is_whole. */
void judge_supply_demand(struct flow *f);
/* 200 with the groups of f->rows. */
flow_step reply_supply_demand;

#endif
