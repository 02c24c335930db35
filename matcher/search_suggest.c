/* Suggestions: texts with a beginning, from every segment, put together. */
#include "matcher/memory.h"
#include "matcher/search_filter.h"
#include "matcher/search_snapshot.h"

#include <stdlib.h>

struct suggesting {
	const struct match_search_query *query;
	struct match_search_suggestion *at;
	size_t count, room;
};

static uint32_t count_open(const struct suggesting *s,
			   const struct match_shown *part,
			   struct match_places places)
{
	const struct match_segment *segment = part->segment;
	const uint64_t *gone = part->gone ? part->gone->bits : NULL;
	uint32_t count = 0, last = MATCH_NO_DOC;

	for (uint32_t i = 0; i < places.count; i++) {
		uint32_t doc = MATCH_DOC_OF(places.at[i]);

		/* A title may be a skill too. */
		if (doc != last && !match_is_gone(gone, doc))
			count += match_passes(&s->query->filter, segment,
					      &segment->docs[doc]);
		last = doc;
	}
	return count;
}

static bool collect(struct suggesting *s, const struct match_shown *part)
{
	const struct match_lists *phrases = &part->segment->phrases;
	uint32_t from, to;

	match_lists_prefix(phrases, s->query->text, &from, &to);
	for (; from < to; from++) {
		uint32_t count = count_open(s, part,
					    match_lists_places(phrases, from));
		void *grown;

		if (count == 0)
			continue;
		grown = match_grow(s->at, &s->room, s->count + 1,
				   sizeof(*s->at));
		if (!grown)
			return false;
		s->at = grown;
		s->at[s->count++] = (struct match_search_suggestion){
			match_lists_text(phrases, from), count};
	}
	return true;
}

static int order_texts(const void *a, const void *b)
{
	const struct match_search_suggestion *x = a, *y = b;

	return match_text_order(x->text, y->text);
}

static int order_counts(const void *a, const void *b)
{
	const struct match_search_suggestion *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return match_text_order(x->text, y->text);
}

static size_t put_together(struct match_search_suggestion *at, size_t count)
{
	size_t out = 0;

	qsort(at, count, sizeof(*at), order_texts);
	for (size_t i = 0; i < count; i++) {
		if (out && match_text_order(at[out - 1].text, at[i].text) == 0)
			at[out - 1].count += at[i].count;
		else
			at[out++] = at[i];
	}
	qsort(at, out, sizeof(*at), order_counts);
	return out;
}

bool match_search_suggest(const struct match_search_snapshot *snapshot,
			  const struct match_search_query *query,
			  struct match_search_suggestion *at, size_t *count,
			  struct match_error *error)
{
	struct suggesting s = {.query = query};
	bool is_done = true;

	for (size_t i = 0; is_done && i < snapshot->part_count; i++)
		is_done = collect(&s, &snapshot->parts[i]);
	*count = 0;
	if (is_done && s.count) {
		s.count = put_together(s.at, s.count);
		for (; *count < s.count && *count < query->want; (*count)++)
			at[*count] = s.at[*count];
	}
	match_drop(s.at);
	return is_done || match_no_memory(error);
}
