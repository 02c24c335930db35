/* Rows out, and that what was written comes back as it was. */
#include "unit.h"

#include "base/buf.h"
#include "wire/csv.h"

#define BOM "\xEF\xBB\xBF"

static void expect(struct buf *out, const char *text)
{
	buf_byte(out, '\0');
	assert_string_equal(out->at, text);
	buf_close(out);
}

static void test_rows(void **state)
{
	struct buf out = { 0 };
	struct csv_writer w;

	(void)state;
	csv_begin(&w, &out, true);
	csv_text(&w, "name");
	csv_text(&w, "");
	csv_text(&w, NULL);
	csv_int(&w, -5);
	csv_end_row(&w);
	csv_text(&w, "a \"b\",\nc");
	csv_end_row(&w);
	expect(&out, BOM "\"name\",\"\",,-5\r\n\"a \"\"b\"\",\nc\"\r\n");
}

static void test_formulas(void **state)
{
	static const struct { const char *text, *defused; } cases[] = {
		{ "=1+1", "'=1+1" },   { "+86", "'+86" },
		{ "-5", "'-5" },       { "@SUM(A1)", "'@SUM(A1)" },
		{ "\t=1", "'\t=1" },   { "\r=1", "'\r=1" },
		{ "\n=1", "'\n=1" },   { "＝1", "'＝1" },
		{ "＋1", "'＋1" },     { "－1", "'－1" },
		{ "＠A", "'＠A" },     { "'=1", "''=1" },
		{ "'plain", "'plain" }, { "a=1", "a=1" }, { "", "" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct buf out = { 0 };
		struct csv_writer w;

		csv_begin(&w, &out, true);
		csv_text(&w, cases[i].text);
		expect(&out, arena_print(*state, BOM "\"%s\"",
					 cases[i].defused));
		csv_begin(&w, &out, false);
		csv_text(&w, cases[i].text);
		expect(&out, arena_print(*state, BOM "\"%s\"", cases[i].text));
	}
}

static const char alphabet[] = "=+-@',\"\n a";

/* Every text of up to four such characters, out and in again. */
static void test_round_trip(void **state)
{
	static const struct csv_column columns[] = {
		{ "x", NULL, true }, { "y", NULL, true }, { NULL, NULL, false }
	};
	static const struct csv_form form = { columns, false, 1 };
	const int base = (int)sizeof(alphabet) - 1;

	for (int n = 0; n < base * base * base * base; n++) {
		char text[5] = "x";
		struct buf out = { 0 };
		struct csv_writer w;
		struct csv_row row;
		struct flaws flaws;
		struct csv *csv;

		for (int i = 0, left = n; i < 4; i++, left /= base)
			text[i] = alphabet[left % base];
		/* Blanks at the ends are trimmed on reading, by intent. */
		if (strchr(" \n", text[0]) || strchr(" \n", text[3]))
			continue;
		flaws_init(&flaws, *state);
		csv_begin(&w, &out, true);
		csv_text(&w, "x");
		csv_text(&w, "y");
		csv_end_row(&w);
		csv_text(&w, text);
		csv_int(&w, 7);
		csv_end_row(&w);
		csv = csv_open(*state, &form, out.at, out.used, &flaws);
		assert_non_null(csv);
		assert_true(csv_next(csv, &row, &flaws));
		assert_int_equal(flaws.count, 0);
		assert_string_equal(row.cells[0].value, text);
		assert_string_equal(row.cells[1].value, "7");
		assert_false(csv_next(csv, &row, &flaws));
		buf_close(&out);
		arena_reset(*state);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		WITH_ARENA(test_formulas),
		WITH_ARENA(test_round_trip),
	};

	return cmocka_run_group_tests_name("csv_write", tests, NULL, NULL);
}
