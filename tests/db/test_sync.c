/* Blocking PostgreSQL: faults, transactions, COPY, waiting. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "wire/db_sync.h"

static struct sync *opened(void)
{
	struct fault fault;
	struct sync *s = sync_open(house_url(), "duikou-test", &fault);

	assert_non_null(s);
	return s;
}

static void test_query_and_faults(void **state)
{
	const char *const params[] = { "7", NULL };
	struct sync *s = opened();
	struct fault fault;
	struct rows *rows;

	(void)state;
	rows = sync_query(s, "select $1::int + 1, $2::text", 2, params, &fault);
	assert_non_null(rows);
	assert_int_equal(rows_int(rows, 0, 0), 8);
	assert_true(rows_is_null(rows, 0, 1));
	rows_release(rows);
	assert_true(sync_exec(s, "insert into thing values (1, 'a'); "
				 "insert into thing values (2, 'b')", &fault));
	assert_false(sync_exec(s, "insert into thing values (1, 'c')",
			       &fault));
	assert_int_equal(fault.kind, FAULT_CONFLICT);
	assert_string_equal(fault.constraint, "thing_pkey");
	assert_non_null(strstr(sync_message(s), "already exists"));
	rows = sync_query(s, "show timezone", 0, NULL, &fault);
	assert_string_equal(rows_text(rows, 0, 0), "UTC");
	rows_release(rows);
	sync_close(s);
}

static void test_cannot_open(void **state)
{
	struct fault fault;

	(void)state;
	assert_null(sync_open("host=/nonexistent", "x", &fault));
	assert_int_equal(fault.kind, FAULT_NO_DATABASE);
	assert_null(sync_open("postgresql://[bad", "x", &fault));
	assert_int_equal(fault.kind, FAULT_NO_DATABASE);
}

static void test_transactions(void **state)
{
	struct sync *s = opened();
	struct fault fault;

	(void)state;
	assert_true(sync_begin(s, &fault));
	assert_true(sync_exec(s, "insert into thing values (1, 'a')", &fault));
	assert_int_equal(side_int("select count(*) from thing"), 0);
	assert_true(sync_commit(s, &fault));
	assert_int_equal(side_int("select count(*) from thing"), 1);

	assert_true(sync_begin(s, &fault));
	assert_true(sync_exec(s, "insert into thing values (2, 'a')", &fault));
	sync_rollback(s);
	assert_int_equal(side_int("select count(*) from thing"), 1);

	assert_true(sync_begin(s, &fault));
	assert_false(sync_exec(s, "select 1 / 0", &fault));
	assert_int_equal(fault.kind, FAULT_BUG);
	assert_false(sync_commit(s, &fault));	/* PostgreSQL says ROLLBACK */
	assert_int_equal(fault.kind, FAULT_BUG);

	assert_true(sync_begin(s, &fault));
	assert_true(sync_exec(s, "insert into promise values (1, 404)",
			      &fault));
	assert_false(sync_commit(s, &fault));
	assert_int_equal(fault.kind, FAULT_BAD_BODY);

	assert_true(sync_begin(s, &fault));
	assert_true(sync_exec(s, "insert into warned values (1)", &fault));
	assert_false(sync_commit(s, &fault));
	assert_int_equal(fault.kind, FAULT_OUTCOME_UNKNOWN);
	sync_close(s);
}

static void kill_sync(void)
{
	side_do("select pg_terminate_backend(pid, 5000) from pg_stat_activity "
		"where application_name = 'duikou-test'");
}

static void test_lost(void **state)
{
	struct sync *s = opened();
	struct fault fault;
	bool is_said;

	(void)state;
	assert_true(sync_begin(s, &fault));
	kill_sync();
	assert_false(sync_exec(s, "insert into thing values (1, 'a')",
			       &fault));
	assert_int_equal(fault.kind, FAULT_NO_DATABASE);
	sync_rollback(s);
	sync_close(s);

	s = opened();
	assert_true(sync_begin(s, &fault));
	assert_true(sync_exec(s, "insert into thing values (1, 'a')", &fault));
	kill_sync();
	assert_false(sync_commit(s, &fault));
	assert_int_equal(fault.kind, FAULT_OUTCOME_UNKNOWN);
	sync_close(s);

	s = opened();
	assert_true(sync_listen(s, "job", &fault));
	kill_sync();
	assert_false(sync_wait(s, 2000, &is_said, &fault));
	assert_int_equal(fault.kind, FAULT_NO_DATABASE);
	sync_close(s);
}

static void test_copy(void **state)
{
	static const char good[] = "1,a\n2,\"b\nb\"\n";
	static const char bad[] = "3,c\nx,d\n";
	struct sync *s = opened();
	struct fault fault;
	int64_t rows;

	(void)state;
	assert_true(sync_copy_begin(s, "copy thing from stdin (format csv)",
				    &fault));
	assert_true(sync_copy_bytes(s, good, 5, &fault));
	assert_true(sync_copy_bytes(s, good + 5, sizeof(good) - 6, &fault));
	assert_true(sync_copy_end(s, &rows, &fault));
	assert_int_equal(rows, 2);

	assert_true(sync_copy_begin(s, "copy thing from stdin (format csv)",
				    &fault));
	assert_true(sync_copy_bytes(s, bad, sizeof(bad) - 1, &fault));
	assert_false(sync_copy_end(s, &rows, &fault));
	assert_non_null(strstr(sync_message(s), "line 2"));
	assert_int_equal(side_int("select count(*) from thing"), 2);

	assert_false(sync_copy_begin(s, "copy nothing from stdin", &fault));
	assert_false(sync_copy_begin(s, "select 1", &fault));
	assert_true(sync_exec(s, "select 1", &fault));	/* still of use */
	sync_close(s);
}

static void test_wait(void **state)
{
	struct sync *s = opened();
	struct fault fault;
	int64_t since_ms = clock_ms();
	bool is_said;

	(void)state;
	assert_true(sync_listen(s, "job", &fault));
	assert_true(sync_wait(s, 200, &is_said, &fault));
	assert_false(is_said);
	assert_true(clock_ms() - since_ms >= 200);
	side_do("notify job; notify job, 'x'; notify other");
	assert_true(sync_wait(s, 5000, &is_said, &fault));
	assert_true(is_said);
	assert_true(clock_ms() - since_ms < 5000);
	sync_close(s);
}

int run_sync_tests(void)
{
#define BARE(f) cmocka_unit_test_setup_teardown(f, house_open_bare, house_close)
	const struct CMUnitTest tests[] = {
		BARE(test_query_and_faults),
		BARE(test_cannot_open),
		BARE(test_transactions),
		BARE(test_lost),
		BARE(test_copy),
		BARE(test_wait),
	};

	return cmocka_run_group_tests_name("sync", tests, NULL, NULL);
}
