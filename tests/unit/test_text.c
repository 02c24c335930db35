/* Small questions about text; UTF-8 against the table of RFC 3629. */
#include "unit.h"

#include "base/text.h"

static void test_utf8(void **state)
{
	static const char *const good[] = {
		"", "a", "\x7f", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80",
		"\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF",
		"\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "对口就业",
	};
	static const char *const bad[] = {
		"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2 ",
		"\xC2\xC2", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xE0\xA0",
		"\xED\xA0\x80", "\xED\xBF\xBF", "\xE1\x80\xC0",
		"\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
		"\xF5\x80\x80\x80", "\xF1\x80\x80", "\xFE", "\xFF", "a\xFF",
		"对\xE5",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++)
		assert_true(text_is_utf8(good[i], strlen(good[i])));
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(text_is_utf8(bad[i], strlen(bad[i])));
	assert_false(text_is_utf8("a\0b", 3));
}

/* Every text of two bytes, and of three behind each lead, by the numbers. */
static void test_utf8_by_the_numbers(void **state)
{
	long two = 0, three = 0;

	(void)state;
	for (int n = 0; n < 1 << 24; n++) {
		const char text[] = { (char)(n >> 16), (char)(n >> 8),
				      (char)n };

		if (n >> 20 == 0xE)
			three += text_is_utf8(text, 3);
		if (n < 1 << 16 && n >> 13 == 6)
			two += text_is_utf8(text + 1, 2);
	}
	assert_int_equal(two, 0x800 - 0x80);
	assert_int_equal(three, 0x10000 - 0x800 - 0x800);
}

static void test_scalars(void **state)
{
	(void)state;
	assert_int_equal(text_scalars("", 0), 0);
	assert_int_equal(text_scalars("abc", 3), 3);
	assert_int_equal(text_scalars("对口", 6), 2);
	assert_int_equal(text_scalars("\xF0\x9F\x90\xBC!", 5), 2);
}

static void test_numbers(void **state)
{
	static const struct { const char *text; int64_t value; } good[] = {
		{ "0", 0 }, { "-0", 0 }, { "007", 7 }, { "-12", -12 },
		{ "9223372036854775807", INT64_MAX },
		{ "-9223372036854775808", INT64_MIN },
	};
	static const char *const bad[] = {
		"", "-", "+1", " 1", "1 ", "1.0", "0x1", "1e3", "--1", "１",
		"9223372036854775808", "-9223372036854775809",
		"99999999999999999999",
	};
	int64_t value;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		assert_true(text_to_int(good[i].text, &value));
		assert_true(value == good[i].value);
	}
	value = 42;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		assert_false(text_to_int(bad[i], &value));
		assert_int_equal(value, 42);
	}
}

static void test_digits(void **state)
{
	(void)state;
	assert_true(text_is_digits("0123456789"));
	assert_false(text_is_digits(""));
	assert_false(text_is_digits("12a"));
	assert_false(text_is_digits("-1"));
}

static void test_hex(void **state)
{
	static const unsigned char bytes[] = { 0x00, 0xAB, 0x7F, 0xFF };
	unsigned char back[4];
	char text[9];

	(void)state;
	text_hex(bytes, sizeof(bytes), text);
	assert_string_equal(text, "00ab7fff");
	assert_true(text_unhex("00AB7fFf", back, sizeof(back)));
	assert_memory_equal(back, bytes, sizeof(bytes));
	assert_false(text_unhex("00ab7ff", back, sizeof(back)));
	assert_false(text_unhex("00ab7fff0", back, sizeof(back)));
	assert_false(text_unhex("00ab7fg0", back, sizeof(back)));
	assert_false(text_unhex("", back, 1));
	assert_true(text_unhex("", back, 0));
}

static void test_same_and_starts(void **state)
{
	(void)state;
	assert_true(text_same("a", "a"));
	assert_false(text_same("a", "A"));
	assert_true(text_starts("prefix", "pre"));
	assert_true(text_starts("x", ""));
	assert_false(text_starts("pr", "pre"));
}

static void test_put(void **state)
{
	static const struct { uint64_t number; const char *text; } counts[] = {
		{ 0, "0" }, { 9, "9" }, { 10, "10" },
		{ 1234567890, "1234567890" },
		{ UINT64_MAX, "18446744073709551615" },
	};
	char out[40];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(counts); i++) {
		char *end = text_put_count(out, counts[i].number);

		assert_string_equal(out, counts[i].text);
		assert_ptr_equal(end, out + strlen(counts[i].text));
	}
	assert_ptr_equal(text_put(text_put(out, "ab"), ""), out + 2);
	assert_string_equal(out, "ab");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_utf8_by_the_numbers),
		cmocka_unit_test(test_scalars),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_digits),
		cmocka_unit_test(test_hex),
		cmocka_unit_test(test_same_and_starts),
		cmocka_unit_test(test_put),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
