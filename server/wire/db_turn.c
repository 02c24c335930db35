/*
 * db_turn.c - a connection of one's own for a transaction of several turns.
 *
 * The turn belongs to its asker until the answer of its end, or until
 * db_turn_drop. An asker that is abandoned gives the connection back at once
 * (a rollback follows what flies), but still drops the turn.
 */
#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "wire/db_private.h"

static const char begin_command[] = "begin";
static const char commit_command[] = "commit";
static const char rollback_command[] = "rollback";

static bool is_end(const struct question *q)
{
	return q->command == commit_command || q->command == rollback_command;
}

static void turn_free(struct db_turn *t)
{
	TAILQ_REMOVE(&t->db->turns, t, link);
	mem_free(t);
}

static struct question *turn_question(struct db_turn *t,
				      const struct db_question *asked,
				      const char *command,
				      struct awaited *awaited)
{
	struct question *q = question_new(t->db, asked, awaited);

	q->turn = t;
	q->command = command;
	q->lane = DB_WRITE;
	return q;
}

struct db_turn *db_begin(struct db *db, struct awaited *awaited)
{
	struct db_turn *t = mem_new(struct db_turn);
	struct question *q;

	must(db->magic == DB_MAGIC);
	t->db = db;
	TAILQ_INSERT_TAIL(&db->turns, t, link);
	q = turn_question(t, NULL, begin_command, awaited);
	db->counts.asked++;
	if (db->is_closing || db_is_full(db)) {
		t->state = TURN_OVER;
		question_refuse(q, db->is_closing ? FAULT_NO_DATABASE :
						    FAULT_BUSY);
	} else {
		question_move(q, &db->turns_waiting);
		db_wake(db);
	}
	return t;
}

/* Half of the writers at most, so that plain writes go on meanwhile. */
void turns_serve(struct db *db)
{
	int most = db->write_count > 1 ? db->write_count / 2 : 1;
	struct conn *c;

	while (db->turns_waiting.count && db->turns_taken < most &&
	       (c = db_idlest(db, DB_WRITE)) != NULL) {
		struct question *q = TAILQ_FIRST(&db->turns_waiting.queue);

		q->turn->conn = c;
		q->turn->state = TURN_OPEN;
		c->turn = q->turn;
		db->turns_taken++;
		pipe_put(c, q, true);
	}
}

void db_turn_ask(struct db_turn *t, const struct db_question *question,
		 struct awaited *awaited)
{
	struct question *q = turn_question(t, question, NULL, awaited);

	must(t->state == TURN_OPEN || t->state == TURN_OVER);
	t->db->counts.asked++;
	if (t->state == TURN_OPEN)
		pipe_put(t->conn, q, true);
	else
		question_refuse(q, FAULT_NO_DATABASE);
	db_wake(t->db);
}

void db_turn_end(struct db_turn *t, bool is_commit, struct awaited *awaited)
{
	struct question *q;

	must(t->state == TURN_OPEN || t->state == TURN_OVER);
	q = turn_question(t, NULL,
			  is_commit ? commit_command : rollback_command,
			  awaited);
	if (t->state == TURN_OVER) {
		question_refuse(q, is_commit ? FAULT_NO_DATABASE : FAULT_NONE);
		return;
	}
	t->state = TURN_ENDING;
	pipe_put(t->conn, q, true);
	db_wake(t->db);
}

static void turn_roll_back(struct db_turn *t)
{
	t->state = TURN_ENDING;
	pipe_put(t->conn, turn_question(t, NULL, rollback_command, NULL),
		 true);
	db_wake(t->db);
}

void turn_abandoned(struct question *q)
{
	struct db_turn *t = q->turn;

	if (t->state == TURN_WAITING)
		t->state = TURN_OVER;
	else if (t->state == TURN_OPEN)
		turn_roll_back(t);
}

/* Whoever was to be told of it is told no more. */
static void silence(struct question_list *list, const struct db_turn *t)
{
	struct question *q, *next;

	for (q = TAILQ_FIRST(&list->queue); q; q = next) {
		next = TAILQ_NEXT(q, link);
		if (q->turn != t)
			continue;
		if (q->awaited)
			q->awaited->answerer = NULL;
		q->awaited = NULL;
		if (!q->is_flying)
			question_answer(q, NULL);
	}
}

void db_turn_drop(struct db_turn *t)
{
	t->is_dropped = true;
	if (t->conn) {
		silence(&t->conn->flying, t);
		if (t->state == TURN_OPEN)
			turn_roll_back(t);
		return;		/* freed when the end has come */
	}
	silence(&t->db->turns_waiting, t);
	silence(&t->db->fallen, t);
	silence(&t->db->refused, t);
	turn_free(t);
}

void turn_before_telling(struct question *q)
{
	struct db_turn *t = q->turn;

	q->turn = NULL;
	if (t && is_end(q) && (q->awaited || t->is_dropped))
		turn_free(t);
}

static void give_back(struct db_turn *t)
{
	t->conn->turn = NULL;
	t->conn = NULL;
	t->state = TURN_OVER;
	t->db->turns_taken--;
}

/* Is the commit what it says? A failed transaction answers ROLLBACK to it. */
static bool is_committed(const struct question *q, PGresult *result)
{
	return q->command != commit_command ||
	       text_same(PQcmdStatus(result), "COMMIT");
}

static void settle_end(struct question *q, PGresult *result,
		       const PGresult *bad, bool is_warned)
{
	struct conn *c = q->turn->conn;
	struct fault fault = { .kind = FAULT_NONE };

	c->is_worn |= PQtransactionStatus(c->pg) != PQTRANS_IDLE;
	give_back(q->turn);
	if (bad)
		db_fault(bad, question_name(q), &fault);
	else if (!is_committed(q, result))
		fault_set(&fault, FAULT_BUG, "the transaction had failed");
	else if (q->command == commit_command && is_warned)
		fault_set(&fault, FAULT_OUTCOME_UNKNOWN, "%s", "");
	PQclear(result);
	turn_before_telling(q);
	if (fault.kind == FAULT_NONE)
		question_answer(q, NULL);
	else
		question_fail(q, &fault);
}

/*
 * What the connection no longer fits is not asked again: the turn's earlier
 * questions are undone. But the next turn, on a fresh one, will do.
 */
static void turn_fault(const struct question *q, const PGresult *bad,
		       struct fault *fault)
{
	if (db_remedy(bad) == DB_RENEW && conns_wear(q->turn->conn))
		fault_set(fault, FAULT_NO_DATABASE, "%s", "");
	else
		db_fault(bad, question_name(q), fault);
}

void turn_settle(struct question *q, PGresult *result, const PGresult *late,
		 bool is_warned)
{
	const PGresult *bad = db_result_is_good(result) ? late : result;
	struct fault fault;

	if (is_end(q)) {
		settle_end(q, result, bad, is_warned);
	} else if (bad) {
		turn_fault(q, bad, &fault);
		PQclear(result);
		question_fail(q, &fault);
	} else if (q->command) {
		PQclear(result);
		question_answer(q, NULL);
	} else {
		question_answer(q, result);
	}
}

/* Nothing was done yet: the turn waits for another connection, once. */
static bool is_begun_again(struct question *q)
{
	if (q->command != begin_command || !q->awaited || q->is_repeat ||
	    q->db->is_closing)
		return false;
	q->is_repeat = true;
	q->since_ms = clock_ms();
	q->turn->state = TURN_WAITING;
	question_move(q, &q->db->fallen);
	return true;
}

/* The transaction is gone with its connection, unless it was committing. */
void turn_question_lost(struct question *q)
{
	bool is_commit = q->command == commit_command;
	bool is_rollback = q->command == rollback_command;

	if (is_begun_again(q))
		return;
	turn_before_telling(q);
	if (is_rollback)
		question_answer(q, NULL);
	else
		question_fail_as(q, is_commit ? FAULT_OUTCOME_UNKNOWN :
						FAULT_NO_DATABASE);
}

void turn_conn_lost(struct db_turn *t)
{
	give_back(t);
}

void question_expire(struct question *q)
{
	if (q->turn)
		q->turn->state = TURN_OVER;
	question_fail_as(q, FAULT_NO_DATABASE);
}

void turns_close(struct db *db)
{
	struct db_turn *t;

	while ((t = TAILQ_FIRST(&db->turns)) != NULL)
		turn_free(t);
}
