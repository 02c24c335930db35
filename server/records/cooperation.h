/*
 * cooperation.h - with which school an order class or apprenticeship is held,
 * for which specialty, and what of that must stand before it is published.
 *
 * from  rules.md 7; schema/migrations/0033_cooperations.sql
 */
#ifndef RECORDS_COOPERATION_H
#define RECORDS_COOPERATION_H

#include "records/fields.h"
#include "records/law.h"
#include "records/posting.h"

/* What the enterprise proposes; INTs may be INT_NONE. */
struct cooperation {
	struct uuid school_id;
	const char *specialty_code;	/* 6 digits: the level with it */
	int64_t entry_year, cohort_size;
	const char *enterprise_mentor, *school_mentor, *contract_form, *note;
};

extern const struct field cooperation_shape[];
extern const char *const cooperation_state_words[];

/* Columns of schema/queries/cooperation_by_id.sql and
 * cooperations_of_school.sql. */
enum { COOPERATION_ID_COLUMN = 0, COOPERATION_VERSION_COLUMN = 18 };

/* A row as an object; whole: with the history, which only
 * cooperation_by_id.sql has. */
void cooperation_write(struct json_writer *w, const struct rows *rows,
		       int row);
void cooperation_write_whole(struct json_writer *w, const struct rows *rows,
			     int row);

/*
 * The rules of publication for the kinds that are held with a school.
 *
 * in    from: the column of the cooperation's state, then those of its fields;
 *       all null if there is none
 * out   flaws has one more for every rule that is broken, and one if the
 *       posting's targets are another specialty; what comes back is the first
 *       rule
 */
struct broken_rule cooperation_check_public(const struct posting *p,
					    struct row_from from,
					    struct flaws *flaws);

#endif
