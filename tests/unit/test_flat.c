/* Pages taken apart: items, and the cells of an item. */
#include "unit.h"

#include "base/text.h"
#include "wire/flat.h"
#include "wire/json_write.h"

enum { COLUMNS = 8, TEXT_BYTES = 256 };

struct seen {
	struct flat cells[COLUMNS];
	char texts[COLUMNS][TEXT_BYTES];
	size_t count;
};

static void take(void *to, size_t column, const struct flat *cell)
{
	struct seen *seen = to;

	assert_int_equal(column, seen->count++);
	seen->cells[column] = *cell;
	if (cell->kind != FLAT_TEXT)
		return;
	assert_true(strlen(cell->text) < TEXT_BYTES);
	strcpy(seen->texts[column], cell->text);
}

static void flatten(struct seen *seen, const char *const *columns,
		    const char *json)
{
	struct flat_sink sink = { .cell = take, .to = seen };

	*seen = (struct seen){ .count = 0 };
	flat_item(&sink, columns, json, strlen(json));
	buf_close(&sink.scratch);
}

static void expect_items(const char *page, const char *const *wanted)
{
	struct items items;
	const char *at;
	size_t bytes;

	items_open(&items, page, strlen(page));
	for (; *wanted; wanted++) {
		assert_true(items_next(&items, &at, &bytes));
		assert_int_equal(bytes, strlen(*wanted));
		assert_memory_equal(at, *wanted, bytes);
	}
	assert_false(items_next(&items, &at, &bytes));
}

#define ITEMS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void test_items(void **state)
{
	(void)state;
	expect_items("{\"items\":[]}", (const char *const[]){ NULL });
	expect_items("{\"items\":[],\"next\":null}",
		     (const char *const[]){ NULL });
	expect_items("{\"items\":[{\"a\":[1,{}]},{\"b\":2}]}",
		     ITEMS("{\"a\":[1,{}]}", "{\"b\":2}"));
	expect_items("{\"items\":[1,\"]\",null],\"next\":\"x\"}",
		     ITEMS("1", "\"]\"", "null"));
}

static void test_items_behind_others(void **state)
{
	(void)state;
	expect_items("{\"total\":12,\"facets\":{\"items\":[1,2]},"
		     "\"q\":\"\\\"items\\\":[\",\"items\":[{\"a\":3}]}",
		     ITEMS("{\"a\":3}"));
}

static void test_brackets_in_texts(void **state)
{
	(void)state;
	expect_items("{\"items\":[{\"a\":\"]}\\\\\"},"
		     "{\"a\":\"\\\"[{\"}]}",
		     ITEMS("{\"a\":\"]}\\\\\"}", "{\"a\":\"\\\"[{\"}"));
}

static void test_cells(void **state)
{
	static const char *const columns[] = { "t", "i", "b", "n", "none",
					       "o.p", "o.q.r", NULL };
	struct seen seen;

	(void)state;
	flatten(&seen, columns, "{\"t\":\"=1\\n\\u00e9\",\"i\":-5,\"b\":true,"
		"\"n\":null,\"o\":{\"p\":\"\","
		"\"q\":{\"r\":9007199254740993}}}");
	assert_int_equal(seen.count, 7);
	assert_string_equal(seen.texts[0], "=1\né");
	assert_int_equal(seen.cells[1].kind, FLAT_INT);
	assert_int_equal(seen.cells[1].number, -5);
	assert_int_equal(seen.cells[2].kind, FLAT_BOOL);
	assert_int_equal(seen.cells[2].number, 1);
	assert_int_equal(seen.cells[3].kind, FLAT_NONE);
	assert_int_equal(seen.cells[4].kind, FLAT_NONE);
	assert_int_equal(seen.cells[5].kind, FLAT_TEXT);
	assert_string_equal(seen.texts[5], "");
	assert_int_equal(seen.cells[6].number, 9007199254740993);
}

/* Lottery numbers have 64 bits, and no sign. */
static void test_numbers_beyond_int64(void **state)
{
	static const char *const columns[] = { "o.n", "max", "l", "t", "m",
					       NULL };
	struct seen seen;

	(void)state;
	flatten(&seen, columns, "{\"o\":{\"n\":18348109191568241158},"
		"\"max\":18446744073709551615,"
		"\"l\":[9223372036854775808,-2],"
		"\"t\":\"\\\"18446744073709551615\",\"m\":-7}");
	assert_int_equal(seen.count, 5);
	assert_int_equal(seen.cells[0].kind, FLAT_TEXT);
	assert_string_equal(seen.texts[0], "18348109191568241158");
	assert_string_equal(seen.texts[1], "18446744073709551615");
	assert_string_equal(seen.texts[2], "9223372036854775808、-2");
	assert_string_equal(seen.texts[3], "\"18446744073709551615");
	assert_int_equal(seen.cells[4].number, -7);
}

static void test_lists_and_objects(void **state)
{
	static const char *const columns[] = { "a", "b", "c", "d", "e", "e.f",
					       "g", NULL };
	struct seen seen;

	(void)state;
	flatten(&seen, columns, "{\"a\":[\"焊接\",\"CAD\"],"
		"\"b\":[1,true,null],\"c\":[],\"d\":[{\"x\":\"焊\"},2],"
		"\"e\":{\"f\":[3]},\"g\":[[1]]}");
	assert_string_equal(seen.texts[0], "焊接、CAD");
	assert_string_equal(seen.texts[1], "1、true、null");
	assert_string_equal(seen.texts[2], "");
	assert_string_equal(seen.texts[3], "[{\"x\":\"焊\"},2]");
	assert_string_equal(seen.texts[4], "{\"f\":[3]}");
	assert_string_equal(seen.texts[5], "3");
	assert_string_equal(seen.texts[6], "[[1]]");
}

static void test_no_object_on_the_way(void **state)
{
	static const char *const columns[] = { "a.b", "c.d", "e.f", NULL };
	struct seen seen;

	(void)state;
	flatten(&seen, columns, "{\"a\":null,\"c\":7,\"e\":[{\"f\":1}]}");
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(seen.cells[i].kind, FLAT_NONE);
}

/* Whatever json_write writes comes back, byte by byte. */
static void test_every_character(void **state)
{
	static const char *const columns[] = { "t", NULL };
	struct buf out = { 0 };
	struct json_writer w;
	struct items items;
	struct seen seen;
	char text[] = "a?\"b";
	const char *at;
	size_t bytes;

	(void)state;
	for (int c = 1; c < 128; c++) {
		text[1] = (char)c;
		buf_clear(&out);
		json_begin(&w, &out);
		json_object(&w);
		json_key(&w, "items");
		json_array(&w);
		json_object(&w);
		json_member_text(&w, "t", text);
		json_end(&w);
		json_end(&w);
		json_end(&w);
		items_open(&items, out.at, out.used);
		assert_true(items_next(&items, &at, &bytes));
		flatten(&seen, columns, arena_text(*state, at, bytes));
		assert_string_equal(seen.texts[0], text);
		assert_false(items_next(&items, &at, &bytes));
	}
	buf_close(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_items),
		cmocka_unit_test(test_items_behind_others),
		cmocka_unit_test(test_brackets_in_texts),
		cmocka_unit_test(test_cells),
		cmocka_unit_test(test_numbers_beyond_int64),
		cmocka_unit_test(test_lists_and_objects),
		cmocka_unit_test(test_no_object_on_the_way),
		WITH_ARENA(test_every_character),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
