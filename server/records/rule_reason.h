/*
 * rule_reason.h - why somebody went on against a rule of kind warn.
 *
 * from  docs/rules.md, "Kind"; schema/migrations/0037_law.sql
 */
#ifndef RECORDS_RULE_REASON_H
#define RECORDS_RULE_REASON_H

#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

enum { RULE_REASONS_MAX = 8, RULE_REASON_ID_COLUMN = 0 };

/* As a request says it. */
struct rule_reason {
	const char *rule, *reason;
};

extern const struct field rule_reason_shape[];

/* The member `reasons` of a body S. */
#define RULE_REASONS(S)                                                        \
	OBJECTS(S, reasons, RULE_REASONS_MAX, rule_reason_shape,               \
		struct rule_reason, OPTIONAL)

/* A row of schema/queries/rule_reasons_list.sql. */
void rule_reason_write(struct json_writer *w, const struct rows *rows,
		       int row);

#endif
