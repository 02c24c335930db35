/* employment_steps.c - see employment_steps.h. */
#include "endpoints/employment_steps.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "records/disclosure_control.h"
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

/* Columns of employment_parts.sql. */
enum { PART_KEY, PART_YEAR, PART_COUNT, PART_WHOLES,
       PART_LEAST = PART_WHOLES + CONTROL_WHOLES };

struct part {
	const char *key;
	int64_t year;
	size_t atom;
};

static int by_group(const void *a, const void *b)
{
	const struct part *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order ? order : (x->year > y->year) - (x->year < y->year);
}

static struct control_atom *read_parts(struct flow *f, size_t count)
{
	struct control_atom *atoms = arena_array(f->mem, struct control_atom,
						 count + 1);

	for (size_t i = 0; i < count; i++) {
		atoms[i].count = rows_int(f->rows, (int)i, PART_COUNT);
		for (int level = 0; level < CONTROL_WHOLES; level++)
			atoms[i].whole[level] = rows_text(
				f->rows, (int)i, PART_WHOLES + level);
	}
	return atoms;
}

/* The parts that are in a group, group by group. */
static struct part *read_members(struct flow *f, size_t count,
				   size_t *member_count)
{
	const struct employment_asked *s = f->state;
	struct part *members = arena_array(f->mem, struct part, count + 1);
	bool is_by_year = employment_is_by(&s->by, "year");

	*member_count = 0;
	for (size_t i = 0; i < count; i++) {
		int row = (int)i;

		if (rows_is_null(f->rows, row, PART_KEY))
			continue;
		members[(*member_count)++] = (struct part){
			arena_text(f->mem, rows_text(f->rows, row, PART_KEY),
				   rows_bytes(f->rows, row, PART_KEY)),
			is_by_year ? rows_int(f->rows, row, PART_YEAR) : 0, i
		};
	}
	qsort(members, *member_count, sizeof(*members), by_group);
	return members;
}

void judge_employment(struct flow *f)
{
	struct employment_asked *s = f->state;
	size_t count = s->is_whole ? 0 : (size_t)rows_count(f->rows);
	size_t all, *atoms_of;
	struct control_atom *atoms;
	struct control_block *blocks;
	struct part *members;
	int64_t *touched;

	if (!count)
		return;
	atoms = read_parts(f, count);
	members = read_members(f, count, &all);
	blocks = control_blocks(f->mem, atoms, count,
				rows_int(f->rows, 0, PART_LEAST));
	touched = arena_array(f->mem, int64_t, count + 1);
	atoms_of = arena_array(f->mem, size_t, all + 1);
	s->groups = arena_array(f->mem, struct employment_group, all + 1);
	for (size_t i = 0, end; i < all; i = end) {
		for (end = i; end < all && !by_group(&members[i],
						     &members[end]); end++)
			atoms_of[end - i] = members[end].atom;
		s->groups[s->count++] = (struct employment_group){
			members[i].key, members[i].year,
			control_shows(atoms, blocks, atoms_of, end - i,
				      touched)
		};
	}
}

static int by_key(const void *a, const void *b)
{
	const struct employment_group *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order ? order : (x->year > y->year) - (x->year < y->year);
}

static bool is_shown(struct flow *f, int row)
{
	const struct employment_asked *s = f->state;
	struct employment_group wanted = {
		rows_text(f->rows, row, EMPLOYMENT_KEY),
		rows_int(f->rows, row, EMPLOYMENT_YEAR), false
	}, *found;

	if (s->is_whole)
		return true;
	found = s->count ? bsearch(&wanted, s->groups, s->count,
				   sizeof(wanted), by_key) : NULL;
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
