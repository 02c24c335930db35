/*
 * A search: the hits of each segment, filtered, counted and noted down; then
 * the best of them. Only those whose relevance can enter the page are looked
 * at more closely, so that fit is asked for few.
 */
#include "matcher/insist.h"
#include "matcher/memory.h"
#include "matcher/search_filter.h"
#include "matcher/search_hits.h"
#include "matcher/search_order.h"
#include "matcher/search_snapshot.h"
#include "matcher/search_tally.h"

#include <string.h>

enum { RELEVANCE_MAX = 1000 };

/* Points are the sum over the items. */
struct noted {
	uint32_t hit;
	uint32_t part;
};

struct finding {
	const struct match_search_snapshot *snapshot;
	const struct match_search_query *query;
	struct match_items items;
	uint32_t wanted_count;
	struct noted *noted;
	size_t noted_count, noted_room;
	struct match_census tally;
};

/* ---- one segment ---- */

static bool every_doc(const struct match_segment *segment,
		      struct match_scratch *scratch, struct match_hits *hits)
{
	uint32_t *out = match_scratch_take(scratch, segment->doc_count,
					   sizeof(*out));

	if (!out)
		return false;
	for (uint32_t i = 0; i < segment->doc_count; i++)
		out[i] = MATCH_PLACE_OF(i, 0);
	*hits = (struct match_hits){out, segment->doc_count};
	return true;
}

/* The documents that have all items wanted. */
static bool wanted_hits(const struct finding *f,
			const struct match_segment *segment,
			struct match_scratch *scratch, struct match_hits *hits)
{
	bool is_first = true;
	struct match_hits more;

	for (uint32_t i = 0; i < f->items.count; i++) {
		const struct match_item *item = &f->items.item[i];

		if (item->is_excluded)
			continue;
		if (!match_hits_of(segment, item, scratch, &more))
			return false;
		if (is_first)
			*hits = more;
		else if (!match_hits_both(*hits, more, scratch, hits))
			return false;
		is_first = false;
		if (hits->count == 0)
			return true;
	}
	return !is_first || every_doc(segment, scratch, hits);
}

static bool take_excluded(const struct finding *f,
			  const struct match_segment *segment,
			  struct match_scratch *scratch,
			  struct match_hits *hits)
{
	struct match_hits less;

	for (uint32_t i = 0; i < f->items.count && hits->count; i++) {
		const struct match_item *item = &f->items.item[i];

		if (!item->is_excluded)
			continue;
		if (!match_hits_of(segment, item, scratch, &less) ||
		    !match_hits_without(*hits, less, scratch, hits))
			return false;
	}
	return true;
}

static bool note(struct finding *f, uint32_t part, struct match_hits hits)
{
	const struct match_shown *of = &f->snapshot->parts[part];
	const uint64_t *gone = of->gone ? of->gone->bits : NULL;
	void *grown = match_grow(f->noted, &f->noted_room,
				 f->noted_count + hits.count,
				 sizeof(*f->noted));

	if (!grown)
		return false;
	f->noted = grown;
	if (f->query->has_facets &&
	    !match_census_begin(&f->tally, of->segment))
		return false;
	for (uint32_t i = 0; i < hits.count; i++) {
		uint32_t number = MATCH_DOC_OF(hits.at[i]);
		const struct match_doc *doc = &of->segment->docs[number];

		if (match_is_gone(gone, number) ||
		    !match_passes(&f->query->filter, of->segment, doc))
			continue;
		f->noted[f->noted_count++] = (struct noted){hits.at[i], part};
		if (f->query->has_facets)
			match_census_count(&f->tally, doc);
	}
	return !f->query->has_facets ||
	       match_census_end(&f->tally, of->segment);
}

static bool find_in(struct finding *f, uint32_t part)
{
	const struct match_segment *segment = f->snapshot->parts[part].segment;
	struct match_scratch scratch = {0};
	struct match_hits hits = {0};
	bool is_done = wanted_hits(f, segment, &scratch, &hits) &&
		       take_excluded(f, segment, &scratch, &hits) &&
		       (hits.count == 0 || note(f, part, hits));

	match_scratch_free(&scratch);
	return is_done;
}

/* ---- the page ---- */

static uint16_t relevance_of(const struct finding *f, const struct noted *noted)
{
	uint32_t points = MATCH_POSITION_OF(noted->hit);

	return (uint16_t)(f->wanted_count ? points / f->wanted_count : 0);
}

/*
 * The relevance that a posting must have to enter the page: with those above
 * it and those of it, the page is full.
 */
static uint16_t least_relevance(const struct finding *f)
{
	const struct match_search_entry *after = f->query->after;
	size_t counts[RELEVANCE_MAX + 1] = {0}, count = 0;
	unsigned below = after ? after->relevance : RELEVANCE_MAX + 1;
	unsigned least;

	for (size_t i = 0; i < f->noted_count; i++)
		counts[relevance_of(f, &f->noted[i])]++;
	if (below > RELEVANCE_MAX + 1)
		below = RELEVANCE_MAX + 1;
	for (least = below; least > 0 && count < f->query->want; least--)
		count += counts[least - 1];
	return (uint16_t)least;
}

static const struct match_doc *doc_of(const struct finding *f,
				      const struct noted *noted)
{
	const struct match_segment *segment =
		f->snapshot->parts[noted->part].segment;

	return &segment->docs[MATCH_DOC_OF(noted->hit)];
}

static void fill_entry(const struct finding *f, const struct noted *noted,
		       struct match_search_entry *entry)
{
	const struct match_doc *doc = doc_of(f, noted);

	*entry = (struct match_search_entry){
		.published_us = doc->published_us,
		.slot = doc->slot,
		.relevance = relevance_of(f, noted),
	};
	memcpy(entry->id, doc->id, sizeof(entry->id));
	if (f->query->fit)
		entry->fit = f->query->fit(f->query->fit_with, entry);
}

static bool fill_page(struct finding *f, struct match_search_found *found)
{
	const struct match_search_entry *after = f->query->after;
	size_t want = f->query->want;
	uint16_t least;

	if (want > f->noted_count)
		want = f->noted_count;
	found->at = match_take(want, sizeof(*found->at));
	if (!found->at)
		return false;
	found->count = f->noted_count;
	least = least_relevance(f);
	for (size_t i = 0; i < f->noted_count; i++) {
		struct match_search_entry entry;
		uint16_t relevance = relevance_of(f, &f->noted[i]);

		if (relevance < least ||
		    (after && relevance > after->relevance))
			continue;
		fill_entry(f, &f->noted[i], &entry);
		if (!after || match_search_is_before(after, &entry))
			match_search_offer(found, want, &entry);
	}
	match_search_settle(found);
	return true;
}

/* Notes down all that match. */
static bool gather(struct finding *f, const struct match_search_query *query,
		   struct match_error *error)
{
	f->query = query;
	if (!match_items_from_text(&f->items, query->text, error))
		return false;
	for (uint32_t i = 0; i < f->items.count; i++)
		f->wanted_count += !f->items.item[i].is_excluded;
	for (uint32_t i = 0; i < f->snapshot->part_count; i++)
		if (!find_in(f, i))
			return match_no_memory(error);
	return true;
}

static struct finding *begin(const struct match_search_snapshot *snapshot)
{
	struct finding *f = match_take(1, sizeof(*f));

	if (f)
		f->snapshot = snapshot;
	return f;
}

static void end(struct finding *f)
{
	match_drop(f->noted);
	match_census_free(&f->tally);
	match_drop(f);
}

bool match_search_find(const struct match_search_snapshot *snapshot,
		       const struct match_search_query *query,
		       struct match_search_found *found,
		       struct match_error *error)
{
	struct finding *f = begin(snapshot);
	bool is_done;

	*found = (struct match_search_found){0};
	if (!f)
		return match_no_memory(error);
	is_done = gather(f, query, error);
	if (is_done &&
	    (!fill_page(f, found) ||
	     (query->has_facets && !match_census_give(&f->tally, found)))) {
		match_search_found_free(found);
		is_done = match_no_memory(error);
	}
	end(f);
	return is_done;
}

void match_search_found_free(struct match_search_found *found)
{
	match_drop(found->at);
	for (int i = 0; i < MATCH_SEARCH_FACETS; i++)
		match_drop(found->facet[i]);
	*found = (struct match_search_found){0};
}

/* ---- all of them ---- */

static bool fill_marks(const struct finding *f,
		       struct match_search_marks *marks)
{
	uint32_t last = 0;

	for (size_t i = 0; i < f->noted_count; i++)
		if (doc_of(f, &f->noted[i])->slot > last)
			last = doc_of(f, &f->noted[i])->slot;
	marks->bits = match_take(last / 64 + 1, sizeof(*marks->bits));
	if (!marks->bits)
		return false;
	marks->count = last + 1;
	for (size_t i = 0; i < f->noted_count; i++) {
		uint32_t slot = doc_of(f, &f->noted[i])->slot;

		marks->bits[slot / 64] |= UINT64_C(1) << slot % 64;
	}
	return true;
}

bool match_search_mark(const struct match_search_snapshot *snapshot,
		       const struct match_search_query *query,
		       struct match_search_marks *marks,
		       struct match_error *error)
{
	const struct match_search_query plain = {
		.text = query->text,
		.filter = query->filter,
	};
	struct finding *f = begin(snapshot);
	bool is_done;

	*marks = (struct match_search_marks){0};
	if (!f)
		return match_no_memory(error);
	is_done = gather(f, &plain, error);
	if (is_done && !fill_marks(f, marks))
		is_done = match_no_memory(error);
	end(f);
	return is_done;
}

void match_search_marks_free(struct match_search_marks *marks)
{
	match_drop(marks->bits);
	*marks = (struct match_search_marks){0};
}
