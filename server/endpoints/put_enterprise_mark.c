/*
 * PUT /v1/placements/{placement_id}/logs/{week}/enterprise-mark - what the
 * enterprise thinks of a weekly report.
 */
#include "endpoints/log_steps.h"

static flow_step mark;

const struct endpoint put_enterprise_mark = {
	.operation = "putEnterpriseMark",
	.method = "PUT",
	.path = "/v1/placements/{placement_id}/logs/{week}/enterprise-mark",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct log_at),
	.body = mark_shape,
	.body_bytes = sizeof(struct mark_text),
	.is_transaction = true,
	.steps = { mark, find_log, reply_log },
};

static enum flow_next mark(struct flow *f)
{
	return mark_log(f, SQL_LOG_MARK_ENTERPRISE);
}
