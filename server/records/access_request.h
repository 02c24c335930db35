/*
 * access_request.h - that a member of the staff asks to read what is sealed of
 * minors, and what a person responsible said.
 *
 * from  rules.md 5.8; schema/migrations/0036_data_protection.sql
 */
#ifndef RECORDS_ACCESS_REQUEST_H
#define RECORDS_ACCESS_REQUEST_H

#include "wire/json_write.h"
#include "wire/rows.h"

/* NULL-terminated. */
extern const char *const access_request_state_words[];

enum { ACCESS_REQUEST_ID_COLUMN = 0 };

/* A row of access_request_by_id.sql. */
void access_request_write(struct json_writer *w, const struct rows *rows,
			  int row);

#endif
