/* supply_demand_steps.c - see supply_demand_steps.h. */
#include "endpoints/supply_demand_steps.h"

#include "base/text.h"
#include "endpoints/packed_parts.h"
#include "records/members.h"

/* Columns of supply_demand_parts.sql before those of packed_parts.h. */
enum { PART_WHAT, PART_COLUMNS };

/* Judges the parts of some rows. */
static void judge(struct shown_groups *groups, struct flow *f, int first,
		  int end)
{
	const struct supply_demand_query *q = f->query;
	const struct packed_filter filter = { q->school_id, q->specialty,
					      q->level, q->division_code,
					      NULL, 0 };
	struct packed_parts parts = { .first = first, .end = end,
				      .column = PART_COLUMNS, .counts = 1,
				      .is_by_year = true };

	packed_parts_read(&parts, f, &q->by, &filter);
	packed_parts_judge(groups, f, &parts, 0);
}

void judge_supply_demand(struct flow *f)
{
	struct supply_demand_asked *s = f->state;
	int end = s->is_whole || s->is_by_occupation ? 0 :
		  rows_count(f->rows);
	int people = 0;

	while (people < end &&
	       text_same(rows_text(f->rows, people, PART_WHAT), "people"))
		people++;
	judge(&s->people, f, 0, people);
	judge(&s->seats, f, people, end);
}

/* A group without parts is empty, and has nothing to hide. */
static bool is_shown(struct flow *f, const struct shown_groups *groups,
		     int row)
{
	const struct supply_demand_asked *s = f->state;
	const struct shown_group *found;

	if (s->is_whole)
		return true;
	found = shown_groups_find(groups,
				  rows_text(f->rows, row, SUPPLY_DEMAND_KEY),
				  rows_int(f->rows, row, SUPPLY_DEMAND_YEAR));
	return !found || found->is_shown;
}

/* ---- where the rows of a group are listed ---- */

struct term {
	const char *name, *value;	/* NULL: does not narrow it down */
};

static const char *path_of(struct flow *f, const char *path,
			   const struct term *terms, size_t count)
{
	char between = '?';

	for (size_t i = 0; i < count; i++) {
		if (!terms[i].value)
			continue;
		path = arena_print(f->mem, "%s%c%s=%s", path, between,
				   terms[i].name, terms[i].value);
		between = '&';
	}
	return path;
}

static const char *said(struct flow *f, int row, int column, const char *asked)
{
	return rows_is_null(f->rows, row, column) ?
		       asked : rows_text(f->rows, row, column);
}

static void write_paths(struct flow *f, struct json_writer *w, int row)
{
	const struct supply_demand_query *q = f->query;
	char school[UUID_TEXT_BYTES];
	const char *year = rows_text(f->rows, row, SUPPLY_DEMAND_YEAR);
	const char *specialty = said(f, row, SUPPLY_DEMAND_SPECIALTY,
				     q->specialty);
	const char *division = said(f, row, SUPPLY_DEMAND_DISTRICT,
				    q->division_code);
	const struct term people[] = {
		{ "year", year },
		{ "school_id", uuid_is_nil(&q->school_id) ? NULL :
			(uuid_text(&q->school_id, school), school) },
		{ "specialty", specialty },
		{ "level", said(f, row, SUPPLY_DEMAND_LEVEL, q->level) },
		{ "division_code", division },
	};
	const struct term postings[] = {
		{ "specialty", specialty }, { "division", division },
	};
	const struct term listed[] = {
		{ "year", year }, { "specialty", specialty },
	};

	json_member_text(w, "destinations",
			 path_of(f, "/v1/destinations", people,
				 COUNT_OF(people)));
	json_member_text(w, "postings",
			 path_of(f, "/v1/postings", postings,
				 COUNT_OF(postings)));
	json_member_text(w, "demand", path_of(f, "/v1/demand", listed,
					      COUNT_OF(listed)));
}

/* What nothing leads to has no list of its own. */
static void write_no_paths(struct json_writer *w)
{
	json_member_text(w, "destinations", NULL);
	json_member_text(w, "postings", NULL);
	json_member_text(w, "demand", NULL);
}

/* ---- the reply ---- */

static void write_group(struct json_writer *w, const struct rows *rows,
			int row)
{
	static const struct member_of { int column; const char *name; }
	members[] = {
		{ SUPPLY_DEMAND_DISTRICT, "division_code" },
		{ SUPPLY_DEMAND_DISTRICT_NAME, "division_name" },
		{ SUPPLY_DEMAND_LEVEL, "level" },
		{ SUPPLY_DEMAND_SPECIALTY, "specialty" },
		{ SUPPLY_DEMAND_SPECIALTY_NAME, "specialty_name" },
		{ SUPPLY_DEMAND_OCCUPATION, "occupation_code" },
		{ SUPPLY_DEMAND_OCCUPATION_NAME, "occupation_name" },
	};

	member_int(w, "year", CELL(rows, row, SUPPLY_DEMAND_YEAR));
	for (size_t i = 0; i < COUNT_OF(members); i++)
		member_text(w, members[i].name,
			    CELL(rows, row, members[i].column));
	member_bool(w, "is_unnamed",
		    CELL(rows, row, SUPPLY_DEMAND_IS_UNNAMED));
}

/* The row before is the same group a year earlier. */
static bool has_before(const struct rows *rows, int row)
{
	return row > 0 &&
	       rows_int(rows, row - 1, SUPPLY_DEMAND_YEAR) + 1 ==
		       rows_int(rows, row, SUPPLY_DEMAND_YEAR) &&
	       text_same(rows_text(rows, row - 1, SUPPLY_DEMAND_KEY),
			 rows_text(rows, row, SUPPLY_DEMAND_KEY));
}

static void write_item(struct flow *f, struct json_writer *w, int row)
{
	const struct supply_demand_asked *s = f->state;
	struct supply_demand now, before;
	const struct supply_demand_shown shown = {
		!s->is_by_occupation, is_shown(f, &s->people, row),
		is_shown(f, &s->seats, row)
	};
	bool is_compared = has_before(f->rows, row);

	json_object(w);
	write_group(w, f->rows, row);
	supply_demand_from_row(&now, f->rows, row);
	supply_demand_write(w, &now, &shown);
	if (is_compared)
		supply_demand_from_row(&before, f->rows, row - 1);
	json_key(w, "before");
	supply_demand_write_before(w, is_compared ? &before : NULL,
				   shown.has_people);
	if (s->is_by_occupation ||
	    rows_bool(f->rows, row, SUPPLY_DEMAND_IS_UNNAMED))
		write_no_paths(w);
	else
		write_paths(f, w, row);
	json_end(w);
}

static void write_by(struct json_writer *w, const struct texts *by)
{
	json_key(w, "by");
	json_array(w);
	for (size_t i = 0; i < by->count; i++)
		json_text(w, by->at[i]);
	json_end(w);
}

enum flow_next reply_supply_demand(struct flow *f)
{
	const struct supply_demand_query *q = f->query;
	const struct supply_demand_asked *s = f->state;
	struct json_writer *w;

	if (!groups_are_few(f))
		return FLOW_FAIL;
	w = reply_json(f, 200);
	json_object(w);
	write_by(w, &q->by);
	json_member_bool(w, "is_whole", s->is_whole);
	json_key(w, "items");
	json_array(w);
	for (int row = 0; row < rows_count(f->rows); row++)
		if (rows_int(f->rows, row, SUPPLY_DEMAND_YEAR) >= s->first)
			write_item(f, w, row);
	json_end(w);
	json_end(w);
	return FLOW_DONE;
}
