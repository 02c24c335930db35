/* employment_steps.c - see employment_steps.h. */
#include "endpoints/employment_steps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "records/codes.h"
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

	if (employment_is_by(&q->by, "specialty") +
	    employment_is_by(&q->by, "class") +
	    employment_is_by(&q->by, "category") > 1)
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
	if (q->year && !employment_is_by(&q->by, "year"))
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

/* Columns of employment_parts.sql. */
enum { PARTS_YEAR, PARTS_DISTRICT, PARTS_SCHOOL, PARTS_LIST, PARTS_LEAST };

enum { PART_NAME_BYTES = 8 };

/* One of the smallest parts: of a row, a specialty, sex or month. */
struct part {
	int row;
	char name[PART_NAME_BYTES];
	int64_t count;
};

static int by_name(const void *a, const void *b)
{
	const struct part *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* Sorted, and what comes more than once summed; how many are left. */
static size_t tidy_parts(struct part *parts, size_t count)
{
	size_t kept = 0;

	qsort(parts, count, sizeof(*parts), by_name);
	for (size_t i = 0, end; i < count; i = end) {
		struct part whole = parts[i];

		for (end = i + 1; end < count &&
				  !by_name(&parts[i], &parts[end]); end++)
			whole.count += parts[end].count;
		if (whole.count)
			parts[kept++] = whole;
	}
	return kept;
}

/* "660301 37 660302 12": as many as there are, behind `parts`. */
static size_t read_list(const char *at, int row, struct part *parts)
{
	size_t count = 0;

	while (*at) {
		size_t bytes = strcspn(at, " ");
		char *end;

		must(bytes < PART_NAME_BYTES && at[bytes] == ' ');
		parts[count].row = row;
		memcpy(parts[count].name, at, bytes);
		parts[count].name[bytes] = '\0';
		parts[count++].count = strtoll(at + bytes + 1, &end, 10);
		at = end + (*end == ' ');
	}
	return tidy_parts(parts, count);
}

static struct part *read_parts(struct flow *f, size_t *count)
{
	size_t bytes = 0;
	struct part *parts;

	for (int row = 0; row < rows_count(f->rows); row++)
		bytes += rows_bytes(f->rows, row, PARTS_LIST);
	/* The shortest is "6 1 ". */
	parts = arena_array(f->mem, struct part, bytes / 4 + 2 +
				    (size_t)rows_count(f->rows));
	*count = 0;
	for (int row = 0; row < rows_count(f->rows); row++)
		*count += read_list(rows_text(f->rows, row, PARTS_LIST), row,
				    parts + *count);
	return parts;
}

/* The narrowest of the wholes (a class or category in a school, the school,
 * the district, the year) that two parts share. */
static int first_shared(const struct rows *rows, const struct part *a,
			const struct part *b)
{
	static const int columns[] = { PARTS_YEAR, PARTS_DISTRICT,
				       PARTS_SCHOOL };
	int level = CONTROL_WHOLES;

	for (size_t i = 0; i < COUNT_OF(columns); i++, level--)
		if (a->row != b->row &&
		    !text_same(rows_text(rows, a->row, columns[i]),
			       rows_text(rows, b->row, columns[i])))
			return level;
	/* Sexes and months have no narrower wholes than the year. */
	if (*rows_text(rows, a->row, PARTS_SCHOOL) &&
	    strncmp(a->name, b->name, 2) != 0)
		return level;
	return level - 1 - (!*rows_text(rows, a->row, PARTS_SCHOOL) ||
			    strncmp(a->name, b->name, 4) == 0);
}

static struct control_atom *make_atoms(struct flow *f,
				       const struct part *parts, size_t count)
{
	struct control_atom *atoms = arena_array(f->mem, struct control_atom,
						 count + 1);

	for (size_t i = 0; i < count; i++) {
		int shared = i == 0 ? CONTROL_WHOLES :
			first_shared(f->rows, &parts[i - 1], &parts[i]);

		atoms[i].count = parts[i].count;
		for (int level = 0; level < CONTROL_WHOLES; level++)
			atoms[i].whole[level] = level < shared ? i :
				atoms[i - 1].whole[level];
	}
	return atoms;
}

/* Is a part within the filters? */
static bool is_asked(struct flow *f, const struct part *part)
{
	const struct employment_query *q = f->query;
	const char *specialty = q->specialty, *level = q->level;
	char school[UUID_TEXT_BYTES], month[PART_NAME_BYTES];

	uuid_text(&q->school_id, school);
	snprintf(month, sizeof(month), "%d", (int)q->month);
	return (!q->month || text_same(part->name, month)) &&
	       (!q->sex || text_same(part->name, q->sex)) &&
	       (uuid_is_nil(&q->school_id) ||
		text_same(rows_text(f->rows, part->row, PARTS_SCHOOL),
			  school)) &&
	       (!q->division_code ||
		text_same(rows_text(f->rows, part->row, PARTS_DISTRICT),
			  q->division_code)) &&
	       (!specialty ||
		strncmp(part->name, specialty, strlen(specialty)) == 0) &&
	       (!level || text_same(code_specialty_level(part->name), level));
}

/* What the group of a part is called, as employment_groups.sql calls it. */
static const char *key_of(struct flow *f, const struct part *part)
{
	const struct employment_asked *s = f->state;
	const char *level = code_specialty_level(part->name);
	const struct { const char *by, *text; int bytes; } terms[] = {
		{ "school", rows_text(f->rows, part->row, PARTS_SCHOOL), 36 },
		{ "district", rows_text(f->rows, part->row, PARTS_DISTRICT),
		  6 },
		{ "level", level, 12 },
		{ "specialty", part->name, 6 },
		{ "class", part->name, 4 },
		{ "category", part->name, 2 },
		{ "sex", part->name, 7 },
		{ "month", part->name, 2 },
	};
	char key[96];
	size_t used = 0;

	for (size_t i = 0; i < COUNT_OF(terms); i++)
		if (terms[i].text && employment_is_by(&s->by, terms[i].by))
			used += (size_t)snprintf(
				key + used, sizeof(key) - used, "%s%.*s",
				used ? "|" : "", terms[i].bytes,
				terms[i].text);
	must(used < sizeof(key));
	return arena_text(f->mem, key, used);
}

/* The parts that are in a group. */
static struct shown_member *find_members(struct flow *f,
					 const struct part *parts,
					 size_t count, size_t *member_count)
{
	const struct employment_asked *s = f->state;
	struct shown_member *members = arena_array(
		f->mem, struct shown_member, count + 1);
	bool is_by_year = employment_is_by(&s->by, "year");

	*member_count = 0;
	for (size_t i = 0; i < count; i++)
		if (is_asked(f, &parts[i]))
			members[(*member_count)++] = (struct shown_member){
				key_of(f, &parts[i]), is_by_year ? rows_int(
					f->rows, parts[i].row, PARTS_YEAR) : 0,
				i
			};
	return members;
}

void judge_employment(struct flow *f)
{
	struct employment_asked *s = f->state;
	struct shown_parts shown = { 0 };
	struct part *parts;

	if (s->is_whole || rows_count(f->rows) == 0)
		return;
	parts = read_parts(f, &shown.count);
	shown.atoms = make_atoms(f, parts, shown.count);
	shown.members = find_members(f, parts, shown.count,
				     &shown.member_count);
	shown.least = rows_int(f->rows, 0, PARTS_LEAST);
	shown_groups_of(&s->groups, f->mem, &shown);
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
