/*
 * POST /v1/rounds/{round_id}/comparisons - what the modes would come to, as
 * the run's instance stands and with other numbers; a worker finds out.
 */
#include <inttypes.h>

#include "base/text.h"
#include "endpoints/round_moves.h"
#include "records/comparison.h"
#include "records/round.h"
#include "records/run_size.h"
#include "wire/sql.h"

struct comparing {
	struct round_move round;	/* first: of find_round_to_move */
	struct uuids ids;
	struct texts sets, values;
};

static flow_step check_body, find_size, find_flaws, queue_comparison,
	reply_queued;

const struct endpoint create_comparison = {
	.operation = "createComparison",
	.method = "POST",
	.path = "/v1/rounds/{round_id}/comparisons",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct comparing),
	.body = comparison_new_shape,
	.body_bytes = sizeof(struct comparison_new),
	.steps = { check_body, find_round_to_move, find_size, find_flaws,
		   queue_comparison, reply_queued },
};

static const struct constraint_flaw refusals[] = {
	{ "comparison_round_stands", "#", "not-allowed",
	  "the round is cancelled", "轮次已取消", FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next check_body(struct flow *f)
{
	comparison_check(f->body, &f->flaws);
	return f->flaws.count ? fail_flaws(f) : FLOW_NEXT;
}

/* The changes as three lists, for PostgreSQL. */
static void spread(struct flow *f, const struct comparison_change *all,
		   size_t count)
{
	struct comparing *s = f->state;

	s->ids = (struct uuids){ arena_array(f->mem, struct uuid, count),
				 count };
	s->sets = (struct texts){ arena_array(f->mem, const char *, count),
				  count };
	s->values = (struct texts){ arena_array(f->mem, const char *, count),
				    count };
	for (size_t i = 0; i < count; i++) {
		s->ids.at[i] = all[i].id;
		s->sets.at[i] = all[i].set;
		s->values.at[i] = arena_print(f->mem, "%" PRId64, all[i].to);
	}
}

static enum flow_next find_size(struct flow *f)
{
	const struct comparison_new *b = f->body;
	struct comparing *s = f->state;

	if (text_same(rows_text(f->rows, 0, ROUND_STATE_COLUMN), "cancelled"))
		return fail(f, FAULT_BAD_STATE, "the round is cancelled");
	return ask(f, SQL_COMPARISON_SIZE, P_CONSORTIUM(f),
		   P_UUID(&s->round.round_id), P_ID(&b->run_id));
}

/* Of a run that is not there, find_flaws tells. */
static bool comparison_fits(struct flow *f)
{
	const struct comparison_new *b = f->body;
	const struct config *config = f->loop->service->config;
	int64_t bytes = rows_count(f->rows) ? rows_int(f->rows, 0, 0) : 0;
	int64_t mib = comparison_mib(bytes);
	int64_t seconds = comparison_seconds(bytes, b->changes.count > 0);

	if (mib > config->run_mib)
		(void)fail_beyond(f, "the comparison would need more MiB of "
				     "memory than it may have",
				  config->run_mib, mib);
	else if (seconds > config->run_s)
		(void)fail_beyond(f, "the comparison would take more seconds "
				     "than it may", config->run_s, seconds);
	return mib <= config->run_mib && seconds <= config->run_s;
}

static enum flow_next find_flaws(struct flow *f)
{
	const struct comparison_new *b = f->body;
	struct comparing *s = f->state;

	if (!comparison_fits(f))
		return FLOW_FAIL;
	spread(f, b->changes.at, b->changes.count);
	return ask(f, SQL_COMPARISON_FLAWS, P_CONSORTIUM(f),
		   P_UUID(&s->round.round_id), P_ID(&b->run_id),
		   P_UUIDS(&s->ids), P_TEXTS(&s->sets));
}

/* Columns of schema/queries/comparison_flaws.sql. */
enum { WHAT, INDEX };

static void add_flaw(struct flow *f, int row)
{
	if (rows_is_null(f->rows, row, INDEX)) {
		flaws_add(&f->flaws, "#/run_id", "not-found",
			  "is no finished run of this round",
			  "不是本轮次已完成的运行");
		return;
	}
	flaws_add(&f->flaws,
		  arena_print(f->mem, "#/changes/%s/id",
			      rows_text(f->rows, row, INDEX)),
		  "not-found", "is not part of the run",
		  "不在该次运行之中");
}

static enum flow_next queue_comparison(struct flow *f)
{
	const struct comparison_new *b = f->body;
	struct comparing *s = f->state;
	struct uuid id = uuid_new();

	for (int i = 0; i < rows_count(f->rows); i++)
		add_flaw(f, i);
	if (f->flaws.count)
		return fail_flaws(f);
	explain_constraints(f, refusals);
	return tell(f, SQL_COMPARISON_CREATE, P_CONSORTIUM(f), P_UUID(&id),
		    P_UUID(&s->round.round_id), P_ID(&b->run_id), P_ACCOUNT(f),
		    P_UUIDS(&s->ids), P_TEXTS(&s->sets), P_TEXTS(&s->values));
}

static enum flow_next reply_queued(struct flow *f)
{
	reply_location(f, "/v1/rounds/%s/comparisons/%s",
		       path_text(f, "round_id"),
		       rows_text(f->rows, 0, COMPARISON_ID));
	reply_header(f, "Retry-After", "1");
	comparison_write(reply_json(f, 202), f->rows, 0);
	return FLOW_DONE;
}
