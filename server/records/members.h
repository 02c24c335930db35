/*
 * members.h - a column of a row as a member of a JSON object; NULL is null.
 */
#ifndef RECORDS_MEMBERS_H
#define RECORDS_MEMBERS_H

#include "wire/json_write.h"
#include "wire/rows.h"

/* Where a value stands. */
struct cell {
	const struct rows *rows;
	int row, column;
};

#define CELL(rows, row, column) ((struct cell){ (rows), (row), (column) })

void member_text(struct json_writer *w, const char *name, struct cell at);
void member_int(struct json_writer *w, const char *name, struct cell at);
void member_bool(struct json_writer *w, const char *name, struct cell at);
void member_uuid(struct json_writer *w, const char *name, struct cell at);
void member_time(struct json_writer *w, const char *name, struct cell at);

/* A text[] column as an array of strings. */
void member_texts(struct json_writer *w, const char *name, struct cell at);

/* A json column, as PostgreSQL wrote it. */
void member_json(struct json_writer *w, const char *name, struct cell at);

/*
 * Most of a record is columns in order, so a writer is a table: the kind of
 * each column and its name, from column 0 on.
 */
enum member_kind { MEMBER_END, MEMBER_TEXT, MEMBER_INT, MEMBER_BOOL,
		   MEMBER_UUID, MEMBER_TIME, MEMBER_TEXTS, MEMBER_JSON,
		   MEMBER_SKIP };

struct member {
	enum member_kind kind;
	const char *name;
};

/* The members of one row, in the table's order, into the open object. */
void members_write(struct json_writer *w, const struct member *table,
		   const struct rows *rows, int row);

#endif
