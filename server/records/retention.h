/*
 * retention.h - how long each kind of data is kept, and what ends it: one
 * table, by which the worker sweeps and of which the API tells.
 *
 * from  rules.md 5.5, 5.10, 5.11; never shorter than 1.30, 4.10 and 6.5
 */
#ifndef RECORDS_RETENTION_H
#define RECORDS_RETENTION_H

#include <stdbool.h>

#include "wire/json_write.h"

#define RETENTION(id, ...) RETENTION_##id,
enum retention {
#include "records/retention.def"
	RETENTION_COUNT
};
#undef RETENTION

enum { RETENTION_NO_CHORE = -1, RETENTION_NO_DAYS = -1 };

/*
 * The statement that takes away what is kept longer than `days` ($1 how many
 * at most, $2 days), or RETENTION_NO_CHORE.
 */
struct retention_chore {
	int sql;		/* enum sql_id */
	int days;
	const char *name;
};
struct retention_chore retention_chore(enum retention kind);

/* As GET /v1/retention shows it. */
void retention_write(struct json_writer *w, enum retention kind,
		     bool is_chinese);

#endif
