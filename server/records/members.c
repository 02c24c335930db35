/* members.c - one writer for every record that is columns in order. */
#include "records/members.h"

static bool is_null(struct cell at)
{
	return rows_is_null(at.rows, at.row, at.column);
}

void member_text(struct json_writer *w, const char *name, struct cell at)
{
	json_key(w, name);
	if (is_null(at))
		json_null(w);
	else
		json_text_bytes(w, rows_text(at.rows, at.row, at.column),
				rows_bytes(at.rows, at.row, at.column));
}

void member_int(struct json_writer *w, const char *name, struct cell at)
{
	json_key(w, name);
	if (is_null(at))
		json_null(w);
	else	/* PostgreSQL's digits are JSON's */
		json_raw(w, rows_text(at.rows, at.row, at.column),
			 rows_bytes(at.rows, at.row, at.column));
}

void member_bool(struct json_writer *w, const char *name, struct cell at)
{
	json_key(w, name);
	if (is_null(at))
		json_null(w);
	else
		json_bool(w, rows_bool(at.rows, at.row, at.column));
}

void member_uuid(struct json_writer *w, const char *name, struct cell at)
{
	member_text(w, name, at);
}

void member_time(struct json_writer *w, const char *name, struct cell at)
{
	json_member_time(w, name, rows_text(at.rows, at.row, at.column));
}

void member_texts(struct json_writer *w, const char *name, struct cell at)
{
	json_key(w, name);
	if (is_null(at))
		json_null(w);
	else
		json_text_array(w, rows_text(at.rows, at.row, at.column));
}

void member_json(struct json_writer *w, const char *name, struct cell at)
{
	json_key(w, name);
	if (is_null(at))
		json_null(w);
	else
		json_raw(w, rows_text(at.rows, at.row, at.column),
			 rows_bytes(at.rows, at.row, at.column));
}

void members_write(struct json_writer *w, const struct member *table,
		   const struct rows *rows, int row)
{
	typedef void write_member(struct json_writer *, const char *,
				  struct cell);
	static write_member *const writers[] = {
		[MEMBER_TEXT] = member_text, [MEMBER_INT] = member_int,
		[MEMBER_BOOL] = member_bool, [MEMBER_UUID] = member_uuid,
		[MEMBER_TIME] = member_time, [MEMBER_TEXTS] = member_texts,
		[MEMBER_JSON] = member_json,
	};

	for (int i = 0; table[i].kind != MEMBER_END; i++)
		if (table[i].kind != MEMBER_SKIP)
			writers[table[i].kind](w, table[i].name,
					       CELL(rows, row, i));
}
