/*
 * graduate_destination.h - where a graduate went: what is declared, and what
 * is shown of it.
 *
 * from  docs/rules.md 4; schema/migrations/0043_destinations.sql
 */
#ifndef RECORDS_GRADUATE_DESTINATION_H
#define RECORDS_GRADUATE_DESTINATION_H

#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

/* In the order of the parameters of destination_put.sql. */
struct graduate_destination {
	const char *code, *employer_name, *employer_uscc;
	const char *unit_nature_code, *industry_code, *division_code;
	const char *occupation_code, *started_on, *pay_band;
	bool is_aligned;
	const char *evidence_kind, *evidence_sha256;
	bool is_employer_asked;
	const char *reason;		/* why a frozen one is corrected */
};

extern const struct field graduate_destination_shape[];
extern const char *const destination_state_words[];
extern const char *const evidence_level_words[];
extern const char *const pay_band_words[], *const evidence_kind_words[];

/* Two digits, as the official list has them. */
const char *destination_check_code(const char *text);
const char *destination_check_sha256(const char *text);

/* Columns of destination_by_id.sql and destinations_list.sql. */
enum { DESTINATION_ID_COLUMN = 0, DESTINATION_VERSION_COLUMN = 30 };

/* A row as an object; whole: with the editions, which only
 * destination_by_id.sql has. */
void destination_write(struct json_writer *w, const struct rows *rows,
		       int row);
void destination_write_whole(struct json_writer *w, const struct rows *rows,
			     int row);

/* A row of destination_freezes_list.sql. */
enum { FREEZE_ID_COLUMN = 0, FREEZE_VERSION_COLUMN = 7 };
void destination_freeze_write(struct json_writer *w, const struct rows *rows,
			      int row);

#endif
