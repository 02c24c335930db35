/*
 * consortium.h - a consortium, as anybody may see it before signing in.
 *
 * from  product.md, "Words"; schema/migrations/0003_people.sql
 */
#ifndef RECORDS_CONSORTIUM_H
#define RECORDS_CONSORTIUM_H

#include "wire/json_write.h"
#include "wire/rows.h"

enum { CONSORTIUM_SLUG_COLUMN = 1, CONSORTIUM_VERSION_COLUMN = 5 };

/* A row of consortium_by_id.sql or consortia_list.sql as a JSON object. */
void consortium_write(struct json_writer *w, const struct rows *rows, int row);

#endif
