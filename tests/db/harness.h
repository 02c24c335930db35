/*
 * harness.h - a loop, a db with statements of the tests' own, and askers that
 * remember what they were told. DATABASE_URL names an empty database.
 */
#ifndef TESTS_DB_HARNESS_H
#define TESTS_DB_HARNESS_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include <libpq-fe.h>
#include <stdbool.h>

#include "base/fault.h"
#include "wire/db.h"

enum statement {
	T_ECHO,		/* $1 int, $2 text */
	T_DIVIDE,	/* 1 / $1 */
	T_GET,		/* name of thing $1 */
	T_SLEEP,	/* $1 seconds */
	T_PID,
	T_INSERT,	/* thing $1, named $2 */
	T_PROMISE,	/* promise $1 of thing $2: checked at commit */
	T_WARN,		/* insert; a trigger warns at the commit */
	T_RAISE,	/* SQLSTATE $1, message $2 */
	T_LOSE_RACES,	/* 40001 the first $2 times that $1 is asked */
	T_NOTIFY,	/* channel $1, payload $2 */
	T_STAR,		/* select * from changing */
	T_ANEW,		/* $1 int, and how often its kept plan was used */
	T_PREPARED,	/* how many statements the connection has prepared */
	T_COUNT
};
extern const struct sql_text test_statements[];

struct asker {
	struct awaited awaited;
	bool is_told;
	int told_count;
	struct fault fault;	/* FAULT_NONE if answered */
	int rows;		/* -1: answered without rows */
	char text[64];		/* the first cell */
	char params[2][64];
	struct db_question question;
};

struct house {
	struct event_base *base;
	struct db *db;
	PGconn *side;		/* blocking, for arranging and looking */
	int told;		/* askers told so far */
	bool is_ungrouped;	/* of the db opened next */
};
extern struct house house;

/* cmocka fixtures: the tables anew; and a ready db of 2 readers, 4 writers. */
int house_open(void **state);
int house_open_bare(void **state);	/* without a db */
int house_close(void **state);
struct db *house_db(const char *url, int writers, int queue_max);
const char *house_url(void);

void loop_turn(void);
/* Turns the loop until *truth, at most so long; fails the test if not. */
void loop_until(const bool *truth, int ms);
void loop_for(int ms);
void until_ready(void);
void until_whole(void);		/* all connections are ready */
void until_told(int count);

struct asker *asker_new(void);	/* from a static pool, emptied per test */
void asker_await(struct asker *a);
void ask2(struct asker *a, enum db_lane lane, enum statement sql,
	  const char *one, const char *two);
/* The same, and waits for the answer. */
struct asker *asked(enum db_lane lane, enum statement sql, const char *one,
		    const char *two);

/* One value from the side connection, as a number. */
int64_t side_int(const char *sql);
void side_do(const char *sql);

int run_lane_tests(void);
int run_loss_tests(void);
int run_turn_tests(void);
int run_listen_tests(void);
int run_sync_tests(void);

#endif
