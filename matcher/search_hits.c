/* Sets of documents with points: put together, and made of places. */
#include "matcher/search_hits.h"

#include "matcher/memory.h"
#include "matcher/search_places.h"

#include <stdalign.h>

enum {
	IN_TITLE = 400,
	AT_TITLE = 100, /* more, at its beginning */
	IN_SKILLS = 250,
	IN_ENTERPRISE = 150,
	IN_TEXT = 60,
	AGAIN_IN_TEXT = 10,
	AGAIN_MOST = 4,
};

struct scratch_block {
	struct scratch_block *next;
	alignas(16) char room[];
};

void *match_scratch_take(struct match_scratch *scratch, size_t count,
			 size_t item_bytes)
{
	struct scratch_block *block;

	if (count > (SIZE_MAX / 2 - sizeof(*block)) / item_bytes)
		return NULL;
	block = match_take(1, sizeof(*block) + count * item_bytes);
	if (!block)
		return NULL;
	block->next = scratch->first;
	scratch->first = block;
	return block->room;
}

void match_scratch_free(struct match_scratch *scratch)
{
	while (scratch->first) {
		struct scratch_block *block = scratch->first;

		scratch->first = block->next;
		match_drop(block);
	}
}

/* ---- sets ---- */

enum both { BOTH_SUM, BOTH_LEAST };

static uint32_t combine(uint32_t a, uint32_t b, enum both how)
{
	if (how == BOTH_SUM)
		return a + MATCH_POSITION_OF(b);
	return a < b ? a : b;
}

static bool both_of(struct match_hits a, struct match_hits b, enum both how,
		    struct match_scratch *scratch, struct match_hits *hits)
{
	bool is_a_less = a.count <= b.count;
	struct match_hits few = is_a_less ? a : b, many = is_a_less ? b : a;
	uint32_t *out = match_scratch_take(scratch, few.count, sizeof(*out));
	uint32_t from = 0, count = 0;

	if (!out)
		return false;
	for (uint32_t i = 0; i < few.count; i++) {
		uint32_t doc = MATCH_DOC_OF(few.at[i]);

		from = match_seek(many.at, many.count, from,
				  MATCH_PLACE_OF(doc, 0));
		if (from == many.count)
			break;
		if (MATCH_DOC_OF(many.at[from]) == doc)
			out[count++] = combine(few.at[i], many.at[from], how);
	}
	*hits = (struct match_hits){out, count};
	return true;
}

bool match_hits_both(struct match_hits a, struct match_hits b,
		     struct match_scratch *scratch, struct match_hits *hits)
{
	return both_of(a, b, BOTH_SUM, scratch, hits);
}

bool match_hits_without(struct match_hits a, struct match_hits b,
			struct match_scratch *scratch, struct match_hits *hits)
{
	uint32_t *out = match_scratch_take(scratch, a.count, sizeof(*out));
	uint32_t from = 0, count = 0;

	if (!out)
		return false;
	for (uint32_t i = 0; i < a.count; i++) {
		uint32_t doc = MATCH_DOC_OF(a.at[i]);

		from = match_seek(b.at, b.count, from, MATCH_PLACE_OF(doc, 0));
		if (from == b.count || MATCH_DOC_OF(b.at[from]) != doc)
			out[count++] = a.at[i];
	}
	*hits = (struct match_hits){out, count};
	return true;
}

/* Those in either, with the greater points. */
static bool either_of(struct match_hits a, struct match_hits b,
		      struct match_scratch *scratch, struct match_hits *hits)
{
	uint32_t *out = match_scratch_take(scratch, (size_t)a.count + b.count,
					   sizeof(*out));
	uint32_t i = 0, k = 0, count = 0;

	if (!out)
		return false;
	while (i < a.count && k < b.count) {
		uint32_t x = a.at[i], y = b.at[k];
		bool is_both = MATCH_DOC_OF(x) == MATCH_DOC_OF(y);
		bool is_x_next = is_both ? x > y : x < y;

		out[count++] = is_x_next ? x : y;
		i += is_both || x < y;
		k += is_both || y < x;
	}
	while (i < a.count)
		out[count++] = a.at[i++];
	while (k < b.count)
		out[count++] = b.at[k++];
	*hits = (struct match_hits){out, count};
	return true;
}

/* ---- points ---- */

/* What the places from..to, all of one document, are worth. */
static uint32_t points_of(const struct match_doc *doc, const uint32_t *from,
			  const uint32_t *to)
{
	static const uint32_t worth[] = {IN_TITLE, IN_ENTERPRISE, IN_SKILLS,
					 IN_TEXT};
	bool is_first = MATCH_POSITION_OF(*from) == 0 && doc->begins[0] > 0;
	uint32_t points = is_first ? AT_TITLE : 0;
	unsigned seen = 0, field = 0, again = 0;

	for (; from < to; from++) {
		uint32_t position = MATCH_POSITION_OF(*from);

		while (field < MATCH_FIELD_TEXT &&
		       position >= doc->begins[field])
			field++;
		if (!(seen >> field & 1))
			points += worth[field];
		else if (field == MATCH_FIELD_TEXT && again++ < AGAIN_MOST)
			points += AGAIN_IN_TEXT;
		seen |= 1u << field;
	}
	return points;
}

static bool value(const struct match_segment *segment,
		  struct match_places places, struct match_scratch *scratch,
		  struct match_hits *hits)
{
	uint32_t *out = match_scratch_take(scratch, places.count, sizeof(*out));
	uint32_t from = 0, to, count = 0;

	if (!out)
		return false;
	for (; from < places.count; from = to) {
		uint32_t doc = MATCH_DOC_OF(places.at[from]);

		for (to = from + 1; to < places.count; to++)
			if (MATCH_DOC_OF(places.at[to]) != doc)
				break;
		out[count++] = MATCH_PLACE_OF(
			doc, points_of(&segment->docs[doc], places.at + from,
				       places.at + to));
	}
	*hits = (struct match_hits){out, count};
	return true;
}

/* The documents with these words in a row. */
static bool row_hits(const struct match_segment *segment,
		     const struct match_word *words, uint32_t count,
		     struct match_scratch *scratch, struct match_hits *hits)
{
	struct match_places places;

	return match_places_of_row(segment, words, count, scratch, &places) &&
	       value(segment, places, scratch, hits);
}

/* ---- pieces ---- */

struct pieces {
	const struct match_segment *segment;
	const struct match_word *words;
	struct match_scratch *scratch;
	struct match_hits *upto; /* [i]: made up to character i */
};

/*
 * One more way to the end: a piece of so many characters, after what is made
 * up before it.
 */
static bool add_piece(struct pieces *p, uint32_t end, uint32_t characters)
{
	struct match_hits before = {0}, piece, whole;
	uint32_t begin = end - characters;

	if (end < characters || (begin && p->upto[begin].count == 0))
		return true;
	if (!row_hits(p->segment, p->words + begin, characters, p->scratch,
		      &piece))
		return false;
	before = p->upto[begin];
	if (begin == 0)
		whole = piece;
	else if (!both_of(before, piece, BOTH_LEAST, p->scratch, &whole))
		return false;
	return either_of(p->upto[end], whole, p->scratch, &p->upto[end]);
}

/*
 * The documents that have pieces which make up the characters; each piece is
 * of two or three, since longer ones are made of those.
 */
static bool piece_hits(const struct match_segment *segment,
		       const struct match_item *item,
		       struct match_scratch *scratch, struct match_hits *hits)
{
	struct pieces p = {
		.segment = segment,
		.words = item->words,
		.scratch = scratch,
		.upto = match_scratch_take(scratch, item->count + 1,
					   sizeof(*p.upto)),
	};

	if (!p.upto)
		return false;
	for (uint32_t end = 2; end <= item->count; end++)
		if (!add_piece(&p, end, 2) || !add_piece(&p, end, 3))
			return false;
	*hits = p.upto[item->count];
	return true;
}

static bool halve(struct match_hits from, struct match_scratch *scratch,
		  struct match_hits *hits)
{
	uint32_t *out = match_scratch_take(scratch, from.count, sizeof(*out));

	if (!out)
		return false;
	for (uint32_t i = 0; i < from.count; i++)
		out[i] = MATCH_PLACE_OF(MATCH_DOC_OF(from.at[i]),
					MATCH_POSITION_OF(from.at[i]) / 2);
	*hits = (struct match_hits){out, from.count};
	return true;
}

bool match_hits_of(const struct match_segment *segment,
		   const struct match_item *item, struct match_scratch *scratch,
		   struct match_hits *hits)
{
	struct match_hits loose;

	if (!row_hits(segment, item->words, item->count, scratch, hits))
		return false;
	if (!item->is_loose)
		return true;
	return piece_hits(segment, item, scratch, &loose) &&
	       halve(loose, scratch, &loose) &&
	       either_of(*hits, loose, scratch, hits);
}
