/*
 * flow.c - a flow's life. Flows, their arenas and buffers are kept from one
 * request to the next, so a warm loop allocates nothing. Whoever ends first
 * cuts the thread: an answer, the deadline, the client.
 */
#include <event2/event.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "flow/flow_private.h"
#include "flow/metrics.h"

enum { TICK_MS = 25, SPARE_MAX = 1024, OUT_KEPT_BYTES = 64 * 1024 };

struct flows {
	struct loop *loop;
	LIST_HEAD(, flow_private) live;
	struct flow_private *spare;
	int spare_count;
	struct event *tick;
};

static struct flow_private *flow_new(void)
{
	struct flow_private *own = mem_new(struct flow_private);

	own->magic = FLOW_MAGIC;
	own->flow.magic = FLOW_MAGIC;
	own->flow.own = own;
	own->flow.mem = arena_open();
	return own;
}

static void flow_free(struct flow_private *own)
{
	arena_close(own->flow.mem);
	buf_close(&own->out);
	buf_close(&own->packed);
	own->magic = own->flow.magic = 0;
	mem_free(own);
}

/* Everything of the last request goes, but for memory. */
static void flow_clean(struct flow_private *own)
{
	struct arena *mem = own->flow.mem;

	own->flow = (struct flow){ .magic = FLOW_MAGIC, .mem = mem,
				   .own = own };
	own->exchange = NULL;
	own->rung = NULL;
	own->is_write = own->is_settled = own->is_kept = false;
	own->idempotency_key = NULL;
	own->fault.kind = FAULT_NONE;
	own->rule = (struct broken_rule){ .law = LAW_NONE };
	own->refusal.name = NULL;
	own->constraints = NULL;
	own->status = 0;
	own->media_type = NULL;
	own->etag = -1;
	own->etag_text = NULL;
	own->header_count = 0;
	own->rate = RATE_BY_METHOD;
	own->is_over_quota = false;
	own->is_packing = own->is_packed = own->is_plain = false;
	own->is_countable = own->is_counting = false;
	own->document = NULL;
	buf_clear(&own->out);
	buf_clear(&own->packed);
}

static struct flow_private *flow_taken(struct flows *flows)
{
	struct flow_private *own = flows->spare;

	if (own) {
		flows->spare = own->next_spare;
		flows->spare_count--;
	} else {
		own = flow_new();
	}
	LIST_INSERT_HEAD(&flows->live, own, live);
	return own;
}

/* The only end of a flow. */
static void flow_end(struct flow_private *own)
{
	struct flows *flows = own->loop->flows;

	must(own->magic == FLOW_MAGIC && !own->exchange);
	must(own->awaits != AWAITS_POOL);
	if (own->awaits != AWAITS_NOTHING && own->awaits != AWAITS_CLIENT)
		awaited_abandon(&own->awaited);
	own->awaits = AWAITS_NOTHING;
	if (own->turn)
		db_turn_drop(own->turn);
	own->turn = NULL;
	if (own->rows)
		rows_release(own->rows);
	own->rows = NULL;
	export_close(own);
	arena_reset(own->flow.mem);
	LIST_REMOVE(own, live);
	if (flows->spare_count == SPARE_MAX ||
	    own->out.room > OUT_KEPT_BYTES ||
	    own->packed.room > OUT_KEPT_BYTES) {
		flow_free(own);
		return;
	}
	own->next_spare = flows->spare;
	flows->spare = own;
	flows->spare_count++;
}

/* A refusal within a transaction is told once nothing of it is left. */
static void flow_refuse(struct flow_private *own)
{
	if (own->turn && !own->is_settled) {
		own->is_settled = true;
		db_turn_end(own->turn, false,
			    flow_await(own, AWAITS_ROLLBACK));
		return;
	}
	if (own->exchange && export_is_begun(own))
		export_cut(own);
	else if (own->exchange)
		flow_send_problem(own);
	flow_end(own);
}

static enum flow_next commit(struct flow *f)
{
	f->own->is_settled = true;
	f->own->is_write = true;
	db_turn_end(f->own->turn, true, flow_await(f->own, AWAITS_COMMIT));
	return FLOW_WAIT;
}

static enum flow_next committed(struct flow *f)
{
	(void)f;
	return FLOW_DONE;
}

static flow_step *const closing[] = { commit, committed, NULL };

static bool has_to_settle(const struct flow_private *own)
{
	return own->turn && !own->is_settled;
}

/*
 * The reply is written: its page may have to be counted, what it tells of has
 * to be made certain, and much of it takes a while to pack.
 */
static bool has_more_to_do(struct flow_private *own)
{
	if (own->export && !export_is_over(own))
		own->rung = export_steps;
	else if (own->is_counting)
		own->rung = flow_counting;
	else if (has_to_settle(own) && own->idempotency_key && !own->is_kept)
		own->rung = idempotency_closing;
	else if (has_to_settle(own))
		own->rung = closing;
	else if (flow_has_to_pack(own))
		own->rung = flow_packing;
	else
		return false;
	return true;
}

static void run_on(struct flow_private *own)
{
	enum flow_next next;

	do {
		must(*own->rung && own->awaits == AWAITS_NOTHING);
		next = (*own->rung++)(&own->flow);
		if (next == FLOW_DONE && has_more_to_do(own))
			next = FLOW_NEXT;
	} while (next == FLOW_NEXT);
	if (next == FLOW_WAIT) {
		must(own->awaits != AWAITS_NOTHING);
	} else if (next == FLOW_FAIL) {
		flow_refuse(own);
	} else {
		must(own->status != 0);
		if (own->export)
			export_end(own);
		else
			flow_send(own);
		flow_end(own);
	}
}

static void take_rows(struct flow_private *own, struct rows *rows)
{
	if (own->rows)
		rows_release(own->rows);
	own->rows = rows;
	own->flow.rows = rows;
	if (own->if_none != FAULT_NONE && rows_count(rows) == 0)
		fault_set(&own->fault, own->if_none, "%s", "");
}

static void on_answer(void *asker, void *answer, const struct fault *fault)
{
	struct flow_private *own = asker;
	enum flow_awaits was = own->awaits;

	must(own->magic == FLOW_MAGIC && was != AWAITS_NOTHING);
	own->awaits = AWAITS_NOTHING;
	own->is_write = false;
	if (was == AWAITS_COMMIT || was == AWAITS_ROLLBACK)
		own->turn = NULL;
	if (was == AWAITS_ROLLBACK) {
		flow_refuse(own);
		return;
	}
	if (fault) {
		own->fault = *fault;
		flow_explain(own);
	} else if (was == AWAITS_ROWS) {
		take_rows(own, answer);
	}
	if (own->fault.kind != FAULT_NONE)
		flow_refuse(own);
	else
		run_on(own);
}

struct awaited *flow_await(struct flow_private *own, enum flow_awaits what)
{
	must(own->awaits == AWAITS_NOTHING);
	own->awaits = what;
	own->awaited = (struct awaited){ .asker = own, .answer = on_answer };
	return &own->awaited;
}

/* ---- the pool ---- */

static void on_work(void *arg)
{
	struct flow_private *own = arg;

	own->worked = own->work(&own->flow);
}

static void on_worked(void *arg)
{
	struct flow_private *own = arg;

	must(own->magic == FLOW_MAGIC && own->awaits == AWAITS_POOL);
	own->awaits = AWAITS_NOTHING;
	if (!own->exchange)
		flow_end(own);
	else if (own->worked == FLOW_FAIL)
		flow_refuse(own);
	else
		run_on(own);
}

static bool give_to(struct pool *pool, struct flow_private *own,
		    enum flow_next (*work)(struct flow *f))
{
	struct flow *f = &own->flow;

	must(own->awaits == AWAITS_NOTHING);
	/* The body is the connection's, which may go while the pool works. */
	if (f->raw)
		f->raw = arena_text(f->mem, f->raw, f->raw_bytes);
	own->work = work;
	own->job = (struct pool_job){ .work = on_work, .done = on_worked,
				      .arg = own };
	if (!pool_give(pool, own->loop->port, &own->job))
		return false;
	own->awaits = AWAITS_POOL;
	return true;
}

bool flow_ponder(struct flow_private *own,
		 enum flow_next (*work)(struct flow *f))
{
	return give_to(own->loop->service->pool, own, work);
}

static enum flow_next wait_for(struct flow *f, bool is_given)
{
	if (!is_given)
		return fail(f, FAULT_BUSY, "%s", "the pool's queue is full");
	return FLOW_WAIT;
}

enum flow_next ponder(struct flow *f, enum flow_next (*work)(struct flow *f))
{
	return wait_for(f, flow_ponder(f->own, work));
}

enum flow_next ponder_outside(struct flow *f,
			      enum flow_next (*work)(struct flow *f))
{
	return wait_for(f, give_to(f->loop->service->outside, f->own, work));
}

enum flow_next ponder_explained(struct flow *f,
				enum flow_next (*work)(struct flow *f))
{
	return wait_for(f, give_to(f->loop->service->explaining, f->own, work));
}

/* ---- beginning and the other ends ---- */

void flow_begin(struct loop *loop, struct http_exchange *exchange)
{
	struct flow_private *own = flow_taken(loop->flows);

	flow_clean(own);
	own->loop = loop;
	own->exchange = exchange;
	exchange->owner = own;
	own->begun_us = clock_us();
	own->deadline_ms = own->begun_us / 1000 + DEADLINE_MS;
	own->flow.loop = loop;
	own->flow.peer = exchange->peer;
	own->flow.request_id = own->request_id;
	own->flow.trace_id = own->trace_id;
	own->rung = flow_arrival;
	run_on(own);
}

void flow_gone(struct http_exchange *exchange)
{
	struct flow_private *own = exchange->owner;

	must(own->magic == FLOW_MAGIC && own->exchange == exchange);
	flow_log_request(own, STATUS_GONE, 0);
	own->exchange = NULL;
	if (own->awaits != AWAITS_POOL)
		flow_end(own);
}

void flow_clear(struct http_exchange *exchange)
{
	struct flow_private *own = exchange->owner;

	must(own->magic == FLOW_MAGIC && own->exchange == exchange);
	if (own->awaits != AWAITS_CLIENT)
		return;
	own->awaits = AWAITS_NOTHING;
	run_on(own);
}

enum flow_next flow_again(struct flow_private *own)
{
	struct flow *f = &own->flow;
	int64_t wait_ms = f->endpoint->deadline_ms;

	must(!own->turn && own->awaits == AWAITS_NOTHING);
	if (own->rows)
		rows_release(own->rows);
	own->rows = NULL;
	arena_reset(f->mem);
	*f = (struct flow){ .magic = FLOW_MAGIC, .mem = f->mem, .own = own,
			    .endpoint = f->endpoint, .lang = f->lang,
			    .loop = f->loop, .peer = f->peer,
			    .request_id = f->request_id,
			    .trace_id = f->trace_id };
	own->status = 0;
	own->etag = -1;
	own->etag_text = NULL;
	own->header_count = 0;
	own->constraints = NULL;
	own->deadline_ms = clock_ms() + (wait_ms ? wait_ms : DEADLINE_MS);
	return climb(f, flow_identify);
}

static void on_tick(evutil_socket_t fd, short what, void *arg)
{
	struct flows *flows = arg;
	struct flow_private *own, *next;
	int64_t now_ms = clock_ms();

	(void)fd;
	(void)what;
	for (own = LIST_FIRST(&flows->live); own; own = next) {
		next = LIST_NEXT(own, live);
		if (now_ms < own->deadline_ms || !own->exchange)
			continue;
		if (own->is_packing)
			flow_send_unpacked(own);
		else
			flow_send_too_late(own);
		if (own->awaits != AWAITS_POOL)
			flow_end(own);
	}
}

struct flows *flows_open(struct loop *loop)
{
	struct flows *flows = mem_new(struct flows);
	const struct timeval tick = { 0, TICK_MS * 1000 };

	flows->loop = loop;
	LIST_INIT(&flows->live);
	flows->tick = event_new(loop->base, -1, EV_PERSIST, on_tick, flows);
	must(flows->tick && event_add(flows->tick, &tick) == 0);
	return flows;
}

void flows_close(struct flows *flows)
{
	struct flow_private *own;

	if (!flows)
		return;
	while ((own = LIST_FIRST(&flows->live))) {
		own->exchange = NULL;
		own->awaits = own->awaits == AWAITS_POOL ? AWAITS_NOTHING :
							   own->awaits;
		flow_end(own);
	}
	while ((own = flows->spare)) {
		flows->spare = own->next_spare;
		flow_free(own);
	}
	event_free(flows->tick);
	mem_free(flows);
}
