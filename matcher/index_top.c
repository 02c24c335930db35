/*
 * A heap in the caller's array, the worst entry on top. What stands in several
 * chunks may be offered several times; once thrown out it stays out, because
 * the worst only gets better.
 */
#include "matcher/index_top.h"

#include <string.h>

static bool key_is_before(const struct match_key *a, const struct match_key *b)
{
	if (a->score != b->score)
		return a->score > b->score;
	if (a->published_us != b->published_us)
		return a->published_us > b->published_us;
	return memcmp(a->id, b->id, sizeof(a->id)) < 0;
}

struct match_key match_index_key(const struct match_index_entry *entry)
{
	struct match_key key = {.score = entry->score,
				.published_us = entry->published_us};

	memcpy(key.id, entry->id, sizeof(key.id));
	return key;
}

static bool is_before(const struct match_index_entry *a,
		      const struct match_index_entry *b)
{
	if (a->score != b->score)
		return a->score > b->score;
	if (a->published_us != b->published_us)
		return a->published_us > b->published_us;
	return memcmp(a->id, b->id, sizeof(a->id)) < 0;
}

static void swap(struct match_index_entry *a, struct match_index_entry *b)
{
	struct match_index_entry held = *a;

	*a = *b;
	*b = held;
}

static void sift_up(struct match_index_entry *at, size_t child)
{
	while (child > 0) {
		size_t parent = (child - 1) / 2;

		if (!is_before(&at[parent], &at[child]))
			return;
		swap(&at[parent], &at[child]);
		child = parent;
	}
}

static void sift_down(struct match_index_entry *at, size_t count)
{
	size_t parent = 0;

	for (;;) {
		size_t worst = parent;
		size_t child = 2 * parent + 1;

		for (size_t i = child; i < child + 2 && i < count; i++)
			if (is_before(&at[worst], &at[i]))
				worst = i;
		if (worst == parent)
			return;
		swap(&at[parent], &at[worst]);
		parent = worst;
	}
}

void match_top_init(struct match_top *top, struct match_index_ranking *ranking,
		    const struct match_key *after)
{
	ranking->count = 0;
	top->ranking = ranking;
	top->after = after;
}

static bool is_there(const struct match_index_ranking *ranking, uint32_t slot)
{
	for (size_t i = 0; i < ranking->count; i++)
		if (ranking->at[i].slot == slot)
			return true;
	return false;
}

static bool is_on_page(const struct match_top *top,
		       const struct match_index_entry *entry)
{
	struct match_key key;

	if (!top->after)
		return true;
	key = match_index_key(entry);
	return key_is_before(top->after, &key);
}

void match_top_offer(struct match_top *top,
		     const struct match_index_entry *entry, bool is_again)
{
	struct match_index_ranking *ranking = top->ranking;
	bool is_full = ranking->count == ranking->want;

	if (!is_on_page(top, entry) ||
	    (is_full && !is_before(entry, &ranking->at[0])) ||
	    (is_again && is_there(ranking, entry->slot)))
		return;
	if (is_full) {
		ranking->at[0] = *entry;
		sift_down(ranking->at, ranking->count);
	} else {
		ranking->at[ranking->count] = *entry;
		sift_up(ranking->at, ranking->count++);
	}
}

void match_top_sort(struct match_top *top)
{
	struct match_index_entry *at = top->ranking->at;

	for (size_t left = top->ranking->count; left > 1; left--) {
		swap(&at[0], &at[left - 1]);
		sift_down(at, left - 1);
	}
}
