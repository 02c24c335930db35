/*
 * rows.c - a PGresult read as rows. Callers promise that a column has the
 * form they ask for; their statements are ours, so another form is a bug.
 */
#include "wire/rows.h"

#include <libpq-fe.h>
#include <string.h>

#include "base/base.h"
#include "base/text.h"
#include "wire/db.h"

static const PGresult *result_of(const struct rows *rows)
{
	return (const PGresult *)rows;
}

static const char *cell(const struct rows *rows, int row, int column)
{
	must(row >= 0 && row < PQntuples(result_of(rows)));
	must(column >= 0 && column < PQnfields(result_of(rows)));
	return PQgetvalue(result_of(rows), row, column);
}

int rows_count(const struct rows *rows)
{
	return PQntuples(result_of(rows));
}

bool rows_is_null(const struct rows *rows, int row, int column)
{
	cell(rows, row, column);
	return PQgetisnull(result_of(rows), row, column);
}

const char *rows_text(const struct rows *rows, int row, int column)
{
	return cell(rows, row, column);	/* libpq gives "" for NULL */
}

size_t rows_bytes(const struct rows *rows, int row, int column)
{
	cell(rows, row, column);
	return (size_t)PQgetlength(result_of(rows), row, column);
}

int64_t rows_int(const struct rows *rows, int row, int column)
{
	const char *text = cell(rows, row, column);
	int64_t value = 0;

	must(!*text ? PQgetisnull(result_of(rows), row, column) :
		      text_to_int(text, &value));
	return value;
}

bool rows_bool(const struct rows *rows, int row, int column)
{
	const char *text = cell(rows, row, column);

	must(!*text ? PQgetisnull(result_of(rows), row, column) :
		      text_same(text, "t") || text_same(text, "f"));
	return *text == 't';
}

struct uuid rows_uuid(const struct rows *rows, int row, int column)
{
	const char *text = cell(rows, row, column);
	struct uuid id = { { 0 } };

	must(!*text ? PQgetisnull(result_of(rows), row, column) :
		      uuid_parse(text, &id));
	return id;
}

void rows_release(struct rows *rows)
{
	PQclear((PGresult *)rows);
}
