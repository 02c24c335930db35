/*
 * The query's little language: blanks between words, quotes around phrases, a
 * minus before what is excluded. Nothing in it is an error: a sign that makes
 * no sense is a blank.
 */
#include "matcher/search_query.h"

#include "matcher/insist.h"

enum { LOOSE_FROM = 4, MINUS_SIGN = 0x2212 };

struct cut {
	const char *at;
	const char *end;
};

/* The quotes that people type; any closing one closes. */
static bool is_quote(uint32_t scalar)
{
	return scalar == '"' || scalar == 0x201c || scalar == 0x201d ||
	       (scalar >= 0x300c && scalar <= 0x300f);
}

static bool is_blank(uint32_t scalar)
{
	return scalar <= ' ' || scalar == 0xa0 || scalar == 0x3000;
}

static bool fail_many(struct match_error *error)
{
	return match_fail(error, MATCH_MALFORMED,
			  "more than %d words or phrases",
			  MATCH_SEARCH_ITEMS_MAX);
}

static bool add_item(struct match_items *items, struct match_item item,
		     struct match_error *error)
{
	if (items->count == MATCH_SEARCH_ITEMS_MAX)
		return fail_many(error);
	items->item[items->count++] = item;
	return true;
}

/* The words of a stretch of the query, behind those that are there. */
static uint32_t read_words(struct match_items *items, struct cut cut)
{
	struct match_text text = {cut.at, (uint32_t)(cut.end - cut.at)};
	struct match_reader reader = match_reader_of(text);
	uint32_t from = items->word_count;

	while (items->word_count < MATCH_QUERY_WORDS &&
	       match_read_word(&reader, &items->words[items->word_count]))
		items->word_count++;
	return from;
}

static bool add_phrase(struct match_items *items, struct cut cut,
		       bool is_excluded, struct match_error *error)
{
	uint32_t from = read_words(items, cut);
	struct match_item item = {.words = &items->words[from],
				  .count = items->word_count - from,
				  .is_excluded = is_excluded};

	return item.count == 0 || add_item(items, item, error);
}

/* Each word is wanted by itself; characters in a row are one. */
static bool add_words(struct match_items *items, struct cut cut,
		      struct match_error *error)
{
	uint32_t from = read_words(items, cut);

	while (from < items->word_count) {
		struct match_item item = {.words = &items->words[from],
					  .count = 1};

		while (match_word_is_pair(&items->words[from]) &&
		       from + 1 < items->word_count) {
			from++;
			item.count++;
		}
		from++;
		item.is_loose = item.count >= LOOSE_FROM;
		if (!add_item(items, item, error))
			return false;
	}
	return true;
}

/* Up to the closing quote, or the end if there is none. */
static const char *end_of_quoted(struct cut cut, const char **next)
{
	uint32_t scalar;

	while (cut.at < cut.end) {
		uint32_t bytes = match_scalar(cut.at, cut.end, &scalar);

		if (is_quote(scalar)) {
			*next = cut.at + bytes;
			return cut.at;
		}
		cut.at += bytes;
	}
	*next = cut.end;
	return cut.end;
}

static const char *end_of_plain(struct cut cut)
{
	uint32_t scalar;

	while (cut.at < cut.end) {
		uint32_t bytes = match_scalar(cut.at, cut.end, &scalar);

		if (is_blank(scalar) || is_quote(scalar))
			break;
		cut.at += bytes;
	}
	return cut.at;
}

/* One word or phrase from rest->at, which is not at the end. */
static bool add_next(struct match_items *items, struct cut *rest,
		     struct match_error *error)
{
	uint32_t scalar, bytes = match_scalar(rest->at, rest->end, &scalar);
	bool is_excluded = scalar == '-' || scalar == MINUS_SIGN;
	struct cut cut = *rest;

	if (is_excluded) {
		cut.at += bytes;
		bytes = 0;
		if (cut.at < cut.end)
			bytes = match_scalar(cut.at, cut.end, &scalar);
	}
	if (bytes && is_quote(scalar)) {
		cut.at += bytes;
		cut.end = end_of_quoted(cut, &rest->at);
		return add_phrase(items, cut, is_excluded, error);
	}
	cut.end = rest->at = end_of_plain(cut);
	if (is_excluded)
		return add_phrase(items, cut, true, error);
	return add_words(items, cut, error);
}

bool match_items_from_text(struct match_items *items, struct match_text text,
			   struct match_error *error)
{
	struct cut rest = {text.at, text.at + text.bytes};
	uint32_t scalar;

	items->count = items->word_count = 0;
	if (text.bytes > MATCH_SEARCH_QUERY_BYTES)
		return match_fail(error, MATCH_MALFORMED,
				  "longer than %d bytes",
				  MATCH_SEARCH_QUERY_BYTES);
	while (rest.at < rest.end) {
		uint32_t bytes = match_scalar(rest.at, rest.end, &scalar);

		if (is_blank(scalar))
			rest.at += bytes;
		else if (!add_next(items, &rest, error))
			return false;
	}
	MATCH_INSIST(items->word_count < MATCH_QUERY_WORDS);
	if (items->count == 0)
		return match_fail(error, MATCH_MALFORMED,
				  "no word to look for");
	return true;
}
