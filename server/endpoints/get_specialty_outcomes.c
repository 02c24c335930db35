/*
 * GET /v1/statistics/specialty-lists - the three lists as they would be drawn
 * up now: for the office of all schools and of each; for a school its own, and
 * those of all schools for the specialties that it teaches.
 */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "endpoints/filters.h"
#include "endpoints/specialty_list_steps.h"
#include "records/codes.h"

enum { YEARS_FROM = 2000, YEARS_TO = 2100 };

struct live_query {
	int64_t year, policy_version;
	const char *of, *outcome, *level, *specialty;
	struct uuid school_id;
};

struct live {
	struct specialty_drawing drawing;
	const struct specialty_entry **items;	/* what is asked for */
	size_t count;
	struct uuid after;		/* the cursor's school */
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

const struct endpoint get_specialty_outcomes = {
	.operation = "getSpecialtyOutcomes",
	.method = "GET",
	.path = "/v1/statistics/specialty-lists",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.deadline_ms = 10000,
	.state_bytes = sizeof(struct live),
	.query = query_shape,
	.query_bytes = sizeof(struct live_query),
	.is_paged = true,
	.rate = RATE_SEARCH,
	.steps = { check_query, find_parts, find_specialty_demand,
		   draw_specialty_lists, choose, reply_lists },
};

/*
 * The cursor is the specialty and the school of the last entry shown ("": of
 * all schools), and of which year and version of the policy the first page was,
 * so that all pages are: "2025/3".
 */
enum { AFTER_SPECIALTY, AFTER_SCHOOL, AFTER_RULE, AFTER_PARTS };

static bool read_rule(struct flow *f, struct specialty_drawing *drawing)
{
	const char *text = f->page.after[AFTER_RULE];
	const char *slash = strchr(text, '/');

	return slash &&
	       text_to_int(arena_text(f->mem, text, (size_t)(slash - text)),
			   &drawing->year) &&
	       text_to_int(slash + 1, &drawing->policy_version) &&
	       drawing->year >= YEARS_FROM && drawing->year <= YEARS_TO &&
	       drawing->policy_version >= 0 &&
	       drawing->policy_version <= INT32_MAX;
}

static bool read_after(struct flow *f)
{
	struct live *s = f->state;
	const char *school;

	if (f->page.after_count == 0)
		return true;
	if (f->page.after_count != AFTER_PARTS)
		return false;
	school = f->page.after[AFTER_SCHOOL];
	return (!*school || uuid_parse(school, &s->after)) &&
	       read_rule(f, &s->drawing);
}

static enum flow_next check_query(struct flow *f)
{
	const struct live_query *q = f->query;
	struct filters filters = { .specialty = q->specialty,
				   .school_id = q->school_id };
	struct live *s = f->state;

	if (!read_after(f)) {
		flaws_add(&f->flaws, "after", "malformed",
			  "is not a cursor of this list", "不是此列表的游标");
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	}
	if (q->year)
		s->drawing.year = q->year;
	if (q->policy_version)
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
			  specialty_outcome_words[e->outcome])) &&
	       (!q->level || text_same(q->level, e->level)) &&
	       (!q->specialty || text_starts(e->specialty, q->specialty)) &&
	       (uuid_is_nil(&q->school_id) ||
		uuid_same(&q->school_id, &e->school_id));
}

static enum flow_next choose(struct flow *f)
{
	struct live *s = f->state;
	const struct specialty_entries *entries = &s->drawing.entries;

	s->items = arena_array(f->mem, const struct specialty_entry *,
			       entries->count + 1);
	for (size_t i = 0; i < entries->count; i++) {
		const struct specialty_entry *e = &entries->at[i];
		bool may_see = f->actor.scope == SCOPE_ALL || is_own(f, e) ||
			       (uuid_is_nil(&e->school_id) &&
				is_taught(f, entries, i));

		if (may_see && is_asked_for(f->query, e))
			s->items[s->count++] = e;
	}
	return FLOW_NEXT;
}

/* ---- the reply ---- */

static void write_counts(struct json_writer *w, const struct live *s)
{
	int64_t counts[MATCH_SPECIALTY_OUTCOMES] = { 0 };

	for (size_t i = 0; i < s->count; i++)
		counts[s->items[i]->outcome]++;
	json_key(w, "counts");
	json_object(w);
	for (int outcome = 0; specialty_outcome_words[outcome]; outcome++)
		json_member_int(w, specialty_outcome_words[outcome],
				counts[outcome]);
	json_end(w);
}

static void write_head(struct json_writer *w, const struct live *s)
{
	const struct specialty_parts *parts = &s->drawing.parts;

	json_member_int(w, "year", parts->year);
	if (parts->policy_version)
		json_member_int(w, "policy_version", parts->policy_version);
	else
		json_member_null(w, "policy_version");
	json_key(w, "rule");
	specialty_rule_write(w, &parts->terms);
	write_counts(w, s);
}

/* By specialty, of all schools first. */
static bool is_behind(const struct flow *f, const struct specialty_entry *e)
{
	const struct live *s = f->state;
	int order = strcmp(e->specialty, f->page.after[AFTER_SPECIALTY]);

	return order > 0 || (order == 0 &&
			     memcmp(&e->school_id, &s->after,
				    sizeof(s->after)) > 0);
}

static size_t first_of_page(const struct flow *f)
{
	const struct live *s = f->state;
	size_t first = 0;

	while (f->page.after_count && first < s->count &&
	       !is_behind(f, s->items[first]))
		first++;
	return first;
}

static enum flow_next end_after(struct flow *f,
				const struct specialty_entry *last)
{
	const struct live *s = f->state;
	const struct specialty_parts *parts = &s->drawing.parts;
	char school[UUID_TEXT_BYTES] = "";

	if (!uuid_is_nil(&last->school_id))
		uuid_text(&last->school_id, school);
	return page_end(f, (const char *const[]){
		[AFTER_SPECIALTY] = last->specialty,
		[AFTER_SCHOOL] = school,
		[AFTER_RULE] = arena_print(f->mem, "%" PRId64 "/%" PRId64,
					   parts->year,
					   parts->policy_version),
	}, AFTER_PARTS);
}

static enum flow_next reply_lists(struct flow *f)
{
	const struct live *s = f->state;
	size_t i = first_of_page(f), end = i + (size_t)f->page.limit;
	struct json_writer *w = page_open(f);

	write_head(w, s);
	page_items(w);
	for (; i < s->count && i < end; i++) {
		json_object(w);
		specialty_entry_write(w, &s->drawing.parts, s->items[i],
				      is_own(f, s->items[i]));
		json_end(w);
	}
	return i < s->count ? end_after(f, s->items[i - 1]) :
			      page_end(f, NULL, 0);
}
