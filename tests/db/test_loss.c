/* Lost connections: the right fault for each question, and the pool heals. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

static void kill_all(void)
{
	side_do("select pg_terminate_backend(pid) from pg_stat_activity "
		"where application_name = 'duikou-server'");
}

static void test_read_is_asked_again(void **state)
{
	struct asker *keyed = asker_new(), *read = asker_new();

	(void)state;
	ask2(keyed, DB_KEYED, T_SLEEP, "0.3", NULL);
	ask2(read, DB_READ, T_SLEEP, "0.3", NULL);
	loop_for(100);
	kill_all();
	until_told(2);
	assert_int_equal(keyed->fault.kind, FAULT_NONE);
	assert_int_equal(read->fault.kind, FAULT_NONE);
	assert_true(db_counts(house.db).reconnects > 0);
}

static void test_read_is_asked_again_only_once(void **state)
{
	struct asker *a = asker_new();

	(void)state;
	ask2(a, DB_KEYED, T_SLEEP, "30", NULL);
	for (int i = 0; i < 2; i++) {
		while (side_int("select count(*) from pg_stat_activity where "
				"query like '%pg_sleep%' and state = 'active' "
				"and pid <> pg_backend_pid()") == 0)
			loop_for(20);
		assert_false(a->is_told);
		kill_all();
		loop_for(200);
	}
	assert_true(a->is_told);
	assert_int_equal(a->fault.kind, FAULT_NO_DATABASE);
}

static void test_sent_write_is_unknown(void **state)
{
	struct asker *a = asker_new(), *b = asker_new();

	(void)state;
	ask2(a, DB_WRITE, T_SLEEP, "5", NULL);
	ask2(b, DB_GROUPED, T_SLEEP, "5", NULL);
	loop_for(100);
	kill_all();
	until_told(2);
	assert_int_equal(a->fault.kind, FAULT_OUTCOME_UNKNOWN);
	assert_int_equal(b->fault.kind, FAULT_OUTCOME_UNKNOWN);
}

static void test_gone_when_the_connection_is_lost(void **state)
{
	struct asker *a = asker_new(), *b = asker_new();

	(void)state;
	ask2(a, DB_WRITE, T_SLEEP, "5", NULL);
	ask2(b, DB_READ, T_SLEEP, "5", NULL);
	loop_for(100);
	awaited_abandon(&a->awaited);
	awaited_abandon(&b->awaited);
	memset(a, 0, sizeof(*a));
	memset(b, 0, sizeof(*b));
	kill_all();
	loop_for(100);
	until_ready();
	assert_int_equal(house.told, 0);
	assert_int_equal(db_counts(house.db).in_flight, 0);
}

static void test_idle_loss_is_noticed(void **state)
{
	bool was_down = false;
	int64_t end_ms;

	(void)state;
	until_whole();
	end_ms = clock_ms() + 30000;
	kill_all();
	/* no question has to find out */
	while (db_counts(house.db).reconnects < 8 && clock_ms() < end_ms) {
		loop_turn();
		was_down |= !db_is_ready(house.db);
	}
	assert_true(was_down);
	assert_int_equal(db_counts(house.db).reconnects, 8);
	assert_int_equal(asked(DB_WRITE, T_INSERT, "1", "a")->fault.kind,
			 FAULT_NONE);
	assert_int_equal(db_counts(house.db).reconnects, 8);
}

/* Questions go on while backends die: each is told once, no acknowledged
 * write is missing, and the pool is whole at the end. */
static void test_killed_again_and_again(void **state)
{
	enum { COUNT = 4000 };
	static struct asker *all[COUNT];
	int64_t acknowledged = 0, unknown = 0;
	char id[16];

	(void)state;
	for (int n = 0; n < COUNT; n++) {
		all[n] = asker_new();
		snprintf(id, sizeof(id), "%d", n);
		if (n % 2)
			ask2(all[n], n % 4 == 1 ? DB_WRITE : DB_GROUPED,
			     T_INSERT, id, "x");
		else
			ask2(all[n], n % 4 ? DB_KEYED : DB_READ, T_ECHO, id,
			     "x");
		if (n % 50 == 0)
			loop_turn();
		if (n % 500 == 250)
			kill_all();
	}
	until_told(COUNT);
	for (int n = 0; n < COUNT; n++) {
		assert_int_equal(all[n]->told_count, 1);
		if (all[n]->fault.kind == FAULT_NONE)
			assert_int_equal(atoi(all[n]->text), n);
		else
			assert_int_equal(fault_row(all[n]->fault.kind)->status,
					 503);
		acknowledged += n % 2 && all[n]->fault.kind == FAULT_NONE;
		unknown += all[n]->fault.kind == FAULT_OUTCOME_UNKNOWN;
	}
	assert_true(side_int("select count(*) from thing") >= acknowledged);
	assert_true(side_int("select count(*) from thing") <=
		    acknowledged + unknown);
	assert_true(acknowledged > 0);
	until_ready();
}

static void test_down_at_start_then_up(void **state)
{
	char dir[] = "/tmp/duikou-down-XXXXXX", path[64], url[512];
	struct asker *early = asker_new(), *late = asker_new();
	int64_t since_ms = clock_ms();

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/s", dir);
	snprintf(url, sizeof(url), "%s host=%s", house_url(), path);
	house.db = house_db(url, 2, 100);
	assert_false(db_is_ready(house.db));
	ask2(early, DB_KEYED, T_ECHO, "1", "x");
	ask2(asker_new(), DB_WRITE, T_INSERT, "1", "x");
	asker_await(asker_new());
	until_told(2);		/* they do not wait for ever */
	assert_int_equal(early->fault.kind, FAULT_NO_DATABASE);
	assert_in_range(clock_ms() - since_ms, 1000, 5000);

	ask2(late, DB_KEYED, T_ECHO, "2", "x");
	assert_int_equal(symlink(PQhost(house.side), path), 0);
	loop_until(&late->is_told, 5000);
	until_ready();
	assert_int_equal(asked(DB_KEYED, T_ECHO, "2", "x")->fault.kind,
			 FAULT_NONE);
	unlink(path);
	rmdir(dir);
}

static void test_begin_while_down(void **state)
{
	struct asker *a = asker_new();
	struct db_turn *turn;

	(void)state;
	house.db = house_db("host=/nonexistent", 1, 100);
	asker_await(a);
	turn = db_begin(house.db, &a->awaited);
	loop_until(&a->is_told, 5000);
	assert_int_equal(a->fault.kind, FAULT_NO_DATABASE);
	db_turn_drop(turn);
}

/* A schema that does not fit yet: not ready, and ready once it fits. */
static void test_unmigrated_then_migrated(void **state)
{
	(void)state;
	side_do("alter table thing rename to thing_of_old");
	house.db = house_db(house_url(), 1, 100);
	loop_for(300);
	assert_false(db_is_ready(house.db));
	assert_int_equal(asked(DB_KEYED, T_ECHO, "1", "x")->fault.kind,
			 FAULT_NO_DATABASE);
	side_do("alter table thing_of_old rename to thing");
	until_ready();
}

static void test_close_tells_everybody(void **state)
{
	struct asker *read = asker_new(), *write = asker_new(),
		     *waiting = asker_new();

	(void)state;
	ask2(read, DB_READ, T_SLEEP, "9", NULL);
	ask2(write, DB_WRITE, T_SLEEP, "9", NULL);
	loop_for(50);
	ask2(waiting, DB_WRITE, T_INSERT, "1", "a");
	db_close(house.db);
	house.db = NULL;
	assert_int_equal(read->fault.kind, FAULT_NO_DATABASE);
	assert_int_equal(write->fault.kind, FAULT_OUTCOME_UNKNOWN);
	assert_int_equal(waiting->fault.kind, FAULT_NO_DATABASE);
	assert_int_equal(house.told, 3);
}

int run_loss_tests(void)
{
#define WITH_DB(f) cmocka_unit_test_setup_teardown(f, house_open, house_close)
#define BARE(f) cmocka_unit_test_setup_teardown(f, house_open_bare, house_close)
	const struct CMUnitTest tests[] = {
		WITH_DB(test_read_is_asked_again),
		WITH_DB(test_read_is_asked_again_only_once),
		WITH_DB(test_sent_write_is_unknown),
		WITH_DB(test_gone_when_the_connection_is_lost),
		WITH_DB(test_idle_loss_is_noticed),
		WITH_DB(test_killed_again_and_again),
		BARE(test_down_at_start_then_up),
		BARE(test_begin_while_down),
		BARE(test_unmigrated_then_migrated),
		WITH_DB(test_close_tells_everybody),
	};

	return cmocka_run_group_tests_name("loss", tests, NULL, NULL);
}
