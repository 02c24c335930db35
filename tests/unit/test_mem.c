/* Memory that is there or the process is not. */
#include "unit.h"

#include "base/mem.h"

static void test_zeroed(void **state)
{
	char *p = mem_zeroed(100, 10);

	(void)state;
	for (int i = 0; i < 1000; i++)
		assert_int_equal(p[i], 0);
	mem_free(p);
	p = mem_zeroed(0, 0);
	assert_non_null(p);
	mem_free(p);
	mem_free(NULL);
}

static void test_resized(void **state)
{
	char *p = mem_resized(NULL, 3, 1);

	(void)state;
	memcpy(p, "abc", 3);
	p = mem_resized(p, 100000, 1);
	assert_memory_equal(p, "abc", 3);
	mem_free(p);
}

static void test_text(void **state)
{
	char *p = mem_text("对口");

	(void)state;
	assert_string_equal(p, "对口");
	mem_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_zeroed),
		cmocka_unit_test(test_resized),
		cmocka_unit_test(test_text),
	};

	return cmocka_run_group_tests_name("mem", tests, NULL, NULL);
}
