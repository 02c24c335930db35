/*
 * GET /v1/destination-registrations - graduates in the columns that their
 * destinations are registered in, to be taken along, filled in and imported.
 */
#include "endpoints/destination_steps.h"
#include "records/destination_registration.h"

static flow_step find_registrations, reply_registrations;

const struct endpoint list_destination_registrations = {
	.operation = "listDestinationRegistrations",
	.method = "GET",
	.path = "/v1/destination-registrations",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.query = destination_filter_shape,
	.query_bytes = sizeof(struct destination_filter),
	.is_paged = true,
	.is_registry = true,
	.steps = { check_destination_filter, find_registrations,
		   reply_registrations },
};

static enum flow_next find_registrations(struct flow *f)
{
	return ask_destinations(f, SQL_DESTINATION_REGISTRATIONS_LIST);
}

static enum flow_next reply_registrations(struct flow *f)
{
	return reply_page(f, destination_registration_write,
			  REGISTRATION_ID_COLUMN);
}
