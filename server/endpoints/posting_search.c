/* posting_search.c - see posting_search.h. */
#include "endpoints/posting_search.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "endpoints/posting_steps.h"
#include "records/match_input.h"
#include "records/search_input.h"
#include "wire/fold.h"

static flow_step refuse_states, find_own_student, search_fitting, search,
	reply_hits, reply_no_hits;

flow_step *const *posting_search_steps(const struct flow *f)
{
	static flow_step *const student[] = { refuse_states,
					      find_own_student, search_fitting,
					      reply_hits, reply_no_hits,
					      NULL };
	static flow_step *const others[] = { refuse_states, search, reply_hits,
					     reply_no_hits, NULL };

	return f->actor.role == ROLE_STUDENT ? student : others;
}

static enum flow_next refuse_states(struct flow *f)
{
	const struct posting_filter *q = f->query;

	if (q->published_from || q->published_to)
		flaws_add(&f->flaws, q->published_from ? "published_from" :
			  "published_to", "not-allowed",
			  "words are looked for in open postings only",
			  "只能搜索开放中的岗位");
	if (q->state && !text_same(q->state, "published"))
		flaws_add(&f->flaws, "state", "not-allowed",
			  "words are looked for in published postings only",
			  "只能搜索已发布的岗位");
	if (f->flaws.count == 0)
		return FLOW_NEXT;
	return fail(f, FAULT_BAD_PARAMETER, "%s", "");
}

static enum flow_next find_own_student(struct flow *f)
{
	return ask_one(f, SQL_MATCH_STUDENT, P_CONSORTIUM(f),
		       P_UUID(&f->actor.owner_id), P_UUID(&f->actor.owner_id));
}

/* ---- what is asked for ---- */

/* The cursor: relevance and fit in one, publication, id. */
static bool read_after(struct flow *f, struct match_search_query *query)
{
	struct posting_search *s = f->state;
	int64_t order;
	struct uuid id;

	if (f->page.after_count == 0)
		return true;
	if (f->page.after_count != 3 ||
	    !text_to_int(f->page.after[0], &order) || order < 0 ||
	    order > UINT32_MAX ||
	    !text_to_int(f->page.after[1], &s->after.published_us) ||
	    !uuid_parse(f->page.after[2], &id))
		return false;
	s->after.relevance = (uint16_t)(order >> 16);
	s->after.fit = (uint16_t)order;
	memcpy(s->after.id, id.bytes, sizeof(s->after.id));
	query->after = &s->after;
	return true;
}

/* ---- searching ---- */

/* 0: the student may not take it. */
static uint16_t fit_of(void *with, const struct match_search_entry *entry)
{
	const struct flow *f = with;
	const struct posting_search *s = f->state;
	struct match_terms terms = match_snapshot_terms(s->view.ranking);
	struct match_index_posting_facts facts;
	struct match_fit fit;

	if (!match_snapshot_posting(s->view.ranking, entry->slot, &facts) ||
	    memcmp(facts.posting.facts.id, entry->id, sizeof(entry->id)) != 0)
		return 0;
	match_align(&terms, &s->student, &facts.posting.facts, &fit);
	return (uint16_t)(fit.is_eligible ? fit.score + 1 : 0);
}

static void *kept(struct flow *f, const void *at, size_t count, size_t bytes)
{
	void *copy = arena_zeroed(f->mem, count ? count : 1, bytes);

	if (count)
		memcpy(copy, at, count * bytes);
	return copy;
}

static void keep_found(struct flow *f, struct match_search_found *found)
{
	struct posting_search *s = f->state;
	size_t limit = (size_t)f->page.limit;

	s->count = found->count;
	s->shown_count = found->shown;
	s->shown = kept(f, found->at, found->shown, sizeof(*found->at));
	for (int i = 0; i < MATCH_SEARCH_FACETS; i++) {
		s->facet_count[i] = found->facet_count[i];
		s->facet[i] = kept(f, found->facet[i], found->facet_count[i],
				   sizeof(*found->facet[i]));
	}
	match_search_found_free(found);
	s->ids.count = s->shown_count < limit ? s->shown_count : limit;
	s->ids.at = arena_array(f->mem, struct uuid, s->ids.count + 1);
	for (size_t i = 0; i < s->ids.count; i++)
		memcpy(s->ids.at[i].bytes, s->shown[i].id,
		       sizeof(s->ids.at[i].bytes));
}

enum flow_next fail_search(struct flow *f, const struct match_error *error)
{
	if (error->status == MATCH_NO_MEMORY)
		return fail(f, FAULT_BUSY, "%s", "");
	flaws_add(&f->flaws, "q", "malformed",
		  arena_text(f->mem, error->text, strlen(error->text)),
		  "没有可搜索的词，或词太多、太长");
	return fail(f, FAULT_BAD_PARAMETER, "%s", "");
}

static enum flow_next find(struct flow *f,
			   const struct match_search_query *query,
			   struct match_search_found *found)
{
	struct live *live = f->loop->service->live;
	struct posting_search *s = f->state;
	struct match_error error;
	bool is_there, is_done = false;

	is_there = live_enter(live, f->loop->number, &f->actor.consortium_id,
			      &s->view);
	if (is_there)
		is_done = match_search_find(s->view.words, query, found,
					    &error);
	live_leave(live, f->loop->number);
	s->view = (struct feed_view){ .ranking = NULL };
	if (!is_there)
		return fail_loading(f);
	return is_done ? FLOW_NEXT : fail_search(f, &error);
}

static enum flow_next search_by(struct flow *f, match_search_fit *fit)
{
	const struct posting_filter *q = f->query;
	const char *text = fold_text(f->mem, q->q);
	struct posting_search *s = f->state;
	struct match_search_query query = {
		.text = { text, (uint32_t)strlen(text) },
		.fit = fit,
		.fit_with = f,
		.want = (size_t)f->page.limit + 1,
		.has_facets = q->facets,
	};
	struct match_search_found found;

	query.filter = posting_filter_of_words(q);
	query.filter.open_at_us = clock_wall_ms() * 1000;
	if (!read_after(f, &query)) {
		flaws_add(&f->flaws, "after", "malformed",
			  "is not a cursor of this list", "不是此列表的游标");
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	}
	if (find(f, &query, &found) == FLOW_FAIL)
		return FLOW_FAIL;
	keep_found(f, &found);
	return ask(f, SQL_POSTINGS_FOUND, P_CONSORTIUM(f), P_UUIDS(&s->ids));
}

static enum flow_next search(struct flow *f)
{
	return search_by(f, NULL);
}

static enum flow_next search_fitting(struct flow *f)
{
	struct posting_search *s = f->state;

	match_student_from_row(&s->student, f->mem, f->rows, 0);
	return search_by(f, fit_of);
}

/* ---- the reply ---- */

static const char *value_text(struct flow *f, int facet, uint32_t value)
{
	char industry[5];

	if (facet == MATCH_FACET_KIND)
		return posting_kind_words[value];
	if (facet == MATCH_FACET_INDUSTRY) {
		search_industry_text(value, industry);
		return arena_text(f->mem, industry, strlen(industry));
	}
	return arena_print(f->mem, "%" PRIu32, value);
}

static void write_facets(struct flow *f, struct json_writer *w)
{
	static const char *const names[] = { "kind", "specialty_category",
					     "division", "industry" };
	const struct posting_search *s = f->state;

	json_key(w, "facets");
	json_object(w);
	for (int i = 0; i < MATCH_SEARCH_FACETS; i++) {
		json_key(w, names[i]);
		json_array(w);
		for (size_t k = 0; k < s->facet_count[i]; k++) {
			json_object(w);
			json_member_text(w, "value", value_text(
				f, i, s->facet[i][k].value));
			json_member_int(w, "count", s->facet[i][k].count);
			json_end(w);
		}
		json_end(w);
	}
	json_end(w);
}

static enum flow_next end_hits(struct flow *f)
{
	const struct posting_search *s = f->state;
	const struct match_search_entry *last;
	char id_text[UUID_TEXT_BYTES];
	const char *parts[3];
	struct uuid id;

	if (s->shown_count <= (size_t)f->page.limit)
		return page_end(f, NULL, 0);
	last = &s->shown[f->page.limit - 1];
	memcpy(id.bytes, last->id, sizeof(id.bytes));
	uuid_text(&id, id_text);
	parts[0] = arena_print(f->mem, "%" PRIu32,
			       (uint32_t)last->relevance << 16 | last->fit);
	parts[1] = arena_print(f->mem, "%" PRId64, last->published_us);
	parts[2] = id_text;
	return page_end(f, parts, 3);
}

static enum flow_next write_hits(struct flow *f)
{
	const struct posting_filter *q = f->query;
	const struct posting_search *s = f->state;
	struct json_writer *w = reply_json(f, 200);

	json_object(w);
	json_member_int(w, "total", (int64_t)s->count);
	if (q->facets)
		write_facets(f, w);
	json_key(w, "items");
	json_array(w);
	for (int i = 0; s->count && i < rows_count(f->rows); i++)
		posting_write_item(w, f->rows, i);
	return end_hits(f);
}

static enum flow_next reply_hits(struct flow *f)
{
	const struct posting_filter *q = f->query;
	const struct posting_search *s = f->state;

	if (s->count || !posting_filter_has_codes(q))
		return write_hits(f);
	return ask_unknown_filters(f);
}

static enum flow_next reply_no_hits(struct flow *f)
{
	return posting_filters_are_known(f) ? write_hits(f) : FLOW_FAIL;
}
