/*
 * offer.h - what an enterprise offers an applicant, as it is shown.
 *
 * from  schema/migrations/0014_offers.sql
 */
#ifndef RECORDS_OFFER_H
#define RECORDS_OFFER_H

#include "wire/json_write.h"
#include "wire/rows.h"

extern const char *const offer_state_words[];

enum { OFFER_ID_COLUMN = 0, OFFER_VERSION_COLUMN = 15 };

/* A row of offer_by_id.sql or offers_list.sql as an object. */
void offer_write(struct json_writer *w, const struct rows *rows, int row);

/* The same with the history, which only offer_by_id.sql has. */
void offer_write_whole(struct json_writer *w, const struct rows *rows,
		       int row);

#endif
