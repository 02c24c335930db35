/*
 * demand.h - how many people of which specialty an enterprise will want in a
 * year: its talent-demand list.
 *
 * from  product.md, "Enterprise"; schema/migrations/0010_demand.sql
 */
#ifndef RECORDS_DEMAND_H
#define RECORDS_DEMAND_H

#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

enum { DEMAND_MAX = 200 };

struct demand {
	const char *specialty;	/* specialty, class or category */
	const char *education;	/* the least; NULL: no matter */
	int64_t openings;
	const char *note;	/* NULL: none */
};

struct demand_new {
	struct objects items;	/* struct demand */
};

extern const struct field demand_new_shape[];

/* A flaw for each entry that says the same specialty and education as one
 * before it. */
void demand_check(const struct demand_new *list, struct flaws *flaws);

enum { DEMAND_COLUMNS = 5 };

/* The members of a row, in the open object. */
void demand_members(struct json_writer *w, const struct rows *rows, int row);

#endif
