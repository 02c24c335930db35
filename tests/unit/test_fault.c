/* The table of failures: whole, of known status, each code once. */
#include "unit.h"

#include "base/fault.h"
#include "base/text.h"

static void test_rows(void **state)
{
	(void)state;
	for (int k = FAULT_NONE + 1; k < FAULT_KIND_COUNT; k++) {
		const struct fault_row *row = fault_row((enum fault_kind)k);

		assert_in_range(row->status, 400, 504);
		assert_int_equal(strspn(row->code,
					"abcdefghijklmnopqrstuvwxyz-"),
				 strlen(row->code));
		assert_true(row->english[0] && row->chinese[0]);
		assert_true(text_is_utf8(row->chinese, strlen(row->chinese)));
		for (int i = FAULT_NONE + 1; i < k; i++)
			assert_string_not_equal(
				fault_row((enum fault_kind)i)->code,
				row->code);
	}
}

static void test_set(void **state)
{
	struct fault fault;
	char long_text[1000];

	(void)state;
	memset(&fault, 'x', sizeof(fault));
	assert_false(fault_set(&fault, FAULT_CONFLICT, "no %s, %d", "way", 7));
	assert_int_equal(fault.kind, FAULT_CONFLICT);
	assert_string_equal(fault.detail, "no way, 7");
	assert_string_equal(fault.sqlstate, "");
	assert_string_equal(fault.constraint, "");
	memset(long_text, 'y', sizeof(long_text) - 1);
	long_text[sizeof(long_text) - 1] = '\0';
	assert_false(fault_set(&fault, FAULT_BUG, "%s", long_text));
	assert_int_equal(strlen(fault.detail), FAULT_DETAIL_BYTES - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_set),
	};

	return cmocka_run_group_tests_name("fault", tests, NULL, NULL);
}
