/*
 * Every allocation may fail: each one in turn does while postings are put,
 * dropped, published, merged, searched and suggested. A failure leaves the
 * readers with what they saw, the next attempt succeeds, nothing leaks (the
 * sanitizer looks).
 *
 * Linked with --wrap for match_take and match_grow.
 */
#include <stdio.h>
#include <string.h>

#include "matcher/insist.h"
#include "matcher/memory.h"
#include "town.h"

void *__real_match_take(size_t count, size_t item_bytes);
void *__real_match_grow(void *at, size_t *room, size_t want, size_t item_bytes);
void *__wrap_match_take(size_t count, size_t item_bytes);
void *__wrap_match_grow(void *at, size_t *room, size_t want, size_t item_bytes);

enum { POSTINGS = 40, ROUNDS = 12 };

static uint64_t calls, failing_call, failed;
static struct town_posting town[POSTINGS];

static bool is_failing(void)
{
	if (++calls != failing_call)
		return false;
	failed++;
	return true;
}

void *__wrap_match_take(size_t count, size_t item_bytes)
{
	return is_failing() ? NULL : __real_match_take(count, item_bytes);
}

void *__wrap_match_grow(void *at, size_t *room, size_t want, size_t item_bytes)
{
	if (at && want <= *room)
		return at;
	return is_failing() ? NULL
			    : __real_match_grow(at, room, want, item_bytes);
}

/* True if it is done; else it was memory, and is to be tried again. */
static bool stands(bool is_done, const struct match_error *error)
{
	MATCH_INSIST(is_done || error->status == MATCH_NO_MEMORY);
	return is_done;
}

static void put(struct match_search *search, uint32_t serial)
{
	struct match_error error;

	while (!stands(match_search_put(search, &town[serial].posting, &error),
		       &error))
		;
}

static void drop(struct match_search *search, uint32_t serial)
{
	struct match_error error;

	while (!stands(match_search_drop(search, town[serial].posting.id,
					 &error), &error))
		;
	town[serial].is_there = false;
}

/* A failed publish changes nothing that is seen. */
static void publish(struct match_search *search)
{
	const struct match_search_snapshot *before = match_search_read(search);
	struct match_error error;

	while (!stands(match_search_publish(search, &error), &error))
		MATCH_INSIST(match_search_read(search) == before);
}

static void look(const struct match_search *search)
{
	struct match_search_query query = {.text = {"机械设计 -会", 16},
					   .want = 5,
					   .has_facets = true};
	struct match_search_suggestion at[5];
	struct match_search_found found;
	struct match_search_marks marks;
	struct match_error error;
	size_t count, there = 0;

	while (!stands(match_search_find(match_search_read(search), &query,
					 &found, &error), &error))
		MATCH_INSIST(!found.at);
	match_search_found_free(&found);
	while (!stands(match_search_mark(match_search_read(search), &query,
					 &marks, &error), &error))
		MATCH_INSIST(!marks.bits);
	match_search_marks_free(&marks);
	query.text = (struct match_text){"机", 3};
	while (!stands(match_search_suggest(match_search_read(search), &query,
					    at, &count, &error), &error))
		MATCH_INSIST(count == 0);
	for (int i = 0; i < POSTINGS; i++)
		there += town[i].is_there;
	MATCH_INSIST(match_search_count(match_search_read(search)) == there);
}

static void run(void)
{
	struct match_epochs *epochs = match_epochs_new();
	struct match_search *search = epochs ? match_search_new(epochs) : NULL;
	uint64_t seed = 5;

	if (!search) {
		match_epochs_free(epochs);
		return;
	}
	memset(town, 0, sizeof(town));
	for (int round = 0; round < ROUNDS; round++) {
		for (int i = 0; i < 5; i++) {
			uint32_t serial = town_dice(&seed, POSTINGS);

			town_posting(&town[serial], serial, &seed);
			put(search, serial);
		}
		drop(search, town_dice(&seed, POSTINGS));
		publish(search);
		look(search);
	}
	match_search_free(search);
	match_epochs_free(epochs);
}

int main(void)
{
	for (failing_call = 1;; failing_call++) {
		uint64_t before = failed;

		calls = 0;
		run();
		if (failed == before)
			break;
	}
	printf("%llu allocations failed in turn\n", (unsigned long long)failed);
	return failed > 100 ? 0 : 1;
}
