/*
 * Identifiers: each text once, numbered 0.. in the order of first mention, and
 * bytewise after ids_sort.
 */
#ifndef MATCHER_IDS_H
#define MATCHER_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "matcher/error.h"

#define MATCH_ID_BYTES_MAX 200
#define MATCH_NONE UINT32_MAX

/* A text that is not terminated; text NULL stands for JSON's null. */
struct match_id {
	const char *text;
	uint32_t bytes;
};

/* For printf's "%.*s". */
#define MATCH_ID(id) (int)(id).bytes, (id).text

struct match_ids {
	char *text; /* all texts, end to end */
	size_t text_room;
	uint32_t *start; /* text i is text[start[i]..start[i + 1]) */
	size_t start_room;
	uint32_t count;
	uint32_t *slots;     /* hash table of numbers + 1; at most half full */
	uint32_t slot_count; /* 0 or a power of two */
	uint64_t key[2];
};

/*
 * Prepare an empty set.
 *
 * in     key makes the hash unguessable for whoever wrote the ids; it has no
 *        influence on any result
 * mem    allocates nothing
 */
void match_ids_init(struct match_ids *ids, const uint64_t key[2]);
void match_ids_free(struct match_ids *ids);

/*
 * Number a text: an old number if it is known, else ids->count before the call.
 *
 * in     id.bytes <= MATCH_ID_BYTES_MAX; the caller bounds the count
 * fails  no memory; ids is then as it was
 */
bool match_ids_put(struct match_ids *ids, struct match_id id,
		   uint32_t *number) MATCH_MUST_CHECK;

/* The number of a text, or MATCH_NONE. */
uint32_t match_ids_find(const struct match_ids *ids, struct match_id id);

struct match_id match_ids_at(const struct match_ids *ids, uint32_t number);

/*
 * Renumber by the bytes of the texts (memcmp, then the shorter first).
 *
 * out    new_number[old] for each old number; the caller's, count items
 * fails  no memory; ids is then as it was
 */
bool match_ids_sort(struct match_ids *ids,
		    uint32_t *new_number) MATCH_MUST_CHECK;

int match_id_compare(struct match_id a, struct match_id b);

/*
 * Is this text fit for an id or a seed?
 *
 * out    valid UTF-8 of 1..MATCH_ID_BYTES_MAX bytes, without control characters
 *        (U+0000..1F, U+007F..9F), which would garble a report
 */
bool match_id_is_sound(struct match_id id);

#endif
