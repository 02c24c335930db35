/* Segments: made of what was put, and merged. */
#include "matcher/search_segment.h"

#include "matcher/insist.h"
#include "matcher/memory.h"
#include "matcher/search_words.h"
#include "matcher/specialty.h"

#include <stdlib.h>
#include <string.h>

struct match_held *match_held_of(const struct match_search_posting *posting)
{
	size_t bytes = sizeof(struct match_held) +
		       posting->target_count * sizeof(uint32_t);
	struct match_held *held;
	char *letters;

	for (int i = 0; i < MATCH_SEARCH_FIELDS; i++)
		bytes += posting->field[i].bytes;
	held = match_take(bytes, 1);
	if (!held)
		return NULL;
	held->posting = *posting;
	held->posting.targets = held->targets;
	if (posting->target_count)
		memcpy(held->targets, posting->targets,
		       posting->target_count * sizeof(uint32_t));
	letters = (char *)(held->targets + posting->target_count);
	for (int i = 0; i < MATCH_SEARCH_FIELDS; i++) {
		struct match_text *text = &held->posting.field[i];

		if (text->bytes)
			memcpy(letters, text->at, text->bytes);
		text->at = letters;
		letters += text->bytes;
	}
	return held;
}

void match_segment_free(struct match_segment *segment)
{
	if (!segment)
		return;
	match_drop(segment->docs);
	match_drop(segment->targets);
	for (int i = 0; i < MATCH_NUMBERED; i++)
		match_drop(segment->values[i]);
	match_lists_free(&segment->words);
	match_lists_free(&segment->phrases);
	match_drop(segment);
}

size_t match_segment_bytes(const struct match_segment *segment)
{
	size_t bytes = sizeof(*segment) +
		       segment->doc_count * sizeof(*segment->docs) +
		       segment->target_count * sizeof(*segment->targets);

	for (int i = 0; i < MATCH_NUMBERED; i++)
		bytes += segment->value_count[i] * sizeof(uint32_t);
	return bytes + match_lists_bytes(&segment->words) +
	       match_lists_bytes(&segment->phrases);
}

static struct match_segment *take_segment(size_t docs, size_t targets)
{
	struct match_segment *segment = match_take(1, sizeof(*segment));

	MATCH_INSIST(docs <= MATCH_SEGMENT_DOCS);
	if (!segment)
		return NULL;
	segment->doc_count = (uint32_t)docs;
	segment->docs = match_take(docs, sizeof(*segment->docs));
	segment->targets = match_take(targets, sizeof(*segment->targets));
	if (segment->docs && segment->targets)
		return segment;
	match_segment_free(segment);
	return NULL;
}

static int order_values(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static uint32_t value_of(const struct match_doc *doc, int facet)
{
	return facet == MATCH_NUMBERED_DIVISION ? doc->division :
						  doc->industry;
}

static uint16_t number_of(const struct match_segment *segment, int facet,
			  uint32_t value)
{
	uint32_t low = 0, high = segment->value_count[facet] - 1;

	while (low < high) {
		uint32_t middle = (low + high) / 2;

		if (segment->values[facet][middle] < value)
			low = middle + 1;
		else
			high = middle;
	}
	return (uint16_t)low;
}

/* Number the values of a facet, so that counting is an array of counters. */
static bool number_values(struct match_segment *segment, int facet)
{
	uint32_t *values = match_take(segment->doc_count, sizeof(*values));
	uint32_t count = 0;

	if (!values)
		return false;
	segment->values[facet] = values;
	for (uint32_t i = 0; i < segment->doc_count; i++)
		values[i] = value_of(&segment->docs[i], facet);
	qsort(values, segment->doc_count, sizeof(*values), order_values);
	for (uint32_t i = 0; i < segment->doc_count; i++)
		if (count == 0 || values[count - 1] != values[i])
			values[count++] = values[i];
	segment->value_count[facet] = count;
	for (uint32_t i = 0; i < segment->doc_count; i++)
		segment->docs[i].number[facet] = number_of(
			segment, facet, value_of(&segment->docs[i], facet));
	return true;
}

static bool number_facets(struct match_segment *segment)
{
	for (int i = 0; i < MATCH_NUMBERED; i++)
		if (!number_values(segment, i))
			return false;
	return true;
}

/* ---- from what was put ---- */

static uint64_t categories_of(const struct match_search_posting *posting)
{
	uint64_t categories = 0;

	for (size_t i = 0; i < posting->target_count; i++) {
		uint32_t code = posting->targets[i];

		while (code > 99)
			code /= 100;
		if (code >= 20 && code < 84)
			categories |= UINT64_C(1) << (code - 20);
	}
	return categories;
}

static void fill_doc(struct match_segment *segment, uint32_t number,
		     const struct match_search_posting *from)
{
	struct match_doc *doc = &segment->docs[number];

	*doc = (struct match_doc){
		.published_us = from->published_us,
		.closes_us = from->closes_us,
		.pay_fen = from->pay_fen,
		.categories = categories_of(from),
		.division = from->division,
		.industry = from->industry,
		.slot = from->slot,
		.targets_from = (uint32_t)segment->target_count,
		.kind = (uint8_t)from->kind,
		.education = (uint8_t)from->education,
		.target_count = (uint8_t)from->target_count,
	};
	memcpy(doc->id, from->id, sizeof(doc->id));
	memcpy(doc->enterprise, from->enterprise, sizeof(doc->enterprise));
	if (from->target_count)
		memcpy(segment->targets + segment->target_count, from->targets,
		       from->target_count * sizeof(*from->targets));
	segment->target_count += from->target_count;
}

/* *position: where the field begins; then where the next one may. */
static bool add_words(struct match_lists_draft *words, struct match_text text,
		      uint32_t doc, uint32_t *position)
{
	struct match_reader reader = match_reader_of(text);
	struct match_word word;
	uint32_t begin = *position;

	while (match_read_word(&reader, &word)) {
		uint32_t at = begin + word.position;

		if (at >= MATCH_SEARCH_POSITIONS)
			return true;
		if (!match_lists_add(words, word.text, MATCH_PLACE_OF(doc, at)))
			return false;
		/* So far that no phrase runs over into the next field. */
		*position = at + 4;
	}
	return true;
}

static bool add_phrase(struct match_lists_draft *phrases,
		       struct match_text text, uint32_t doc)
{
	if (text.bytes == 0)
		return true;
	return match_lists_add(phrases, text, MATCH_PLACE_OF(doc, 0));
}

/* The title and each line of the skills, for suggestions. */
static bool add_phrases(struct match_lists_draft *phrases,
			const struct match_search_posting *posting,
			uint32_t doc)
{
	struct match_text rest = posting->field[MATCH_FIELD_SKILLS];

	if (!add_phrase(phrases, posting->field[MATCH_FIELD_TITLE], doc))
		return false;
	while (rest.bytes) {
		const char *end = memchr(rest.at, '\n', rest.bytes);
		struct match_text line = rest;

		if (end)
			line.bytes = (uint32_t)(end - rest.at);
		if (!add_phrase(phrases, line, doc))
			return false;
		rest.at += line.bytes + (end != NULL);
		rest.bytes -= line.bytes + (end != NULL);
	}
	return true;
}

static bool add_doc(struct match_segment *segment,
		    struct match_lists_draft *words,
		    struct match_lists_draft *phrases, uint32_t number,
		    const struct match_search_posting *posting)
{
	uint32_t position = 0;

	fill_doc(segment, number, posting);
	for (int i = 0; i < MATCH_SEARCH_FIELDS; i++) {
		if (i)
			segment->docs[number].begins[i - 1] =
				(uint16_t)position;
		if (!add_words(words, posting->field[i], number, &position))
			return false;
	}
	return add_phrases(phrases, posting, number);
}

static bool fill_segment(struct match_segment *segment,
			 struct match_held *const *held)
{
	struct match_lists_draft words = {0}, phrases = {0};
	bool is_done = true;

	for (uint32_t i = 0; is_done && i < segment->doc_count; i++)
		is_done = add_doc(segment, &words, &phrases, i,
				  &held[i]->posting);
	is_done = is_done && match_lists_finish(&words, &segment->words) &&
		  match_lists_finish(&phrases, &segment->phrases) &&
		  number_facets(segment);
	match_lists_draft_free(&words);
	match_lists_draft_free(&phrases);
	return is_done;
}

struct match_segment *match_segment_of(struct match_held *const *held,
				       size_t count)
{
	struct match_segment *segment;
	size_t targets = 0;

	for (size_t i = 0; i < count; i++)
		targets += held[i]->posting.target_count;
	segment = take_segment(count, targets);
	if (!segment || fill_segment(segment, held))
		return segment;
	match_segment_free(segment);
	return NULL;
}

/* ---- from segments ---- */

static void take_over(struct match_segment *into, uint32_t number,
		      const struct match_segment *from,
		      const struct match_doc *doc)
{
	into->docs[number] = *doc;
	into->docs[number].targets_from = (uint32_t)into->target_count;
	memcpy(into->targets + into->target_count,
	       from->targets + doc->targets_from,
	       doc->target_count * sizeof(*into->targets));
	into->target_count += doc->target_count;
}

/* What each document becomes; how many are left. */
static uint32_t renumber(const struct match_segment_part *part, uint32_t next,
			 uint32_t *numbers)
{
	for (uint32_t i = 0; i < part->segment->doc_count; i++)
		numbers[i] = match_is_gone(part->gone, i) ? MATCH_NO_DOC :
							    next++;
	return next;
}

static bool merge_into(struct match_segment *into,
		       const struct match_segment_part *parts, size_t count,
		       const uint32_t *numbers)
{
	struct match_lists_part words[MATCH_LISTS_MERGED];
	struct match_lists_part phrases[MATCH_LISTS_MERGED];

	for (size_t p = 0; p < count; p++) {
		const struct match_segment *from = parts[p].segment;

		words[p] = (struct match_lists_part){&from->words, numbers};
		phrases[p] = (struct match_lists_part){&from->phrases, numbers};
		for (uint32_t i = 0; i < from->doc_count; i++)
			if (numbers[i] != MATCH_NO_DOC)
				take_over(into, numbers[i], from,
					  &from->docs[i]);
		numbers += from->doc_count;
	}
	return match_lists_merge(words, count, &into->words) &&
	       match_lists_merge(phrases, count, &into->phrases) &&
	       number_facets(into);
}

struct match_segment *
match_segment_merge(const struct match_segment_part *parts, size_t count)
{
	struct match_segment *into = NULL;
	size_t docs = 0, targets = 0;
	uint32_t *numbers, *at, left = 0;

	MATCH_INSIST(count <= MATCH_LISTS_MERGED);
	for (size_t p = 0; p < count; p++) {
		docs += parts[p].segment->doc_count;
		targets += parts[p].segment->target_count;
	}
	numbers = at = match_take(docs, sizeof(*numbers));
	if (!numbers)
		return NULL;
	for (size_t p = 0; p < count; p++) {
		left = renumber(&parts[p], left, at);
		at += parts[p].segment->doc_count;
	}
	into = take_segment(left, targets);
	if (into && !merge_into(into, parts, count, numbers)) {
		match_segment_free(into);
		into = NULL;
	}
	match_drop(numbers);
	return into;
}
