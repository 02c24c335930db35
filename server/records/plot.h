/*
 * plot.h - numbers as SVG for a page that prints, and as the table that stands
 * beside it: drawn in integers, without scripts, told apart by more than
 * colour. Classes are the page's to style: plot, axis, grid, s0 to s2, dot,
 * point, mean, corner.
 *
 * from  docs/report.md, "The page"; SVG 2; WCAG 2.2, 1.1.1 and 1.4.1
 */
#ifndef RECORDS_PLOT_H
#define RECORDS_PLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum plot_unit { PLOT_COUNT, PLOT_SHARE };	/* SHARE: ten-thousandths */

enum { PLOT_SERIES_MAX = 3, PLOT_NONE = -1, PLOT_VALUE_BYTES = 24 };

/* Texts are plain: they are escaped here. */
struct plot {
	const char *id;			/* of the element: a-z and - */
	const char *title, *about;	/* what it shows, in a sentence */
	const char *head;		/* of the labels' column */
	enum plot_unit unit;
	const char *const *labels;
	size_t count;			/* of labels */
	const char *series[PLOT_SERIES_MAX];
	const int64_t *values[PLOT_SERIES_MAX];	/* PLOT_NONE: none */
	size_t series_count;
};

/* A bar for each value, those of a label below each other. */
void plot_bars(struct buf *out, const struct plot *plot);

/* A line for each series, from label to label; it breaks where there is no
 * value. */
void plot_lines(struct buf *out, const struct plot *plot);

/* Corners of a picture that two lines divide. */
enum plot_corner { PLOT_UPPER_LEFT, PLOT_UPPER_RIGHT, PLOT_LOWER_LEFT,
		   PLOT_LOWER_RIGHT, PLOT_CORNERS };

/* x and y are shares. */
struct plot_point {
	const char *label;
	int64_t x, y;
	enum plot_corner corner;	/* which it belongs to */
	bool is_named;			/* said by plot_points */
};

struct plot_scatter {
	const char *id, *title, *about;
	const char *x_name, *y_name;
	int64_t mean_x, mean_y;
	const char *mean_x_name, *mean_y_name;	/* with its value */
	const char *corners[PLOT_CORNERS];
	struct plot_point *points;
	size_t count;
};

/*
 * A dot for each point, and a line for either mean. Of each corner the points
 * furthest from where the lines cross have their labels, PLOT_NAMED_MAX at
 * most, and only where these lie on nothing else.
 *
 * out   is_named of each point
 * ties  the first of the points
 */
enum { PLOT_NAMED_MAX = 3 };
void plot_points(struct buf *out, struct plot_scatter *plot);

/* Where an axis of shares begins and ends so that all of them lie on it: it has
 * five steps at most, of 1, 2, 5, 10 or 20 per cent. */
struct plot_span { int64_t low, high, step; };
struct plot_span plot_span(int64_t least, int64_t most);

/* The same numbers. */
void plot_table(struct buf *out, const struct plot *plot);

/* "93.4%", "1204", or a dash for PLOT_NONE; of a share two decimals at most,
 * and none that is 0. */
void plot_value(int64_t value, enum plot_unit unit,
		char out[PLOT_VALUE_BYTES]);

/* The end of an axis from 0: 1, 2 or 5 times a power of ten, and not less than
 * the greatest value; of shares 10000. */
int64_t plot_top(const struct plot *plot);

#endif
