/* GET /v1/enterprises/{enterprise_id}/demand-lists/{year} */
#include "endpoints/demand_steps.h"

const struct endpoint get_demand_list = {
	.operation = "getDemandList",
	.method = "GET",
	.path = "/v1/enterprises/{enterprise_id}/demand-lists/{year}",
	.allow = READERS_OF_AN_ENTERPRISE,
	.state_bytes = sizeof(struct demand_path),
	.steps = { find_demand_owner, find_demand, reply_demand },
};
