/* The best of many: a heap with the worst of them on top. */
#include "matcher/search_order.h"

#include <string.h>

bool match_search_is_before(const struct match_search_entry *a,
			    const struct match_search_entry *b)
{
	if (a->relevance != b->relevance)
		return a->relevance > b->relevance;
	if (a->fit != b->fit)
		return a->fit > b->fit;
	if (a->published_us != b->published_us)
		return a->published_us > b->published_us;
	return memcmp(a->id, b->id, sizeof(a->id)) < 0;
}

static void swap(struct match_search_entry *a, struct match_search_entry *b)
{
	struct match_search_entry kept = *a;

	*a = *b;
	*b = kept;
}

/* Let the one at `top` sink to where it belongs. */
static void sink(struct match_search_entry *at, size_t count, size_t top)
{
	for (;;) {
		size_t worst = top;

		for (size_t i = 2 * top + 1; i <= 2 * top + 2; i++)
			if (i < count &&
			    match_search_is_before(&at[worst], &at[i]))
				worst = i;
		if (worst == top)
			return;
		swap(&at[top], &at[worst]);
		top = worst;
	}
}

void match_search_offer(struct match_search_found *found, size_t want,
			const struct match_search_entry *entry)
{
	size_t i = found->shown;

	if (found->shown < want) {
		found->at[found->shown++] = *entry;
		for (; i && match_search_is_before(&found->at[(i - 1) / 2],
						   &found->at[i]);
		     i = (i - 1) / 2)
			swap(&found->at[i], &found->at[(i - 1) / 2]);
	} else if (want && match_search_is_before(entry, &found->at[0])) {
		found->at[0] = *entry;
		sink(found->at, want, 0);
	}
}

void match_search_settle(struct match_search_found *found)
{
	for (size_t left = found->shown; left > 1; left--) {
		swap(&found->at[0], &found->at[left - 1]);
		sink(found->at, left - 1, 0);
	}
}
