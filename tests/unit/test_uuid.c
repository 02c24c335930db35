/* Identifiers: version, order by time, forms. */
#include "unit.h"

#include "base/clock.h"
#include "base/uuid.h"

static void test_new(void **state)
{
	int64_t before = clock_wall_ms(), after, made = 0;
	struct uuid id = uuid_new();

	(void)state;
	after = clock_wall_ms();
	for (int i = 0; i < 6; i++)
		made = made << 8 | id.bytes[i];
	assert_true(made >= before && made <= after);
	assert_int_equal(id.bytes[6] >> 4, 7);
	assert_int_equal(id.bytes[8] >> 6, 2);
}

/* More than the pool of randomness holds; none comes twice. */
static void test_no_id_twice(void **state)
{
	enum { MANY = 500 };
	struct uuid ids[MANY];

	(void)state;
	for (int i = 0; i < MANY; i++)
		ids[i] = uuid_new();
	for (int i = 0; i < MANY; i++)
		for (int k = 0; k < i; k++)
			assert_false(uuid_same(&ids[i], &ids[k]));
}

/* A later millisecond sorts later, as bytes and as text. */
static void test_order_by_time(void **state)
{
	static const int64_t times[] = { 0, 1, 255, 256, 65536, 1764000000000,
					 1764000000001, 0xFFFFFFFFFFFF };
	uint8_t high[10], low[10] = { 0 };
	char one[UUID_TEXT_BYTES], two[UUID_TEXT_BYTES];

	(void)state;
	memset(high, 0xFF, sizeof(high));
	for (size_t i = 1; i < COUNT_OF(times); i++) {
		struct uuid a = uuid_from_parts(times[i - 1], high);
		struct uuid b = uuid_from_parts(times[i], low);

		uuid_text(&a, one);
		uuid_text(&b, two);
		assert_true(memcmp(a.bytes, b.bytes, 16) < 0);
		assert_true(strcmp(one, two) < 0);
	}
}

static void test_forms(void **state)
{
	static const char *const bad[] = {
		"", "0190a000-0000-7000-8000-00000000000",
		"0190a000-0000-7000-8000-0000000000011",
		"0190a000-0000-7000-8000-00000000000g",
		"0190a00000007000800000000000000100000",
		"0190a000-0000-7000-80000-000000000001",
		"{190a000-0000-7000-8000-00000000000}",
		" 190a000-0000-7000-8000-000000000001",
		"0190a000_0000-7000-8000-000000000001",
		"0190a0000-000-7000-8000-000000000001",
	};
	char text[UUID_TEXT_BYTES];
	struct uuid id, other;

	(void)state;
	assert_true(uuid_parse("0190A000-0000-7000-8000-0000000000Ab", &id));
	uuid_text(&id, text);
	assert_string_equal(text, "0190a000-0000-7000-8000-0000000000ab");
	assert_false(uuid_is_nil(&id));
	other = id;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(uuid_parse(bad[i], &id));
	assert_true(uuid_same(&id, &other));
	assert_true(uuid_parse("00000000-0000-0000-0000-000000000000", &id));
	assert_true(uuid_is_nil(&id));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_new),
		cmocka_unit_test(test_no_id_twice),
		cmocka_unit_test(test_order_by_time),
		cmocka_unit_test(test_forms),
	};

	return cmocka_run_group_tests_name("uuid", tests, NULL, NULL);
}
