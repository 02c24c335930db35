/*
 * A dictionary that does not change: texts in order, each with a list of
 * ascending numbers. A number is a document below 2^16 and a position in it.
 */
#ifndef MATCHER_SEARCH_LISTS_H
#define MATCHER_SEARCH_LISTS_H

#include "matcher/align.h"
#include "matcher/error.h"

#define MATCH_PLACE_OF(doc, position) ((uint32_t)(doc) << 16 | (position))
#define MATCH_DOC_OF(place) ((place) >> 16)
#define MATCH_POSITION_OF(place) ((place) & 0xffff)

struct match_lists {
	uint32_t count;
	char *letters;
	uint32_t *letters_at; /* [count + 1] */
	uint32_t *places;
	uint32_t *places_at; /* [count + 1] */
};

/* Ascending numbers. */
struct match_places {
	const uint32_t *at;
	uint32_t count;
};

void match_lists_free(struct match_lists *lists);
size_t match_lists_bytes(const struct match_lists *lists);

struct match_text match_lists_text(const struct match_lists *lists,
				   uint32_t number);
struct match_places match_lists_places(const struct match_lists *lists,
				       uint32_t number);

/* Bytes as unsigned numbers, the shorter first. */
int match_text_order(struct match_text a, struct match_text b);

/* The places of a text; none if it is not there. */
struct match_places match_lists_find(const struct match_lists *lists,
				     struct match_text text);

/* The texts that begin with this one: numbers *from up to *to. */
void match_lists_prefix(const struct match_lists *lists, struct match_text text,
			uint32_t *from, uint32_t *to);

/* What is collected before it is put in order. Zeroed, it is empty. */
struct match_lists_draft {
	struct draft_text *texts;
	size_t text_count, text_room;
	uint32_t *table; /* of texts, by hash; 0: none, else one more */
	size_t table_room;
	char *letters;
	size_t letter_count, letter_room;
	struct draft_place *places;
	size_t place_count, place_room;
};

/* in  places ascend over the calls. fails  false: no memory, or 2^31 of them */
bool match_lists_add(struct match_lists_draft *draft, struct match_text text,
		     uint32_t place) MATCH_MUST_CHECK;

/* fails  false: no memory; *lists is then empty */
bool match_lists_finish(struct match_lists_draft *draft,
			struct match_lists *lists) MATCH_MUST_CHECK;
void match_lists_draft_free(struct match_lists_draft *draft);

#define MATCH_LISTS_MERGED 16
#define MATCH_NO_DOC UINT32_MAX

/* renumber says what each document becomes, or MATCH_NO_DOC: it is left out. */
struct match_lists_part {
	const struct match_lists *lists;
	const uint32_t *renumber;
};

/*
 * in     count <= MATCH_LISTS_MERGED; the numbers ascend over the parts
 * fails  false: no memory; *lists is then empty
 */
bool match_lists_merge(const struct match_lists_part *parts, size_t count,
		       struct match_lists *lists) MATCH_MUST_CHECK;

#endif
