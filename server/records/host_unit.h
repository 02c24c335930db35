/*
 * host_unit.h - an enterprise to which a school sends interns.
 *
 * from  docs/rules.md 1.25, 1.26; schema/migrations/0037_law.sql
 */
#ifndef RECORDS_HOST_UNIT_H
#define RECORDS_HOST_UNIT_H

#include <stdbool.h>

#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

struct host_unit_new {
	const char *decided_on, *published_on, *published_at;
	const char *visited_on, *visit_report;
	bool is_honest, is_safe, is_equipped;
};

extern const struct field host_unit_shape[];

enum { HOST_UNIT_ENTERPRISE_COLUMN = 1, HOST_UNIT_VERSION_COLUMN = 11 };

/* A row of host_unit_put.sql or host_units_list.sql. */
void host_unit_write(struct json_writer *w, const struct rows *rows, int row);

#endif
