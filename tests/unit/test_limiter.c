/* test_limiter.c - tries, and that the table stays bounded. */
#include "flow/limiter.h"

#include <stdio.h>
#include <unistd.h>

#include "unit.h"

static void takes_and_refuses(void **state)
{
	struct limiter *l = limiter_open(60000);
	int wait_s = 0;

	(void)state;
	assert_true(limiter_take(l, "a", 2, &wait_s));
	assert_true(limiter_take(l, "a", 2, &wait_s));
	assert_false(limiter_take(l, "a", 2, &wait_s));
	assert_in_range(wait_s, 59, 60);
	assert_true(limiter_take(l, "b", 2, &wait_s));
	assert_false(limiter_take(l, "a", 2, &wait_s));
	limiter_close(l);
}

static void a_window_ends(void **state)
{
	struct limiter *l = limiter_open(30);
	int wait_s;

	(void)state;
	assert_true(limiter_take(l, "a", 1, &wait_s));
	assert_false(limiter_take(l, "a", 1, &wait_s));
	assert_int_equal(wait_s, 1);
	usleep(40000);
	assert_true(limiter_take(l, "a", 1, &wait_s));
	limiter_close(l);
}

static void many_do_not_grow_it(void **state)
{
	struct limiter *l = limiter_open(60000);
	char who[32];
	int wait_s;

	(void)state;
	for (int i = 0; i < 50000; i++) {
		snprintf(who, sizeof(who), "who %d", i);
		assert_true(limiter_take(l, who, 1, &wait_s));
	}
	assert_false(limiter_take(l, who, 1, &wait_s));
	limiter_close(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_and_refuses),
		cmocka_unit_test(a_window_ends),
		cmocka_unit_test(many_do_not_grow_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
