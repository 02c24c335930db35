/* Facets: arrays of counters for a segment, put together at the end. */
#include "matcher/search_tally.h"

#include "matcher/memory.h"

#include <stdlib.h>
#include <string.h>

bool match_census_begin(struct match_census *tally,
		       const struct match_segment *segment)
{
	for (int i = 0; i < MATCH_NUMBERED; i++) {
		tally->counts[i] = match_take(segment->value_count[i],
					      sizeof(*tally->counts[i]));
		if (!tally->counts[i])
			return false;
	}
	return true;
}

void match_census_count(struct match_census *tally, const struct match_doc *doc)
{
	uint64_t left = doc->categories;

	tally->kinds[doc->kind]++;
	for (int i = 0; i < MATCH_NUMBERED; i++)
		tally->counts[i][doc->number[i]]++;
	for (; left; left &= left - 1)
		tally->categories[__builtin_ctzll(left)]++;
}

static bool add_value(struct match_census *tally, int facet,
		      struct match_search_facet value)
{
	void *grown = match_grow(tally->values[facet],
				 &tally->value_room[facet],
				 tally->value_count[facet] + 1, sizeof(value));

	if (!grown)
		return false;
	tally->values[facet] = grown;
	tally->values[facet][tally->value_count[facet]++] = value;
	return true;
}

bool match_census_end(struct match_census *tally,
		     const struct match_segment *segment)
{
	for (int f = 0; f < MATCH_NUMBERED; f++) {
		for (uint32_t i = 0; i < segment->value_count[f]; i++) {
			struct match_search_facet value = {
				segment->values[f][i], tally->counts[f][i]};

			if (value.count && !add_value(tally, f, value))
				return false;
		}
		match_drop(tally->counts[f]);
		tally->counts[f] = NULL;
	}
	return true;
}

static int order_values(const void *a, const void *b)
{
	const struct match_search_facet *x = a, *y = b;

	return (x->value > y->value) - (x->value < y->value);
}

static int order_counts(const void *a, const void *b)
{
	const struct match_search_facet *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return order_values(a, b);
}

/* One entry a value; 0 says that none is stated, and is left out. */
static size_t put_together(struct match_search_facet *at, size_t count)
{
	size_t out = 0;

	qsort(at, count, sizeof(*at), order_values);
	for (size_t i = 0; i < count; i++) {
		if (at[i].value == 0)
			continue;
		if (out && at[out - 1].value == at[i].value)
			at[out - 1].count += at[i].count;
		else
			at[out++] = at[i];
	}
	return out;
}

static void give(struct match_census *tally, int facet,
		 struct match_search_found *found, int as)
{
	size_t count = 0;

	if (tally->values[facet])
		count = put_together(tally->values[facet],
				     tally->value_count[facet]);
	if (count)
		qsort(tally->values[facet], count,
		      sizeof(*tally->values[facet]), order_counts);
	found->facet[as] = tally->values[facet];
	found->facet_count[as] = count;
	tally->values[facet] = NULL;
}

static bool give_counters(const uint32_t *counts, uint32_t count,
			  uint32_t first, struct match_search_found *found,
			  int as)
{
	struct match_search_facet *at = match_take(count, sizeof(*at));
	size_t out = 0;

	if (!at)
		return false;
	for (uint32_t i = 0; i < count; i++)
		if (counts[i])
			at[out++] = (struct match_search_facet){first + i,
								counts[i]};
	qsort(at, out, sizeof(*at), order_counts);
	found->facet[as] = at;
	found->facet_count[as] = out;
	return true;
}

bool match_census_give(struct match_census *tally,
		      struct match_search_found *found)
{
	give(tally, MATCH_NUMBERED_DIVISION, found, MATCH_FACET_DIVISION);
	give(tally, MATCH_NUMBERED_INDUSTRY, found, MATCH_FACET_INDUSTRY);
	return give_counters(tally->kinds, 256, 0, found, MATCH_FACET_KIND) &&
	       give_counters(tally->categories, MATCH_CATEGORY_BITS,
			     MATCH_CATEGORY_FIRST, found,
			     MATCH_FACET_CATEGORY);
}

void match_census_free(struct match_census *tally)
{
	for (int i = 0; i < MATCH_NUMBERED; i++) {
		match_drop(tally->counts[i]);
		match_drop(tally->values[i]);
	}
}
