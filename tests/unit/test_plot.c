/* test_plot.c - axes, values as texts, and pictures of little. */
#include "records/plot.h"
#include "unit.h"

static int64_t top_of(int64_t most)
{
	struct plot plot = { .count = 1, .series_count = 1,
			     .values = { &most } };

	return plot_top(&plot);
}

static void an_axis_ends_at_a_round_number(void **state)
{
	static const int64_t ends[][2] = {
		{ PLOT_NONE, 1 }, { 0, 1 }, { 1, 1 }, { 2, 2 }, { 3, 5 },
		{ 5, 5 }, { 6, 10 }, { 10, 10 }, { 11, 20 }, { 20, 20 },
		{ 21, 50 }, { 51, 100 }, { 99, 100 }, { 100, 100 },
		{ 101, 200 }, { 1234567, 2000000 },
		{ INT64_C(5000000000000), INT64_C(5000000000000) },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(ends); i++)
		assert_int_equal(top_of(ends[i][0]), ends[i][1]);
	for (int64_t most = 1; most < 3000; most++) {
		assert_true(top_of(most) >= most);
		assert_true(top_of(most) < most * 5 / 2 + 2);
	}
}

static void values_have_no_more_than_two_decimals(void **state)
{
	static const struct {
		int64_t value;
		enum plot_unit unit;
		const char *text;
	} said[] = {
		{ 0, PLOT_SHARE, "0%" }, { 10000, PLOT_SHARE, "100%" },
		{ 9340, PLOT_SHARE, "93.4%" }, { 9341, PLOT_SHARE, "93.41%" },
		{ 5, PLOT_SHARE, "0.05%" }, { 105, PLOT_SHARE, "1.05%" },
		{ 1204, PLOT_COUNT, "1204" }, { 0, PLOT_COUNT, "0" },
		{ PLOT_NONE, PLOT_COUNT, "–" }, { PLOT_NONE, PLOT_SHARE, "–" },
		{ INT64_MAX, PLOT_COUNT, "9223372036854775807" },
		{ INT64_MAX, PLOT_SHARE, "92233720368547758.07%" },
	};
	char text[PLOT_VALUE_BYTES];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(said); i++) {
		plot_value(said[i].value, said[i].unit, text);
		assert_string_equal(text, said[i].text);
	}
}

static void texts_are_escaped(void **state)
{
	static const char *const labels[] = { "<b>&\"" };
	static const int64_t values[] = { 3 };
	const struct plot plot = {
		.id = "p", .title = "<t>", .about = "a & b", .head = "<h>",
		.labels = labels, .count = 1, .series = { "<s>" },
		.values = { values }, .series_count = 1
	};
	struct buf out = { 0 };

	(void)state;
	plot_bars(&out, &plot);
	plot_lines(&out, &plot);
	plot_table(&out, &plot);
	buf_byte(&out, '\0');
	assert_null(strstr(out.at, "<b>"));
	assert_null(strstr(out.at, "<t>"));
	assert_null(strstr(out.at, "<h>"));
	assert_null(strstr(out.at, "<s>"));
	assert_non_null(strstr(out.at, "a &amp; b"));
	buf_close(&out);
}

/* One value, none, and a gap: a line begins anew behind it. */
static void lines_break_where_there_is_no_value(void **state)
{
	static const char *const labels[] = { "1", "2", "3", "4" };
	static const int64_t values[] = { 10000, PLOT_NONE, 0, 5000 };
	static const int64_t none[] = { PLOT_NONE, PLOT_NONE, PLOT_NONE,
					PLOT_NONE };
	const struct plot plot = {
		.id = "p", .title = "t", .about = "a", .head = "h",
		.unit = PLOT_SHARE, .labels = labels, .count = 4,
		.series = { "x", "y" }, .values = { values, none },
		.series_count = 2
	};
	struct buf out = { 0 };

	(void)state;
	plot_lines(&out, &plot);
	buf_byte(&out, '\0');
	assert_non_null(strstr(out.at, "class=\"line s0\" d=\"M70 30 "
				       "M476 250 L680 140 \""));
	assert_non_null(strstr(out.at, "class=\"line s1\" d=\"\""));
	buf_close(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_axis_ends_at_a_round_number),
		cmocka_unit_test(values_have_no_more_than_two_decimals),
		cmocka_unit_test(texts_are_escaped),
		cmocka_unit_test(lines_break_where_there_is_no_value),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
