/*
 * db_private.h - what the files db*.c share and nobody else sees.
 *
 *	db.c		opening, asking, the end of each turn of the loop
 *	db_queue.c	questions and their lists
 *	db_conn.c	one connection's life: connect, prepare, lose, try again
 *	db_pipe.c	what flies on a connection: send, results, settling
 *	db_turn.c	transactions of several turns
 *	db_listen.c	LISTEN
 *
 * A question is in exactly one list, and that is its state: spare, waiting in
 * a lane, fallen with its connection, refused (its fault is told at the next
 * turn of the loop), or flying on a connection. question_move moves it.
 */
#ifndef WIRE_DB_PRIVATE_H
#define WIRE_DB_PRIVATE_H

#include <libpq-fe.h>
#include <stdint.h>
#include <sys/queue.h>

#include "wire/db.h"
#include "wire/db_fault.h"
#include "wire/db_hosts.h"
#include "wire/db_url.h"

enum {
	DB_MAGIC = 0x64625f31,
	DB_LANES = DB_GROUPED + 1,
	DB_LISTEN = DB_LANES,	/* the role of the connection that listens */
	DB_CHANNELS_MAX = 8,

	KEYED_SHARE_MAX = 8,	/* statements of one sync */
	GROUPED_SHARE_MAX = 64,
	KEYED_FLYING_MAX = 256,	/* statements on one connection */
	READ_FLYING_MAX = 4,	/* few: a slow one holds up those behind it */
	WRITE_FLYING_MAX = 8,
	GROUPED_FLYING_MAX = 1,	/* the next group gathers while one flies */

	TICK_MS = 200,
	WAIT_MS = 2000,		/* for a lane without any connection */
	CONNECT_MS = 5000,
	BACKOFF_FIRST_MS = 50,
	BACKOFF_LAST_MS = 2000,
	STATEMENT_MS = 30000,	/* over the longest deadline of a request */
	LOCK_MS = 3000,
	IDLE_IN_TURN_MS = 30000,
	RENEW_MS = 5000,	/* between two renewals of all connections */
	SILENT_MS = STATEMENT_MS + 10000	/* then the server is gone */
};

TAILQ_HEAD(question_queue, question);

struct question_list {
	struct question_queue queue;
	int count;
};

struct question {
	TAILQ_ENTRY(question) link;
	struct question_list *in;
	struct db *db;
	struct awaited *awaited;	/* NULL: the asker has gone */
	const char *command;		/* begin, commit, rollback, or NULL */
	struct db_turn *turn;		/* whose question it is, or NULL */
	PGresult *result;		/* come, but not settled yet */
	enum fault_kind refusal;	/* in `refused`; NONE: a good end */
	enum sql_id sql;
	enum db_lane lane;
	int64_t since_ms;
	bool is_flying;			/* sent, and not settled yet */
	bool is_preparing;		/* its statement goes ahead of it */
	bool relies;			/* on one that went ahead of another */
	bool is_bare;			/* is sent without a name */
	bool ends_sync;			/* the last of its sync */
	bool is_alone;			/* shares a sync no more */
	bool is_repeat;			/* has had its second chance */
	int param_count;
	const char *params[DB_PARAMS_MAX];
};

/* What a connection knows of a statement. */
enum statement_state { STATEMENT_UNKNOWN, STATEMENT_SENT, STATEMENT_PREPARED };

enum conn_state {
	CONN_DOWN,		/* until the timer says to try again */
	CONN_FINDING,		/* its host's address is being looked for */
	CONN_CONNECTING,
	CONN_PREPARING,
	CONN_READY
};

struct conn {
	struct db *db;
	int role;			/* a db_lane, or DB_LISTEN */
	enum conn_state state;
	unsigned attempt;		/* failed ones in a row */
	PGconn *pg;
	struct event *step, *readable, *writable, *timer;
	struct question_list flying;
	struct question *next_result;	/* whose result comes next */
	PGresult *late;			/* an error after all had answered */
	struct db_turn *turn;		/* who has this connection to itself */
	int64_t heard_ms;		/* last sign of life while flying */
	int prepared;			/* results come while preparing */
	unsigned char *statements;	/* of each: a statement_state */
	bool is_lost;			/* conn_check will see to it */
	bool is_worn;			/* to be renewed once nothing flies */
	bool is_warned;			/* a WARNING came before this sync */
	bool awaits_sync, was_ready;
};

enum turn_state {
	TURN_WAITING,		/* for a connection */
	TURN_OPEN,
	TURN_ENDING,		/* commit or rollback is on its way */
	TURN_OVER		/* no connection any more */
};

struct db_turn {
	TAILQ_ENTRY(db_turn) link;
	struct db *db;
	struct conn *conn;
	enum turn_state state;
	bool is_dropped;
};
TAILQ_HEAD(turn_queue, db_turn);

struct channel {
	char *name;
	void (*heard)(void *arg, const char *payload);
	void *arg;
	bool is_on;
};

struct db {
	unsigned magic;
	struct event_base *base;
	char *url_text;
	struct db_url url;
	struct db_hosts *hosts;
	const struct sql_text *statements;
	int statement_count, queue_max;
	bool is_ungrouped;
	bool is_fit;		/* all statements fit the schema */
	struct conn *conns;
	int conn_count, write_count, turns_taken;
	struct question_list spare, refused, waiting[DB_LANES];
	struct question_list fallen;	/* to be asked again, but only on a
					 * connection made after this one was
					 * lost: the others may be dead too */
	int64_t renewed_ms;		/* all were marked worn */
	struct turn_queue turns;
	struct question_list turns_waiting;	/* their begins */
	struct channel channels[DB_CHANNELS_MAX];
	int channel_count;
	struct event *turn_end, *tick;
	bool is_turn_end_due, is_closing;
	struct db_counts counts;
};

/* ---- db_queue.c ---- */
struct question *question_new(struct db *db, const struct db_question *asked,
			      struct awaited *awaited);
void question_move(struct question *q, struct question_list *to);
void question_move_first(struct question *q, struct question_list *to);
/* Answers (rows may be NULL; given) or fails the asker; q is spare then. */
void question_answer(struct question *q, PGresult *rows);
void question_fail(struct question *q, const struct fault *fault);
void question_fail_as(struct question *q, enum fault_kind kind);
/* Told at the next turn of the loop; FAULT_NONE: a good end without rows. */
void question_refuse(struct question *q, enum fault_kind kind);
void questions_tell_refused(struct db *db);
void questions_free(struct question_list *list);
const char *question_name(const struct question *q);
void list_init(struct question_list *list);

/* ---- db.c ---- */
bool db_is_full(const struct db *db);
/* The lane has a new connection: what fell goes to the head of its queue. */
void lane_rise(struct db *db, int lane);
/* The connection of the lane that has most room; NULL if none has any. */
struct conn *db_idlest(struct db *db, enum db_lane lane);
/* At the end of this turn of the loop the queues are looked at. */
void db_wake(struct db *db);

/* ---- db_conn.c ---- */
void conn_open(struct conn *c, struct db *db, int role);
void conn_close(struct conn *c);
/* If the connection is lost: settles what flew, and starts anew. */
void conn_check(struct conn *c);
/* Push out what is buffered; what does not fit follows when it can. */
void conn_flush(struct conn *c);
void conns_found(void *db);
/*
 * What is prepared fits no longer, on this one and so on all: each is renewed
 * once nothing flies on it.
 * fails  they were renewed just now, so that cannot be the cause
 */
MUST_CHECK bool conns_wear(struct conn *c);

/* ---- db_pipe.c ---- */
/* Sends one question, ahead of it its statement if this connection has it not
 * yet; the last of a sync also sends the sync. */
void pipe_put(struct conn *c, struct question *q, bool is_last);
void pipe_take_results(struct conn *c);
/* The connection is gone: ask again, refuse, or tell of the unknown. */
void pipe_abandon_all(struct conn *c);

/* ---- db_turn.c ---- */
void turns_serve(struct db *db);
/* What came for a turn's question; result is given, late may be NULL. */
void turn_settle(struct question *q, PGresult *result, const PGresult *late,
		 bool is_warned);
void turn_question_lost(struct question *q);
void turn_conn_lost(struct db_turn *t);
/* It has waited too long; with a begin its turn is over. */
void question_expire(struct question *q);
/* Its asker goes. */
void turn_abandoned(struct question *q);
/* Before an end is told: the turn is no more. */
void turn_before_telling(struct question *q);
void turns_close(struct db *db);

/* ---- db_listen.c ---- */
/* Sends LISTEN for the channels that are not on, and a sync. */
MUST_CHECK bool listen_send(struct conn *c);
void listen_take(struct conn *c);
void listen_is_on(struct db *db);
void listen_is_off(struct db *db);

#endif
