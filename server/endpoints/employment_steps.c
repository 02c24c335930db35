/* employment_steps.c - see employment_steps.h. */
#include "endpoints/employment_steps.h"

#include "base/text.h"
#include "records/members.h"

bool employment_is_by(const struct texts *by, const char *what)
{
	for (size_t i = 0; i < by->count; i++)
		if (text_same(by->at[i], what))
			return true;
	return false;
}

const char *employment_part(const struct employment_query *q)
{
	static const char *const places[] = { "school", "district", "level",
					      "specialty", "class",
					      "category" };
	bool is_by_sex = q->sex || employment_is_by(&q->by, "sex");
	bool is_by_month = q->month || employment_is_by(&q->by, "month");
	bool is_by_place = !uuid_is_nil(&q->school_id) || q->specialty ||
			   q->level || q->division_code;

	for (size_t i = 0; i < COUNT_OF(places); i++)
		is_by_place |= employment_is_by(&q->by, places[i]);
	if (is_by_sex + is_by_month + is_by_place > 1)
		return NULL;
	return is_by_sex ? "sex" : is_by_month ? "month" : "place";
}

enum flow_next find_employment_parts(struct flow *f)
{
	const struct employment_query *q = f->query;
	struct employment_asked *s = f->state;

	if (s->is_whole)
		return FLOW_NEXT;
	return ask(f, SQL_EMPLOYMENT_PARTS, P_CONSORTIUM(f),
		   EMPLOYMENT_YEARS(q), EMPLOYMENT_FILTERS(q),
		   P_TEXT(q->as_of), P_TEXTS(&s->by),
		   P_TEXT(employment_part(q)));
}

/* ---- which groups may be shown ---- */

void judge_employment(struct flow *f)
{
	struct employment_asked *s = f->state;
	struct part_rows parts;

	if (s->is_whole)
		return;
	parts = (struct part_rows){ 0, rows_count(f->rows), 0,
				    employment_is_by(&s->by, "year") };
	shown_groups_judge(&s->groups, f, &parts);
}

static bool is_shown(struct flow *f, int row)
{
	const struct employment_asked *s = f->state;
	const struct shown_group *found;

	if (s->is_whole)
		return true;
	found = shown_groups_find(&s->groups,
				  rows_text(f->rows, row, EMPLOYMENT_KEY),
				  rows_int(f->rows, row, EMPLOYMENT_YEAR));
	return found && found->is_shown;
}

/* ---- the reply ---- */

/* Where the rows of a group are listed: its own terms before the filters'. */
static const char *rows_path(struct flow *f, int row)
{
	const struct employment_query *q = f->query;
	char school[UUID_TEXT_BYTES];
	const struct { const char *name; int column; const char *asked; }
	terms[] = {
		{ "year", EMPLOYMENT_YEAR, NULL },
		{ "month", EMPLOYMENT_MONTH, q->month ? arena_print(
			f->mem, "%lld", (long long)q->month) : NULL },
		{ "school_id", EMPLOYMENT_SCHOOL_ID,
		  uuid_is_nil(&q->school_id) ? NULL :
			(uuid_text(&q->school_id, school), school) },
		{ "specialty", EMPLOYMENT_SPECIALTY, q->specialty },
		{ "level", EMPLOYMENT_LEVEL, q->level },
		{ "sex", EMPLOYMENT_SEX, q->sex },
		{ "division_code", EMPLOYMENT_DISTRICT, q->division_code },
	};
	const char *path = "/v1/destinations";
	char between = '?';

	for (size_t i = 0; i < COUNT_OF(terms); i++) {
		const char *value = rows_is_null(f->rows, row,
						 terms[i].column) ?
			terms[i].asked :
			rows_text(f->rows, row, terms[i].column);

		if (!value)
			continue;
		path = arena_print(f->mem, "%s%c%s=%s", path, between,
				   terms[i].name, value);
		between = '&';
	}
	return path;
}

static void write_group(struct json_writer *w, const struct rows *rows,
			int row)
{
	static const struct member_of { int column; const char *name; }
	members[] = {
		{ EMPLOYMENT_SCHOOL_ID, "school_id" },
		{ EMPLOYMENT_SCHOOL_NAME, "school_name" },
		{ EMPLOYMENT_DISTRICT, "division_code" },
		{ EMPLOYMENT_DISTRICT_NAME, "division_name" },
		{ EMPLOYMENT_LEVEL, "level" },
		{ EMPLOYMENT_SPECIALTY, "specialty" },
		{ EMPLOYMENT_SPECIALTY_NAME, "specialty_name" },
		{ EMPLOYMENT_SEX, "sex" },
	};

	member_int(w, "year", CELL(rows, row, EMPLOYMENT_YEAR));
	for (size_t i = 0; i < COUNT_OF(members); i++)
		member_text(w, members[i].name,
			    CELL(rows, row, members[i].column));
	member_int(w, "month", CELL(rows, row, EMPLOYMENT_MONTH));
}

/* The row before is the same group a year earlier. */
static bool has_before(struct flow *f, int row)
{
	const struct rows *rows = f->rows;

	return row > 0 && !rows_is_null(rows, row, EMPLOYMENT_YEAR) &&
	       rows_int(rows, row - 1, EMPLOYMENT_YEAR) + 1 ==
		       rows_int(rows, row, EMPLOYMENT_YEAR) &&
	       text_same(rows_text(rows, row - 1, EMPLOYMENT_KEY),
			 rows_text(rows, row, EMPLOYMENT_KEY)) &&
	       is_shown(f, row - 1);
}

static void write_item(struct flow *f, struct json_writer *w, int row)
{
	struct employment counts, before;
	bool is_open = is_shown(f, row), is_compared = has_before(f, row);

	json_object(w);
	write_group(w, f->rows, row);
	json_member_bool(w, "is_hidden", !is_open);
	employment_from_row(&counts, f->rows, row);
	if (is_open)
		employment_write(w, &counts);
	else
		employment_write_hidden(w);
	if (is_compared)
		employment_from_row(&before, f->rows, row - 1);
	json_key(w, "before");
	employment_write_before(w, is_compared ? &before : NULL);
	json_member_text(w, "destinations",
			 is_open ? rows_path(f, row) : NULL);
	json_end(w);
}

enum flow_next reply_employment(struct flow *f)
{
	const struct employment_query *q = f->query;
	struct employment_asked *s = f->state;
	struct json_writer *w;

	if (rows_count(f->rows) > EMPLOYMENT_GROUPS_MAX) {
		flaws_add(&f->flaws, "by", "too-many-rows",
			  "makes too many groups: ask for less at a time",
			  "分组过多，请缩小范围");
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	}
	w = reply_json(f, 200);
	json_object(w);
	json_member_text(w, "as_of", q->as_of);
	json_key(w, "by");
	json_array(w);
	for (size_t i = 0; i < q->by.count; i++)
		json_text(w, q->by.at[i]);
	json_end(w);
	json_member_bool(w, "is_whole", s->is_whole);
	json_key(w, "items");
	json_array(w);
	for (int row = 0; row < rows_count(f->rows); row++)
		if (!q->year ||
		    rows_int(f->rows, row, EMPLOYMENT_YEAR) == q->year)
			write_item(f, w, row);
	json_end(w);
	json_end(w);
	return FLOW_DONE;
}
