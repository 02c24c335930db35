/*
 * capacity_request.h - an enterprise asks for other openings of a posting in a
 * round.
 *
 * from  schema/migrations, "capacity_request"
 */
#ifndef RECORDS_CAPACITY_REQUEST_H
#define RECORDS_CAPACITY_REQUEST_H

#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

struct capacity_request_new {
	struct uuid posting_id;
	int64_t openings;
	const char *reason;
};

extern const struct field capacity_request_new_shape[];
extern const char *const capacity_request_state_words[];

enum { CAPACITY_REQUEST_ID_COLUMN = 0, CAPACITY_REQUEST_VERSION_COLUMN = 12 };

/* A row of capacity_request_by_id.sql or capacity_requests_list.sql. */
void capacity_request_write(struct json_writer *w, const struct rows *rows,
			    int row);

#endif
