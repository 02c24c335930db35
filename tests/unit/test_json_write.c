/* What the writer writes, byte for byte, and that jansson reads it back. */
#include "unit.h"

#include "base/buf.h"
#include "wire/json_write.h"

static struct buf out;
static struct json_writer w;

static void expect(const char *json)
{
	buf_byte(&out, '\0');
	assert_string_equal(out.at, json);
	assert_int_equal(w.depth, 0);
	buf_clear(&out);
	json_begin(&w, &out);
}

static void test_commas(void **state)
{
	(void)state;
	json_object(&w);
	json_member_text(&w, "a", "x");
	json_member_text(&w, "b", NULL);
	json_key(&w, "c");
	json_array(&w);
	json_int(&w, 1);
	json_object(&w);
	json_end(&w);
	json_array(&w);
	json_end(&w);
	json_end(&w);
	json_member_bool(&w, "d", true);
	json_member_null(&w, "e");
	json_end(&w);
	expect("{\"a\":\"x\",\"b\":null,\"c\":[1,{},[]],"
	       "\"d\":true,\"e\":null}");
}

static void test_text(void **state)
{
	static const struct { const char *text, *json; } cases[] = {
		{ "", "\"\"" },
		{ "plain", "\"plain\"" },
		{ "\"", "\"\\\"\"" },
		{ "a\"b\\c/d", "\"a\\\"b\\\\c/d\"" },
		{ "\b\t\n\f\r", "\"\\b\\t\\n\\f\\r\"" },
		{ "\x01\x1f\x7f", "\"\\u0001\\u001f\\u007f\"" },
		{ "对口\n就业", "\"对口\\n就业\"" },
		{ "\xF0\x9F\x90\xBC", "\"\xF0\x9F\x90\xBC\"" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		json_text(&w, cases[i].text);
		expect(cases[i].json);
	}
	json_text_bytes(&w, "cut off", 3);
	expect("\"cut\"");
}

/* All that fits grows the buffer in the middle of a text, too. */
static void test_long_text(void **state)
{
	char text[3000];

	(void)state;
	memset(text, '\x01', sizeof(text));
	json_text_bytes(&w, text, sizeof(text));
	assert_int_equal(out.used, 6 * sizeof(text) + 2);
	assert_memory_equal(out.at + out.used - 7, "\\u0001\"", 7);
	buf_clear(&out);
	json_begin(&w, &out);
}

static void test_numbers(void **state)
{
	static const struct { int64_t value; const char *json; } cases[] = {
		{ 0, "0" }, { 7, "7" }, { -7, "-7" }, { 10, "10" },
		{ INT64_MAX, "9223372036854775807" },
		{ INT64_MIN, "-9223372036854775808" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		json_int(&w, cases[i].value);
		expect(cases[i].json);
	}
}

static void test_times(void **state)
{
	static const struct { const char *time, *json; } cases[] = {
		{ "", "null" },
		{ "2026-11-23 20:48:00+00", "\"2026-11-23T20:48:00Z\"" },
		{ "2026-11-23 20:48:00.1+00", "\"2026-11-23T20:48:00.1Z\"" },
		{ "2026-11-23 20:48:00+08", "\"2026-11-23T20:48:00+08:00\"" },
		{ "2026-11-23 20:48:00.123456-03:30",
		  "\"2026-11-23T20:48:00.123456-03:30\"" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		json_time(&w, cases[i].time);
		expect(cases[i].json);
	}
}

static void test_arrays(void **state)
{
	static const struct { const char *literal, *json; } cases[] = {
		{ "", "null" },
		{ "{}", "[]" },
		{ "{a}", "[\"a\"]" },
		{ "{a,\"b c\",NULL,\"NULL\"}",
		  "[\"a\",\"b c\",null,\"NULL\"]" },
		{ "{\"\",\"a\\\"b\\\\c\",\"x,y}\"}",
		  "[\"\",\"a\\\"b\\\\c\",\"x,y}\"]" },
		{ "{\"a\nb\",对口}", "[\"a\\nb\",\"对口\"]" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		json_text_array(&w, cases[i].literal);
		expect(cases[i].json);
	}
}

static void test_ids(void **state)
{
	struct uuid id = { { 0 } };

	(void)state;
	json_object(&w);
	json_member_uuid(&w, "none", &id);
	memset(&id, 0xAB, sizeof(id));
	json_member_uuid(&w, "id", &id);
	json_member_int(&w, "n", -1);
	json_member_time(&w, "at", "");
	json_key(&w, "raw");
	json_raw(&w, "[1]", 3);
	json_end(&w);
	expect("{\"none\":null,"
	       "\"id\":\"abababab-abab-abab-abab-abababababab\","
	       "\"n\":-1,\"at\":null,\"raw\":[1]}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_commas),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_long_text),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_arrays),
		cmocka_unit_test(test_ids),
	};
	int failed;

	json_begin(&w, &out);
	failed = cmocka_run_group_tests_name("json_write", tests, NULL, NULL);
	buf_close(&out);
	return failed;
}
