/* What json_read lets in: the bounds exactly, and nothing jansson is lax on. */
#include "unit.h"

#include "base/buf.h"
#include "base/text.h"
#include "wire/json.h"

static bool reads(struct arena *mem, const char *json, const char **why)
{
	json_t *tree;

	*why = NULL;
	return json_read(mem, json, strlen(json), &tree, why);
}

static void test_good(void **state)
{
	static const char *const texts[] = {
		"{}", "[]", "null", "\"x\"", "-0", " { \"a\" : [ 1 , 2 ] } ",
		"\"\\uD83D\\uDC3C\"", "[9223372036854775807]",
		"[-9223372036854775808]", "{\"a\\\"{[\":\"]}\"}", "[1.5e3]",
	};
	const char *why;

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		assert_true(reads(*state, texts[i], &why));
}

static void test_bad(void **state)
{
	static const char *const texts[] = {
		"", " ", "{", "]", "{]", "{\"a\":1,\"a\":2}", "[1,]",
		"{\"a\":}", "{a:1}", "'a'", "[1] x", "[01]", "[+1]", "[.5]",
		"[NaN]", "[Infinity]", "\"\\u0000\"", "\"\\uD83D\"",
		"\"\xff\"", "\"\xc0\xaf\"", "\"\xed\xa0\x80\"", "\"a\nb\"",
		"[9223372036854775808]", "[1e400]", "[1]//", "\xEF\xBB\xBF{}",
		"tru", "\"a", "\"a\\", ":::", "]]]][[[[",
		"\"\\u030\317\243\212\304\"",
	};
	const char *why;

	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		assert_false(reads(*state, texts[i], &why));
		assert_true(why && *why && text_is_utf8(why, strlen(why)));
	}
}

static void test_nul(void **state)
{
	json_t *tree;
	const char *why;

	assert_false(json_read(*state, "[1\0]", 4, &tree, &why));
	assert_false(json_read(*state, "[1]\0", 4, &tree, &why));
	assert_false(json_read(*state, "\"a\0\"", 4, &tree, &why));
}

static void test_depth(void **state)
{
	char text[64];
	const char *why;

	for (size_t depth = 15; depth <= 17; depth++) {
		memset(text, '[', depth);
		memset(text + depth, ']', depth);
		text[2 * depth] = '\0';
		assert_int_equal(reads(*state, text, &why), depth <= 16);
	}
	assert_string_equal(why, "is nested deeper than 16");
}

/* `count` items, each `item`, in an array. */
static bool reads_many(struct arena *mem, const char *item, int count)
{
	struct buf b = { 0 };
	const char *why;
	bool is_good;

	buf_byte(&b, '[');
	for (int i = 0; i < count; i++)
		buf_print(&b, "%s%s", i ? "," : "", item);
	buf_bytes(&b, "]", 2);
	is_good = reads(mem, b.at, &why);
	buf_close(&b);
	return is_good;
}

static void test_values(void **state)
{
	assert_true(reads_many(*state, "1", 9999));
	assert_false(reads_many(*state, "1", 10000));
	assert_true(reads_many(*state, "{}", 9999));
	assert_false(reads_many(*state, "{}", 10000));
	assert_true(reads_many(*state, "\"a:,{\"", 9999));
	assert_true(reads_many(*state, "{\"a\":\"b\"}", 4999));
	assert_false(reads_many(*state, "{\"a\":\"b\"}", 5000));
	assert_true(reads_many(*state, " true ", 9999));
	assert_false(reads_many(*state, " -1.5e3 ", 10000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ARENA(test_good),  WITH_ARENA(test_bad),
		WITH_ARENA(test_nul),   WITH_ARENA(test_depth),
		WITH_ARENA(test_values),
	};

	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
