/* What is retired lives exactly as long as somebody may hold it. */
#include "checks.h"

#include "matcher/epoch.h"

static int dropped;

static void count_drop(void *what)
{
	dropped += *(int *)what;
}

static void test_readers_hold(void **state)
{
	struct match_epochs *epochs = match_epochs_new();
	int one = 1, ten = 10;

	(void)state;
	dropped = 0;
	assert_non_null(epochs);
	match_epochs_enter(epochs, 0);
	match_epochs_retire(epochs, &one, count_drop);
	assert_int_equal(match_epochs_collect(epochs), 1);
	match_epochs_enter(epochs, 63);
	match_epochs_retire(epochs, &ten, count_drop);
	match_epochs_leave(epochs, 0);
	/* Who came in after the first was retired does not hold it. */
	assert_int_equal(match_epochs_collect(epochs), 1);
	assert_int_equal(dropped, 1);
	match_epochs_leave(epochs, 63);
	assert_int_equal(match_epochs_collect(epochs), 0);
	assert_int_equal(dropped, 11);
	match_epochs_free(epochs);
}

static void test_nobody_inside(void **state)
{
	struct match_epochs *epochs = match_epochs_new();
	int one = 1;

	(void)state;
	dropped = 0;
	for (int i = 0; i < 100; i++)
		match_epochs_retire(epochs, &one, count_drop);
	assert_int_equal(dropped, 0);
	match_epochs_free(epochs);
	assert_int_equal(dropped, 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_readers_hold),
		cmocka_unit_test(test_nobody_inside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
