/*
 * One writer and several readers at the same time, under ThreadSanitizer. All
 * postings of one publish carry its number as their slot, and every search
 * finds all of them, of one number.
 *
 * Usage: test_threads PUBLISHES READERS
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matcher/insist.h"
#include "matcher/search.h"

enum { POSTINGS = 150, READERS_MAX = 8 };

static struct match_epochs *epochs;
static struct match_search *search;
static atomic_bool is_over;
static _Atomic uint64_t looks;

static void put(uint32_t serial, uint32_t generation)
{
	struct match_search_posting posting = {
		.published_us = serial,
		.closes_us = INT64_MAX,
		.slot = generation,
		.field = {{"机械设计工程师", 21},
			  {"精工", 6},
			  {"cad", 3},
			  {"熟悉plc编程，会设计机械", 34}},
	};
	struct match_error error;

	memcpy(posting.id, &serial, sizeof(serial));
	MATCH_INSIST(match_search_put(search, &posting, &error));
}

static void look(void)
{
	static const char *const texts[] = {"机械设计", "plc -会计", "设"};
	struct match_search_query query = {.want = POSTINGS,
					   .has_facets = true};
	struct match_search_found found;
	struct match_error error;
	const char *text = texts[atomic_load(&looks) % 3];

	query.text = (struct match_text){text, (uint32_t)strlen(text)};
	MATCH_INSIST(match_search_find(match_search_read(search), &query,
				       &found, &error));
	MATCH_INSIST(found.count == POSTINGS || found.count == 0);
	for (size_t i = 1; i < found.shown; i++)
		MATCH_INSIST(found.at[i].slot == found.at[0].slot);
	match_search_found_free(&found);
	atomic_fetch_add(&looks, 1);
}

static void *read_on(void *of)
{
	unsigned slot = *(unsigned *)of;

	while (!atomic_load(&is_over)) {
		match_epochs_enter(epochs, slot);
		look();
		match_epochs_leave(epochs, slot);
	}
	return NULL;
}

int main(int argc, char **argv)
{
	int publishes = argc == 3 ? atoi(argv[1]) : 0;
	unsigned readers = argc == 3 ? (unsigned)atoi(argv[2]) : 0;
	pthread_t threads[READERS_MAX];
	unsigned slots[READERS_MAX];
	struct match_error error;

	MATCH_INSIST(publishes > 0 && readers > 0 && readers <= READERS_MAX);
	epochs = match_epochs_new();
	search = match_search_new(epochs);
	MATCH_INSIST(epochs && search);
	for (unsigned i = 0; i < readers; i++) {
		slots[i] = i;
		MATCH_INSIST(pthread_create(&threads[i], NULL, read_on,
					    &slots[i]) == 0);
	}
	for (int p = 0; p < publishes; p++) {
		for (uint32_t i = 0; i < POSTINGS; i++)
			put(i, (uint32_t)p);
		MATCH_INSIST(match_search_publish(search, &error));
	}
	atomic_store(&is_over, true);
	for (unsigned i = 0; i < readers; i++)
		pthread_join(threads[i], NULL);
	match_search_free(search);
	match_epochs_free(epochs);
	printf("%llu looks\n", (unsigned long long)atomic_load(&looks));
	return atomic_load(&looks) ? 0 : 1;
}
