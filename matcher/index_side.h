/*
 * The writer's half of one side of the index, postings or students: which id
 * has which slot, what stands there and what shall stand there.
 */
#ifndef MATCHER_INDEX_SIDE_H
#define MATCHER_INDEX_SIDE_H

#include "matcher/index_draft.h"
#include "matcher/index_record.h"

/* A slot is in one list at most: changed, resting or idle. */
struct match_slot {
	struct match_record *now;  /* what readers see; NULL: nothing */
	struct match_record *next; /* what was put since */
	uint32_t link;
	bool is_changed;
	bool is_drop; /* nothing shall stand there */
};

struct match_side {
	struct match_slot *slot;
	size_t slot_room;
	uint32_t slot_count;
	uint32_t *bin; /* of open addressing: slot + 1 */
	uint32_t bin_count, used_count;
	uint32_t changed, resting, idle; /* heads of lists, or MATCH_NO_SLOT */
	uint32_t changed_count;
};

/* What readers see of the slots. */
enum { MATCH_PAGE_SLOTS = 256 };

struct match_page {
	const struct match_record *at[MATCH_PAGE_SLOTS];
};

struct match_pages {
	uint32_t count;
	struct match_page *page[];
};

void match_side_init(struct match_side *side);

/* Drops the records that stand there or wait. */
void match_side_free(struct match_side *side);

/*
 * in     record is given if all goes well; its slot is set
 * fails  false: no memory; nothing has changed
 */
bool match_side_put(struct match_side *side,
		    struct match_record *record) MATCH_MUST_CHECK;
void match_side_drop(struct match_side *side, const uint8_t id[16]);
uint32_t match_side_slot(const struct match_side *side, const uint8_t id[16]);

/* What shall stand in a changed slot. */
static inline struct match_record *match_slot_wanted(
	const struct match_slot *slot)
{
	return slot->is_drop ? NULL : slot->next;
}

/* The pages with all changes in them; NULL: no memory. */
struct match_pages *match_side_pages(const struct match_side *side,
				     const struct match_pages *old,
				     struct match_draft *draft);

/* Note the records that change or go as waste of the draft. */
bool match_side_waste(const struct match_side *side,
		      struct match_draft *draft) MATCH_MUST_CHECK;

/* The changes are published: from here on they are what stands there. */
void match_side_settle(struct match_side *side);

/* What stands in a slot; NULL: nothing. */
static inline const struct match_record *match_pages_at(
	const struct match_pages *pages, uint32_t slot)
{
	if (slot / MATCH_PAGE_SLOTS >= pages->count)
		return NULL;
	return pages->page[slot / MATCH_PAGE_SLOTS]
		->at[slot % MATCH_PAGE_SLOTS];
}

size_t match_side_bytes(const struct match_side *side);

#endif
