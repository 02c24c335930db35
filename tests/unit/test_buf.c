/* Bytes that grow and stay. */
#include "unit.h"

#include "base/buf.h"

static void test_grow(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_bytes(&b, NULL, 0);
	assert_int_equal(b.used, 0);
	for (int i = 0; i < 100000; i++)
		buf_byte(&b, (char)('a' + i % 26));
	assert_int_equal(b.used, 100000);
	for (int i = 0; i < 100000; i++)
		assert_int_equal(b.at[i], 'a' + i % 26);
	buf_close(&b);
	assert_null(b.at);
	assert_int_equal(b.room, 0);
}

static void test_warm(void **state)
{
	struct buf b = { 0 };
	char *at;

	(void)state;
	buf_text(&b, "first");
	at = b.at;
	buf_clear(&b);
	buf_text(&b, "second");
	assert_ptr_equal(b.at, at);
	assert_int_equal(b.used, 6);
	assert_memory_equal(b.at, "second", 6);
	buf_close(&b);
}

static void test_print(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_print(&b, "%s", "");
	assert_int_equal(b.used, 0);
	for (int i = 0; i < 200; i++)
		buf_print(&b, "%d,", i);
	assert_memory_equal(b.at, "0,1,2,3,", 8);
	assert_memory_equal(b.at + b.used - 4, "199,", 4);
	buf_print(&b, "%02000d", 0);
	assert_memory_equal(b.at + b.used - 2000, "0000", 4);
	buf_close(&b);
}

static void test_room(void **state)
{
	struct buf b = { 0 };
	char *to = buf_room(&b, 3);

	(void)state;
	memcpy(to, "abc", 3);
	b.used += 3;
	buf_room(&b, 10000);
	assert_memory_equal(b.at, "abc", 3);
	assert_true(b.room - b.used >= 10000);
	buf_close(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_grow),
		cmocka_unit_test(test_warm),
		cmocka_unit_test(test_print),
		cmocka_unit_test(test_room),
	};

	return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
