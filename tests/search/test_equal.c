/*
 * The index finds what reading every posting finds, in the same order, with
 * the same relevance, page by page, with the same facets; while postings come,
 * change and go, and segments merge.
 *
 * Usage: test_equal WORLDS QUERIES
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matcher/insist.h"
#include "town.h"

enum { POSTINGS = 300, PUBLISHES = 25 };

static struct town_posting town[POSTINGS], shown[POSTINGS];
static struct match_search_entry expected[POSTINGS];
static size_t expected_count;
static uint64_t found_in_all;

static uint16_t fit_of(void *with, const struct match_search_entry *entry)
{
	const uint32_t *salt = with;

	return (uint16_t)((entry->slot * 7 + *salt) % 5);
}

static int order(const void *a, const void *b)
{
	const struct match_search_entry *x = a, *y = b;

	if (x->relevance != y->relevance)
		return x->relevance < y->relevance ? 1 : -1;
	if (x->fit != y->fit)
		return x->fit < y->fit ? 1 : -1;
	if (x->published_us != y->published_us)
		return x->published_us < y->published_us ? 1 : -1;
	return memcmp(x->id, y->id, sizeof(x->id));
}

static void read_all(const struct town_query *asked,
		     const struct match_search_query *query)
{
	expected_count = 0;
	for (int i = 0; i < POSTINGS; i++) {
		const struct match_search_posting *p = &shown[i].posting;
		struct match_search_entry *e = &expected[expected_count];
		uint16_t relevance;

		if (!shown[i].is_there || !plain_passes(&asked->filter, p) ||
		    !plain_matches(asked->items, asked->count, p, &relevance))
			continue;
		*e = (struct match_search_entry){.published_us =
							 p->published_us,
						 .slot = p->slot,
						 .relevance = relevance};
		memcpy(e->id, p->id, sizeof(e->id));
		if (query->fit)
			e->fit = query->fit(query->fit_with, e);
		expected_count++;
	}
	qsort(expected, expected_count, sizeof(expected[0]), order);
}

/* How many of what is expected have the value. */
static uint32_t count_value(int facet, uint32_t value)
{
	uint32_t count = 0;

	for (size_t i = 0; i < expected_count; i++) {
		const struct match_search_posting *p =
			&shown[expected[i].slot / 3].posting;
		bool has = false;

		for (size_t t = 0; t < p->target_count; t++) {
			uint32_t code = p->targets[t];

			while (code > 99)
				code /= 100;
			has = has || code == value;
		}
		if (facet == MATCH_FACET_KIND)
			has = p->kind == value;
		if (facet == MATCH_FACET_DIVISION)
			has = p->division == value;
		if (facet == MATCH_FACET_INDUSTRY)
			has = p->industry == value;
		count += has;
	}
	return count;
}

static void check_facet(const struct match_search_found *found, int facet)
{
	uint32_t sum = 0, without = 0;

	for (size_t i = 0; i < found->facet_count[facet]; i++) {
		struct match_search_facet here = found->facet[facet][i];

		MATCH_INSIST(here.count == count_value(facet, here.value));
		sum += here.count;
	}
	for (size_t i = 1; i < found->facet_count[facet]; i++) {
		struct match_search_facet a = found->facet[facet][i - 1];
		struct match_search_facet b = found->facet[facet][i];

		MATCH_INSIST(a.count > b.count ||
			     (a.count == b.count && a.value < b.value));
	}
	if (facet == MATCH_FACET_CATEGORY)
		return;
	if (facet == MATCH_FACET_INDUSTRY)
		without = count_value(facet, 0);
	MATCH_INSIST(sum + without == expected_count);
}

static void check_same(const struct match_search_query *query,
		       const struct match_search_entry *a,
		       const struct match_search_entry *b)
{
	if (memcmp(a->id, b->id, sizeof(a->id)) == 0 &&
	    a->relevance == b->relevance && a->fit == b->fit &&
	    a->slot == b->slot && a->published_us == b->published_us)
		return;
	printf("%.*s: found %u (%u), expected %u (%u)\n",
	       (int)query->text.bytes, query->text.at, a->slot / 3,
	       a->relevance, b->slot / 3, b->relevance);
	for (int f = 0; f < MATCH_SEARCH_FIELDS; f++)
		printf("%s | %s\n", shown[a->slot / 3].text[f],
		       shown[b->slot / 3].text[f]);
	fflush(stdout);
	MATCH_INSIST(!"found as expected");
}

/* Page by page, from the first to the last. */
static void check_pages(const struct match_search_snapshot *snapshot,
			struct match_search_query *query)
{
	struct match_search_entry last;
	struct match_search_found found;
	struct match_error error;
	size_t seen = 0;

	do {
		MATCH_INSIST(match_search_find(snapshot, query, &found,
					       &error));
		if (found.count != expected_count)
			printf("%.*s: found %zu, expected %zu\n",
			       (int)query->text.bytes, query->text.at,
			       found.count, expected_count);
		fflush(stdout);
		MATCH_INSIST(found.count == expected_count);
		for (size_t i = 0; i < found.shown; i++) {
			MATCH_INSIST(seen < expected_count);
			check_same(query, &found.at[i], &expected[seen++]);
			last = found.at[i];
		}
		MATCH_INSIST(found.shown == query->want ||
			     seen == expected_count);
		for (int f = 0; query->has_facets && f < MATCH_SEARCH_FACETS;
		     f++)
			check_facet(&found, f);
		query->after = &last;
		match_search_found_free(&found);
	} while (seen < expected_count);
	query->after = NULL;
	found_in_all += seen;
}

/* The slots of all that is found, and no other. */
static void check_marks(const struct match_search_snapshot *snapshot,
			const struct match_search_query *query)
{
	struct match_search_marks marks;
	struct match_error error;
	size_t count = 0;

	MATCH_INSIST(match_search_mark(snapshot, query, &marks, &error));
	for (uint32_t slot = 0; slot < marks.count; slot++)
		count += marks.bits[slot / 64] >> slot % 64 & 1;
	MATCH_INSIST(count == expected_count);
	for (size_t i = 0; i < expected_count; i++) {
		uint32_t slot = expected[i].slot;

		MATCH_INSIST(slot < marks.count &&
			     (marks.bits[slot / 64] >> slot % 64 & 1));
	}
	match_search_marks_free(&marks);
}

/* Phrases of characters alone: as memmem finds them. */
static void check_substring(const struct town_query *asked)
{
	const struct plain_item *item = &asked->items[0];

	if (strpbrk(item->text, "abcdefghijklmnopqrstuvwxyz0123456789 \n/+#") ||
	    strstr(item->text, "，") || strstr(item->text, "。") ||
	    strstr(item->text, "、"))
		return;
	for (int i = 0; i < POSTINGS; i++) {
		struct plain_item exact = *item;
		bool is_in = false;

		exact.is_loose = false;
		for (int f = 0; f < MATCH_SEARCH_FIELDS; f++)
			is_in = is_in || plain_is_in(item->text,
						     shown[i].posting.field[f]);
		MATCH_INSIST((plain_points(&exact, &shown[i].posting) > 0) ==
			     is_in);
	}
}

static void ask(const struct match_search *search, uint64_t *seed)
{
	struct town_query asked;
	uint32_t salt = town_dice(seed, 100);
	struct match_search_query query = {.has_facets =
						   town_dice(seed, 2) == 0};

	town_query(&asked, seed);
	query.text = (struct match_text){asked.text,
					 (uint32_t)strlen(asked.text)};
	query.filter = asked.filter;
	if (query.filter.enterprise)
		query.filter.enterprise = asked.enterprise;
	query.want = 1 + town_dice(seed, 40);
	if (town_dice(seed, 3) == 0) {
		query.fit = fit_of;
		query.fit_with = &salt;
	}
	check_substring(&asked);
	read_all(&asked, &query);
	check_marks(match_search_read(search), &query);
	check_pages(match_search_read(search), &query);
}

static void change(struct match_search *search, uint64_t *seed)
{
	uint32_t serial = town_dice(seed, POSTINGS);
	struct match_error error;

	if (town_dice(seed, 4) == 0) {
		town[serial].is_there = false;
		MATCH_INSIST(match_search_drop(
			search, (const uint8_t[16]){(uint8_t)serial,
						    (uint8_t)(serial >> 8)},
			&error));
		return;
	}
	town_posting(&town[serial], serial, seed);
	MATCH_INSIST(match_search_put(search, &town[serial].posting, &error));
}

static void show(void)
{
	memcpy(shown, town, sizeof(town));
	for (int i = 0; i < POSTINGS; i++) {
		struct match_search_posting *p = &shown[i].posting;

		p->targets = shown[i].targets;
		for (int f = 0; f < MATCH_SEARCH_FIELDS; f++)
			p->field[f].at = shown[i].text[f];
	}
}

static void run_world(uint64_t seed, uint32_t queries)
{
	struct match_epochs *epochs = match_epochs_new();
	struct match_search *search = match_search_new(epochs);
	struct match_error error;
	size_t count = 0;

	MATCH_INSIST(epochs && search);
	memset(town, 0, sizeof(town));
	show();
	for (int p = 0; p < PUBLISHES; p++) {
		for (uint32_t i = town_dice(&seed, 90); i > 0; i--)
			change(search, &seed);
		for (uint32_t i = 0; i < queries / PUBLISHES / 2; i++)
			ask(search, &seed);
		MATCH_INSIST(match_search_publish(search, &error));
		show();
		for (uint32_t i = 0; i < queries / PUBLISHES; i++)
			ask(search, &seed);
	}
	for (int i = 0; i < POSTINGS; i++)
		count += shown[i].is_there;
	MATCH_INSIST(match_search_count(match_search_read(search)) == count);
	match_search_free(search);
	match_epochs_free(epochs);
}

int main(int argc, char **argv)
{
	uint32_t worlds = argc == 3 ? (uint32_t)atoi(argv[1]) : 0;

	for (uint32_t world = 0; world < worlds; world++)
		run_world((uint64_t)world << 32, (uint32_t)atoi(argv[2]));
	printf("%llu postings found as expected\n",
	       (unsigned long long)found_in_all);
	return found_in_all ? 0 : 2;
}
