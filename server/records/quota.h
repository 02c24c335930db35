/*
 * quota.h - an enterprise's floor and caps in people, against who is there:
 * today, on another day, and what made the numbers what they are.
 *
 * from  product.md, "quota"; rules.md 1.1 (a tenth of the staff), 1.2 (a fifth
 *       of a post category's); docs/quotas.md, "The ledger"
 */
#ifndef RECORDS_QUOTA_H
#define RECORDS_QUOTA_H

#include "base/uuid.h"
#include "wire/json_write.h"
#include "wire/rows.h"

/* The rows of enterprise_quota.sql or of quota_recorded.sql, at least one, as
 * one JSON object. */
void quota_write(struct json_writer *w, const struct uuid *enterprise_id,
		 const struct rows *rows);

/* What makes an entry of the ledger; NULL-terminated. */
extern const char *const quota_cause_words[];

enum { QUOTA_ENTRY_SEQ_COLUMN = 0 };

/* A row of quota_entries_list.sql. */
void quota_entry_write(struct json_writer *w, const struct rows *rows,
		       int row);

#endif
