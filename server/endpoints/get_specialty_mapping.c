/* GET /v1/schools/{school_id}/specialty-mapping - what the school means by
 * the names that it gives its specialties. */
#include "endpoints/specialty_mapping_steps.h"

const struct endpoint get_specialty_mapping = {
	.operation = "getSpecialtyMapping",
	.method = "GET",
	.path = "/v1/schools/{school_id}/specialty-mapping",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct mapping_path),
	.steps = { find_mapping_school, find_mapping, reply_mapping },
};
