/*
 * GET /v1/students/{student_id}/guidance - where those of one's specialty went
 * and what they earn, in groups that tell of nobody; and what would open more
 * postings, of the best that one could have.
 */
#include <string.h>

#include "base/text.h"
#include "endpoints/packed_parts.h"
#include "endpoints/ranking.h"
#include "records/guidance.h"
#include "records/match_input.h"
#include "records/members.h"
#include "wire/sql.h"

enum { REACH_MAX = 200, SPECIALTY_DIGITS = 6 };

/* Columns of guidance_student.sql: one of the student's, and those behind. */
enum { SPECIALTY_COLUMN = 1, NAME_COLUMN = MATCH_STUDENT_COLUMNS,
       LEFT_OUT_COLUMN };

struct guidance {
	struct uuid id;
	struct match_student student, wide;
	const char *specialty, *name;
	int64_t left_out;
	struct guidance_posting *postings;
	struct uuid *ids;
	size_t count;
	const char *shown, *paid;	/* the groups; NULL: none */
};

static flow_step find_student, reach, find_parts, find_paid, find_graduates,
	reply;

const struct endpoint get_guidance = {
	.operation = "getGuidance",
	.method = "GET",
	.path = "/v1/students/{student_id}/guidance",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct guidance),
	.deadline_ms = 5000,
	.rate = RATE_SEARCH,
	.steps = { find_student, reach, find_parts, find_paid, find_graduates,
		   reply },
};

static enum flow_next find_student(struct flow *f)
{
	struct guidance *s = f->state;

	if (!path_uuid(f, "student_id", &s->id))
		return FLOW_FAIL;
	return ask_one(f, SQL_GUIDANCE_STUDENT, P_CONSORTIUM(f), P_UUID(&s->id),
		       P_OWNER(f));
}

/* ---- postings ---- */

/* The names of what is asked outlive the snapshot. */
static void keep_asks(struct flow *f, const struct match_posting *posting,
		      struct guidance_posting *out)
{
	struct match_ask *asks = arena_array(f->mem, struct match_ask,
					     posting->ask_count + 1);

	for (size_t i = 0; i < posting->ask_count; i++) {
		asks[i] = posting->asks[i];
		asks[i].name.at = arena_text(f->mem, asks[i].name.at,
					     asks[i].name.bytes);
	}
	out->asks = asks;
	out->ask_count = posting->ask_count;
}

/* The best that he could have if he held what is asked. */
static void look(struct flow *f, const struct match_snapshot *snapshot)
{
	struct guidance *s = f->state;
	struct match_terms terms = match_snapshot_terms(snapshot);
	struct match_index_ranking page = { .want = REACH_MAX };
	struct match_index_posting_facts facts;

	page.at = arena_array(f->mem, struct match_index_entry, REACH_MAX);
	match_index_postings(snapshot, &s->wide, NULL, &page);
	s->postings = arena_array(f->mem, struct guidance_posting,
				  page.count + 1);
	s->ids = arena_array(f->mem, struct uuid, page.count + 1);
	for (size_t i = 0; i < page.count; i++) {
		struct guidance_posting *out = &s->postings[s->count];

		must(match_snapshot_posting(snapshot, page.at[i].slot,
					    &facts));
		if (!guidance_reads(&terms, &s->student, &facts.posting.facts,
				    out))
			continue;
		keep_asks(f, &facts.posting.facts, out);
		memcpy(s->ids[s->count++].bytes, page.at[i].id,
		       sizeof(page.at[i].id));
	}
}

static enum flow_next reach(struct flow *f)
{
	struct live *live = f->loop->service->live;
	struct uuids *ids = arena_new(f->mem, struct uuids);
	struct guidance *s = f->state;
	struct feed_view view;
	bool is_there;

	match_student_from_row(&s->student, f->mem, f->rows, 0);
	match_student_from_row(&s->wide, f->mem, f->rows, 1);
	s->specialty = arena_text(f->mem,
				  rows_text(f->rows, 0, SPECIALTY_COLUMN),
				  rows_bytes(f->rows, 0, SPECIALTY_COLUMN));
	s->name = arena_text(f->mem, rows_text(f->rows, 0, NAME_COLUMN),
			     rows_bytes(f->rows, 0, NAME_COLUMN));
	s->left_out = rows_int(f->rows, 0, LEFT_OUT_COLUMN);
	is_there = live_enter(live, f->loop->number, &f->actor.consortium_id,
			      &view);
	if (is_there)
		look(f, view.ranking);
	live_leave(live, f->loop->number);
	if (!is_there)
		return fail_loading(f);
	*ids = (struct uuids){ s->ids, s->count };
	return ask(f, SQL_GUIDANCE_OPENINGS, P_CONSORTIUM(f), P_UUIDS(ids));
}

static enum flow_next find_parts(struct flow *f)
{
	struct guidance *s = f->state;

	for (size_t i = 0; i < s->count; i++)
		s->postings[i].openings =
			rows_is_null(f->rows, (int)i, 0) ? 0 :
			rows_int(f->rows, (int)i, 0);
	return ask(f, SQL_GUIDANCE_PARTS, P_CONSORTIUM(f), P_BOOL(false));
}

/* ---- graduates ---- */

/* Are those whose specialty begins so whole blocks? */
static bool is_shown(struct flow *f, const char *begins)
{
	static const struct texts alike;
	const struct packed_filter filter = { .specialty = begins };
	struct packed_parts parts = { .end = rows_count(f->rows),
				      .counts = 1 };
	struct shown_groups groups = { 0 };

	packed_parts_read(&parts, f, &alike, &filter);
	packed_parts_judge(&groups, f, &parts, 0);
	return groups.count && groups.at[0].is_shown;
}

/* The narrowest of specialty, class, category and all that is made of whole
 * blocks of the consortium's cohorts; NULL: none is. */
static const char *narrowest(struct flow *f)
{
	const struct guidance *s = f->state;

	for (size_t cut = 0; cut <= SPECIALTY_DIGITS; cut += 2) {
		const char *begins = arena_text(f->mem, s->specialty,
						SPECIALTY_DIGITS - cut);

		if (is_shown(f, begins))
			return begins;
	}
	return NULL;
}

static enum flow_next find_paid(struct flow *f)
{
	struct guidance *s = f->state;

	s->shown = narrowest(f);
	return ask(f, SQL_GUIDANCE_PARTS, P_CONSORTIUM(f), P_BOOL(true));
}

static enum flow_next find_graduates(struct flow *f)
{
	struct guidance *s = f->state;

	s->paid = narrowest(f);
	return ask(f, SQL_GUIDANCE_GRADUATES, P_CONSORTIUM(f),
		   P_TEXT(s->shown), P_TEXT(s->paid));
}

/* Columns of guidance_graduates.sql. */
enum { FIRST_YEAR, LAST_YEAR, GRADUATES, PAY };

static enum flow_next reply(struct flow *f)
{
	struct guidance *s = f->state;
	struct json_writer *w = reply_json(f, 200);

	json_object(w);
	json_member_uuid(w, "student_id", &s->id);
	json_member_text(w, "specialty_code", s->specialty);
	json_member_text(w, "specialty_name", s->name);
	member_int(w, "first_year", CELL(f->rows, 0, FIRST_YEAR));
	member_int(w, "last_year", CELL(f->rows, 0, LAST_YEAR));
	member_json(w, "graduates", CELL(f->rows, 0, GRADUATES));
	member_json(w, "pay", CELL(f->rows, 0, PAY));
	json_member_int(w, "words_left_out", s->left_out);
	guidance_write(w, f->mem, s->postings, s->count);
	json_end(w);
	return FLOW_DONE;
}
