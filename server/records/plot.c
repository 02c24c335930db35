/*
 * plot.c - see plot.h. Lengths are units of the picture's own, 720 to its
 * width; a value's place on the axis is rounded down, so that what is drawn is
 * the same everywhere.
 */
#include "records/plot.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "records/plot_draw.h"
#include "wire/markup.h"

enum {
	LABELS = 290, VALUES = 70, BAR = 15, GAP = 7, HEAD = 30,
	LABEL_ROOM = LABELS - 10, LABEL_BYTES = LABEL_ROOM,
	LINES_HEIGHT = 220, LINES_LEFT = 50, LINES_RIGHT = 20, FOOT = 26,
	GRID_LINES = 4, DOT = 4, WHOLE = 10000
};

void plot_value(int64_t value, enum plot_unit unit, char out[PLOT_VALUE_BYTES])
{
	if (value < 0)
		snprintf(out, PLOT_VALUE_BYTES, "–");
	else if (unit == PLOT_COUNT)
		snprintf(out, PLOT_VALUE_BYTES, "%" PRId64, value);
	else if (value % 100 == 0)
		snprintf(out, PLOT_VALUE_BYTES, "%" PRId64 "%%", value / 100);
	else if (value % 10 == 0)
		snprintf(out, PLOT_VALUE_BYTES, "%" PRId64 ".%d%%",
			 value / 100, (int)(value % 100 / 10));
	else
		snprintf(out, PLOT_VALUE_BYTES, "%" PRId64 ".%02d%%",
			 value / 100, (int)(value % 100));
}

int64_t plot_top(const struct plot *plot)
{
	static const int64_t steps[] = { 1, 2, 5 };
	int64_t most = 1, unit = 1;

	if (plot->unit == PLOT_SHARE)
		return WHOLE;
	for (size_t s = 0; s < plot->series_count; s++)
		for (size_t i = 0; i < plot->count; i++)
			if (plot->values[s][i] > most)
				most = plot->values[s][i];
	while (unit <= most / 10)
		unit *= 10;
	for (size_t i = 0; i < COUNT_OF(steps); i++)
		if (steps[i] * unit >= most)
			return steps[i] * unit;
	return 10 * unit;
}

/* How far the value is along so many units. */
static int along(int64_t value, int64_t top, int units)
{
	return (int)(value * units / top);
}

void plot_open(struct buf *out, const char *id, const char *title,
	       const char *about, int height)
{
	buf_print(out, "<svg class=\"plot\" viewBox=\"0 0 %d %d\" role=\"img\" "
		  "aria-labelledby=\"%s-t %s-d\">\n<title id=\"%s-t\">",
		  PLOT_WIDTH, height, id, id, id);
	markup_text(out, title);
	buf_print(out, "</title>\n<desc id=\"%s-d\">", id);
	markup_text(out, about);
	buf_text(out, "</desc>\n");
}

void plot_text(struct buf *out, struct plot_place at, const char *text)
{
	buf_print(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">", at.x,
		  at.y, at.anchor);
	markup_text(out, text);
	buf_text(out, "</text>\n");
}

static void put_value(struct buf *out, struct plot_place at,
		      const struct plot *plot, int64_t value)
{
	char text[PLOT_VALUE_BYTES];

	plot_value(value, plot->unit, text);
	plot_text(out, at, text);
}

/* ---- bars ---- */

static void put_bar_keys(struct buf *out, const struct plot *plot)
{
	int x = LABELS;

	for (size_t s = 0; s < plot->series_count; s++, x += 150) {
		buf_print(out, "<rect class=\"s%d\" x=\"%d\" y=\"6\" "
			  "width=\"14\" height=\"11\"/>\n", (int)s, x);
		plot_text(out, (struct plot_place){ x + 20, 16, "start" },
			 plot->series[s]);
	}
}

/* What a character takes about: the font is the reader's. Closer than the guess
 * of plot_points.c, where nothing may touch: here too much cuts a label
 * short. */
static int units_of(unsigned char first)
{
	if (first >= 0xe0)
		return 13;
	if (strchr(" '(),.:;fijlrt", first))
		return 5;
	return (first >= 'A' && first <= 'Z') || first == 'm' ||
	       first == 'w' ? 11 : 8;
}

/* The label, or as much of it as has room, with an ellipsis; the table beside
 * has it whole. */
static const char *fitted(const char *label, char cut[LABEL_BYTES])
{
	size_t fits = 0;
	int used = 0;

	for (size_t i = 0; label[i]; i++) {
		if (((unsigned char)label[i] & 0xc0) == 0x80)
			continue;
		if (used + 13 <= LABEL_ROOM)
			fits = i;
		used += units_of((unsigned char)label[i]);
		if (used > LABEL_ROOM) {
			snprintf(cut, LABEL_BYTES, "%.*s…", (int)fits, label);
			return cut;
		}
	}
	return label;
}

static void put_bar(struct buf *out, const struct plot *plot, size_t s,
		    size_t i, int y)
{
	int64_t value = plot->values[s][i];
	int length = value < 0 ? 0 : along(value, plot_top(plot),
					   PLOT_WIDTH - LABELS - VALUES);

	buf_print(out, "<rect class=\"s%d\" x=\"%d\" y=\"%d\" width=\"%d\" "
		  "height=\"%d\"/>\n", (int)s, LABELS, y, length, BAR - 2);
	put_value(out, (struct plot_place){ LABELS + length + 6, y + BAR - 3,
				       "start" }, plot, value);
}

void plot_bars(struct buf *out, const struct plot *plot)
{
	int step = (int)plot->series_count * BAR + GAP, y = HEAD;
	int height = HEAD + (int)plot->count * step;
	char cut[LABEL_BYTES];

	plot_open(out, plot->id, plot->title, plot->about, height);
	put_bar_keys(out, plot);
	for (size_t i = 0; i < plot->count; i++, y += step) {
		plot_text(out, (struct plot_place){
			LABELS - 8, y + (int)plot->series_count * BAR / 2 + 4,
			"end" }, fitted(plot->labels[i], cut));
		for (size_t s = 0; s < plot->series_count; s++)
			put_bar(out, plot, s, i, y + (int)s * BAR);
	}
	buf_print(out, "<path class=\"axis\" d=\"M%d %d V%d\"/>\n</svg>\n",
		  LABELS, HEAD - 4, height - 4);
}

/* ---- lines ---- */

static int line_x(const struct plot *plot, size_t i)
{
	int room = PLOT_WIDTH - LINES_LEFT - LINES_RIGHT - 40;

	return LINES_LEFT + 20 +
	       (plot->count > 1 ? (int)i * room / ((int)plot->count - 1) :
				  room / 2);
}

static int line_y(const struct plot *plot, int64_t value)
{
	return HEAD + LINES_HEIGHT -
	       along(value, plot_top(plot), LINES_HEIGHT);
}

static void put_grid(struct buf *out, const struct plot *plot)
{
	int64_t top = plot_top(plot);

	for (int i = 0; i <= GRID_LINES; i++) {
		int y = line_y(plot, top * i / GRID_LINES);

		buf_print(out, "<path class=\"grid\" d=\"M%d %d H%d\"/>\n",
			  LINES_LEFT, y, PLOT_WIDTH - LINES_RIGHT);
		put_value(out, (struct plot_place){ LINES_LEFT - 6, y + 4,
						    "end" }, plot,
			  top * i / GRID_LINES);
	}
	for (size_t i = 0; i < plot->count; i++)
		plot_text(out, (struct plot_place){
			line_x(plot, i), HEAD + LINES_HEIGHT + 18, "middle" },
			plot->labels[i]);
}

/* A circle, a square or a triangle. */
static void put_dot(struct buf *out, size_t s, int x, int y)
{
	if (s == 0)
		buf_print(out, "<circle class=\"dot s0\" cx=\"%d\" cy=\"%d\" "
			  "r=\"%d\"/>\n", x, y, DOT);
	else if (s == 1)
		buf_print(out, "<rect class=\"dot s1\" x=\"%d\" y=\"%d\" "
			  "width=\"%d\" height=\"%d\"/>\n", x - DOT, y - DOT,
			  2 * DOT, 2 * DOT);
	else
		buf_print(out, "<path class=\"dot s2\" d=\"M%d %d L%d %d L%d "
			  "%d Z\"/>\n", x - DOT, y + DOT, x + DOT, y + DOT, x,
			  y - DOT);
}

static void put_line(struct buf *out, const struct plot *plot, size_t s)
{
	const int64_t *values = plot->values[s];
	bool is_drawing = false;

	buf_print(out, "<path class=\"line s%d\" d=\"", (int)s);
	for (size_t i = 0; i < plot->count; i++) {
		if (values[i] >= 0)
			buf_print(out, "%c%d %d ", is_drawing ? 'L' : 'M',
				  line_x(plot, i), line_y(plot, values[i]));
		is_drawing = values[i] >= 0;
	}
	buf_text(out, "\"/>\n");
	for (size_t i = 0; i < plot->count; i++)
		if (values[i] >= 0)
			put_dot(out, s, line_x(plot, i),
				line_y(plot, values[i]));
}

void plot_lines(struct buf *out, const struct plot *plot)
{
	plot_open(out, plot->id, plot->title, plot->about,
		  HEAD + LINES_HEIGHT + FOOT);
	for (size_t s = 0; s < plot->series_count; s++) {
		int x = LINES_LEFT + 20 + (int)s * 210;

		put_dot(out, s, x, 12);
		plot_text(out, (struct plot_place){ x + 10, 16, "start" },
			 plot->series[s]);
	}
	put_grid(out, plot);
	for (size_t s = 0; s < plot->series_count; s++)
		put_line(out, plot, s);
	buf_text(out, "</svg>\n");
}

/* ---- the table beside ---- */

void plot_table(struct buf *out, const struct plot *plot)
{
	char text[PLOT_VALUE_BYTES];

	buf_text(out, "<table class=\"numbers\">\n<caption>");
	markup_text(out, plot->title);
	buf_text(out, "</caption>\n<tr><th scope=\"col\">");
	markup_text(out, plot->head);
	buf_text(out, "</th>");
	for (size_t s = 0; s < plot->series_count; s++) {
		buf_text(out, "<th scope=\"col\" class=\"n\">");
		markup_text(out, plot->series[s]);
		buf_text(out, "</th>");
	}
	buf_text(out, "</tr>\n");
	for (size_t i = 0; i < plot->count; i++) {
		buf_text(out, "<tr><th scope=\"row\">");
		markup_text(out, plot->labels[i]);
		buf_text(out, "</th>");
		for (size_t s = 0; s < plot->series_count; s++) {
			plot_value(plot->values[s][i], plot->unit, text);
			buf_print(out, "<td>%s</td>", text);
		}
		buf_text(out, "</tr>\n");
	}
	buf_text(out, "</table>\n");
}
