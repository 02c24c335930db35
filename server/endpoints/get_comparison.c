/*
 * GET /v1/rounds/{round_id}/comparisons/{comparison_id} - how far it is and,
 * once it is done, what it says.
 */
#include <inttypes.h>

#include "flow/flow.h"
#include "records/comparison.h"
#include "records/members.h"
#include "wire/sql.h"

static flow_step find_comparison, reply_comparison;

const struct endpoint get_comparison = {
	.operation = "getComparison",
	.method = "GET",
	.path = "/v1/rounds/{round_id}/comparisons/{comparison_id}",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.steps = { find_comparison, reply_comparison },
};

static enum flow_next find_comparison(struct flow *f)
{
	struct uuid round, comparison;

	if (!path_uuid(f, "round_id", &round) ||
	    !path_uuid(f, "comparison_id", &comparison))
		return FLOW_FAIL;
	return ask_one(f, SQL_COMPARISON_BY_ID, P_CONSORTIUM(f),
		       P_UUID(&round), P_UUID(&comparison));
}

/* How far it is does not make a version; who watches it wants to know. */
static void tag_comparison(struct flow *f)
{
	int64_t version = rows_int(f->rows, 0, COMPARISON_VERSION);

	if (rows_is_null(f->rows, 0, COMPARISON_PHASE))
		reply_etag(f, version);
	else
		reply_etag_text(f, arena_print(
			f->mem, "\"v%" PRId64 "-%s-%s\"", version,
			rows_text(f->rows, 0, COMPARISON_PHASE),
			rows_text(f->rows, 0, COMPARISON_SHARE)));
}

static enum flow_next reply_comparison(struct flow *f)
{
	struct json_writer *w;

	tag_comparison(f);
	w = reply_json(f, 200);
	json_object(w);
	comparison_members(w, f->rows, 0);
	member_json(w, "report", CELL(f->rows, 0, COMPARISON_REPORT));
	json_end(w);
	return FLOW_DONE;
}
