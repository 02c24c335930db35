/* The trie's edges live in one open table, filled to half at the most. */
#include "matcher/lexicon.h"

#include "matcher/insist.h"
#include "matcher/memory.h"

/* The slot of an edge, or the free one where it belongs. */
static size_t slot_of(const struct match_lexicon *names, uint32_t node,
		      uint8_t byte)
{
	uint64_t edge = ((uint64_t)node << 8 | byte) + 1;
	size_t slot = (size_t)(edge * UINT64_C(0x9e3779b97f4a7c15) >> 20);

	for (;; slot++) {
		slot &= names->slots - 1;
		if (names->edge[slot] == 0 || names->edge[slot] == edge)
			return slot;
	}
}

static uint32_t step_in(struct match_lexicon *names, uint32_t node,
			uint8_t byte)
{
	size_t slot = slot_of(names, node, byte);

	if (names->edge[slot] == 0) {
		names->edge[slot] = ((uint64_t)node << 8 | byte) + 1;
		names->child[slot] = names->nodes;
		names->name[names->nodes++] = MATCH_LEXICON_NONE;
	}
	return names->child[slot];
}

static bool take_room(struct match_lexicon *names, size_t bytes)
{
	names->slots = 16;
	while (names->slots < 2 * (bytes + 1))
		names->slots *= 2;
	names->edge = match_take(names->slots, sizeof(*names->edge));
	names->child = match_take(names->slots, sizeof(*names->child));
	names->name = match_take(bytes + 1, sizeof(*names->name));
	return names->edge && names->child && names->name;
}

bool match_lexicon_make(struct match_lexicon *names,
			const struct match_text *at, size_t count,
			struct match_error *error)
{
	size_t bytes = 0;

	*names = (struct match_lexicon){ 0 };
	for (size_t i = 0; i < count; i++) {
		if (at[i].bytes == 0 || at[i].bytes > MATCH_NAME_BYTES_MAX)
			return match_fail(error, MATCH_TOO_LARGE,
					  "name %zu has %u bytes", i,
					  (unsigned)at[i].bytes);
		bytes += at[i].bytes;
	}
	if (!take_room(names, bytes)) {
		match_lexicon_drop(names);
		return match_no_memory(error);
	}
	names->name[names->nodes++] = MATCH_LEXICON_NONE;
	for (size_t i = 0; i < count; i++) {
		uint32_t node = 0;

		for (uint32_t b = 0; b < at[i].bytes; b++)
			node = step_in(names, node, (uint8_t)at[i].at[b]);
		if (names->name[node] == MATCH_LEXICON_NONE)
			names->name[node] = (uint32_t)i;
	}
	return true;
}

void match_lexicon_drop(struct match_lexicon *names)
{
	match_drop(names->edge);
	match_drop(names->child);
	match_drop(names->name);
	*names = (struct match_lexicon){ 0 };
}

uint32_t match_lexicon_longest(const struct match_lexicon *names,
			     struct match_text text, uint32_t *bytes)
{
	uint32_t found = MATCH_LEXICON_NONE;
	uint32_t node = 0;

	MATCH_INSIST(names->nodes > 0);
	*bytes = 0;
	for (uint32_t b = 0; b < text.bytes; b++) {
		size_t slot = slot_of(names, node, (uint8_t)text.at[b]);

		if (names->edge[slot] == 0)
			break;
		node = names->child[slot];
		if (names->name[node] == MATCH_LEXICON_NONE)
			continue;
		found = names->name[node];
		*bytes = b + 1;
	}
	return found;
}
