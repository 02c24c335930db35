/*
 * GET /v1/statistics/specialty-lists - the three lists as they would be drawn
 * up now: for the office of all schools and of each; for a school its own, and
 * those of all schools for the specialties that it teaches.
 */
#include "base/text.h"
#include "endpoints/filters.h"
#include "endpoints/specialty_list_steps.h"
#include "records/codes.h"

enum { ITEMS_MAX = 2000, YEARS_FROM = 2000, YEARS_TO = 2100 };

struct live_query {
	int64_t year, policy_version;
	const char *of, *outcome, *level, *specialty;
	struct uuid school_id;
};

struct live {
	struct specialty_drawing drawing;
	size_t *items, count;		/* which entries are shown */
};

static const char *const of_words[] = { "all-schools", "school", NULL };
static const char *const level_words[] = { "secondary", "associate",
					   "bachelor", NULL };

static const struct field query_shape[] = {
	INT(struct live_query, year, YEARS_FROM, YEARS_TO, OPTIONAL),
	INT(struct live_query, policy_version, 1, INT32_MAX, OPTIONAL),
	ENUM(struct live_query, of, of_words, OPTIONAL),
	ENUM(struct live_query, outcome, specialty_outcome_words, OPTIONAL),
	ENUM(struct live_query, level, level_words, OPTIONAL),
	TIDY_CODE(struct live_query, specialty, 2, 6,
		  code_check_specialty_target, code_tidy_specialty, OPTIONAL),
	UUID(struct live_query, school_id, OPTIONAL),
	END_OF_FIELDS
};

static flow_step check_query, find_parts, choose, reply_lists;

const struct endpoint get_specialty_lists = {
	.operation = "getSpecialtyLists",
	.method = "GET",
	.path = "/v1/statistics/specialty-lists",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.deadline_ms = 10000,
	.state_bytes = sizeof(struct live),
	.query = query_shape,
	.query_bytes = sizeof(struct live_query),
	.rate = RATE_SEARCH,
	.steps = { check_query, find_parts, find_specialty_demand,
		   draw_specialty_lists, choose, reply_lists },
};

static enum flow_next check_query(struct flow *f)
{
	const struct live_query *q = f->query;
	struct filters filters = { .specialty = q->specialty,
				   .school_id = q->school_id };
	struct live *s = f->state;

	s->drawing.year = q->year;
	s->drawing.policy_version = q->policy_version;
	return find_unknown_filters(f, &filters);
}

static enum flow_next find_parts(struct flow *f)
{
	return filters_are_known(f) ? find_specialty_parts(f) : FLOW_FAIL;
}

/* ---- which entries ---- */

static bool is_own(const struct flow *f, const struct specialty_entry *e)
{
	return f->actor.scope == SCOPE_OWN &&
	       uuid_same(&e->school_id, &f->actor.owner_id);
}

/* Of all schools: entries of one specialty stand behind that one. */
static bool is_taught(const struct flow *f,
		      const struct specialty_entries *entries, size_t at)
{
	for (size_t i = at + 1; i < entries->count &&
	     !uuid_is_nil(&entries->at[i].school_id); i++)
		if (is_own(f, &entries->at[i]))
			return true;
	return false;
}

static bool is_asked_for(const struct live_query *q,
			 const struct specialty_entry *e)
{
	bool is_of_all = uuid_is_nil(&e->school_id);

	return (!q->of || text_same(q->of, is_of_all ? "all-schools" :
						       "school")) &&
	       (!q->outcome ||
		text_same(q->outcome,
			  specialty_outcome_words[e->finding.outcome])) &&
	       (!q->level || text_same(q->level, e->level)) &&
	       (!q->specialty || text_starts(e->specialty, q->specialty)) &&
	       (uuid_is_nil(&q->school_id) ||
		uuid_same(&q->school_id, &e->school_id));
}

static enum flow_next choose(struct flow *f)
{
	struct live *s = f->state;
	const struct specialty_entries *entries = &s->drawing.entries;

	s->items = arena_array(f->mem, size_t, entries->count + 1);
	for (size_t i = 0; i < entries->count; i++) {
		const struct specialty_entry *e = &entries->at[i];
		bool may_see = f->actor.scope == SCOPE_ALL || is_own(f, e) ||
			       (uuid_is_nil(&e->school_id) &&
				is_taught(f, entries, i));

		if (may_see && is_asked_for(f->query, e))
			s->items[s->count++] = i;
	}
	if (s->count <= ITEMS_MAX)
		return FLOW_NEXT;
	flaws_add(&f->flaws, "of", "too-many-rows",
		  "makes too many entries: ask for less at a time",
		  "条目过多，请缩小范围");
	return fail(f, FAULT_BAD_PARAMETER, "%s", "");
}

/* ---- the reply ---- */

static void write_counts(struct json_writer *w, const struct live *s)
{
	json_key(w, "counts");
	json_object(w);
	for (int outcome = 0; specialty_outcome_words[outcome]; outcome++) {
		int64_t count = 0;

		for (size_t i = 0; i < s->count; i++)
			count += (int)s->drawing.entries.at[s->items[i]]
				 .finding.outcome == outcome;
		json_member_int(w, specialty_outcome_words[outcome], count);
	}
	json_end(w);
}

static enum flow_next reply_lists(struct flow *f)
{
	const struct live *s = f->state;
	const struct specialty_parts *parts = &s->drawing.parts;
	struct json_writer *w = reply_json(f, 200);

	json_object(w);
	json_member_int(w, "year", parts->year);
	if (parts->policy_version)
		json_member_int(w, "policy_version", parts->policy_version);
	else
		json_member_null(w, "policy_version");
	json_key(w, "rule");
	specialty_rule_write(w, &parts->terms);
	write_counts(w, s);
	json_key(w, "items");
	json_array(w);
	for (size_t i = 0; i < s->count; i++) {
		const struct specialty_entry *e =
			&s->drawing.entries.at[s->items[i]];

		json_object(w);
		specialty_entry_write(w, parts, e, is_own(f, e));
		json_end(w);
	}
	json_end(w);
	json_end(w);
	return FLOW_DONE;
}
