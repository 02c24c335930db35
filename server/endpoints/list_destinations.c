/* GET /v1/destinations - graduates and where they went: a school's own, the
 * consortium's, or those whom an enterprise is asked about. */
#include "endpoints/destination_steps.h"

static flow_step find_destinations, reply_destinations;

const struct endpoint list_destinations = {
	.operation = "listDestinations",
	.method = "GET",
	.path = "/v1/destinations",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.query = destination_filter_shape,
	.query_bytes = sizeof(struct destination_filter),
	.is_paged = true,
	.steps = { check_destination_filter, find_destinations,
		   reply_destinations },
};

static enum flow_next find_destinations(struct flow *f)
{
	return ask_destinations(f, SQL_DESTINATIONS_LIST);
}

static enum flow_next reply_destinations(struct flow *f)
{
	return reply_page(f, destination_write, DESTINATION_ID_COLUMN);
}
