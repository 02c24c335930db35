/*
 * plot_draw.h - what plots of every kind are drawn with: for plot.c and
 * plot_points.c alone.
 */
#ifndef RECORDS_PLOT_DRAW_H
#define RECORDS_PLOT_DRAW_H

#include "base/buf.h"

enum { PLOT_WIDTH = 720 };

/* Where a text begins, ends or has its middle: "start", "end", "middle". */
struct plot_place {
	int x, y;
	const char *anchor;
};

/* An svg element of that height with its title and description; open. */
void plot_open(struct buf *out, const char *id, const char *title,
	       const char *about, int height);

void plot_text(struct buf *out, struct plot_place at, const char *text);

#endif
