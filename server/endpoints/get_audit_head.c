/*
 * GET /v1/audit/head - the end of the consortium's audit: whoever notes it
 * down can show later that nothing before it was altered.
 */
#include "flow/flow.h"
#include "records/members.h"
#include "wire/sql.h"

static flow_step find_end, reply_end;

const struct endpoint get_audit_head = {
	.operation = "getAuditHead",
	.method = "GET",
	.path = "/v1/audit/head",
	.allow = { [ROLE_STUDENT] = SCOPE_ALL,
		   [ROLE_ENTERPRISE] = SCOPE_ALL,
		   [ROLE_SCHOOL] = SCOPE_ALL,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.steps = { find_end, reply_end },
};

static enum flow_next find_end(struct flow *f)
{
	return ask_one(f, SQL_AUDIT_END, P_CONSORTIUM(f));
}

static enum flow_next reply_end(struct flow *f)
{
	static const struct member members[] = {
		{ MEMBER_INT, "seq" },
		{ MEMBER_TEXT, "hash" },
		{ MEMBER_TIME, "at" },
		{ MEMBER_END, NULL }
	};
	struct json_writer *w = reply_json(f, 200);

	json_object(w);
	members_write(w, members, f->rows, 0);
	json_end(w);
	return FLOW_DONE;
}
