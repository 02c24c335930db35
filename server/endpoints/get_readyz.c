/*
 * GET /readyz - may a load balancer send requests here? Every loop has its
 * database, the live index is built, and the database has every migration
 * this program knows.
 */
#include "flow/everybody.h"
#include "flow/flow.h"
#include "flow/live.h"
#include "flow/metrics.h"

enum { READY_DEADLINE_MS = 1000 };

static flow_step look_at_loops, look_at_schema;

const struct endpoint get_readyz = {
	.operation = "getReadyz",
	.method = "GET",
	.path = "/readyz",
	.allow = EVERYBODY,
	.deadline_ms = READY_DEADLINE_MS,
	.rate = RATE_FREE,
	.steps = { look_at_loops, look_at_schema },
};

static enum flow_next look_at_loops(struct flow *f)
{
	const struct service *service = f->loop->service;

	metrics_publish(f->loop);
	for (int i = 0; i < service->loop_count; i++)
		if (!metrics_database_is_ready(service->loops[i]->metrics))
			return fail(f, FAULT_NO_DATABASE, "%s", "");
	if (!live_is_ready(service->live))
		return fail(f, FAULT_BUSY, "the live index is being built");
	return ask_one(f, SQL_MIGRATION_LATEST);
}

static enum flow_next look_at_schema(struct flow *f)
{
	int64_t known = migrations[migration_count - 1].number;
	int64_t applied = rows_int(f->rows, 0, 0);
	struct json_writer *w;

	if (applied < known)
		return fail(f, FAULT_NO_DATABASE, "the schema is at migration "
			    "%lld of %lld", (long long)applied,
			    (long long)known);
	w = reply_json(f, 200);
	json_object(w);
	json_member_text(w, "status", "ok");
	json_member_int(w, "migration", applied);
	json_end(w);
	return FLOW_DONE;
}
