/*
 * quota.h - an enterprise's floor and caps in people, against who is there.
 *
 * from  product.md, "quota"; rules.md 1.1 (a tenth of the staff), 1.2 (a fifth
 *       of a post category's); schema/queries/enterprise_quota.sql
 */
#ifndef RECORDS_QUOTA_H
#define RECORDS_QUOTA_H

#include "base/uuid.h"
#include "wire/json_write.h"
#include "wire/rows.h"

/* The rows of enterprise_quota.sql, at least one, as one JSON object. */
void quota_write(struct json_writer *w, const struct uuid *enterprise_id,
		 const struct rows *rows);

#endif
