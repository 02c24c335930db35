/* demand_steps.c - see demand_steps.h. */
#include "endpoints/demand_steps.h"

#include "base/text.h"
#include "wire/sql.h"

enum { YEAR_MIN = 2000, YEAR_MAX = 2100 };

/* Columns of schema/queries/demand_of_year.sql after the entry's. */
enum { SPECIALTY, VERSION = DEMAND_COLUMNS, UPDATED_AT };

static bool path_year(struct flow *f, int64_t *year)
{
	const char *text = path_text(f, "year");

	if (text_is_digits(text) && text_to_int(text, year) &&
	    *year >= YEAR_MIN && *year <= YEAR_MAX)
		return true;
	(void)fail(f, FAULT_NOT_FOUND, "%s", "");
	return false;
}

enum flow_next find_demand_owner(struct flow *f)
{
	struct demand_path *s = f->state;

	if (!path_enterprise(f, &s->enterprise_id) || !path_year(f, &s->year))
		return FLOW_FAIL;
	return ask_one(f, SQL_ENTERPRISE_OWNED, P_CONSORTIUM(f),
		       P_ID(&s->enterprise_id), P_OWNER(f));
}

enum flow_next find_demand(struct flow *f)
{
	struct demand_path *s = f->state;

	return ask(f, SQL_DEMAND_OF_YEAR, P_CONSORTIUM(f),
		   P_ID(&s->enterprise_id), P_INT(s->year));
}

static void write_entries(struct json_writer *w, const struct rows *rows)
{
	json_array(w);
	for (int i = 0; i < rows_count(rows); i++) {
		if (rows_is_null(rows, i, SPECIALTY))
			continue;
		json_object(w);
		demand_members(w, rows, i);
		json_end(w);
	}
	json_end(w);
}

enum flow_next reply_demand(struct flow *f)
{
	struct demand_path *s = f->state;
	bool is_there = rows_count(f->rows) > 0;
	int64_t version = is_there ? rows_int(f->rows, 0, VERSION) : 0;
	struct json_writer *w;

	reply_etag(f, version);
	w = reply_json(f, 200);
	json_object(w);
	json_member_uuid(w, "enterprise_id", &s->enterprise_id);
	json_member_int(w, "year", s->year);
	json_member_int(w, "version", version);
	json_member_time(w, "updated_at",
			 is_there ? rows_text(f->rows, 0, UPDATED_AT) : "");
	json_key(w, "items");
	write_entries(w, f->rows);
	json_end(w);
	return FLOW_DONE;
}
