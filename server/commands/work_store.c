/*
 * work_store.c - a verified outcome into PostgreSQL, all of it or nothing: the
 * two documents, their rows, and the end of the run in one transaction.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/uuid.h"
#include "commands/work_child.h"
#include "commands/work_round.h"

struct store {
	struct sync *s;
	const struct work *work;
	const struct outcome *o;
	struct fault *fault;
	int64_t started;
	struct buf lines;	/* of one COPY, in PostgreSQL's text form */
};

static bool keep_file(struct store *t, const char *kind, const struct buf *text)
{
	struct buf ended = { 0 };
	struct rows *rows;

	buf_bytes(&ended, text->at, text->used);
	buf_byte(&ended, '\0');
	rows = SYNC_ASK(t->s, t->fault, SQL_RUN_FILE_ADD, t->work->consortium,
			t->work->run, kind, ended.at);
	buf_close(&ended);
	if (!rows)
		return false;
	rows_release(rows);
	return true;
}

static bool copy_lines(struct store *t, const char *statement, int64_t expected)
{
	int64_t copied = 0;

	if (!sync_copy_begin(t->s, statement, t->fault) ||
	    !sync_copy_bytes(t->s, t->lines.at, t->lines.used, t->fault) ||
	    !sync_copy_end(t->s, &copied, t->fault))
		return false;
	must(copied == expected);
	buf_clear(&t->lines);
	return true;
}

static void begin_line(struct store *t)
{
	buf_print(&t->lines, "%s\t%s", t->work->consortium, t->work->run);
}

/* All ids of a frozen round are UUIDs, so nothing needs escaping. */
static void add_id(struct store *t, struct match_id id)
{
	buf_byte(&t->lines, '\t');
	buf_bytes(&t->lines, id.text, id.bytes);
}

static void add_number(struct store *t, int64_t number)
{
	buf_print(&t->lines, "\t%" PRId64, number);
}

static bool keep_placements(struct store *t)
{
	const struct match_instance *in = &t->o->instance;
	const struct match_result *r = &t->o->result;

	for (uint32_t i = 0; i < r->placement_count; i++) {
		const struct match_placement *p = &r->placements[i];
		struct uuid id = uuid_new();
		char text[UUID_TEXT_BYTES];

		uuid_text(&id, text);
		begin_line(t);
		add_id(t, match_ids_at(&in->students, p->student));
		buf_print(&t->lines, "\t%s", text);
		add_id(t, match_ids_at(&in->postings, p->posting));
		add_number(t, p->score);
		add_number(t, p->choice);
		buf_byte(&t->lines, '\n');
	}
	return copy_lines(t,
			  "copy run_placement (consortium_id, run_id, "
			  "student_id, id, posting_id, score, choice) "
			  "from stdin", r->placement_count);
}

static struct match_id node_id(const struct match_instance *in, uint32_t node)
{
	if (node < in->postings.count)
		return match_ids_at(&in->postings, node);
	return match_ids_at(&in->groups, node - in->postings.count);
}

/* A node without seats has no worst key: it is full for everybody. */
static bool keep_cutoffs(struct store *t)
{
	const struct match_instance *in = &t->o->instance;
	const struct match_result *r = &t->o->result;
	int64_t kept = 0;

	for (uint32_t i = 0; i < r->cutoff_count; i++) {
		const struct match_cutoff *c = &r->cutoffs[i];

		if (!c->has_score || !c->has_lottery)
			continue;
		begin_line(t);
		add_id(t, match_ids_at(&in->postings, c->posting));
		if (c->has_rank)
			add_number(t, c->rank);
		else
			buf_text(&t->lines, "\t\\N");
		add_number(t, c->score);
		buf_print(&t->lines, "\t%" PRIu64, c->lottery);
		add_id(t, node_id(in, c->binding));
		buf_byte(&t->lines, '\n');
		kept++;
	}
	return copy_lines(t,
			  "copy run_cutoff (consortium_id, run_id, posting_id, "
			  "rank, score, lottery, binding) from stdin", kept);
}

static bool keep_groups(struct store *t)
{
	const struct match_instance *in = &t->o->instance;
	const struct match_result *r = &t->o->result;

	for (uint32_t i = 0; i < r->group_count; i++) {
		const struct match_group_line *g = &r->groups[i];

		begin_line(t);
		add_id(t, match_ids_at(&in->groups, g->group));
		add_number(t, g->placed);
		add_number(t, g->lower);
		if (g->has_upper)
			add_number(t, g->upper);
		else
			buf_text(&t->lines, "\t\\N");
		add_number(t, g->shortfall);
		buf_byte(&t->lines, '\n');
	}
	return copy_lines(t,
			  "copy run_group (consortium_id, run_id, group_id, "
			  "placed, lower, upper, shortfall) from stdin",
			  r->group_count);
}

/* Lines that lack the run: it goes before each. */
static bool keep_lines(struct store *t, const char *statement,
		       const struct buf *all, int64_t count)
{
	size_t from = 0;

	for (size_t i = 0; i < all->used; i++) {
		if (all->at[i] != '\n')
			continue;
		begin_line(t);
		buf_bytes(&t->lines, all->at + from, i + 1 - from);
		from = i + 1;
	}
	return copy_lines(t, statement, count);
}

static bool keep_proposals(struct store *t)
{
	return keep_lines(t,
			  "copy run_proposal (consortium_id, run_id, "
			  "student_id, rank, posting_id) from stdin",
			  &t->o->proposals, t->o->proposal_count);
}

static bool keep_left_out(struct store *t)
{
	return keep_lines(t,
			  "copy run_left_out (consortium_id, run_id, "
			  "student_id, posting_id, rule, allowed, actual) "
			  "from stdin", &t->o->left_out, t->o->left_out_count);
}

static bool keep_unplaced(struct store *t)
{
	struct buf lines = { 0 };
	int64_t count = 0;
	bool is_good = round_unplaced(t->o, &lines, &count, t->fault) &&
		       keep_lines(t,
				  "copy run_unplaced (consortium_id, run_id, "
				  "student_id, why, choice, gap) from stdin",
				  &lines, count);

	buf_close(&lines);
	return is_good;
}

static void add_posting(struct store *t, uint32_t posting)
{
	if (posting == MATCH_NONE)
		buf_text(&t->lines, "\t\\N");
	else
		add_id(t, match_result_posting(&t->o->result, &t->o->instance,
					       posting));
}

/* Of a run that goes on from a publication: where all were, who moves. */
static bool keep_moves(struct store *t)
{
	const struct match_result *r = &t->o->result;

	if (!t->o->is_again)
		return true;
	if (!keep_lines(t,
			"copy run_prior (consortium_id, run_id, student_id, "
			"placement_id, is_pinned) from stdin",
			&t->o->priors, t->o->prior_count))
		return false;
	for (uint32_t i = 0; i < r->move_count; i++) {
		begin_line(t);
		add_id(t, match_ids_at(&t->o->instance.students,
				       r->moves[i].student));
		add_posting(t, r->moves[i].from);
		add_posting(t, r->moves[i].to);
		buf_byte(&t->lines, '\n');
	}
	return copy_lines(t,
			  "copy run_move (consortium_id, run_id, student_id, "
			  "from_posting_id, to_posting_id) from stdin",
			  r->move_count);
}

static const char *number_text(char out[24], int64_t number)
{
	snprintf(out, 24, "%" PRId64, number);
	return out;
}

static bool end_run(struct store *t, bool *is_ours)
{
	const struct outcome *o = t->o;
	char text[10][24];
	struct rows *rows = SYNC_ASK(
		t->s, t->fault, SQL_RUN_END, t->work->consortium, t->work->run,
		t->work->worker, t->work->attempt,
		number_text(text[0], o->student_count),
		number_text(text[1], o->result.placement_count),
		number_text(text[2], o->result.objective.shortfall),
		number_text(text[3], o->freeze_ms),
		number_text(text[4], o->place_ms),
		number_text(text[5], o->verify_ms),
		number_text(text[6], o->rarity_edition),
		number_text(text[7], clock_ms() - t->started),
		number_text(text[8], child_own_peak()),
		number_text(text[9], o->published_beside));

	if (!rows)
		return false;
	*is_ours = rows_count(rows) == 1;
	rows_release(rows);
	return true;
}

static bool keep_instance(struct store *t)
{
	return keep_file(t, "instance", &t->o->instance_text);
}

static bool keep_result(struct store *t)
{
	return keep_file(t, "result", &t->o->result_text);
}

static bool keep_parts(struct store *t)
{
	static bool (*const parts[])(struct store *t) = {
		keep_instance, keep_result, keep_placements, keep_cutoffs,
		keep_groups, keep_proposals, keep_left_out, keep_unplaced,
		keep_moves
	};

	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		progress_share(t->work->progress, i, COUNT_OF(parts));
		if (!parts[i](t))
			return false;
	}
	return true;
}

bool round_store(struct sync *s, const struct work *work,
		 const struct outcome *o, bool *is_ours, struct fault *fault)
{
	struct store t = { .s = s, .work = work, .o = o, .fault = fault,
			   .started = clock_ms() };
	bool is_good;

	*is_ours = false;
	progress_phase(work->progress, PHASE_STORE);
	is_good = sync_begin(s, fault) && keep_parts(&t);
	progress_phase(work->progress, PHASE_END);
	is_good = is_good && end_run(&t, is_ours);
	buf_close(&t.lines);
	progress_phase(work->progress, PHASE_COMMIT);
	if (is_good && *is_ours)
		return sync_commit(s, fault);
	sync_rollback(s);
	return is_good;
}

void outcome_close(struct outcome *o)
{
	match_result_free(&o->result);
	match_instance_free(&o->instance);
	buf_close(&o->instance_text);
	buf_close(&o->result_text);
	buf_close(&o->proposals);
	buf_close(&o->left_out);
	buf_close(&o->wishless);
	buf_close(&o->previous_text);
	buf_close(&o->priors);
	*o = (struct outcome){ 0 };
}
