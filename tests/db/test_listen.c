/* LISTEN: what is said is heard, and a loss is told of. */
#include "harness.h"

#include <stdio.h>
#include <string.h>

static char said[256];
static int began;

static void on_heard(void *arg, const char *payload)
{
	size_t used = strlen(said);

	if (!payload)
		began++;
	else
		snprintf(said + used, sizeof(said) - used, "%s:%s;",
			 (const char *)arg, payload);
}

static void until_began(int count)
{
	for (int i = 0; i < 1000 && began < count; i++)
		loop_turn();
	assert_int_equal(began, count);
	assert_true(db_is_listening(house.db));
}

/* A busy machine may take its time to say it. */
static void until_said(const char *all)
{
	for (int i = 0; i < 1000 && strlen(said) < strlen(all); i++)
		loop_turn();
	assert_string_equal(said, all);
}

static void test_listen(void **state)
{
	static char one[] = "one", two[] = "two";

	(void)state;
	said[0] = '\0';
	began = 0;
	assert_false(db_is_listening(house.db));
	db_listen(house.db, "change", on_heard, one);
	until_began(1);
	asked(DB_WRITE, T_NOTIFY, "change", "a");
	until_said("one:a;");

	db_listen(house.db, "job", on_heard, two);	/* on a live one */
	until_began(2);
	asked(DB_WRITE, T_NOTIFY, "job", "b");
	asked(DB_WRITE, T_NOTIFY, "change", "c");
	until_said("one:a;two:b;one:c;");

	side_do("select pg_terminate_backend(pid) from pg_stat_activity "
		"where application_name = 'duikou-server' "
		"and query like 'listen%'");
	until_began(4);
	asked(DB_WRITE, T_NOTIFY, "job", "d");
	asked(DB_WRITE, T_NOTIFY, "change", "e");
	until_said("one:a;two:b;one:c;two:d;one:e;");
}

int run_listen_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_listen, house_open,
						house_close),
	};

	return cmocka_run_group_tests_name("listen", tests, NULL, NULL);
}
