/*
 * A segment: up to 2^16 postings with their words. It never changes; what
 * leaves it is noted beside it.
 */
#ifndef MATCHER_SEARCH_SEGMENT_H
#define MATCHER_SEARCH_SEGMENT_H

#include "matcher/search.h"
#include "matcher/search_lists.h"

#define MATCH_SEGMENT_DOCS 65536u

/* Facets that are numbered in each segment. */
enum { MATCH_NUMBERED_DIVISION, MATCH_NUMBERED_INDUSTRY, MATCH_NUMBERED };

struct match_doc {
	uint8_t id[16];
	uint8_t enterprise[16];
	int64_t published_us;
	int64_t closes_us;
	int64_t pay_fen;
	uint64_t categories; /* bit category - 20, for each of a target */
	uint32_t division;
	uint32_t industry;
	uint32_t slot;
	uint32_t targets_from;
	/* Where the fields after the title begin. */
	uint16_t begins[MATCH_SEARCH_FIELDS - 1];
	uint16_t number[MATCH_NUMBERED]; /* of its value in the segment */
	uint8_t kind;
	uint8_t education;
	uint8_t target_count;
};

struct match_segment {
	unsigned holders; /* snapshots; the writer's to count */
	uint32_t doc_count;
	struct match_doc *docs;
	uint32_t *targets;
	size_t target_count;
	uint32_t *values[MATCH_NUMBERED]; /* ascending */
	uint32_t value_count[MATCH_NUMBERED];
	struct match_lists words;   /* the places of each word */
	struct match_lists phrases; /* titles, skills: the postings of each */
};

/* What was put: copied into one piece, its texts too. */
struct match_held {
	struct match_search_posting posting;
	uint32_t targets[];
};

/* fails  NULL: no memory */
struct match_held *match_held_of(const struct match_search_posting *posting);

/*
 * in     count <= MATCH_SEGMENT_DOCS, texts of less than 2^31 bytes in all
 * fails  NULL: no memory
 */
struct match_segment *match_segment_of(struct match_held *const *held,
				       size_t count);

/* A segment and which of its postings are gone; NULL: none. */
struct match_segment_part {
	struct match_segment *segment;
	const uint64_t *gone;
};

/*
 * One segment of what is left of several, in their order.
 *
 * in     count <= MATCH_LISTS_MERGED; no more than MATCH_SEGMENT_DOCS are left
 * fails  NULL: no memory
 */
struct match_segment *
match_segment_merge(const struct match_segment_part *parts, size_t count);

void match_segment_free(struct match_segment *segment);
size_t match_segment_bytes(const struct match_segment *segment);

static inline bool match_is_gone(const uint64_t *gone, uint32_t doc)
{
	return gone && (gone[doc / 64] >> (doc % 64) & 1);
}

#endif
