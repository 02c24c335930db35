/*
 * rows.h - the rows that answer a question, as PostgreSQL wrote them (text).
 *
 * mem   texts are borrowed from the rows and live as long as they do
 * ties  columns are numbered from 0 in the order of the statement's list
 */
#ifndef WIRE_ROWS_H
#define WIRE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/uuid.h"

struct rows;	/* a PGresult; only wire/ knows */

int rows_count(const struct rows *rows);
bool rows_is_null(const struct rows *rows, int row, int column);

/* "" for NULL. */
const char *rows_text(const struct rows *rows, int row, int column);
size_t rows_bytes(const struct rows *rows, int row, int column);

/* 0, false, the nil id for NULL; another form than promised is a bug. */
int64_t rows_int(const struct rows *rows, int row, int column);
bool rows_bool(const struct rows *rows, int row, int column);
struct uuid rows_uuid(const struct rows *rows, int row, int column);

#endif
