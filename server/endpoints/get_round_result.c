/*
 * GET /v1/rounds/{round_id}/result - the result file, byte for byte as the
 * matcher reads and writes it. Before publication it is the office's.
 */
#include <stddef.h>

#include "endpoints/round_files.h"

static enum flow_next find_result(struct flow *f)
{
	return find_round_file(f, "result");
}

const struct endpoint get_round_result = {
	.operation = "getRoundResult",
	.method = "GET",
	.path = "/v1/rounds/{round_id}/result",
	.allow = { [ROLE_STUDENT] = SCOPE_PUBLIC,
		   [ROLE_ENTERPRISE] = SCOPE_PUBLIC,
		   [ROLE_SCHOOL] = SCOPE_PUBLIC,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.deadline_ms = 20000,
	.query = round_file_query,
	.query_bytes = sizeof(struct round_file_query),
	.steps = { find_result, reply_round_file },
};
