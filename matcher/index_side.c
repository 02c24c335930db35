/*
 * Slots are found by id through bins of open addressing. All that a drop needs
 * was taken by the put before it, so that a drop cannot fail.
 */
#include "matcher/index_side.h"

#include "matcher/insist.h"
#include "matcher/memory.h"

#include <string.h>

enum { FIRST_BINS = 64 };

void match_side_init(struct match_side *side)
{
	*side = (struct match_side){.changed = MATCH_NO_SLOT,
				    .resting = MATCH_NO_SLOT,
				    .idle = MATCH_NO_SLOT};
}

void match_side_free(struct match_side *side)
{
	for (uint32_t i = 0; i < side->slot_count; i++) {
		match_drop(side->slot[i].now);
		match_drop(side->slot[i].next);
	}
	match_drop(side->slot);
	match_drop(side->bin);
}

static uint32_t hash_of(const uint8_t id[16])
{
	uint64_t a, b;

	memcpy(&a, id, sizeof(a));
	memcpy(&b, id + 8, sizeof(b));
	a = (a ^ b >> 31) * UINT64_C(0x9E3779B97F4A7C15);
	a = (a ^ a >> 32 ^ b) * UINT64_C(0xD6E8FEB86659FD93);
	return (uint32_t)(a >> 32);
}

static const uint8_t *id_of(const struct match_slot *slot)
{
	return slot->next ? slot->next->id : slot->now->id;
}

/* The bin that names the id, or the empty one where it would stand. */
static uint32_t bin_of(const struct match_side *side, const uint8_t id[16])
{
	uint32_t mask = side->bin_count - 1;
	uint32_t bin = hash_of(id) & mask;

	while (side->bin[bin] != 0 &&
	       memcmp(id_of(&side->slot[side->bin[bin] - 1]), id, 16) != 0)
		bin = (bin + 1) & mask;
	return bin;
}

/* The slot of an id, dropped ones that are not published as such included. */
static uint32_t find(const struct match_side *side, const uint8_t id[16])
{
	if (side->bin_count == 0)
		return MATCH_NO_SLOT;
	/* Slot + 1 in a bin, and 0 for none, wraps round to MATCH_NO_SLOT. */
	return side->bin[bin_of(side, id)] - 1;
}

uint32_t match_side_slot(const struct match_side *side, const uint8_t id[16])
{
	uint32_t slot = find(side, id);

	if (slot != MATCH_NO_SLOT && side->slot[slot].is_drop)
		return MATCH_NO_SLOT;
	return slot;
}

static bool grow_bins(struct match_side *side)
{
	struct match_side grown = *side;

	if (side->used_count + 1 <= side->bin_count / 4 * 3)
		return true;
	grown.bin_count = side->bin_count ? side->bin_count * 2 : FIRST_BINS;
	grown.bin = match_take(grown.bin_count, sizeof(*grown.bin));
	if (!grown.bin)
		return false;
	for (uint32_t i = 0; i < side->bin_count; i++) {
		uint32_t named = side->bin[i];

		if (named != 0)
			grown.bin[bin_of(
				&grown, id_of(&side->slot[named - 1]))] = named;
	}
	match_drop(side->bin);
	*side = grown;
	return true;
}

/* A slot that nobody has, not yet taken out of the idle ones. */
static uint32_t next_slot(struct match_side *side)
{
	struct match_slot *grown;

	if (side->idle != MATCH_NO_SLOT)
		return side->idle;
	if (side->slot_count == MATCH_NO_SLOT - 1)
		return MATCH_NO_SLOT;
	grown = match_grow(side->slot, &side->slot_room,
			   (size_t)side->slot_count + 1, sizeof(*side->slot));
	if (!grown)
		return MATCH_NO_SLOT;
	side->slot = grown;
	side->slot[side->slot_count] = (struct match_slot){.now = NULL};
	return side->slot_count;
}

static void take_slot(struct match_side *side, uint32_t slot)
{
	if (slot == side->idle)
		side->idle = side->slot[slot].link;
	else
		side->slot_count++;
	side->used_count++;
}

static void note_change(struct match_side *side, uint32_t at)
{
	struct match_slot *slot = &side->slot[at];

	if (slot->is_changed)
		return;
	slot->is_changed = true;
	slot->link = side->changed;
	side->changed = at;
	side->changed_count++;
}

bool match_side_put(struct match_side *side, struct match_record *record)
{
	uint32_t at = find(side, record->id);
	struct match_slot *slot;

	if (at == MATCH_NO_SLOT) {
		if (!grow_bins(side))
			return false;
		at = next_slot(side);
		if (at == MATCH_NO_SLOT)
			return false;
		take_slot(side, at);
		side->bin[bin_of(side, record->id)] = at + 1;
	}
	record->slot = at;
	slot = &side->slot[at];
	match_drop(slot->next);
	slot->next = record;
	slot->is_drop = false;
	note_change(side, at);
	return true;
}

void match_side_drop(struct match_side *side, const uint8_t id[16])
{
	uint32_t at = find(side, id);

	if (at == MATCH_NO_SLOT)
		return;
	/* What was put stays: the id is read from it. */
	side->slot[at].is_drop = true;
	note_change(side, at);
}

static struct match_pages *copy_pages(const struct match_side *side,
				      const struct match_pages *old,
				      struct match_draft *draft)
{
	uint32_t count =
		(side->slot_count + MATCH_PAGE_SLOTS - 1) / MATCH_PAGE_SLOTS;
	struct match_pages *pages = match_draft_take(
		draft, 1, sizeof(*pages) + count * sizeof(*pages->page));

	if (!pages)
		return NULL;
	pages->count = count;
	memcpy(pages->page, old->page, old->count * sizeof(*old->page));
	return pages;
}

/* The page that a slot is in, made the draft's own. */
static struct match_page *own_page(struct match_pages *pages,
				   const struct match_pages *old, uint32_t slot,
				   struct match_draft *draft)
{
	uint32_t at = slot / MATCH_PAGE_SLOTS;
	struct match_page *page = pages->page[at];

	if (page && (at >= old->count || page != old->page[at]))
		return page;
	page = match_draft_take(draft, 1, sizeof(*page));
	if (!page)
		return NULL;
	if (pages->page[at]) {
		*page = *pages->page[at];
		if (!match_draft_waste(draft, pages->page[at]))
			return NULL;
	}
	pages->page[at] = page;
	return page;
}

struct match_pages *match_side_pages(const struct match_side *side,
				     const struct match_pages *old,
				     struct match_draft *draft)
{
	struct match_pages *pages = copy_pages(side, old, draft);

	if (!pages || !match_draft_waste(draft, (void *)old))
		return NULL;
	for (uint32_t i = side->changed; i != MATCH_NO_SLOT;
	     i = side->slot[i].link) {
		struct match_page *page = own_page(pages, old, i, draft);

		if (!page)
			return NULL;
		page->at[i % MATCH_PAGE_SLOTS] =
			match_slot_wanted(&side->slot[i]);
	}
	return pages;
}

bool match_side_waste(const struct match_side *side, struct match_draft *draft)
{
	for (uint32_t i = side->changed; i != MATCH_NO_SLOT;
	     i = side->slot[i].link) {
		const struct match_slot *slot = &side->slot[i];

		if (!match_draft_waste(draft, slot->now))
			return false;
		if (slot->is_drop && !match_draft_waste(draft, slot->next))
			return false;
	}
	return true;
}

/* Empty a bin, and move up those behind it that would not be found then. */
static void clear_bin(struct match_side *side, uint32_t bin)
{
	uint32_t mask = side->bin_count - 1;

	for (uint32_t i = (bin + 1) & mask; side->bin[i] != 0;
	     i = (i + 1) & mask) {
		const struct match_slot *slot = &side->slot[side->bin[i] - 1];
		uint32_t home = hash_of(id_of(slot)) & mask;

		if (((i - home) & mask) < ((i - bin) & mask))
			continue;
		side->bin[bin] = side->bin[i];
		bin = i;
	}
	side->bin[bin] = 0;
}

static void settle_slot(struct match_side *side, uint32_t at)
{
	struct match_slot *slot = &side->slot[at];

	slot->is_changed = false;
	if (!slot->is_drop) {
		slot->now = slot->next;
		slot->next = NULL;
		return;
	}
	clear_bin(side, bin_of(side, id_of(slot)));
	side->used_count--;
	*slot = (struct match_slot){.link = side->resting};
	side->resting = at;
}

/* The slots that have rested through a whole publish can be had again. */
static void wake_resting(struct match_side *side)
{
	while (side->resting != MATCH_NO_SLOT) {
		uint32_t at = side->resting;

		side->resting = side->slot[at].link;
		side->slot[at].link = side->idle;
		side->idle = at;
	}
}

void match_side_settle(struct match_side *side)
{
	uint32_t at = side->changed;

	wake_resting(side);
	side->changed = MATCH_NO_SLOT;
	side->changed_count = 0;
	while (at != MATCH_NO_SLOT) {
		uint32_t following = side->slot[at].link;

		settle_slot(side, at);
		at = following;
	}
}

size_t match_side_bytes(const struct match_side *side)
{
	return side->slot_room * sizeof(*side->slot) +
	       side->bin_count * sizeof(*side->bin);
}
