/* test_share.c - shares, and their intervals against published values. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "records/share.h"

static void test_halves_go_up(void **state)
{
	(void)state;
	assert_int_equal(share_of(0, 0), -1);
	assert_int_equal(share_of(2, 3), 6667);
	assert_int_equal(share_of(1, 3), 3333);
	assert_int_equal(share_of(1, 20000), 1);
	assert_int_equal(share_of(1, 20001), 0);
	assert_int_equal(share_of(7, 7), 10000);
	assert_int_equal(share_of(3, 2), 15000);
}

/* Newcombe (1998), Statistics in Medicine 17, table I, method 3: 81 of 263 is
 * 0.2553 to 0.3662, 15 of 148 0.0624 to 0.1605, 0 of 20 0 to 0.1611, 1 of 29
 * 0.0061 to 0.1718. Rounded outwards here. */
static void test_published_intervals(void **state)
{
	static const struct {
		int64_t k, n, low, high;
	} cases[] = {
		{ 81, 263, 2553, 3662 }, { 15, 148, 624, 1605 },
		{ 0, 20, 0, 1611 }, { 1, 29, 61, 1718 },
	};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct share_interval ends = share_interval(cases[i].k,
							  cases[i].n);

		assert_in_range(ends.low, cases[i].low ? cases[i].low - 1 : 0,
				cases[i].low);
		assert_in_range(ends.high, cases[i].high, cases[i].high + 1);
	}
}

static void test_ends(void **state)
{
	const int64_t most = INT64_C(100000000000000);
	struct share_interval all = share_interval(most, most),
			     half = share_interval(most / 2, most);

	(void)state;
	assert_int_equal(share_interval(0, 1).low, 0);
	assert_int_equal(share_interval(1, 1).high, 10000);
	assert_in_range(all.low, 9999, 10000);
	assert_int_equal(all.high, 10000);
	assert_int_equal(half.low, 4999);
	assert_int_equal(half.high, 5001);
}

/* The rate lies within, and k of n mirrors n - k of n. */
static void test_every_small_share(void **state)
{
	(void)state;
	for (int64_t n = 1; n <= 200; n++)
		for (int64_t k = 0; k <= n; k++) {
			struct share_interval a = share_interval(k, n),
					     b = share_interval(n - k, n);

			assert_in_range(share_of(k, n), a.low, a.high);
			assert_int_equal(a.low, 10000 - b.high);
			assert_true(a.low >= 0 && a.high <= 10000);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_halves_go_up),
		cmocka_unit_test(test_published_intervals),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_every_small_share),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
