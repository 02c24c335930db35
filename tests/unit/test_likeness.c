/* How alike texts are: in whole numbers, whatever their width and script. */
#include "base/arena.h"
#include "records/likeness.h"
#include "unit.h"
#include "wire/fold.h"

static int alike(const char *a, const char *b)
{
	struct arena *mem = arena_open();
	struct likeness one = likeness_of(mem, a), other = likeness_of(mem, b);
	int mille = likeness_mille(&one, &other);

	assert_int_equal(likeness_mille(&other, &one), mille);
	arena_close(mem);
	return mille;
}

static void test_shares(void **state)
{
	(void)state;
	assert_int_equal(alike("abcd", "abcd"), 1000);
	assert_int_equal(alike("abcd", "abce"), 666);	/* 2 of 3 and 3 */
	assert_int_equal(alike("abcd", "wxyz"), 0);
	assert_int_equal(alike("aaaa", "aa"), 500);	/* 1 of 3 and 1 */
	assert_int_equal(alike("abab", "baba"), 666);
	assert_int_equal(alike("abcd", ""), 0);
	assert_int_equal(alike("", ""), 1000);
	assert_int_equal(alike("a", "b"), 0);
	assert_int_equal(alike("a", "A"), 1000);
	assert_int_equal(alike("a", "aa"), 0);
}

static void test_what_does_not_count(void **state)
{
	(void)state;
	assert_int_equal(alike("ab cd", "AB-CD!"), 1000);
	assert_int_equal(alike("ＰＬＣ編程", "plc 编程。"), 1000);
	assert_int_equal(alike("数控、车床", "数控\n车床"), 1000);
	assert_int_equal(alike("数控车床", "数控铣床"), 333);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shares),
		cmocka_unit_test(test_what_does_not_count),
	};

	return fold_open() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
