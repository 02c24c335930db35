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

/* ---- points ---- */

static void an_axis_of_shares_holds_all_of_them(void **state)
{
	static const struct { int64_t least, most, low, high, step; } ends[] = {
		{ 0, 0, 0, 100, 100 }, { 10000, 10000, 9900, 10000, 100 },
		{ 0, 10000, 0, 10000, 2000 }, { 8510, 9020, 8400, 9200, 200 },
		{ 8500, 9000, 8500, 9000, 100 }, { 450, 9999, 0, 10000, 2000 },
		{ 4500, 4500, 4500, 4600, 100 }, { 1, 2499, 0, 2500, 500 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		struct plot_span span = plot_span(ends[i].least, ends[i].most);

		assert_int_equal(span.low, ends[i].low);
		assert_int_equal(span.high, ends[i].high);
		assert_int_equal(span.step, ends[i].step);
	}
	for (int64_t least = 0; least <= 10000; least += 37)
		for (int64_t most = least; most <= 10000; most += 91) {
			struct plot_span span = plot_span(least, most);

			assert_true(span.low >= 0 && span.low <= least);
			assert_true(span.high >= most && span.high <= 10000);
			assert_true(span.high > span.low);
			assert_true(span.high - span.low <= 5 * span.step);
		}
}

static struct plot_scatter scatter_of(struct plot_point *points, size_t count)
{
	return (struct plot_scatter){
		.id = "q", .title = "t", .about = "a", .x_name = "x",
		.y_name = "y", .mean_x = 5000, .mean_y = 5000,
		.mean_x_name = "mx", .mean_y_name = "my",
		.corners = { "Q2", "Q1", "Q4", "Q3" }, .points = points,
		.count = count
	};
}

static const char *drawn(struct buf *out, struct plot_scatter *plot)
{
	out->used = 0;
	plot_points(out, plot);
	buf_byte(out, '\0');
	return out->at;
}

/* The picture is 558 wide and 370 high, from 62 and 46 on. */
static void a_dot_lies_where_its_shares_are(void **state)
{
	struct plot_point points[] = {
		{ "all & none", 0, 0, PLOT_LOWER_LEFT, false },
		{ "<both>", 10000, 10000, PLOT_UPPER_RIGHT, false },
	};
	struct plot_scatter plot = scatter_of(points, COUNT_OF(points));
	struct buf out = { 0 };
	const char *text = drawn(&out, &plot);

	(void)state;
	assert_non_null(strstr(text, "cx=\"62\" cy=\"416\" r=\"4\""));
	assert_non_null(strstr(text, "cx=\"620\" cy=\"46\" r=\"4\""));
	assert_non_null(strstr(text, "class=\"mean\" d=\"M341 46 V416 M62 231 "
				     "H620\""));
	assert_null(strstr(text, "<both>"));
	buf_close(&out);
}

/* Four lie apart from each other: the three that are furthest out have names,
 * of those as far the first. */
static void the_furthest_of_a_corner_are_named(void **state)
{
	struct plot_point points[] = {
		{ "a", 9000, 6000, PLOT_UPPER_RIGHT, false },
		{ "b", 6000, 6000, PLOT_UPPER_RIGHT, false },
		{ "c", 8000, 8000, PLOT_UPPER_RIGHT, false },
		{ "d", 6000, 6000, PLOT_UPPER_RIGHT, false },
		{ "e", 5500, 5500, PLOT_UPPER_RIGHT, false },
		{ "f", 4500, 4500, PLOT_LOWER_LEFT, false },
	};
	static const bool named[] = { true, true, true, false, false, true };
	struct plot_scatter plot = scatter_of(points, COUNT_OF(points));
	struct buf out = { 0 };

	(void)state;
	drawn(&out, &plot);
	for (size_t i = 0; i < COUNT_OF(points); i++)
		assert_int_equal(points[i].is_named, named[i]);
	buf_close(&out);
}

/* A name that finds no room gives way to the next. */
static void a_name_lies_on_nothing(void **state)
{
	struct plot_point points[60];
	struct plot_scatter plot = scatter_of(points, COUNT_OF(points));
	struct buf out = { 0 };
	size_t named = 0;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(points); i++)
		points[i] = (struct plot_point){
			i == 0 ? "wider than all of the picture could be: "
				 "it has eighty letters, if not more" : "z",
			9900 - (int64_t)i * 80, 9000, PLOT_UPPER_RIGHT, true
		};
	drawn(&out, &plot);
	assert_false(points[0].is_named);
	for (size_t i = 0; i < COUNT_OF(points); i++)
		named += points[i].is_named;
	assert_int_equal(named, PLOT_NAMED_MAX);
	buf_close(&out);
}

/* ---- labels ---- */

/* 280 units have room for 21 Chinese characters, or 20 and an ellipsis. */
static void a_long_label_is_cut(void **state)
{
	static const char *const labels[] = {
		"一二三四五六七八九十一二三四五六七八九十一",
		"一二三四五六七八九十一二三四五六七八九十一二" };
	static const int64_t values[] = { 1, 2 };
	const struct plot plot = {
		.id = "p", .title = "t", .about = "a", .head = "h",
		.labels = labels, .count = 2, .series = { "x" },
		.values = { values }, .series_count = 1
	};
	struct buf out = { 0 };

	(void)state;
	plot_bars(&out, &plot);
	buf_byte(&out, '\0');
	assert_non_null(strstr(out.at, "八九十一</text>"));
	assert_non_null(strstr(out.at, "七八九十…</text>"));
	assert_null(strstr(out.at, labels[1]));
	buf_close(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_axis_ends_at_a_round_number),
		cmocka_unit_test(values_have_no_more_than_two_decimals),
		cmocka_unit_test(texts_are_escaped),
		cmocka_unit_test(lines_break_where_there_is_no_value),
		cmocka_unit_test(an_axis_of_shares_holds_all_of_them),
		cmocka_unit_test(a_dot_lies_where_its_shares_are),
		cmocka_unit_test(the_furthest_of_a_corner_are_named),
		cmocka_unit_test(a_name_lies_on_nothing),
		cmocka_unit_test(a_long_label_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
