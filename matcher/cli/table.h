/*
 * Tables for people: the first column to the left, the others to the right,
 * each as wide as its widest cell on a terminal.
 */
#ifndef MATCHER_CLI_TABLE_H
#define MATCHER_CLI_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/files/sink.h"
#include "matcher/ids.h"

#define TABLE_COLUMNS_MAX 16u
#define CELL_BYTES (MATCH_ID_BYTES_MAX + 40u)

struct cell {
	char text[CELL_BYTES]; /* not terminated */
	uint32_t bytes;
};

struct table {
	uint32_t row_count, column_count;
	const void *of; /* for fill */
	/* Fill cells, which are empty; false: there is no such row. It is
	 * asked twice for every row, in order. */
	bool (*fill)(const void *of, uint32_t row, struct cell *cells);
};

/* Put at the end of a cell. Beyond CELL_BYTES is a bug. */
void cell_text(struct cell *cell, const char *text);
void cell_id(struct cell *cell, struct match_id id);
void cell_number(struct cell *cell, int64_t number);
/* 785 is written as 7.85. */
void cell_hundredths(struct cell *cell, int64_t hundredths);

/* The sink is left for match_sink_finish. */
void print_table(const struct table *table, struct match_sink *sink);

#endif
