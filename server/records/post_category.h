/*
 * post_category.h - a kind of post in an enterprise, with its staff: the cap
 * of rule 1.2 counts on it.
 *
 * from  product.md, "Words"; rules.md 1.2; schema/migrations/0003_people.sql
 */
#ifndef RECORDS_POST_CATEGORY_H
#define RECORDS_POST_CATEGORY_H

#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

struct post_category_new {
	const char *name, *occupation_code;
	int64_t staff_count;
	const char *staff_counted_on;
	struct objects reasons;		/* of a change */
};

extern const struct field post_category_new_shape[];
extern const struct field post_category_patch_shape[];

enum { POST_CATEGORY_ID_COLUMN = 0, POST_CATEGORY_VERSION_COLUMN = 7 };

/* A row of post_category_by_id.sql, _create, _update and
 * post_categories_list.sql as a JSON object. */
void post_category_write(struct json_writer *w, const struct rows *rows,
			 int row);

#endif
