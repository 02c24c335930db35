/*
 * work_freeze.c - a round's rows as a placement instance. Enterprises and
 * post categories become groups, postings their seats, and each wish that the
 * rules allow a choice with the score of its pair.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "commands/work_again.h"
#include "commands/work_propose.h"
#include "commands/work_rankings.h"
#include "commands/work_round.h"
#include "matcher/builder.h"
#include "matcher/files/instance_file.h"
#include "records/match_input.h"
#include "records/rarity.h"

enum { POSTING_GROUP_COLUMN = MATCH_POSTING_COLUMNS, POSTING_SEATS_COLUMN,
       PROPOSED_COLUMN = 14 };

struct freeze {
	struct sync *s;
	const struct work *work;
	struct arena *mem;
	struct rows *terms, *postings, *students, *wishes;
	struct outcome *o;
	struct match_policy policy;
	uint32_t proposed;			/* wishes of a list; 0: none */
	struct proposals proposals;
	struct match_ties ties;
	struct rarity *rarity;
	struct match_posting *posting;		/* by row of postings */
	struct rankings rankings;
	struct again again;
	struct match_builder builder;
	struct match_error error;
	struct fault *fault;
};

static bool matcher_failed(struct freeze *z)
{
	return fault_set(z->fault, FAULT_BUG, "freezing: %s", z->error.text);
}

static struct match_id id_at(const struct rows *rows, int row, int column)
{
	struct match_id id = { NULL, 0 };

	if (!rows_is_null(rows, row, column)) {
		id.text = rows_text(rows, row, column);
		id.bytes = (uint32_t)rows_bytes(rows, row, column);
	}
	return id;
}

/* ---- what the round is judged by ---- */

static bool load_terms(struct freeze *z)
{
	struct rows *rows;

	z->terms = SYNC_ASK(z->s, z->fault, SQL_FREEZE_ROUND,
			    z->work->consortium, z->work->round);
	if (!z->terms)
		return false;
	if (rows_count(z->terms) != 1)
		return fault_set(z->fault, FAULT_NOT_FOUND, "no such round");
	rows = SYNC_ASK(z->s, z->fault, SQL_POLICY_FOR_MATCH,
			z->work->consortium, rows_text(z->terms, 0, 1));
	if (!rows)
		return false;
	match_policy_from_rows(&z->policy, rows);
	if (rows_count(rows))
		z->proposed = (uint32_t)rows_int(rows, 0, PROPOSED_COLUMN);
	rows_release(rows);
	rows = SYNC_ASK(z->s, z->fault, SQL_SPECIALTY_TIES, NULL);
	if (!rows)
		return false;
	match_ties_from_rows(&z->ties, z->mem, rows);
	rows_release(rows);
	rows = SYNC_ASK(z->s, z->fault, SQL_RARITY_WORDS, z->work->consortium,
			rows_text(z->terms, 0, 4));
	if (!rows)
		return false;
	z->rarity = rarity_open(rows);
	rows_release(rows);
	return match_builder_seed(&z->builder, id_at(z->terms, 0, 0),
				  &z->error) || matcher_failed(z);
}

/* ---- groups and postings ---- */

static bool add_group(struct freeze *z, const struct rows *rows, int row)
{
	struct match_new_group group = {
		.id = id_at(rows, row, 0),
		.parent = id_at(rows, row, 1),
		.upper = (uint32_t)rows_int(rows, row, 3),
	};
	uint32_t lower = (uint32_t)rows_int(rows, row, 2);

	/* Those present may leave less room than the floor still asks. */
	group.lower = lower < group.upper ? lower : group.upper;
	return match_builder_group(&z->builder, &group, &z->error) ||
	       matcher_failed(z);
}

static bool load_groups(struct freeze *z)
{
	struct rows *rows = SYNC_ASK(z->s, z->fault, SQL_FREEZE_GROUPS,
				     z->work->consortium,
				     rows_text(z->terms, 0, 1),
				     rows_text(z->terms, 0, 2),
				     rows_text(z->terms, 0, 3), z->work->run,
				     z->work->round);
	bool is_good = rows != NULL;

	for (int i = 0; is_good && i < rows_count(rows); i++)
		is_good = add_group(z, rows, i);
	if (rows)
		rows_release(rows);
	return is_good;
}

static bool load_postings(struct freeze *z)
{
	z->postings = SYNC_ASK(z->s, z->fault, SQL_FREEZE_POSTINGS,
			       z->work->consortium, rows_text(z->terms, 0, 2),
			       rows_text(z->terms, 0, 3), z->work->round,
			       z->work->run);
	if (!z->postings)
		return false;
	z->posting = arena_array(z->mem, struct match_posting,
				 (size_t)rows_count(z->postings));
	for (int i = 0; i < rows_count(z->postings); i++) {
		match_posting_from_row(&z->posting[i], z->mem, z->postings, i);
		rarity_weigh(z->rarity, z->mem, &z->posting[i]);
	}
	z->rankings.seed = rows_text(z->terms, 0, 0);
	z->rankings.rows = SYNC_ASK(z->s, z->fault, SQL_FREEZE_RANKINGS,
				    z->work->consortium, z->work->round);
	return z->rankings.rows != NULL;
}

/* Behind the students: a ranking says in which order those who wish come. */
static bool add_postings(struct freeze *z)
{
	rankings_sort(&z->rankings);
	for (int i = 0; i < rows_count(z->postings); i++) {
		struct match_new_posting seats = {
			.id = id_at(z->postings, i, 0),
			.group = id_at(z->postings, i, POSTING_GROUP_COLUMN),
			.capacity = (uint32_t)rows_int(z->postings, i,
						       POSTING_SEATS_COLUMN),
		};

		if (!rankings_add(&z->rankings, &z->builder, seats.id,
				  &seats.has_ranking, &z->error) ||
		    !match_builder_posting(&z->builder, &seats, &z->error))
			return matcher_failed(z);
	}
	return true;
}

/* ---- students and their wishes ---- */

/* The row of a posting by its id, or NULL; rows are in the order of ids. */
static const struct match_posting *posting_of(const struct freeze *z,
					      const char *id)
{
	int low = 0, high = rows_count(z->postings);

	while (low < high) {
		int middle = low + (high - low) / 2;
		int order = strcmp(rows_text(z->postings, middle, 0), id);

		if (order == 0)
			return &z->posting[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* One more that the student in a row would have. */
static bool add_wished(struct freeze *z, int row, struct match_id posting,
		       uint32_t score)
{
	rankings_wish(&z->rankings, posting, id_at(z->students, row, 0),
		      score);
	again_wished(&z->again, posting);
	return match_builder_choice(&z->builder, posting, score, &z->error) ||
	       matcher_failed(z);
}

static const struct match_breach *what_blocks(const struct match_fit *fit)
{
	for (size_t i = 0; i < fit->breach_count; i++)
		if (fit->breaches[i].action == MATCH_BLOCK)
			return &fit->breaches[i];
	return NULL;
}

/* A posting that is not among the round's has no fit. */
static void leave_out(struct freeze *z, int wish, const struct match_fit *fit)
{
	const struct match_breach *why = fit ? what_blocks(fit) : NULL;
	struct buf *out = &z->o->left_out;

	buf_print(out, "\t%s\t%s", rows_text(z->wishes, wish, 0),
		  rows_text(z->wishes, wish, 1));
	if (!why)
		buf_text(out, "\t\\N\t\\N\t\\N\n");
	else if (why->actual == MATCH_UNKNOWN)
		buf_print(out, "\t%s\t%" PRId64 "\t\\N\n",
			  match_rule_card(why->rule)->name, why->limit);
	else
		buf_print(out, "\t%s\t%" PRId64 "\t%" PRId64 "\n",
			  match_rule_card(why->rule)->name, why->limit,
			  why->actual);
	z->o->left_out_count++;
}

static bool add_choice(struct freeze *z, const struct match_student *student,
		       int row, int wish)
{
	struct match_terms terms = { .policy = &z->policy, .ties = &z->ties };
	const struct match_posting *posting =
		posting_of(z, rows_text(z->wishes, wish, 1));
	struct match_fit fit = { .is_eligible = false };

	if (posting)
		match_align(&terms, student, posting, &fit);
	if (again_keeps(&z->again, id_at(z->wishes, wish, 1)))
		return add_wished(z, row, z->again.pinned,
				  fit.is_eligible ? fit.score : z->again.score);
	if (!posting || !fit.is_eligible) {
		leave_out(z, wish, posting ? &fit : NULL);
		return true;
	}
	return add_wished(z, row, id_at(z->wishes, wish, 1), fit.score);
}

/* Whoever stays, stays, also where by what is known now he would not wish for
 * it, or not fit. */
static bool add_id(struct freeze *z, int row)
{
	struct match_new_student made = { .id = id_at(z->students, row, 0),
					  .pinned = z->again.pinned };

	if (made.pinned.text && !z->again.is_wished &&
	    !add_wished(z, row, made.pinned, z->again.score))
		return false;
	z->o->student_count++;
	return match_builder_student(&z->builder, &made, &z->error) ||
	       matcher_failed(z);
}

/* The student in a row, with its wishes, which begin at *wish. */
static bool add_wishing(struct freeze *z, int row, int *wish)
{
	const char *id = rows_text(z->students, row, 0);
	int64_t left_out = z->o->left_out_count;
	struct match_student student;
	int wished = 0;

	match_student_from_row(&student, z->mem, z->students, row);
	for (; *wish < rows_count(z->wishes); (*wish)++) {
		int order = strcmp(rows_text(z->wishes, *wish, 0), id);

		if (order > 0)
			break;
		/* order < 0: wishes of one who is no longer to be placed */
		if (order == 0 && !add_choice(z, &student, row, *wish))
			return false;
		wished += order == 0;
	}
	if (wished && z->o->left_out_count == left_out + wished)
		buf_bytes(&z->o->wishless, id, UUID_TEXT_BYTES - 1);
	return add_id(z, row);
}

/* The same of one without a list, who is the nth of those. Whom no posting
 * fits stays out: nobody asked for a place. */
static bool add_proposed(struct freeze *z, int row, size_t nth)
{
	const struct match_batch *batch = &z->proposals.batch;
	const struct match_rank_entry *list = batch->at + nth * batch->want;
	uint32_t count = z->proposed ? batch->count[nth] : 0;

	for (uint32_t i = 0; i < count; i++) {
		int posting = z->proposals.posting_row[list[i].index];

		if (!add_wished(z, row, id_at(z->postings, posting, 0),
				list[i].score))
			return false;
		buf_print(&z->o->proposals, "\t%s\t%u\t%s\n",
			  rows_text(z->students, row, 0), (unsigned)i + 1,
			  rows_text(z->postings, posting, 0));
		z->o->proposal_count++;
	}
	return (count == 0 && !z->again.pinned.text) || add_id(z, row);
}

static bool propose(struct freeze *z)
{
	const struct proposing from = {
		.terms = { .policy = &z->policy, .ties = &z->ties },
		.want = z->proposed,
		.postings = z->posting,
		.seats = z->postings,
		.seats_column = POSTING_SEATS_COLUMN,
		.students = z->students,
	};

	return z->proposed == 0 ||
	       proposals_make(&z->proposals, z->mem, &from, z->fault);
}

static bool add_students(struct freeze *z)
{
	size_t proposed = 0;
	int wish = 0;

	for (int i = 0; i < rows_count(z->students); i++) {
		progress_share(z->work->progress, (size_t)i,
			       (size_t)rows_count(z->students));
		bool has_list = rows_bool(z->students, i,
					  STUDENT_HAS_LIST_COLUMN);

		again_student(&z->again, rows_text(z->students, i, 0));
		if (!(has_list ? add_wishing(z, i, &wish)
			       : add_proposed(z, i, proposed++)))
			return false;
	}
	return true;
}

static bool load_students(struct freeze *z)
{
	z->students = SYNC_ASK(z->s, z->fault, SQL_FREEZE_STUDENTS,
			       z->work->consortium, z->work->round,
			       rows_text(z->terms, 0, 2),
			       rows_text(z->terms, 0, 3),
			       z->proposed ? "t" : "f", z->work->run);
	if (!z->students)
		return false;
	z->wishes = SYNC_ASK(z->s, z->fault, SQL_FREEZE_WISHES,
			     z->work->consortium, z->work->round,
			     z->work->run);
	if (!z->wishes)
		return false;
	return propose(z) && add_students(z);
}

/* ---- the document ---- */

static bool write_instance(struct freeze *z, struct outcome *o)
{
	struct match_sink sink;

	match_sink_init(&sink, outcome_write, &o->instance_text);
	match_instance_write(&o->instance, &sink);
	must(match_sink_finish(&sink, o->result.instance_sha256));
	o->rarity_edition = rarity_edition(z->rarity);
	o->published_beside = rows_int(z->terms, 0, 5);
	if (o->left_out_count)
		log_line(LOG_INFO, "wishes left out",
			 "run=%s count=%" PRId64, z->work->run,
			 o->left_out_count);
	return true;
}

static void release(struct freeze *z)
{
	struct rows *all[] = { z->terms, z->postings, z->students, z->wishes };

	for (size_t i = 0; i < COUNT_OF(all); i++)
		if (all[i])
			rows_release(all[i]);
	match_builder_free(&z->builder);
	rarity_close(z->rarity);
	rankings_close(&z->rankings);
	again_close(&z->again);
	proposals_close(&z->proposals);
	arena_close(z->mem);
}

bool round_freeze(struct sync *s, const struct work *work, struct outcome *o,
		  struct fault *fault)
{
	struct freeze z = { .s = s, .work = work, .o = o, .fault = fault };
	const struct uuid key = uuid_new();
	int64_t started = clock_ms();
	uint64_t hash_key[2];
	bool is_good;

	progress_phase(work->progress, PHASE_FREEZE);
	memcpy(hash_key, key.bytes, sizeof(hash_key));
	match_builder_init(&z.builder, hash_key);
	z.mem = arena_open();
	is_good = sync_exec(s, "begin isolation level repeatable read "
			       "read only", fault) &&
		  load_terms(&z) &&
		  again_load(&z.again, s, work, o, fault) &&
		  load_groups(&z) && load_postings(&z) &&
		  load_students(&z) && add_postings(&z);
	sync_rollback(s);
	if (is_good && !match_builder_finish(&z.builder, &o->instance,
					     &z.error))
		is_good = matcher_failed(&z);
	is_good = is_good && write_instance(&z, o);
	o->freeze_ms = clock_ms() - started;
	release(&z);
	return is_good;
}
