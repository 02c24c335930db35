/* test_idempotency.c - what may be an Idempotency-Key. */
#include "flow/idempotency.h"

#include <string.h>

#include "unit.h"

enum { TEXT_BYTES = 600 };

static const char *key_of(const char *value)
{
	static char key[TEXT_BYTES];

	return idempotency_parse(value, strlen(value), key) ? key : NULL;
}

static void keys(void **state)
{
	(void)state;
	assert_string_equal(key_of("a"), "a");
	assert_string_equal(key_of("8e03978e-40d5"), "8e03978e-40d5");
	assert_string_equal(key_of("\"a b\""), "a b");
	assert_string_equal(key_of("\"a\\\"\\\\\""), "a\"\\");
	assert_string_equal(key_of("a\"b\\"), "a\"b\\");
}

static void others(void **state)
{
	static const char *const values[] = {
		"", "\"\"", "a b", "\"a\"b\"", "\"a\\\"", "\"a\\b\"", "\x7f",
		"\x80", "a\tb", "\"a\tb\"",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(values); i++)
		assert_null(key_of(values[i]));
}

static void length(void **state)
{
	char value[TEXT_BYTES];

	(void)state;
	memset(value, 'k', sizeof(value));
	value[255] = '\0';
	assert_string_equal(key_of(value), value);
	value[255] = 'k';
	value[256] = '\0';
	assert_null(key_of(value));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys),
		cmocka_unit_test(others),
		cmocka_unit_test(length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
