/*
 * school.h - a school of the consortium: who imports students and nominates.
 *
 * from  product.md, "Words"; schema/migrations/0003_people.sql
 */
#ifndef RECORDS_SCHOOL_H
#define RECORDS_SCHOOL_H

#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

struct school_new {
	const char *uscc, *code;	/* one of them at least */
	const char *name, *division_code, *kind;
};

extern const struct field school_new_shape[];
extern const char *const school_kind_words[];

/* The columns of schema/queries/school_*.sql that endpoints read. */
enum { SCHOOL_ID_COLUMN = 0, SCHOOL_KIND_COLUMN = 5,
       SCHOOL_VERSION_COLUMN = 6 };

/* A row of school_by_id.sql, school_create.sql, schools_list.sql as JSON. */
void school_write(struct json_writer *w, const struct rows *rows, int row);

/* The level that a school of this kind leads to: "secondary", ... A
 * technician school's is secondary. */
const char *school_level(const char *kind);

#endif
