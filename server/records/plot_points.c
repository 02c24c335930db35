/*
 * plot_points.c - points between two lines, those furthest out with their
 * names. See plot.h. How wide a text is drawn is guessed, on the large side:
 * what lies on nothing by the guess lies on nothing.
 */
#include "records/plot.h"

#include "records/plot_draw.h"

enum {
	LEFT = 62, RIGHT = PLOT_WIDTH - 100, TOP = 46, BOTTOM = 416,
	HEIGHT = BOTTOM + 42, DOT = 4, WHOLE = 10000, STEPS_MAX = 5,
	LETTER = 8, WIDE_LETTER = 14, ASCENT = 12, DESCENT = 4, INSET = 6,
	BOXES_MAX = PLOT_CORNERS * (1 + PLOT_NAMED_MAX)
};

struct box {
	int left, top, right, bottom;
};

struct drawing {
	struct buf *out;
	struct plot_scatter *plot;
	struct plot_span x, y;
	struct box boxes[BOXES_MAX];	/* where texts are */
	size_t box_count;
};

struct plot_span plot_span(int64_t least, int64_t most)
{
	static const int64_t steps[] = { 100, 200, 500, 1000, 2000 };
	struct plot_span span = { 0, 0, 0 };

	must(least >= 0 && least <= most && most <= WHOLE);
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		span.step = steps[i];
		span.low = least / span.step * span.step;
		span.high = (most + span.step - 1) / span.step * span.step;
		if (span.high - span.low <= STEPS_MAX * span.step)
			break;
	}
	if (span.low == span.high && span.high < WHOLE)
		span.high += span.step;
	else if (span.low == span.high)
		span.low -= span.step;
	return span;
}

static int at_x(const struct drawing *d, int64_t value)
{
	return LEFT + (int)((value - d->x.low) * (RIGHT - LEFT) /
			    (d->x.high - d->x.low));
}

static int at_y(const struct drawing *d, int64_t value)
{
	return BOTTOM - (int)((value - d->y.low) * (BOTTOM - TOP) /
			      (d->y.high - d->y.low));
}

/* ---- where texts are ---- */

static int width_of(const char *text)
{
	int width = 0;

	for (; *text; text++) {
		unsigned char byte = (unsigned char)*text;

		if (byte < 0x80)
			width += LETTER;
		else if (byte >= 0xc0)
			width += WIDE_LETTER;
	}
	return width;
}

static struct box box_of(struct plot_place at, const char *text)
{
	int width = width_of(text);
	int left = *at.anchor == 's' ? at.x :
		   *at.anchor == 'e' ? at.x - width : at.x - width / 2;

	return (struct box){ left, at.y - ASCENT, left + width,
			     at.y + DESCENT };
}

static bool boxes_touch(const struct box *a, const struct box *b)
{
	return a->left < b->right && b->left < a->right &&
	       a->top < b->bottom && b->top < a->bottom;
}

static void put(struct drawing *d, struct plot_place at, const char *text)
{
	must(d->box_count < BOXES_MAX);
	d->boxes[d->box_count++] = box_of(at, text);
	plot_text(d->out, at, text);
}

/* The lines of the means, as wide as they are drawn. */
static bool is_on_line(const struct drawing *d, const struct box *box)
{
	int x = at_x(d, d->plot->mean_x), y = at_y(d, d->plot->mean_y);
	const struct box lines[] = { { x - 1, TOP, x + 1, BOTTOM },
				     { LEFT, y - 1, RIGHT, y + 1 } };

	return boxes_touch(box, &lines[0]) || boxes_touch(box, &lines[1]);
}

static bool is_free(const struct drawing *d, const struct box *box)
{
	if (box->left < LEFT || box->right > RIGHT || box->top < TOP ||
	    box->bottom > BOTTOM || is_on_line(d, box))
		return false;
	for (size_t i = 0; i < d->box_count; i++)
		if (boxes_touch(box, &d->boxes[i]))
			return false;
	for (size_t i = 0; i < d->plot->count; i++) {
		int x = at_x(d, d->plot->points[i].x);
		int y = at_y(d, d->plot->points[i].y);
		const struct box dot = { x - DOT, y - DOT, x + DOT, y + DOT };

		if (boxes_touch(box, &dot))
			return false;
	}
	return true;
}

/* ---- axes and lines ---- */

static void find_spans(struct drawing *d)
{
	const struct plot_scatter *plot = d->plot;
	int64_t x[2] = { plot->mean_x, plot->mean_x };
	int64_t y[2] = { plot->mean_y, plot->mean_y };

	for (size_t i = 0; i < plot->count; i++) {
		const struct plot_point *p = &plot->points[i];

		x[0] = p->x < x[0] ? p->x : x[0];
		x[1] = p->x > x[1] ? p->x : x[1];
		y[0] = p->y < y[0] ? p->y : y[0];
		y[1] = p->y > y[1] ? p->y : y[1];
	}
	d->x = plot_span(x[0], x[1]);
	d->y = plot_span(y[0], y[1]);
}

static void put_axes(struct drawing *d)
{
	char text[PLOT_VALUE_BYTES];

	for (int64_t v = d->x.low; v <= d->x.high; v += d->x.step) {
		buf_print(d->out, "<path class=\"grid\" d=\"M%d %d V%d\"/>\n",
			  at_x(d, v), TOP, BOTTOM);
		plot_value(v, PLOT_SHARE, text);
		plot_text(d->out, (struct plot_place){
			at_x(d, v), BOTTOM + 17, "middle" }, text);
	}
	for (int64_t v = d->y.low; v <= d->y.high; v += d->y.step) {
		buf_print(d->out, "<path class=\"grid\" d=\"M%d %d H%d\"/>\n",
			  LEFT, at_y(d, v), RIGHT);
		plot_value(v, PLOT_SHARE, text);
		plot_text(d->out, (struct plot_place){
			LEFT - 6, at_y(d, v) + 4, "end" }, text);
	}
	plot_text(d->out, (struct plot_place){ 4, 16, "start" },
		  d->plot->y_name);
	plot_text(d->out, (struct plot_place){ RIGHT, BOTTOM + 36, "end" },
		  d->plot->x_name);
}

static void put_corners(struct drawing *d)
{
	buf_text(d->out, "<g class=\"corner\">\n");
	for (int i = 0; i < PLOT_CORNERS; i++) {
		bool is_right = i == PLOT_UPPER_RIGHT ||
				i == PLOT_LOWER_RIGHT;
		bool is_upper = i == PLOT_UPPER_LEFT || i == PLOT_UPPER_RIGHT;

		put(d, (struct plot_place){
			is_right ? RIGHT - INSET : LEFT + INSET,
			is_upper ? TOP + INSET + ASCENT : BOTTOM - INSET,
			is_right ? "end" : "start" }, d->plot->corners[i]);
	}
	buf_text(d->out, "</g>\n");
}

/* What a line stands for is said outside of the picture, where no dot is. */
static void put_means(struct drawing *d)
{
	int x = at_x(d, d->plot->mean_x), y = at_y(d, d->plot->mean_y);
	int half = width_of(d->plot->mean_x_name) / 2;

	buf_print(d->out, "<path class=\"mean\" d=\"M%d %d V%d M%d %d H%d\"/>"
		  "\n", x, TOP, BOTTOM, LEFT, y, RIGHT);
	plot_text(d->out, (struct plot_place){
		x - half < LEFT ? LEFT + half : x, TOP - INSET, "middle" },
		d->plot->mean_x_name);
	plot_text(d->out, (struct plot_place){ RIGHT + INSET, y + 4, "start" },
		  d->plot->mean_y_name);
}

/* ---- points ---- */

static void put_dots(struct drawing *d)
{
	for (size_t i = 0; i < d->plot->count; i++)
		buf_print(d->out, "<circle class=\"point s0\" cx=\"%d\" "
			  "cy=\"%d\" r=\"%d\"/>\n",
			  at_x(d, d->plot->points[i].x),
			  at_y(d, d->plot->points[i].y), DOT);
}

/* Beside its dot, above or below. */
static bool name_point(struct drawing *d, const struct plot_point *point)
{
	int x = at_x(d, point->x), y = at_y(d, point->y);
	const struct plot_place places[] = {
		{ x + DOT + 3, y + 4, "start" }, { x - DOT - 3, y + 4, "end" },
		{ x, y - DOT - DESCENT - 1, "middle" },
		{ x, y + DOT + ASCENT + 1, "middle" },
	};

	for (size_t i = 0; i < COUNT_OF(places); i++) {
		struct box box = box_of(places[i], point->label);

		if (is_free(d, &box)) {
			put(d, places[i], point->label);
			return true;
		}
	}
	return false;
}

static int64_t distance(const struct drawing *d, const struct plot_point *p)
{
	int64_t x = at_x(d, p->x) - at_x(d, d->plot->mean_x);
	int64_t y = at_y(d, p->y) - at_y(d, d->plot->mean_y);

	return x * x + y * y;
}

/* The furthest of a corner that is nearer than the last one, or as far and
 * behind it; NULL: there is none. */
static struct plot_point *next_out(const struct drawing *d,
				   enum plot_corner corner,
				   const struct plot_point *last)
{
	struct plot_point *found = NULL;

	for (size_t i = 0; i < d->plot->count; i++) {
		struct plot_point *p = &d->plot->points[i];
		int64_t far = distance(d, p);

		if (p->corner != corner ||
		    (last && (far > distance(d, last) ||
			      (far == distance(d, last) && p <= last))))
			continue;
		if (!found || far > distance(d, found))
			found = p;
	}
	return found;
}

static void name_corner(struct drawing *d, enum plot_corner corner)
{
	struct plot_point *p = next_out(d, corner, NULL);

	for (int named = 0; p && named < PLOT_NAMED_MAX;
	     p = next_out(d, corner, p)) {
		p->is_named = name_point(d, p);
		named += p->is_named;
	}
}

void plot_points(struct buf *out, struct plot_scatter *plot)
{
	struct drawing d = { .out = out, .plot = plot };

	for (size_t i = 0; i < plot->count; i++)
		plot->points[i].is_named = false;
	find_spans(&d);
	plot_open(out, plot->id, plot->title, plot->about, HEIGHT);
	put_axes(&d);
	put_corners(&d);
	put_means(&d);
	put_dots(&d);
	for (int corner = 0; corner < PLOT_CORNERS; corner++)
		name_corner(&d, (enum plot_corner)corner);
	buf_text(out, "</svg>\n");
}
