/*
 * reference.h - the official code lists, as the API names them and as it
 * shows their entries.
 *
 * from  schema/reference/SOURCES.md; schema/migrations/0001
 */
#ifndef RECORDS_REFERENCE_H
#define RECORDS_REFERENCE_H

#include <stdbool.h>

#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/sql.h"

struct member;

/* A code with its name in an entry; the name is the column after it. */
struct reference_node {
	const char *name;
	int column;
};

struct reference_list {
	const char *name;		/* in paths */
	const char *table;		/* in the schema */
	enum sql_id sql;		/* reads one entry, or a page */
	const char *const *levels;	/* NULL: it has none */
	bool has_parents;
	const struct member *members;
	const struct reference_node *nodes;
};

/* NULL if there is no such list. */
const struct reference_list *reference_by_name(const char *name);
const struct reference_list *reference_by_table(const char *table);

enum { REFERENCE_CODE_COLUMN = 0, REFERENCE_ETAG_COLUMN = 2 };

/* A row of list->sql as a JSON object. */
void reference_write(struct json_writer *w, const struct reference_list *list,
		     const struct rows *rows, int row);

/* A row of reference_lists.sql: what is loaded of the list. */
void reference_list_write(struct json_writer *w,
			  const struct reference_list *list,
			  const struct rows *rows, int row);

#endif
