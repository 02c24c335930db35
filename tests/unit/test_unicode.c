/* Text as people type it; the short cut of unicode_nfc held to utf8proc. */
#include "unit.h"

#include <utf8proc.h>

#include "base/text.h"
#include "wire/unicode.h"

static void test_nfc(void **state)
{
	static const struct { const char *in, *out; } cases[] = {
		{ "", "" },
		{ "plain 对口，（就业）Ａ", "plain 对口，（就业）Ａ" },
		{ "e\xCC\x81", "é" },
		{ "é", "é" },
		{ "\xE2\x84\xAB", "\xC3\x85" },		/* angstrom sign */
		{ "\xEF\xA4\x80", "\xE8\xB1\x88" },	/* U+F900 */
		{ "a\xCC\x95\xCC\x80", "à\xCC\x95" },	/* reordered */
		{ "\xE1\x84\x80\xE1\x85\xA1", "가" },
		{ "\xF0\xA0\xAE\xB7", "\xF0\xA0\xAE\xB7" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_string_equal(unicode_nfc(*state, cases[i].in),
				    cases[i].out);
}

/*
 * Every scalar after a letter: the answer is that of utf8proc's own NFC.
 */
static void test_all_scalars(void **state)
{
	struct arena *mem = *state;

	for (utf8proc_int32_t c = 1; c <= 0x10FFFF; c++) {
		utf8proc_uint8_t text[8] = "a", *whole;
		utf8proc_ssize_t bytes;
		const char *nfc;

		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		bytes = utf8proc_encode_char(c, text + 1);
		text[1 + bytes] = '\0';
		whole = utf8proc_NFC(text);
		nfc = unicode_nfc(mem, (char *)text);
		if (!text_same(nfc, (char *)whole))
			fail_msg("U+%04X", (unsigned)c);
		free(whole);
		if (c % 4096 == 0)
			arena_reset(mem);
	}
}

static void test_code(void **state)
{
	static const struct { const char *in, *out; } cases[] = {
		{ "", "" },
		{ "  ", "" },
		{ " ab ", "ab" },
		{ "\xC2\xA0\xE3\x80\x80x\xE2\x80\x8B\xEF\xBB\xBF", "x" },
		{ "９１１１０１０８５５１３８５０８２Ｑ",
		  "91110108551385082Q" },
		{ "ａ－ｚ　～！", "a-z ~!" },
		{ "对O0", "对O0" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_string_equal(unicode_code(*state, cases[i].in),
				    cases[i].out);
}

static void test_upper(void **state)
{
	char text[] = "az AZ 09 é";

	(void)state;
	unicode_upper_ascii(text);
	assert_string_equal(text, "AZ AZ 09 é");
}

static void test_trim(void **state)
{
	static const struct { const char *in, *out; } cases[] = {
		{ "", "" }, { "a", "a" }, { " a b ", "a b" }, { "\n", "" },
		{ "　对 口\t", "对 口" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_string_equal(unicode_trim(*state, cases[i].in),
				    cases[i].out);
		assert_int_equal(unicode_is_trimmed(cases[i].in),
				 text_same(cases[i].in, cases[i].out));
	}
}

static void test_control(void **state)
{
	(void)state;
	assert_false(unicode_has_control("a\tb\nc 对 \xC2\xA0"));
	assert_true(unicode_has_control("a\r"));
	assert_true(unicode_has_control("\x7f"));
	assert_true(unicode_has_control("\xC2\x80"));
	assert_true(unicode_has_control("\xC2\x9F"));
	assert_true(unicode_has_control("\x1b[0m"));
}

static void test_newlines(void **state)
{
	const char *text = "no change\r";

	assert_ptr_equal(unicode_newlines(*state, text), text);
	assert_string_equal(unicode_newlines(*state, "\r\na\r\n\r\nb\r"),
			    "\na\n\nb\r");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ARENA(test_nfc),	  WITH_ARENA(test_all_scalars),
		WITH_ARENA(test_code),	  WITH_ARENA(test_upper),
		WITH_ARENA(test_trim),	  WITH_ARENA(test_control),
		WITH_ARENA(test_newlines),
	};

	return cmocka_run_group_tests_name("unicode", tests, NULL, NULL);
}
