/*
 * GET /v1/postings/suggest - titles and skills of open postings that begin
 * with what was typed so far, those of most postings first.
 */
#include <string.h>

#include "base/clock.h"
#include "endpoints/posting_search.h"
#include "endpoints/posting_steps.h"
#include "wire/fold.h"

enum { SUGGESTIONS = 10, SUGGESTIONS_MAX = 20 };

struct suggest_query {
	const char *q;
	int64_t limit;
};

static const struct field query_shape[] = {
	TEXT(struct suggest_query, q, 1, 100, REQUIRED),
	INT(struct suggest_query, limit, 1, SUGGESTIONS_MAX, OPTIONAL),
	END_OF_FIELDS
};

static flow_step suggest;

const struct endpoint suggest_postings = {
	.operation = "suggestPostings",
	.method = "GET",
	.path = "/v1/postings/suggest",
	.allow = READERS_OF_POSTINGS,
	.query = query_shape,
	.query_bytes = sizeof(struct suggest_query),
	.rate = RATE_SEARCH,
	.steps = { suggest },
};

/* In the snapshot: written before it is left. */
static void write_suggestions(struct json_writer *w,
			      const struct match_search_suggestion *at,
			      size_t count)
{
	json_object(w);
	json_key(w, "items");
	json_array(w);
	for (size_t i = 0; i < count; i++) {
		json_object(w);
		json_key(w, "text");
		json_text_bytes(w, at[i].text.at, at[i].text.bytes);
		json_member_int(w, "count", at[i].count);
		json_end(w);
	}
	json_end(w);
	json_end(w);
}

static enum flow_next suggest(struct flow *f)
{
	struct match_search_suggestion at[SUGGESTIONS_MAX];
	struct live *live = f->loop->service->live;
	const struct suggest_query *q = f->query;
	const char *text = fold_text(f->mem, q->q);
	struct match_search_query query = {
		.text = { text, (uint32_t)strlen(text) },
		.filter = { .open_at_us = clock_wall_ms() * 1000 },
		.want = q->limit > 0 ? (size_t)q->limit : SUGGESTIONS,
	};
	struct feed_view view;
	struct match_error error;
	bool is_there, is_done;
	size_t count = 0;

	is_there = live_enter(live, f->loop->number, &f->actor.consortium_id,
			      &view);
	is_done = is_there && match_search_suggest(view.words, &query, at,
						   &count, &error);
	if (is_done)
		write_suggestions(reply_json(f, 200), at, count);
	live_leave(live, f->loop->number);
	if (!is_there)
		return fail_loading(f);
	return is_done ? FLOW_DONE : fail(f, FAULT_BUSY, "%s", "");
}
