/*
 * db.h - one event loop's way to PostgreSQL: prepared statements by name,
 * pipelined, in lanes. A connection is a queue of questions and sync markers.
 *
 * Answers arrive good: an SQL error, a lost connection, a full queue become a
 * fault (db_faults.def maps SQLSTATE to it) before the asker is called. An
 * asker that has gone (awaited_abandon) is never called; what it asked drains.
 *
 * from  architecture.md, "The way of a request"
 */
#ifndef WIRE_DB_H
#define WIRE_DB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/awaited.h"
#include "wire/rows.h"
#include "wire/sql.h"	/* generated: enum sql_id, sql_texts */

struct event_base;
struct db;

enum db_lane {
	DB_KEYED,	/* one-row reads by key: share a sync, retried alone */
	DB_READ,	/* other reads: a sync each */
	DB_WRITE,	/* writes: a sync each, and answered after it */
	DB_GROUPED	/* small inserts that may share a transaction: if the
			 * group fails each member runs alone */
};

enum { DB_PARAMS_MAX = 40 };

struct db_options {
	const char *url;	/* db_url_flaw finds nothing in it */
	int read_connections, write_connections, queue_max;
	bool is_ungrouped;	/* DB_GROUPED goes the way of DB_WRITE */
	const struct sql_text *statements;	/* NULL: sql_texts */
	int statement_count;
};

/*
 * What to ask. Parameters are text, NULL for SQL NULL; they are borrowed
 * until the answer or the abandonment.
 */
struct db_question {
	enum sql_id sql;
	enum db_lane lane;
	int param_count;
	const char *params[DB_PARAMS_MAX];
};

/* Connects in the background; questions wait (bounded) until it is there. */
struct db *db_open(struct event_base *base, const struct db_options *options);

/*
 * Every waiting question gets NO_DATABASE, a write that is on its way
 * OUTCOME_UNKNOWN; then all connections close. Not from within an answer.
 */
void db_close(struct db *db);

/*
 * Ask; the answer (struct rows *, given: the asker releases it with
 * rows_release) or the fault comes through `awaited`, never before this
 * returns. A write whose connection is lost after it was sent is
 * OUTCOME_UNKNOWN; one that was not sent is NO_DATABASE; a full queue is BUSY.
 * A read is asked again once. Statements raise no WARNING: one that comes
 * with a write makes it OUTCOME_UNKNOWN (a standby did not confirm).
 */
void db_ask(struct db *db, const struct db_question *question,
	    struct awaited *awaited);
void rows_release(struct rows *rows);

/*
 * A connection of one's own, for a transaction of several turns (at most half
 * of the DB_WRITE connections; waits its turn). begin answers with rows NULL
 * once BEGIN has run. Then ask within it, one question at a time (its lane
 * does not matter). end commits or rolls back and answers, rows NULL, when
 * that is certain. An error within leaves only a rollback. Nothing within is
 * asked again: a connection that no longer fits is NO_DATABASE.
 *
 * The turn is the caller's until end has answered (well or not) or until it
 * is dropped; then it is gone. Abandoning what a turn awaits rolls it back;
 * the turn is still to be dropped. A drop rolls back, tells nobody, and may
 * come at any time before the end's answer, also when begin failed.
 */
struct db_turn;
struct db_turn *db_begin(struct db *db, struct awaited *awaited);
void db_turn_ask(struct db_turn *turn, const struct db_question *question,
		 struct awaited *awaited);
void db_turn_end(struct db_turn *turn, bool is_commit,
		 struct awaited *awaited);
void db_turn_drop(struct db_turn *turn);

/* Is at least one connection of each lane ready? For /readyz. */
bool db_is_ready(const struct db *db);

struct db_counts {
	long asked, failed, reconnects, waiting, in_flight;
};
struct db_counts db_counts(const struct db *db);

/*
 * LISTEN on a channel ([a-z_]), on a connection of its own: heard(arg,
 * payload) per notification; heard(arg, NULL) each time the listening begins,
 * at first and after every loss: what was said before is gone, so the hearer
 * looks for itself. is_listening is false in between.
 */
void db_listen(struct db *db, const char *channel,
	       void (*heard)(void *arg, const char *payload), void *arg);
bool db_is_listening(const struct db *db);

#endif
