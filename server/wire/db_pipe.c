/*
 * db_pipe.c - what flies on one connection. A sync ends a transaction of one
 * or more questions; their results are kept until it has come, because a
 * commit can still fail (deferred constraints) or go unheard.
 */
#include "base/clock.h"
#include "wire/db_private.h"

static bool send_ahead(struct conn *c, struct question *q)
{
	const struct sql_text *text = &c->db->statements[q->sql];

	if (c->statements[q->sql] != STATEMENT_UNKNOWN) {
		q->relies = c->statements[q->sql] == STATEMENT_SENT;
		return true;
	}
	q->is_preparing = true;
	c->statements[q->sql] = STATEMENT_SENT;
	return PQsendPrepare(c->pg, text->name, text->text, 0, NULL);
}

static bool send_one(struct conn *c, struct question *q)
{
	if (q->command)
		return PQsendQueryParams(c->pg, q->command, 0, NULL, NULL,
					 NULL, NULL, 0);
	if (q->is_bare || c->db->statements[q->sql].is_planned_anew)
		return PQsendQueryParams(c->pg, c->db->statements[q->sql].text,
					 q->param_count, NULL, q->params, NULL,
					 NULL, 0);
	return send_ahead(c, q) &&
	       PQsendQueryPrepared(c->pg, question_name(q), q->param_count,
				   q->params, NULL, NULL, 0);
}

void pipe_put(struct conn *c, struct question *q, bool is_last)
{
	q->ends_sync = is_last;
	q->is_flying = true;
	q->is_preparing = q->relies = false;
	question_move(q, &c->flying);
	if (c->flying.count == 1) {
		c->next_result = q;
		c->heard_ms = clock_ms();
	}
	if (c->is_lost)
		return;
	if (!send_one(c, q) || (is_last && !PQpipelineSync(c->pg)))
		c->is_lost = true;
	else if (is_last)
		conn_flush(c);
}

/* What the whole sync says about each of its questions. */
struct verdict {
	PGresult *late;		/* the commit failed */
	bool is_warned;		/* the commit may not be what it seems */
	bool is_shared;
	bool has_failed;	/* any of them, or the commit */
};

static struct verdict verdict_of(struct conn *c)
{
	struct question *q = TAILQ_FIRST(&c->flying.queue);
	struct verdict v = { .late = c->late, .is_warned = c->is_warned,
			     .is_shared = !q->ends_sync,
			     .has_failed = c->late != NULL };

	for (;; q = TAILQ_NEXT(q, link)) {
		must(q != NULL && q->result != NULL);
		v.has_failed |= !db_result_is_good(q->result);
		if (q->ends_sync)
			break;
	}
	c->late = NULL;
	c->is_warned = false;
	return v;
}

static bool is_write(const struct question *q)
{
	return q->lane == DB_WRITE || q->lane == DB_GROUPED;
}

static const PGresult *bad_of(const struct question *q,
			      const struct verdict *v)
{
	return db_result_is_good(q->result) ? v->late : q->result;
}

/*
 * The list in which it waits to be asked again; NULL if it is to be told.
 * What the transaction did is undone in each case.
 */
static struct question_list *list_for_again(struct conn *c, struct question *q,
					    const struct verdict *v,
					    struct question_list *again)
{
	const PGresult *bad = bad_of(q, v);
	enum db_remedy remedy;

	if (!q->awaited || !v->has_failed || (is_write(q) && v->is_warned))
		return NULL;
	if (v->is_shared &&
	    (q->lane == DB_GROUPED ||
	     PQresultStatus(q->result) == PGRES_PIPELINE_ABORTED)) {
		q->is_alone = true;
		return again;
	}
	remedy = bad ? db_remedy(bad) : DB_TELL;
	/* What went ahead of another one could not be prepared. */
	if (remedy == DB_RENEW && q->relies) {
		q->is_bare = true;
		remedy = DB_REPEAT;
	}
	if (remedy == DB_TELL || q->is_repeat ||
	    (remedy == DB_RENEW && !conns_wear(c)))
		return NULL;
	q->is_repeat = q->is_alone = true;
	q->since_ms = clock_ms();
	return remedy == DB_RENEW ? &c->db->fallen : again;
}

static void finish(struct question *q, const struct verdict *v)
{
	const PGresult *bad = bad_of(q, v);
	PGresult *result = q->result;
	struct fault fault;

	q->result = NULL;
	if (!bad && !(is_write(q) && v->is_warned)) {
		question_answer(q, result);
		return;
	}
	if (bad)
		db_fault(bad, question_name(q), &fault);
	else
		fault_set(&fault, FAULT_OUTCOME_UNKNOWN, "%s", "");
	PQclear(result);
	question_fail(q, &fault);
}

static void drop_result(struct question *q)
{
	PQclear(q->result);
	q->result = NULL;
}

/* Back to the head of their lanes, in the order they had. */
static void ask_again(struct question_list *again)
{
	struct question *q;

	while ((q = TAILQ_LAST(&again->queue, question_queue)) != NULL)
		question_move_first(q, &q->db->waiting[q->lane]);
}

static void settle_one(struct conn *c, struct question *q,
		       const struct verdict *v, struct question_list *again)
{
	PGresult *result = q->result;
	struct question_list *list;

	q->is_flying = false;
	if (q->turn) {
		q->result = NULL;
		turn_settle(q, result, v->late, v->is_warned);
		return;
	}
	list = list_for_again(c, q, v, again);
	if (!list) {
		finish(q, v);
		return;
	}
	drop_result(q);
	question_move(q, list);
}

static void settle(struct conn *c)
{
	struct verdict v = verdict_of(c);
	struct question_list again;
	bool is_last;

	list_init(&again);
	c->awaits_sync = false;
	do {
		struct question *q = TAILQ_FIRST(&c->flying.queue);

		is_last = q->ends_sync;
		settle_one(c, q, &v, &again);
	} while (!is_last);
	PQclear(v.late);
	c->next_result = TAILQ_FIRST(&c->flying.queue);
	ask_again(&again);
	db_wake(c->db);
}

/* Of a question whose statement fails to be prepared, that is the result. */
static void take_answer(struct conn *c, struct question *q, PGresult *result)
{
	bool is_good = db_result_is_good(result);

	if (q->is_preparing) {
		q->is_preparing = false;
		c->statements[q->sql] = is_good ? STATEMENT_PREPARED :
						  STATEMENT_UNKNOWN;
		if (is_good)
			PQclear(result);
		else
			q->result = result;
		return;
	}
	if (q->result)
		PQclear(result);	/* aborted */
	else
		q->result = result;
	c->awaits_sync = q->ends_sync;
	c->next_result = TAILQ_NEXT(q, link);
}

static void take_result(struct conn *c, PGresult *result)
{
	struct question *q = c->next_result;

	if (PQresultStatus(result) == PGRES_PIPELINE_SYNC) {
		PQclear(result);
		must(c->awaits_sync);
		settle(c);
	} else if (db_result_is_loss(result)) {
		PQclear(result);
		c->is_lost = true;
	} else if (!c->awaits_sync) {
		take_answer(c, q, result);
	} else if (!c->late) {
		c->late = result;
	} else {
		PQclear(result);
	}
}

void pipe_take_results(struct conn *c)
{
	int nothings = 0;

	/* one NULL ends each question; a lost backend gives NULL for ever */
	while (c->flying.count && !c->is_lost && !PQisBusy(c->pg)) {
		PGresult *result = PQgetResult(c->pg);

		nothings = result ? 0 : nothings + 1;
		if (result)
			take_result(c, result);
		else if (nothings > 2)
			c->is_lost = true;
	}
}

static void abandon_one(struct question *q)
{
	PGresult *result = q->result;
	struct fault fault;

	q->result = NULL;
	if (result && PQresultStatus(result) == PGRES_FATAL_ERROR)
		db_fault(result, question_name(q), &fault);
	else
		fault_set(&fault, is_write(q) ? FAULT_OUTCOME_UNKNOWN :
						FAULT_NO_DATABASE, "%s", "");
	PQclear(result);
	question_fail(q, &fault);
}

static void lose_one(struct question *q)
{
	if (q->turn) {
		drop_result(q);
		turn_question_lost(q);
	} else if (q->awaited && !is_write(q) && !q->is_repeat &&
		   !q->db->is_closing) {
		drop_result(q);
		q->is_repeat = true;
		q->since_ms = clock_ms();
		question_move(q, &q->db->fallen);
	} else {
		abandon_one(q);
	}
}

void pipe_abandon_all(struct conn *c)
{
	struct question_list lost;
	struct question *q;

	list_init(&lost);
	PQclear(c->late);
	c->late = NULL;
	c->next_result = NULL;
	c->awaits_sync = c->is_warned = false;
	while ((q = TAILQ_FIRST(&c->flying.queue)) != NULL) {
		q->is_flying = false;
		question_move(q, &lost);
	}
	while ((q = TAILQ_FIRST(&lost.queue)) != NULL)
		lose_one(q);
	db_wake(c->db);
}
