/* test_details.c - faults' words known again, and said in Chinese. */
#include "flow/details.h"

#include <string.h>

#include "unit.h"

static const struct {
	const char *english, *chinese;
} rows[] = {
#define DETAIL(english, chinese) { english, chinese },
#include "flow/details.def"
#undef DETAIL
};

/* The pattern with a word for each argument. */
static void fill(const char *pattern, char *out)
{
	static const char *const words[] = { "draft", "of%1", "图 b" };

	for (; *pattern; pattern++) {
		if (*pattern == '%') {
			const char *word = words[*++pattern - '1'];

			memcpy(out, word, strlen(word));
			out += strlen(word);
		} else {
			*out++ = *pattern;
		}
	}
	*out = '\0';
}

/* Also: no row hides one that comes later. */
static void every_row(void **state)
{
	char english[DETAIL_CHINESE_BYTES], chinese[DETAIL_CHINESE_BYTES];
	char said[DETAIL_CHINESE_BYTES];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		assert_true(strlen(rows[i].chinese) < FAULT_DETAIL_BYTES);
		fill(rows[i].english, english);
		fill(rows[i].chinese, chinese);
		assert_true(detail_in_chinese(english, said));
		assert_string_equal(said, chinese);
	}
}

static void what_does_not_fit(void **state)
{
	static const char *const others[] = {
		"", "role ", "no such rounds", "no such roun",
		"x no such round",
		"the round is , not open", "the round is draft, not ",
		"the posting is draft, not published yet", "line 1: x",
	};
	char said[DETAIL_CHINESE_BYTES] = "kept";

	(void)state;
	for (size_t i = 0; i < COUNT_OF(others); i++) {
		assert_false(detail_in_chinese(others[i], said));
		assert_string_equal(said, "kept");
	}
}

/* A fault's detail is cut at FAULT_DETAIL_BYTES: the longest has room. */
static void the_longest(void **state)
{
	char english[FAULT_DETAIL_BYTES], said[DETAIL_CHINESE_BYTES];

	(void)state;
	memset(english, 'x', sizeof(english));
	memcpy(english, "line 1, column 2: ", 18);
	english[FAULT_DETAIL_BYTES - 1] = '\0';
	assert_true(detail_in_chinese(english, said));
	assert_null(strstr(said, "line"));
	assert_non_null(strstr(said, english + 18));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row),
		cmocka_unit_test(what_does_not_fit),
		cmocka_unit_test(the_longest),
	};

	return cmocka_run_group_tests_name("details", tests, NULL, NULL);
}
