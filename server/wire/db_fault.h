/* db_fault.h - what PostgreSQL's complaint means to us: db_faults.def. */
#ifndef WIRE_DB_FAULT_H
#define WIRE_DB_FAULT_H

#include <libpq-fe.h>
#include <stdbool.h>

#include "base/fault.h"

enum db_remedy { DB_TELL, DB_REPEAT, DB_RENEW };

bool db_result_is_good(const PGresult *result);

/* The connection itself is gone or going, whatever was asked on it. */
bool db_result_is_loss(const PGresult *result);

enum db_remedy db_remedy(const PGresult *result);

/*
 * The fault of a failed result. A bug is logged with its SQLSTATE and the
 * statement's name; what PostgreSQL says in words is not, since it may quote
 * values, but for class 42, which speaks of names only.
 */
void db_fault(const PGresult *result, const char *statement,
	      struct fault *fault);

#endif
