/*
 * A query from outside, and a text to search in: the first line is the query,
 * what follows is a posting's text. Whatever the bytes: the query is refused
 * with words or answered, what is found is in the snapshot, and a posting is
 * found by each of its own first words.
 */
#include <stdint.h>
#include <string.h>

#include "matcher/insist.h"
#include "matcher/search.h"
#include "matcher/search_words.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t bytes);

static void ask(const struct match_search_snapshot *snapshot,
		struct match_text text, size_t least)
{
	struct match_search_query query = {.text = text,
					   .want = 3,
					   .has_facets = true};
	struct match_search_suggestion suggested[3];
	struct match_search_found found;
	struct match_error error;
	size_t count;

	if (match_search_find(snapshot, &query, &found, &error)) {
		MATCH_INSIST(found.count >= least && found.count <= 2);
		MATCH_INSIST(found.shown == found.count);
		for (size_t i = 0; i < found.shown; i++)
			MATCH_INSIST(found.at[i].relevance <= 1000);
		match_search_found_free(&found);
	} else {
		MATCH_INSIST(error.status == MATCH_MALFORMED && !found.at);
		MATCH_INSIST(least == 0);
	}
	MATCH_INSIST(match_search_suggest(snapshot, &query, suggested, &count,
					  &error));
	MATCH_INSIST(count <= 3);
}

static void ask_own(const struct match_search_snapshot *snapshot,
		    struct match_text text)
{
	struct match_reader reader = match_reader_of(text);
	struct match_word word;

	for (int i = 0; i < 20 && match_read_word(&reader, &word); i++)
		if (word.text.bytes <= MATCH_SEARCH_QUERY_BYTES)
			ask(snapshot, word.text, 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t bytes)
{
	struct match_epochs *epochs = match_epochs_new();
	struct match_search *search = match_search_new(epochs);
	const char *text = (const char *)at;
	const char *end = bytes ? memchr(text, '\n', bytes) : NULL;
	struct match_text query = {bytes ? text : "", (uint32_t)bytes};
	struct match_text rest = {"", 0};
	struct match_error error;

	MATCH_INSIST(epochs && search);
	if (end) {
		query.bytes = (uint32_t)(end - text);
		rest = (struct match_text){end + 1,
					   (uint32_t)bytes - query.bytes - 1};
	}
	for (uint8_t i = 0; i < 2; i++) {
		struct match_search_posting posting = {.id = {i}};

		posting.field[i ? MATCH_FIELD_TITLE : MATCH_FIELD_TEXT] = rest;
		MATCH_INSIST(match_search_put(search, &posting, &error));
	}
	MATCH_INSIST(match_search_publish(search, &error));
	ask(match_search_read(search), query, 0);
	ask_own(match_search_read(search), rest);
	match_search_free(search);
	match_epochs_free(epochs);
	return 0;
}
