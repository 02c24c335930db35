/*
 * db_queue.c - questions, the lists they stand in, and their last moment:
 * answered or failed, once, and then spare again. A warm db allocates none.
 */
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "wire/db_private.h"

void list_init(struct question_list *list)
{
	TAILQ_INIT(&list->queue);
	list->count = 0;
}

static void question_leave(struct question *q)
{
	if (!q->in)
		return;
	TAILQ_REMOVE(&q->in->queue, q, link);
	q->in->count--;
	q->in = NULL;
}

void question_move(struct question *q, struct question_list *to)
{
	question_leave(q);
	TAILQ_INSERT_TAIL(&to->queue, q, link);
	to->count++;
	q->in = to;
}

void question_move_first(struct question *q, struct question_list *to)
{
	question_leave(q);
	TAILQ_INSERT_HEAD(&to->queue, q, link);
	to->count++;
	q->in = to;
}

static void question_spare(struct question *q)
{
	if (q->awaited)
		q->awaited->answerer = NULL;
	q->awaited = NULL;
	q->turn = NULL;
	question_move_first(q, &q->db->spare);
}

static void on_abandon(struct awaited *awaited)
{
	struct question *q = awaited->answerer;

	must(q != NULL && q->awaited == awaited);
	q->awaited->answerer = NULL;
	q->awaited = NULL;
	if (q->turn)
		turn_abandoned(q);
	if (!q->is_flying)
		question_spare(q);
}

struct question *question_new(struct db *db, const struct db_question *asked,
			      struct awaited *awaited)
{
	struct question *q = TAILQ_FIRST(&db->spare.queue);

	if (q)
		question_leave(q);
	else
		q = mem_new(struct question);
	memset(q, 0, offsetof(struct question, params));
	q->db = db;
	q->awaited = awaited;
	q->since_ms = clock_ms();
	if (awaited) {
		awaited->abandon = on_abandon;
		awaited->answerer = q;
	}
	if (!asked)
		return q;
	must(asked->param_count >= 0 && asked->param_count <= DB_PARAMS_MAX);
	must((int)asked->sql >= 0 && (int)asked->sql < db->statement_count);
	q->sql = asked->sql;
	q->lane = asked->lane;
	q->param_count = asked->param_count;
	memcpy(q->params, asked->params,
	       sizeof(q->params[0]) * (size_t)asked->param_count);
	return q;
}

const char *question_name(const struct question *q)
{
	return q->command ? q->command : q->db->statements[q->sql].name;
}

void question_answer(struct question *q, PGresult *rows)
{
	struct awaited *awaited = q->awaited;

	question_spare(q);
	if (awaited)
		awaited_answer(awaited, rows, NULL);
	else
		PQclear(rows);
}

void question_fail(struct question *q, const struct fault *fault)
{
	struct awaited *awaited = q->awaited;

	q->db->counts.failed++;
	question_spare(q);
	if (awaited)
		awaited_answer(awaited, NULL, fault);
}

void question_fail_as(struct question *q, enum fault_kind kind)
{
	struct fault fault;

	fault_set(&fault, kind, "%s", "");
	question_fail(q, &fault);
}

void question_refuse(struct question *q, enum fault_kind kind)
{
	q->refusal = kind;
	question_move(q, &q->db->refused);
	db_wake(q->db);
}

/*
 * Only those that stand there now: an asker that asks again at once would
 * otherwise hold the loop for ever.
 */
void questions_tell_refused(struct db *db)
{
	for (int left = db->refused.count; left > 0; left--) {
		struct question *q = TAILQ_FIRST(&db->refused.queue);

		if (!q)
			return;
		turn_before_telling(q);
		if (q->refusal == FAULT_NONE)
			question_answer(q, NULL);
		else
			question_fail_as(q, q->refusal);
	}
	if (db->refused.count)
		db_wake(db);
}

void questions_free(struct question_list *list)
{
	struct question *q;

	while ((q = TAILQ_FIRST(&list->queue)) != NULL) {
		question_leave(q);
		mem_free(q);
	}
}
