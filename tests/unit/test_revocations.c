/* test_revocations.c - each is heard once, and whoever missed too many is told
 * so. */
#include "flow/revocations.h"

#include "unit.h"

static void heard_once_in_order(void **state)
{
	struct revocations *r = revocations_open();
	struct uuid ids[REVOCATIONS_KEPT];
	struct uuid first = uuid_new(), next = uuid_new();
	uint64_t heard = revocations_count(r);
	int count;

	(void)state;
	assert_true(revocations_since(r, &heard, ids, &count));
	assert_int_equal(count, 0);
	revocations_add(r, &first);
	revocations_add(r, &next);
	assert_true(revocations_count(r) != heard);
	assert_true(revocations_since(r, &heard, ids, &count));
	assert_int_equal(count, 2);
	assert_true(uuid_same(&ids[0], &first));
	assert_true(uuid_same(&ids[1], &next));
	assert_true(revocations_since(r, &heard, ids, &count));
	assert_int_equal(count, 0);
	assert_true(revocations_count(r) == heard);
	revocations_close(r);
}

static void missed_too_many(void **state)
{
	struct revocations *r = revocations_open();
	struct uuid ids[REVOCATIONS_KEPT], last;
	uint64_t just = 0, late = 0;
	int count;

	(void)state;
	for (int i = 0; i < REVOCATIONS_KEPT; i++) {
		last = uuid_new();
		revocations_add(r, &last);
	}
	assert_true(revocations_since(r, &just, ids, &count));
	assert_int_equal(count, REVOCATIONS_KEPT);
	assert_true(uuid_same(&ids[count - 1], &last));
	revocations_add(r, &last);
	assert_false(revocations_since(r, &late, ids, &count));
	assert_int_equal(count, 0);
	assert_int_equal(late, REVOCATIONS_KEPT + 1);
	assert_true(revocations_since(r, &just, ids, &count));
	assert_int_equal(count, 1);
	revocations_close(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(heard_once_in_order),
		cmocka_unit_test(missed_too_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
