/* test_trace.c - what is a traceparent, and what is none. */
#include "flow/trace.h"

#include <string.h>

#include "unit.h"

#define TRACE "4bf92f3577b34da6a3ce929d0e0e4736"
#define PARENT "00f067aa0ba902b7"

static const char *trace(const char *value)
{
	static char out[TRACE_ID_BYTES];

	return trace_parse(value, strlen(value), out) ? out : NULL;
}

static void sound(void **state)
{
	static const char *const values[] = {
		"00-" TRACE "-" PARENT "-01", "00-" TRACE "-" PARENT "-00",
		"00-" TRACE "-" PARENT "-ff", "01-" TRACE "-" PARENT "-01",
		"cc-" TRACE "-" PARENT "-01-what-comes-later",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(values); i++)
		assert_string_equal(trace(values[i]), TRACE);
}

static void unsound(void **state)
{
	static const char *const values[] = {
		"", "00", "00-" TRACE "-" PARENT, "00-" TRACE "-" PARENT "-0",
		"00-" TRACE "-" PARENT "-01-more",
		"00-" TRACE "-" PARENT "-011", "cc-" TRACE "-" PARENT "-01.x",
		"ff-" TRACE "-" PARENT "-01", "0g-" TRACE "-" PARENT "-01",
		"00_" TRACE "-" PARENT "-01", "00-" TRACE "_" PARENT "-01",
		"00-00000000000000000000000000000000-" PARENT "-01",
		"00-" TRACE "-0000000000000000-01",
		"00-4BF92F3577B34DA6A3CE929D0E0E4736-" PARENT "-01",
		"00-" TRACE "-" PARENT "-0x",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(values); i++)
		assert_null(trace(values[i]));
}

static void made(void **state)
{
	struct uuid id;
	char out[TRACE_ID_BYTES];

	(void)state;
	assert_true(uuid_parse("018f0000-0000-7000-8000-0000000000ab", &id));
	trace_of(NULL, &id, out);
	assert_string_equal(out, "018f0000000070008000" "0000000000ab");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sound),
		cmocka_unit_test(unsound),
		cmocka_unit_test(made),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
