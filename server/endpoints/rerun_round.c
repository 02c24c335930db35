/*
 * POST /v1/rounds/{round_id}/reruns - queues a run that goes on from what is
 * published: who accepted stays, but whom the office lets go with a reason.
 */
#include <stddef.h>

#include "base/text.h"
#include "endpoints/round_moves.h"
#include "records/round.h"
#include "wire/sql.h"

struct rerun {
	struct round_move round;	/* first: of find_round_to_move */
	struct uuids students;
	struct texts reasons;
};

static flow_step find_size, find_flaws, queue_run, reply_queued;

const struct endpoint rerun_round = {
	.operation = "rerunRound",
	.method = "POST",
	.path = "/v1/rounds/{round_id}/reruns",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.deadline_ms = 20000,	/* all wishes of the round are counted */
	.state_bytes = sizeof(struct rerun),
	.body = rerun_new_shape,
	.body_bytes = sizeof(struct rerun_new),
	.steps = { find_round_to_move, find_size, find_flaws, queue_run,
		   reply_queued },
};

static const struct constraint_flaw refusals[] = {
	{ "run_one_at_a_time", "#", "not-allowed",
	  "a run of this round is under way", "该轮次已有运行在进行",
	  FAULT_CONFLICT },
	{ "run_round_is_published", "#", "not-allowed",
	  "the round is not published, or was published anew meanwhile",
	  "轮次尚未公布，或刚刚重新公布", FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

/* Who is let go, and why, as two lists, for PostgreSQL. */
static void spread(struct flow *f)
{
	const struct rerun_new *b = f->body;
	const struct release *all = b->released.at;
	struct rerun *s = f->state;
	size_t count = b->released.count;

	s->students = (struct uuids){ arena_array(f->mem, struct uuid, count),
				      count };
	s->reasons = (struct texts){ arena_array(f->mem, const char *, count),
				     count };
	for (size_t i = 0; i < count; i++) {
		s->students.at[i] = all[i].student_id;
		s->reasons.at[i] = all[i].reason;
	}
}

static enum flow_next find_size(struct flow *f)
{
	return round_is(f, "published") ? ask_run_size(f) : FLOW_FAIL;
}

static enum flow_next find_flaws(struct flow *f)
{
	struct rerun *s = f->state;

	if (!run_fits(f))
		return FLOW_FAIL;
	spread(f);
	return ask(f, SQL_RERUN_FLAWS, P_CONSORTIUM(f),
		   P_UUID(&s->round.round_id), P_UUIDS(&s->students));
}

/* Columns of schema/queries/rerun_flaws.sql. */
enum { INDEX, WHAT };

static void add_flaw(struct flow *f, int row)
{
	const char *what = rows_text(f->rows, row, WHAT);
	const char *where = arena_print(f->mem, "#/released/%s/student_id",
					rows_text(f->rows, row, INDEX));

	if (text_same(what, "twice"))
		flaws_add(&f->flaws, where, "repeated", "comes twice",
			  "重复出现");
	else if (text_same(what, "none"))
		flaws_add(&f->flaws, where, "not-found",
			  "had no seat of this round, nor of one after it",
			  "在本轮次及后续轮次中均没有安排");
	else
		flaws_add(&f->flaws, where, "not-allowed",
			  "has an agreement, and stays", "已签协议，不得变动");
}

static enum flow_next queue_run(struct flow *f)
{
	const struct rerun_new *b = f->body;
	struct rerun *s = f->state;
	struct uuid id = uuid_new();

	for (int i = 0; i < rows_count(f->rows); i++)
		add_flaw(f, i);
	if (f->flaws.count)
		return fail_flaws(f);
	explain_constraints(f, refusals);
	return tell_or(f, FAULT_BAD_STATE, SQL_RERUN_CREATE, P_CONSORTIUM(f),
		       P_UUID(&id), P_UUID(&s->round.round_id),
		       P_TEXT(b->mode), P_TEXT(b->pins ? b->pins : "accepted"),
		       P_UUIDS(&s->students), P_TEXTS(&s->reasons),
		       P_ACCOUNT(f));
}

static enum flow_next reply_queued(struct flow *f)
{
	reply_location(f, "/v1/rounds/%s/runs/%s", path_text(f, "round_id"),
		       rows_text(f->rows, 0, RUN_ID_COLUMN));
	reply_header(f, "Retry-After", "1");
	reply_etag(f, rows_int(f->rows, 0, RUN_VERSION_COLUMN));
	run_write(reply_json(f, 202), f->rows, 0);
	return FLOW_DONE;
}
