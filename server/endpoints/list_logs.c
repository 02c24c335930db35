/* GET /v1/placements/{placement_id}/logs - the weekly reports, in order. */
#include "endpoints/log_steps.h"

static flow_step find_one, find_logs, reply_logs;

const struct endpoint list_logs = {
	.operation = "listLogs",
	.method = "GET",
	.path = "/v1/placements/{placement_id}/logs",
	.allow = READERS_OF_PLACEMENTS,
	.state_bytes = sizeof(struct placement_at),
	.is_paged = true,
	.steps = { find_one, find_logs, reply_logs },
};

static enum flow_next find_one(struct flow *f)
{
	if (!path_placement(f))
		return FLOW_FAIL;
	return find_placement(f);
}

static enum flow_next find_logs(struct flow *f)
{
	struct placement_at *s = f->state;

	return ask(f, SQL_LOGS_OF_PLACEMENT, P_CONSORTIUM(f), P_UUID(&s->id),
		   P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_logs(struct flow *f)
{
	return reply_page(f, log_write, LOG_WEEK_COLUMN);
}
