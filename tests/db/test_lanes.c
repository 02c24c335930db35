/* Lanes: right answers, errors kept apart, commits that are commits. */
#include "harness.h"

#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void test_each_lane_answers(void **state)
{
	(void)state;
	assert_string_equal(asked(DB_KEYED, T_ECHO, "7", "x")->text, "7");
	assert_string_equal(asked(DB_READ, T_ECHO, "8", "x")->text, "8");
	assert_string_equal(asked(DB_WRITE, T_INSERT, "9", "nine")->text, "9");
	assert_string_equal(asked(DB_GROUPED, T_INSERT, "10", "ten")->text,
			    "10");
	assert_string_equal(asked(DB_KEYED, T_GET, "10", NULL)->text, "ten");
	assert_int_equal(asked(DB_KEYED, T_GET, "11", NULL)->rows, 0);
}

static void test_null_goes_as_null(void **state)
{
	struct asker *a;

	(void)state;
	a = asked(DB_KEYED, T_ECHO, NULL, "x");
	assert_int_equal(a->rows, 1);
	assert_string_equal(a->text, "");
}

/* At most its name is prepared, to hold it against the schema; that is never
 * executed. */
static void test_planned_anew_keeps_no_plan(void **state)
{
	(void)state;
	for (int i = 0; i < 8; i++) {
		assert_string_equal(asked(DB_READ, T_ANEW, "7", NULL)->text,
				    "7");
		assert_string_equal(asked(DB_KEYED, T_ANEW, "8", NULL)->text,
				    "8");
	}
}

/* What the nth of the mixed questions must have been told. */
static void check_mixed(const struct asker *a, int n)
{
	assert_int_equal(a->told_count, 1);
	if (n % 4 < 2 && n % 10 == 7) {
		assert_int_equal(a->fault.kind, FAULT_BUG);
		assert_string_equal(a->fault.sqlstate, "22012");
	} else if (n % 4 >= 2 && n % 50 == 3) {
		assert_int_equal(a->fault.kind, FAULT_CONFLICT);
		assert_string_equal(a->fault.constraint, "thing_pkey");
	} else {
		assert_int_equal(a->fault.kind, FAULT_NONE);
		assert_int_equal(atoi(a->text), n);
	}
}

static void ask_mixed(struct asker *a, int n)
{
	const enum db_lane lane = (enum db_lane)(n % 4);
	char number[16];

	snprintf(number, sizeof(number), "%d", n);
	if (lane < DB_WRITE && n % 10 == 7)
		ask2(a, lane, T_DIVIDE, "0", NULL);
	else if (lane < DB_WRITE)
		ask2(a, lane, T_ECHO, number, "mixed");
	else
		ask2(a, lane, T_INSERT, n % 50 == 3 ? "-1" : number, "mixed");
}

static void test_ten_thousand_mixed(void **state)
{
	enum { COUNT = 10000 };
	static struct asker *all[COUNT];
	int refused = 0;

	(void)state;
	side_do("insert into thing values (-1, 'taken')");
	for (int n = 0; n < COUNT; n++) {
		all[n] = asker_new();
		ask_mixed(all[n], n);
		if (n % 97 == 0)
			loop_turn();
	}
	until_told(COUNT);
	for (int n = 0; n < COUNT; n++) {
		check_mixed(all[n], n);
		refused += n % 4 >= 2 && n % 50 == 3;
	}
	assert_true(refused > 0);
	assert_int_equal(side_int("select count(*) from thing"),
			 COUNT / 2 - refused + 1);
	assert_int_equal(db_counts(house.db).waiting, 0);
	assert_int_equal(db_counts(house.db).in_flight, 0);
}

static void test_error_spares_its_neighbours(void **state)
{
	struct asker *all[8];

	(void)state;
	for (int i = 0; i < 8; i++) {
		all[i] = asker_new();
		if (i == 3)
			ask2(all[i], DB_KEYED, T_DIVIDE, "0", NULL);
		else
			ask2(all[i], DB_KEYED, T_ECHO, "5", "x");
	}
	until_told(8);
	for (int i = 0; i < 8; i++)
		assert_int_equal(all[i]->fault.kind,
				 i == 3 ? FAULT_BUG : FAULT_NONE);
}

/* One insert of the group breaks a rule: it alone is refused, the others are
 * stored once each. */
static void test_group_falls_apart_and_stands(void **state)
{
	struct asker *all[20];
	char id[16];

	(void)state;
	for (int i = 0; i < 20; i++) {
		snprintf(id, sizeof(id), "%d", i == 11 ? 10 : i);
		all[i] = asker_new();
		ask2(all[i], DB_GROUPED, T_INSERT, id, "grouped");
	}
	until_told(20);
	for (int i = 0; i < 20; i++)
		assert_int_equal(all[i]->fault.kind,
				 i == 11 ? FAULT_CONFLICT : FAULT_NONE);
	assert_int_equal(side_int("select count(*) from thing"), 19);
}

/* How many transactions ten inserts of one moment take. */
static int64_t transactions_of_ten(void)
{
	for (int i = 0; i < 10; i++) {
		char id[16];

		snprintf(id, sizeof(id), "%d", i);
		ask2(asker_new(), DB_GROUPED, T_INSERT, id, "grouped");
	}
	until_told(10);
	return side_int("select count(distinct xmin::text) from thing");
}

static void test_group_shares_a_transaction(void **state)
{
	(void)state;
	assert_int_equal(transactions_of_ten(), 1);
}

static void test_ungrouped_has_its_own(void **state)
{
	(void)state;
	house.is_ungrouped = true;
	house.db = house_db(house_url(), 2, 100);
	until_ready();
	assert_int_equal(transactions_of_ten(), 10);
}

static void test_commit_that_fails_is_no_answer(void **state)
{
	struct asker *a;

	(void)state;
	a = asked(DB_WRITE, T_PROMISE, "1", "404");
	assert_int_equal(a->fault.kind, FAULT_BAD_BODY);
	assert_string_equal(a->fault.sqlstate, "23503");
	assert_string_equal(a->fault.constraint, "promise_thing_id_fkey");
	assert_int_equal(side_int("select count(*) from promise"), 0);
	assert_int_equal(asked(DB_GROUPED, T_PROMISE, "1", "404")->fault.kind,
			 FAULT_BAD_BODY);
}

/* A group whose commit fails: each runs alone, and only the liar fails. */
static void test_group_whose_commit_fails(void **state)
{
	struct asker *all[6];
	char id[16];

	(void)state;
	side_do("insert into thing values (1, 'one')");
	for (int i = 0; i < 6; i++) {
		snprintf(id, sizeof(id), "%d", i);
		all[i] = asker_new();
		ask2(all[i], DB_GROUPED, T_PROMISE, id, i == 2 ? "404" : "1");
	}
	until_told(6);
	for (int i = 0; i < 6; i++)
		assert_int_equal(all[i]->fault.kind,
				 i == 2 ? FAULT_BAD_BODY : FAULT_NONE);
	assert_int_equal(side_int("select count(*) from promise"), 5);
}

static void test_warning_at_commit_is_no_answer(void **state)
{
	(void)state;
	assert_int_equal(asked(DB_WRITE, T_WARN, "1", NULL)->fault.kind,
			 FAULT_OUTCOME_UNKNOWN);
	assert_int_equal(asked(DB_GROUPED, T_WARN, "2", NULL)->fault.kind,
			 FAULT_OUTCOME_UNKNOWN);
	/* and the next on the same connection is not tainted */
	for (int i = 10; i < 20; i++) {
		char id[16];

		snprintf(id, sizeof(id), "%d", i);
		assert_int_equal(
			asked(DB_WRITE, T_INSERT, id, "clean")->fault.kind,
			FAULT_NONE);
	}
}

static void test_complaints_become_faults(void **state)
{
	static const struct {
		const char *sqlstate;
		enum fault_kind kind;
		const char *detail;
	} cases[] = {
		{ "DK001", FAULT_BAD_STATE, "our words" },
		{ "DK005", FAULT_RULE_BROKEN, "our words" },
		{ "DK006", FAULT_STALE, "our words" },
		{ "DK007", FAULT_NOT_FOUND, "our words" },
		{ "23505", FAULT_CONFLICT, "" },
		{ "23503", FAULT_BAD_BODY, "" },
		{ "23514", FAULT_BAD_BODY, "" },
		{ "23P01", FAULT_CONFLICT, "" },
		{ "57014", FAULT_TOO_LATE, "" },
		{ "55P03", FAULT_BUSY, "" },
		{ "40001", FAULT_BUSY, "" },
		{ "40P01", FAULT_BUSY, "" },
		{ "53100", FAULT_NO_DATABASE, "" },
		{ "DK999", FAULT_BUG, "" },
		{ "XX000", FAULT_BUG, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct asker *a = asked(i % 2 ? DB_WRITE : DB_KEYED, T_RAISE,
					cases[i].sqlstate, "our words");

		assert_int_equal(a->fault.kind, cases[i].kind);
		assert_string_equal(a->fault.detail, cases[i].detail);
		assert_string_equal(a->fault.sqlstate, cases[i].sqlstate);
		assert_string_equal(a->fault.constraint, "the_rule");
	}
}

static void test_lost_race_is_run_once_more(void **state)
{
	static const enum db_lane lanes[] = { DB_KEYED, DB_READ, DB_WRITE,
					      DB_GROUPED };

	(void)state;
	for (int i = 0; i < 4; i++) {
		side_do("alter sequence tries restart");
		assert_string_equal(
			asked(lanes[i], T_LOSE_RACES, "x", "1")->text, "2");
		side_do("alter sequence tries restart");
		assert_int_equal(
			asked(lanes[i], T_LOSE_RACES, "x", "9")->fault.kind,
			FAULT_BUSY);
		assert_int_equal(side_int("select last_value from tries"), 2);
	}
}

static void test_full_queue_is_busy(void **state)
{
	int busy = 0;

	(void)state;
	house.db = house_db(house_url(), 1, 16);
	until_ready();
	for (int i = 0; i < 100; i++)
		ask2(asker_new(), DB_READ, T_ECHO, "1", "x");
	until_told(100);
	for (int i = 0; i < 5; i++)
		assert_int_equal(asked(DB_READ, T_ECHO, "1", "x")->fault.kind,
				 FAULT_NONE);
	busy = (int)db_counts(house.db).failed;
	assert_int_equal(busy, 84);
}

static void test_gone_while_queued(void **state)
{
	struct asker *a = asker_new(), *b = asker_new();

	(void)state;
	ask2(a, DB_WRITE, T_INSERT, "1", "never");
	ask2(b, DB_WRITE, T_INSERT, "2", "stays");
	awaited_abandon(&a->awaited);
	memset(a->params, 'x', sizeof(a->params));	/* its memory is gone */
	loop_until(&b->is_told, 5000);
	loop_for(50);
	assert_int_equal(a->told_count, 0);
	assert_int_equal(side_int("select count(*) from thing"), 1);
}

static void test_gone_while_in_flight(void **state)
{
	struct asker *a = asker_new();

	(void)state;
	ask2(a, DB_KEYED, T_SLEEP, "0.2", NULL);
	loop_for(50);
	assert_int_equal(db_counts(house.db).in_flight, 1);
	awaited_abandon(&a->awaited);
	memset(a, 0, sizeof(*a));
	assert_string_equal(asked(DB_KEYED, T_ECHO, "3", "x")->text, "3");
	assert_false(a->is_told);
	assert_int_equal(db_counts(house.db).in_flight, 0);
}

/* Gone while others in its sync fail: it is not asked again. */
static void test_gone_among_the_aborted(void **state)
{
	struct asker *a = asker_new(), *bad = asker_new(), *c = asker_new();

	(void)state;
	ask2(bad, DB_KEYED, T_DIVIDE, "0", NULL);
	ask2(a, DB_KEYED, T_ECHO, "1", "x");
	ask2(c, DB_KEYED, T_ECHO, "2", "x");
	while (!db_counts(house.db).in_flight)
		event_base_loop(house.base, EVLOOP_NONBLOCK);
	if (!a->is_told)
		awaited_abandon(&a->awaited);
	loop_until(&c->is_told, 5000);
	assert_string_equal(c->text, "2");
	assert_int_equal(bad->fault.kind, FAULT_BUG);
}

static void assert_prepared(enum db_lane lane, int count)
{
	assert_int_equal(atoi(asked(lane, T_PREPARED, NULL, NULL)->text),
			 count);
}

/* One connection holds all against the schema; the others are asked a few. */
static void test_prepared_are_those_that_were_asked(void **state)
{
	(void)state;
	until_whole();	/* then each lane asks the first of its own */
	assert_prepared(DB_KEYED, T_COUNT);
	for (int i = 1; i < 3; i++) {
		assert_prepared(DB_READ, i > 1);
		assert_prepared(DB_WRITE, i > 1);
		asked(DB_READ, T_ECHO, "1", "x");
		asked(DB_WRITE, T_ECHO, "1", "x");
	}
	asked(DB_READ, T_DIVIDE, "0", NULL);
	assert_prepared(DB_READ, 2);
}

/* Those that cannot be prepared any more are told why, however many are on
 * their way; the others go on. */
static void test_a_statement_that_fits_no_more(void **state)
{
	struct asker *all[12];

	(void)state;
	until_whole();
	side_do("drop table changing");
	for (int i = 0; i < 12; i++) {
		all[i] = asker_new();
		ask2(all[i], i % 2 ? DB_READ : DB_WRITE,
		     i % 6 < 4 ? T_STAR : T_ECHO, i % 6 < 4 ? NULL : "1",
		     i % 6 < 4 ? NULL : "x");
	}
	until_told(12);
	for (int i = 0; i < 12; i++)
		if (i % 6 < 4)
			assert_string_equal(all[i]->fault.sqlstate, "42P01");
		else
			assert_int_equal(all[i]->fault.kind, FAULT_NONE);
	assert_int_equal(db_counts(house.db).reconnects, 0);
}

/* In a transaction shared by those that insert: what falls with another is
 * prepared again. */
static void test_prepared_beside_one_that_fails(void **state)
{
	struct asker *all[6];
	char id[4];

	(void)state;
	until_whole();
	for (int i = 0; i < 6; i++) {
		all[i] = asker_new();
		snprintf(id, sizeof(id), "%d", i);
		if (i == 0)
			ask2(all[i], DB_GROUPED, T_DIVIDE, "0", NULL);
		else
			ask2(all[i], DB_GROUPED, T_INSERT, id, "x");
	}
	until_told(6);
	assert_string_equal(all[0]->fault.sqlstate, "22012");
	for (int i = 1; i < 6; i++)
		assert_int_equal(all[i]->fault.kind, FAULT_NONE);
	assert_int_equal(side_int("select count(*) from thing"), 5);
	assert_prepared(DB_GROUPED, 2);
}

/* A migration changes what a prepared statement returns: nobody sees it. */
static void test_plan_of_before_a_migration(void **state)
{
	(void)state;
	side_do("insert into changing values (1)");
	for (int i = 0; i < 6; i++)
		assert_string_equal(asked(DB_READ, T_STAR, NULL, NULL)->text,
				    "1");
	side_do("alter table changing alter a type text using a || 'a'");
	for (int i = 0; i < 6; i++)
		assert_string_equal(asked(DB_READ, T_STAR, NULL, NULL)->text,
				    "1a");
	until_ready();
}

int run_lane_tests(void)
{
#define WITH_DB(f) cmocka_unit_test_setup_teardown(f, house_open, house_close)
	const struct CMUnitTest tests[] = {
		WITH_DB(test_each_lane_answers),
		WITH_DB(test_null_goes_as_null),
		WITH_DB(test_planned_anew_keeps_no_plan),
		WITH_DB(test_ten_thousand_mixed),
		WITH_DB(test_error_spares_its_neighbours),
		WITH_DB(test_group_falls_apart_and_stands),
		WITH_DB(test_group_shares_a_transaction),
		cmocka_unit_test_setup_teardown(test_ungrouped_has_its_own,
						house_open_bare, house_close),
		WITH_DB(test_commit_that_fails_is_no_answer),
		WITH_DB(test_group_whose_commit_fails),
		WITH_DB(test_warning_at_commit_is_no_answer),
		WITH_DB(test_complaints_become_faults),
		WITH_DB(test_lost_race_is_run_once_more),
		cmocka_unit_test_setup_teardown(test_full_queue_is_busy,
						house_open_bare, house_close),
		WITH_DB(test_gone_while_queued),
		WITH_DB(test_gone_while_in_flight),
		WITH_DB(test_gone_among_the_aborted),
		WITH_DB(test_prepared_are_those_that_were_asked),
		WITH_DB(test_a_statement_that_fits_no_more),
		WITH_DB(test_prepared_beside_one_that_fails),
		WITH_DB(test_plan_of_before_a_migration),
	};

	return cmocka_run_group_tests_name("lanes", tests, NULL, NULL);
}
