/*
 * agreement.h - what school, enterprise and student agree on.
 *
 * from  docs/rules.md 1.15 to 1.20, 1.28; schema/migrations (agreements)
 */
#ifndef RECORDS_AGREEMENT_H
#define RECORDS_AGREEMENT_H

#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

struct agreement_terms {
	const char *period_start, *period_end;
	const char *place, *content, *board_and_lodging;
	int64_t day_minutes, week_minutes;
	const char *rest_days;
	int64_t pay_fen, pay_standard_fen, lowest_grade_fen;	/* a month */
	const char *pay_every, *pay_by;
	const char *protection;
	const char *insurance_company, *insurance_policy;
	const char *insurance_from, *insurance_to, *insurance_paid_by;
	const char *accident_handling, *assessment, *breach;
	const char *school_supervisor, *enterprise_supervisor;
	struct objects reasons;		/* said with them, no part of them */
};

extern const struct field agreement_terms_shape[];	/* what is kept */
extern const struct field agreement_put_shape[];	/* what is sent */

enum { AGREEMENT_VERSION_COLUMN = 2 };

/* A row of agreement_by_id.sql as an object. */
void agreement_write(struct json_writer *w, const struct rows *rows, int row);

#endif
