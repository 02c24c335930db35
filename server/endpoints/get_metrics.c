/* GET /metrics - counters of all loops, for Prometheus. */
#include "flow/everybody.h"
#include "flow/flow.h"
#include "flow/metrics.h"

#define PROMETHEUS "text/plain; version=0.0.4; charset=utf-8"

static flow_step answer;

const struct endpoint get_metrics = {
	.operation = "getMetrics",
	.method = "GET",
	.path = "/metrics",
	.allow = EVERYBODY,
	.produces = "text/plain",
	.rate = RATE_FREE,
	.steps = { answer },
};

static enum flow_next answer(struct flow *f)
{
	const struct service *service = f->loop->service;
	struct buf *text = &f->loop->scratch;

	metrics_publish(f->loop);
	buf_clear(text);
	metrics_print(service->loops, service->loop_count, text);
	return reply_bytes(f, 200, PROMETHEUS, text->at, text->used);
}
