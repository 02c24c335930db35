/*
 * fields.h - what holds for every record that is a field table (wire/shape.h)
 * and whose columns stand in the table's order: read from a row, patched.
 *
 * An INT that is absent or null is INT_NONE in the struct once fields_settle
 * or fields_from_row has been there; other kinds have an empty value of their
 * own (NULL, the nil id, no items). No OBJECT, OBJECTS or UUIDS.
 */
#ifndef RECORDS_FIELDS_H
#define RECORDS_FIELDS_H

#include "base/arena.h"
#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

#define INT_NONE INT64_MIN

/* Makes absent and null INTs of a decoded body INT_NONE. */
void fields_settle(const struct field *table, const struct shape_seen *seen,
		   void *record);

/* Where a row's columns are: the table's first field is column `column`. */
struct row_from { const struct rows *rows; int row, column; };

/* out  every slot of record is filled; texts are copied into mem */
void fields_from_row(const struct field *table, void *record,
		     struct arena *mem, struct row_from from);

/* The members of a record, in the table's order, into the open object. */
void fields_write(struct json_writer *w, const struct field *table,
		  const void *record);

/* The same, but for those that say nothing: NULL, INT_NONE, the nil id, no
 * items. in: the record is settled */
void fields_write_given(struct json_writer *w, const struct field *table,
			const void *record);

/*
 * A merge patch: what the patch does not name is taken over from `old`.
 *
 * in    patch is settled; old is of the same struct, its texts live on
 * from  RFC 7396
 */
void fields_keep(const struct field *table, const struct shape_seen *seen,
		 void *patch, const void *old);

/* Do both say the same? Both are settled. */
bool fields_same(const struct field *table, const void *a, const void *b);

/* PostgreSQL's array of text, {a,"b c"}; copies in mem. NULLs are bugs. */
struct texts texts_from_array(struct arena *mem, const char *literal);
/* Every item quoted, so that none means NULL. */
const char *texts_to_array(struct arena *mem, const struct texts *texts);

#endif
