/*
 * db_fault.c - SQLSTATE to fault. Values never leave PostgreSQL's messages:
 * only our own raises (class DK) speak to the client in their own words.
 */
#include "wire/db_fault.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"

struct row {
	const char *state;
	enum fault_kind kind;
	enum db_remedy remedy;
};

static const struct row rows[] = {
#define DB_FAULT(state, word, remedy) { state, FAULT_##word, DB_##remedy },
#include "wire/db_faults.def"
#undef DB_FAULT
};

static const char *field(const PGresult *result, int code)
{
	const char *text = PQresultErrorField(result, code);

	return text ? text : "";
}

static const struct row *row_of(const PGresult *result)
{
	static const struct row bug = { "", FAULT_BUG, DB_TELL };
	const char *state = field(result, PG_DIAG_SQLSTATE);

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (text_starts(state, rows[i].state))
			return &rows[i];
	return &bug;
}

bool db_result_is_good(const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);

	return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
}

bool db_result_is_loss(const PGresult *result)
{
	const char *state = field(result, PG_DIAG_SQLSTATE);

	if (PQresultStatus(result) != PGRES_FATAL_ERROR)
		return false;
	/* libpq's own errors bear no SQLSTATE: the wire is broken */
	return !*state || text_starts(state, "57P") ||
	       text_starts(state, "08") || text_starts(state, "25P03") ||
	       text_same(field(result, PG_DIAG_SEVERITY_NONLOCALIZED), "FATAL");
}

enum db_remedy db_remedy(const PGresult *result)
{
	return row_of(result)->remedy;
}

static void log_bug(const PGresult *result, const char *statement)
{
	const char *state = field(result, PG_DIAG_SQLSTATE);

	log_line(LOG_ERROR, "statement failed",
		 "statement=%s sqlstate=%s constraint=%s where=%s said=\"%s\"",
		 statement, state, field(result, PG_DIAG_CONSTRAINT_NAME),
		 field(result, PG_DIAG_SOURCE_FUNCTION),
		 text_starts(state, "42") ?
			 field(result, PG_DIAG_MESSAGE_PRIMARY) : "");
}

void db_fault(const PGresult *result, const char *statement,
	      struct fault *fault)
{
	const struct row *row = row_of(result);
	const char *state = field(result, PG_DIAG_SQLSTATE);

	if (row->kind == FAULT_BUG)
		log_bug(result, statement);
	fault_set(fault, row->kind, "%s",
		  text_starts(state, "DK") && row->kind != FAULT_BUG ?
			  field(result, PG_DIAG_MESSAGE_PRIMARY) : "");
	snprintf(fault->sqlstate, sizeof(fault->sqlstate), "%s", state);
	snprintf(fault->constraint, sizeof(fault->constraint), "%s",
		 field(result, PG_DIAG_CONSTRAINT_NAME));
	if (row->kind == FAULT_RULE_BROKEN)
		snprintf(fault->counts, sizeof(fault->counts), "%s",
			 field(result, PG_DIAG_MESSAGE_DETAIL));
}
