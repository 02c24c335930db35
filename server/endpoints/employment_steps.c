/* employment_steps.c - see employment_steps.h. */
#include "endpoints/employment_steps.h"

#include <string.h>

#include "base/text.h"
#include "records/members.h"

bool employment_is_by_place(const struct employment_query *q)
{
	static const char *const places[] = { "school", "district", "level",
					      "specialty", "class",
					      "category" };
	bool is_by_place = !uuid_is_nil(&q->school_id) || q->specialty ||
			   q->level || q->division_code;

	for (size_t i = 0; i < COUNT_OF(places); i++)
		is_by_place |= texts_have(&q->by, places[i]);
	return is_by_place;
}

const char *employment_part(const struct employment_query *q)
{
	bool is_by_sex = q->sex || texts_have(&q->by, "sex");
	bool is_by_month = q->month || texts_have(&q->by, "month");

	if (is_by_sex + is_by_month + employment_is_by_place(q) > 1)
		return NULL;
	return is_by_sex ? "sex" : is_by_month ? "month" : "place";
}

const char *employment_check_dimension(const char *text)
{
	static const char *const dimensions[] = {
		"school", "year", "specialty", "class", "category", "level",
		"sex", "district", "month", NULL
	};

	for (int i = 0; dimensions[i]; i++)
		if (text_same(text, dimensions[i]))
			return NULL;
	return "is nothing to count by";
}

static void check_by(struct flow *f)
{
	const struct employment_query *q = f->query;

	if (texts_have(&q->by, "specialty") +
	    texts_have(&q->by, "class") +
	    texts_have(&q->by, "category") > 1)
		flaws_add(&f->flaws, "by", "inconsistent",
			  "names one of specialty, class and category",
			  "specialty、class、category 只能选一项");
	if (f->actor.scope != SCOPE_OWN && !employment_part(q))
		flaws_add(&f->flaws, "by", "not-allowed",
			  "sex and month are shown each by itself only",
			  "性别、月份只能单独统计");
}

/* What it counts by: with the year, if one is asked for, to compare it. */
static void settle(struct flow *f)
{
	const struct employment_query *q = f->query;
	struct employment_asked *s = f->state;

	s->is_whole = f->actor.scope == SCOPE_OWN;
	s->by.at = arena_array(f->mem, const char *, q->by.count + 1);
	for (; s->by.count < q->by.count; s->by.count++)
		s->by.at[s->by.count] = q->by.at[s->by.count];
	if (q->year && !texts_have(&q->by, "year"))
		s->by.at[s->by.count++] = "year";
}

bool employment_is_asked_well(struct flow *f)
{
	check_by(f);
	if (f->flaws.count)
		return false;
	settle(f);
	return true;
}

enum flow_next find_employment_parts(struct flow *f)
{
	const struct employment_query *q = f->query;
	struct employment_asked *s = f->state;

	if (s->is_whole)
		return FLOW_NEXT;
	return ask(f, SQL_EMPLOYMENT_PARTS, P_CONSORTIUM(f),
		   EMPLOYMENT_YEARS(q), P_TEXT(q->as_of),
		   P_TEXT(employment_part(q)));
}

/* ---- which groups may be shown ---- */

struct packed_filter employment_parts_filter(const struct employment_query *q)
{
	return (struct packed_filter){ q->school_id, q->specialty, q->level,
				       q->division_code, q->sex, q->month };
}

void judge_employment(struct flow *f)
{
	struct employment_asked *s = f->state;
	const struct packed_filter filter = employment_parts_filter(f->query);
	struct packed_parts parts = {
		.end = rows_count(f->rows), .counts = 1,
		.is_by_year = texts_have(&s->by, "year")
	};

	if (s->is_whole)
		return;
	packed_parts_read(&parts, f, &s->by, &filter);
	packed_parts_judge(&s->groups, f, &parts, 0);
}

bool employment_is_shown(const struct employment_asked *s, const char *key,
			 int64_t year)
{
	const struct shown_group *found;

	if (s->is_whole)
		return true;
	found = shown_groups_find(&s->groups, key, year);
	return found && found->is_shown;
}

static bool is_shown(struct flow *f, int row)
{
	return employment_is_shown(f->state,
				   rows_text(f->rows, row, EMPLOYMENT_KEY),
				   rows_int(f->rows, row, EMPLOYMENT_YEAR));
}

/* ---- the reply ---- */

const char *employment_rows_path(struct flow *f, int row, const char *path)
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
	char between = strchr(path, '?') ? '&' : '?';

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

void employment_write_group(struct json_writer *w, const struct rows *rows,
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
	employment_write_group(w, f->rows, row);
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
			 is_open ? employment_rows_path(
				f, row, "/v1/destinations") : NULL);
	json_end(w);
}

enum flow_next reply_employment(struct flow *f)
{
	const struct employment_query *q = f->query;
	struct employment_asked *s = f->state;
	struct json_writer *w;

	if (!groups_are_few(f))
		return FLOW_FAIL;
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
