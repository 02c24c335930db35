/*
 * enterprise.h - an enterprise of the consortium, unverified until the office
 * has looked at it.
 *
 * from  product.md, "Words"; rules.md 1.1, 6.3; schema/migrations/0003
 */
#ifndef RECORDS_ENTERPRISE_H
#define RECORDS_ENTERPRISE_H

#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

struct enterprise_new {
	const char *consortium;		/* its slug */
	const char *uscc, *name, *industry_code, *division_code;
	const char *unit_nature_code, *address;
	int64_t staff_count;
	const char *staff_counted_on;
	const char *login_name, *password;
	bool postings_are_public;	/* to those, too, who do not sign in */
	struct objects reasons;		/* of a change */
};

extern const struct field enterprise_new_shape[];
/* The same struct; what was verified of it, and the account, stay. */
extern const struct field enterprise_patch_shape[];
/* The same struct, as the office's files bring it: without an account. */
extern const struct field enterprise_sheet_shape[];
extern const char *const enterprise_state_words[];

enum { STAFF_MAX = 5000000 };

enum { ENTERPRISE_ID_COLUMN = 0, ENTERPRISE_STATE_COLUMN = 9,
       ENTERPRISE_VERSION_COLUMN = 12 };

/* A row of enterprise_by_id.sql, enterprises_list.sql, enterprise_move.sql,
 * enterprise_register.sql, enterprise_update.sql as a JSON object. */
void enterprise_write(struct json_writer *w, const struct rows *rows, int row);

#endif
