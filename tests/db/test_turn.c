/* Transactions of several turns. */
#include "harness.h"

#include <stdio.h>
#include <string.h>

static struct db_turn *begun(void)
{
	struct asker *a = asker_new();
	struct db_turn *turn;

	asker_await(a);
	turn = db_begin(house.db, &a->awaited);
	assert_false(a->is_told);
	loop_until(&a->is_told, 5000);
	assert_int_equal(a->fault.kind, FAULT_NONE);
	assert_int_equal(a->rows, -1);
	return turn;
}

static void turn_ask(struct asker *a, struct db_turn *turn, enum statement sql,
		     const char *one, const char *two)
{
	asker_await(a);
	snprintf(a->params[0], sizeof(a->params[0]), "%s", one ? one : "");
	snprintf(a->params[1], sizeof(a->params[1]), "%s", two ? two : "");
	a->question = (struct db_question){
		.sql = (enum sql_id)sql,
		.param_count = test_statements[sql].param_count,
		.params = { a->params[0], a->params[1] } };
	db_turn_ask(turn, &a->question, &a->awaited);
	assert_false(a->is_told);
}

static struct asker *turn_asked(struct db_turn *turn, enum statement sql,
				const char *one, const char *two)
{
	struct asker *a = asker_new();

	turn_ask(a, turn, sql, one, two);
	loop_until(&a->is_told, 5000);
	return a;
}

static struct asker *ended(struct db_turn *turn, bool is_commit)
{
	struct asker *a = asker_new();

	asker_await(a);
	db_turn_end(turn, is_commit, &a->awaited);
	assert_false(a->is_told);
	loop_until(&a->is_told, 5000);
	return a;
}

static int64_t things(void)
{
	return side_int("select count(*) from thing");
}

static void test_commit(void **state)
{
	struct db_turn *turn = begun();

	(void)state;
	assert_string_equal(turn_asked(turn, T_INSERT, "1", "a")->text, "1");
	assert_string_equal(turn_asked(turn, T_INSERT, "2", "b")->text, "2");
	assert_int_equal(things(), 0);
	assert_int_equal(ended(turn, true)->fault.kind, FAULT_NONE);
	assert_int_equal(things(), 2);
}

static void test_rollback(void **state)
{
	struct db_turn *turn = begun();

	(void)state;
	turn_asked(turn, T_INSERT, "1", "a");
	assert_int_equal(ended(turn, false)->fault.kind, FAULT_NONE);
	assert_int_equal(things(), 0);
}

static void test_error_leaves_only_a_rollback(void **state)
{
	struct db_turn *turn = begun();

	(void)state;
	turn_asked(turn, T_INSERT, "1", "a");
	assert_int_equal(turn_asked(turn, T_INSERT, "1", "b")->fault.kind,
			 FAULT_CONFLICT);
	/* PostgreSQL answers ROLLBACK to this COMMIT: that is no commit */
	assert_int_equal(ended(turn, true)->fault.kind, FAULT_BUG);
	assert_int_equal(things(), 0);
}

static void test_commit_that_fails(void **state)
{
	struct db_turn *turn = begun();

	(void)state;
	assert_int_equal(turn_asked(turn, T_PROMISE, "1", "404")->fault.kind,
			 FAULT_NONE);
	assert_int_equal(ended(turn, true)->fault.kind, FAULT_BAD_BODY);
	assert_int_equal(side_int("select count(*) from promise"), 0);
}

static void test_commit_with_a_warning(void **state)
{
	struct db_turn *turn = begun();

	(void)state;
	turn_asked(turn, T_WARN, "1", NULL);
	assert_int_equal(ended(turn, true)->fault.kind, FAULT_OUTCOME_UNKNOWN);
}

static void until_idle(void)
{
	for (int i = 0; i < 200 && db_counts(house.db).in_flight; i++)
		loop_turn();
	assert_int_equal(db_counts(house.db).in_flight, 0);
}

static void test_drop_rolls_back(void **state)
{
	struct db_turn *turn = begun();
	struct asker *a = asker_new();

	(void)state;
	turn_asked(turn, T_INSERT, "1", "a");
	db_turn_drop(turn);
	until_idle();
	turn = begun();		/* dropped with a question in flight */
	turn_ask(a, turn, T_SLEEP, "0.1", NULL);
	db_turn_drop(turn);
	until_idle();
	assert_int_equal(a->told_count, 0);
	assert_int_equal(things(), 0);
	assert_int_equal(side_int("select count(*) from pg_stat_activity "
				  "where state like 'idle in%'"), 0);
}

static void test_abandon_then_drop(void **state)
{
	struct db_turn *turn = begun();
	struct asker *a = asker_new();

	(void)state;
	turn_ask(a, turn, T_INSERT, "1", "a");
	awaited_abandon(&a->awaited);
	memset(a, 0, sizeof(*a));
	until_idle();		/* the connection is free before the drop */
	assert_int_equal(side_int("select count(*) from pg_stat_activity "
				  "where state like 'idle in%'"), 0);
	db_turn_drop(turn);
	assert_int_equal(things(), 0);
	assert_int_equal(asked(DB_WRITE, T_INSERT, "1", "a")->fault.kind,
			 FAULT_NONE);
}

static void test_end_abandoned_then_dropped(void **state)
{
	struct asker *a = asker_new();
	struct db_turn *turn = begun();

	(void)state;
	turn_asked(turn, T_INSERT, "1", "a");
	asker_await(a);
	db_turn_end(turn, true, &a->awaited);
	awaited_abandon(&a->awaited);
	db_turn_drop(turn);
	until_idle();
	assert_int_equal(a->told_count, 0);
	assert_int_equal(things(), 1);
}

/* Two turns at most on four writers: the third waits, and writes go on. */
static void test_turns_wait_their_turn(void **state)
{
	struct db_turn *one = begun(), *two = begun(), *three, *four;
	struct asker *a = asker_new(), *b = asker_new();

	(void)state;
	asker_await(a);
	three = db_begin(house.db, &a->awaited);
	asker_await(b);
	four = db_begin(house.db, &b->awaited);
	loop_for(100);
	assert_false(a->is_told);
	assert_string_equal(asked(DB_WRITE, T_INSERT, "1", "a")->text, "1");
	awaited_abandon(&b->awaited);
	db_turn_drop(four);	/* while it waits */
	ended(one, true);
	loop_until(&a->is_told, 5000);
	assert_int_equal(a->fault.kind, FAULT_NONE);
	assert_int_equal(ended(three, true)->fault.kind, FAULT_NONE);
	db_turn_drop(two);
	until_idle();
}

static void kill_all(void)
{
	side_do("select pg_terminate_backend(pid) from pg_stat_activity "
		"where application_name = 'duikou-server'");
}

static void test_connection_lost_in_a_turn(void **state)
{
	struct db_turn *turn = begun();
	struct asker *a = asker_new();

	(void)state;
	turn_asked(turn, T_INSERT, "1", "a");
	turn_ask(a, turn, T_SLEEP, "5", NULL);
	loop_for(50);
	kill_all();
	loop_until(&a->is_told, 5000);
	assert_int_equal(a->fault.kind, FAULT_NO_DATABASE);
	assert_int_equal(turn_asked(turn, T_PID, NULL, NULL)->fault.kind,
			 FAULT_NO_DATABASE);
	assert_int_equal(ended(turn, true)->fault.kind, FAULT_NO_DATABASE);
	loop_for(50);
	until_ready();
	turn = begun();
	assert_int_equal(ended(turn, true)->fault.kind, FAULT_NONE);
	assert_int_equal(things(), 0);
}

/* Nothing was done before the begin: it waits for a living connection. */
static void test_begin_on_a_dying_connection(void **state)
{
	struct asker *a = asker_new();
	struct db_turn *turn, *dropped;

	(void)state;
	kill_all();	/* the loop has not noticed when it sends */
	asker_await(a);
	turn = db_begin(house.db, &a->awaited);
	dropped = db_begin(house.db, &asker_new()->awaited);
	loop_turn();
	db_turn_drop(dropped);
	loop_until(&a->is_told, 5000);
	until_ready();
	/*
	 * A loss before BEGIN's answer has it asked again elsewhere; where the
	 * server said that it ends, between that answer and the sync, the turn
	 * is refused. Either way nothing was done.
	 */
	if (a->fault.kind == FAULT_NO_DATABASE) {
		db_turn_drop(turn);
		turn = begun();
	} else {
		assert_int_equal(a->fault.kind, FAULT_NONE);
	}
	turn_asked(turn, T_INSERT, "1", "a");
	assert_int_equal(ended(turn, true)->fault.kind, FAULT_NONE);
	assert_int_equal(things(), 1);
}

/* A migration changes what a prepared statement returns: the turn is refused
 * as one that may come again, and does. */
static void test_plan_of_before_a_migration(void **state)
{
	struct db_turn *turn;

	(void)state;
	until_whole();	/* then each turn has the first of the connections */
	turn = begun();
	turn_asked(turn, T_STAR, NULL, NULL);
	ended(turn, true);
	side_do("alter table changing alter a type text using a || 'a'");
	turn = begun();
	assert_int_equal(turn_asked(turn, T_STAR, NULL, NULL)->fault.kind,
			 FAULT_NO_DATABASE);
	db_turn_drop(turn);
	for (int i = 0; i < 8; i++) {
		turn = begun();
		assert_int_equal(turn_asked(turn, T_STAR, NULL,
					    NULL)->fault.kind, FAULT_NONE);
		ended(turn, true);
	}
	until_ready();
}

static void test_connection_lost_between_questions(void **state)
{
	struct db_turn *turn = begun(), *other = begun();

	(void)state;
	turn_asked(turn, T_INSERT, "1", "a");
	kill_all();
	loop_for(100);
	assert_int_equal(ended(turn, false)->fault.kind, FAULT_NONE);
	db_turn_drop(other);
	until_ready();
	assert_int_equal(things(), 0);
}

/* A commit that waits for a lock-holding trigger is killed: unknown. */
static void test_connection_lost_at_the_commit(void **state)
{
	struct db_turn *turn = begun();
	struct asker *a = asker_new();

	(void)state;
	side_do("create or replace function warn() returns trigger language "
		"plpgsql as $$ begin perform pg_sleep(5); return null; end $$");
	turn_asked(turn, T_WARN, "1", NULL);
	asker_await(a);
	db_turn_end(turn, true, &a->awaited);
	loop_for(100);
	kill_all();
	loop_until(&a->is_told, 5000);
	assert_int_equal(a->fault.kind, FAULT_OUTCOME_UNKNOWN);
	until_ready();
}

static void test_close_with_turns_open(void **state)
{
	struct db_turn *turn = begun();
	struct asker *a = asker_new();

	(void)state;
	turn_ask(a, turn, T_SLEEP, "5", NULL);
	begun();
	asker_await(asker_new());
	db_close(house.db);
	house.db = NULL;
	assert_int_equal(a->told_count, 1);
	assert_int_equal(a->fault.kind, FAULT_NO_DATABASE);
}

int run_turn_tests(void)
{
#define WITH_DB(f) cmocka_unit_test_setup_teardown(f, house_open, house_close)
	const struct CMUnitTest tests[] = {
		WITH_DB(test_commit),
		WITH_DB(test_rollback),
		WITH_DB(test_error_leaves_only_a_rollback),
		WITH_DB(test_commit_that_fails),
		WITH_DB(test_commit_with_a_warning),
		WITH_DB(test_drop_rolls_back),
		WITH_DB(test_abandon_then_drop),
		WITH_DB(test_end_abandoned_then_dropped),
		WITH_DB(test_turns_wait_their_turn),
		WITH_DB(test_connection_lost_in_a_turn),
		WITH_DB(test_begin_on_a_dying_connection),
		WITH_DB(test_plan_of_before_a_migration),
		WITH_DB(test_connection_lost_between_questions),
		WITH_DB(test_connection_lost_at_the_commit),
		WITH_DB(test_close_with_turns_open),
	};

	return cmocka_run_group_tests_name("turns", tests, NULL, NULL);
}
