/* Making the next snapshot; see search_draft.h. */
#include "matcher/search_draft.h"

#include "matcher/insist.h"
#include "matcher/memory.h"

#include <string.h>

enum { MERGED = 8, TIERS = 7 };

/* A segment's texts must fit into 31 bits. */
#define SEGMENT_LETTERS (UINT32_C(1) << 28)

/* ---- waiting ---- */

bool match_waiting_add(struct match_waiting *waiting, const uint8_t id[16],
		       struct match_held *held)
{
	void *grown = match_grow(waiting->at, &waiting->room,
				 waiting->count + 1, sizeof(*waiting->at));
	struct match_seat *seat;
	struct match_wait *wait;

	if (!grown)
		return false;
	waiting->at = grown;
	seat = match_seats_give(&waiting->seats, id);
	if (!seat)
		return false;
	if (seat->waiting == MATCH_NOT_WAITING) {
		seat->waiting = (uint32_t)waiting->count++;
		waiting->at[seat->waiting] = (struct match_wait){0};
	}
	wait = &waiting->at[seat->waiting];
	match_drop(wait->held);
	*wait = (struct match_wait){.held = held};
	memcpy(wait->id, id, sizeof(wait->id));
	return true;
}

void match_waiting_clear(struct match_waiting *waiting)
{
	for (size_t i = 0; i < waiting->count; i++)
		match_drop(waiting->at[i].held);
	waiting->count = 0;
}

/* ---- parts ---- */

void match_shown_hold(const struct match_shown *part)
{
	part->segment->holders++;
	if (part->gone)
		part->gone->holders++;
}

void match_shown_let_go(const struct match_shown *part)
{
	if (part->gone && --part->gone->holders == 0)
		match_drop(part->gone);
	if (--part->segment->holders == 0)
		match_segment_free(part->segment);
}

static size_t gone_words(const struct match_segment *segment)
{
	return (segment->doc_count + 63) / 64;
}

size_t match_gone_bytes(const struct match_segment *segment)
{
	return sizeof(struct match_gone) +
	       gone_words(segment) * sizeof(uint64_t);
}

static bool add_part(struct match_search_draft *draft, struct match_shown part)
{
	void *grown = match_grow(draft->parts, &draft->room, draft->count + 1,
				 sizeof(*draft->parts));

	if (!grown)
		return false;
	draft->parts = grown;
	draft->parts[draft->count++] = part;
	match_shown_hold(&part);
	return true;
}

static void remove_part(struct match_search_draft *draft, size_t i)
{
	match_shown_let_go(&draft->parts[i]);
	draft->count--;
	memmove(&draft->parts[i], &draft->parts[i + 1],
		(draft->count - i) * sizeof(*draft->parts));
}

void match_draft_free(struct match_search_draft *draft)
{
	for (size_t i = 0; i < draft->count; i++)
		match_shown_let_go(&draft->parts[i]);
	match_drop(draft->parts);
	match_drop(draft->merged);
	*draft = (struct match_search_draft){0};
}

/* ---- who goes ---- */

static struct match_shown *part_of(struct match_search_draft *draft,
				  const struct match_segment *segment)
{
	for (size_t i = 0; i < draft->count; i++)
		if (draft->parts[i].segment == segment)
			return &draft->parts[i];
	MATCH_INSIST(!"a posting stands in no segment");
	return NULL;
}

/* A copy of its own to write to: holders is 1 in the draft alone. */
static bool own_gone(struct match_shown *part)
{
	struct match_gone *old = part->gone, *own;

	if (old && old->holders == 1)
		return true;
	own = match_take(1, match_gone_bytes(part->segment));
	if (!own)
		return false;
	if (old) {
		memcpy(own, old, match_gone_bytes(part->segment));
		old->holders--;
	}
	own->holders = 1;
	part->gone = own;
	return true;
}

static bool take_out(struct match_search_draft *draft,
		     const struct match_waiting *waiting)
{
	for (size_t i = 0; i < waiting->count; i++) {
		const struct match_seat *seat = match_seats_find(
			&waiting->seats, waiting->at[i].id);
		struct match_shown *part;

		if (!seat->segment)
			continue;
		part = part_of(draft, seat->segment);
		if (!own_gone(part))
			return false;
		part->gone->bits[seat->doc / 64] |= UINT64_C(1)
						    << (seat->doc % 64);
		part->gone->count++;
	}
	return true;
}

/* ---- who comes ---- */

static size_t letters_of(const struct match_held *held)
{
	size_t letters = 0;

	for (int i = 0; i < MATCH_SEARCH_FIELDS; i++)
		letters += held->posting.field[i].bytes;
	return letters;
}

/* One segment of what waits from *next on, as many as it takes. */
static bool bring_some(struct match_search_draft *draft,
		       struct match_waiting *waiting, struct match_held **held,
		       size_t *next)
{
	struct match_segment *segment;
	size_t from = *next, letters = 0;
	uint32_t count = 0;

	for (; *next < waiting->count && count < MATCH_SEGMENT_DOCS; ++*next) {
		struct match_wait *wait = &waiting->at[*next];

		if (!wait->held)
			continue;
		letters += letters_of(wait->held);
		if (count && letters > SEGMENT_LETTERS)
			break;
		wait->doc = count;
		held[count++] = wait->held;
	}
	if (count == 0)
		return true;
	segment = match_segment_of(held, count);
	if (!segment)
		return false;
	if (!add_part(draft, (struct match_shown){segment, NULL})) {
		match_segment_free(segment);
		return false;
	}
	for (; from < *next; from++)
		waiting->at[from].segment = segment;
	return true;
}

static bool bring_in(struct match_search_draft *draft,
		     struct match_waiting *waiting)
{
	struct match_held **held = match_take(waiting->count, sizeof(*held));
	bool is_done = held != NULL;
	size_t next = 0;

	while (is_done && next < waiting->count)
		is_done = bring_some(draft, waiting, held, &next);
	match_drop(held);
	return is_done;
}

/* ---- merging ---- */

/* 0: up to 8 postings, 1: up to 64, and so on. */
static unsigned tier_of(uint32_t left)
{
	unsigned tier = 0;

	while (left > MERGED && tier + 1 < TIERS) {
		left /= MERGED;
		tier++;
	}
	return tier;
}

static bool is_wasted(const struct match_shown *part)
{
	return part->gone && part->gone->count * 2 > part->segment->doc_count;
}

static size_t choose_of(const struct match_search_draft *draft, unsigned tier,
			size_t *chosen)
{
	uint32_t left = 0;
	bool is_full = false;
	size_t count = 0;

	for (size_t i = 0; i < draft->count && count < MERGED; i++) {
		uint32_t more = match_shown_left(&draft->parts[i]);

		if (tier_of(more) != tier)
			continue;
		if (left + more > MATCH_SEGMENT_DOCS) {
			is_full = true;
			continue;
		}
		left += more;
		chosen[count++] = i;
	}
	return count == MERGED || (is_full && count > 1) ? count : 0;
}

/*
 * Which parts to merge: eight of one tier, or those that fill a segment, or one
 * that has lost more than half. 0: none.
 */
static size_t choose(const struct match_search_draft *draft, size_t *chosen)
{
	for (size_t i = 0; i < draft->count; i++) {
		chosen[0] = i;
		if (is_wasted(&draft->parts[i]))
			return 1;
	}
	for (unsigned tier = 0; tier < TIERS; tier++) {
		size_t count = choose_of(draft, tier, chosen);

		if (count)
			return count;
	}
	return 0;
}

static bool note_merged(struct match_search_draft *draft,
			struct match_segment *segment)
{
	void *grown = match_grow(draft->merged, &draft->merged_room,
				 draft->merged_count + 1,
				 sizeof(*draft->merged));

	if (!grown)
		return false;
	draft->merged = grown;
	draft->merged[draft->merged_count++] = segment;
	return true;
}

static void remove_chosen(struct match_search_draft *draft,
			  const size_t *chosen, size_t count)
{
	while (count--) {
		struct match_segment *segment =
			draft->parts[chosen[count]].segment;

		for (size_t i = 0; i < draft->merged_count; i++)
			if (draft->merged[i] == segment)
				draft->merged[i--] =
					draft->merged[--draft->merged_count];
		remove_part(draft, chosen[count]);
	}
}

static bool merge(struct match_search_draft *draft, const size_t *chosen,
		  size_t count)
{
	struct match_segment_part parts[MERGED];
	struct match_segment *segment;

	for (size_t i = 0; i < count; i++) {
		const struct match_shown *part = &draft->parts[chosen[i]];

		parts[i] = (struct match_segment_part){
			part->segment, part->gone ? part->gone->bits : NULL};
	}
	segment = match_segment_merge(parts, count);
	if (!segment)
		return false;
	if (segment->doc_count == 0) {
		match_segment_free(segment);
		remove_chosen(draft, chosen, count);
		return true;
	}
	if (!add_part(draft, (struct match_shown){segment, NULL})) {
		match_segment_free(segment);
		return false;
	}
	if (!note_merged(draft, segment))
		return false;
	remove_chosen(draft, chosen, count);
	return true;
}

bool match_draft_fill(struct match_search_draft *draft,
		      const struct match_search_snapshot *last,
		      struct match_waiting *waiting)
{
	size_t chosen[MERGED], count;

	for (size_t i = 0; i < last->part_count; i++)
		if (!add_part(draft, last->parts[i]))
			return false;
	if (!take_out(draft, waiting) || !bring_in(draft, waiting))
		return false;
	while ((count = choose(draft, chosen)) > 0)
		if (!merge(draft, chosen, count))
			return false;
	return true;
}

/* ---- settling ---- */

static void settle_wait(struct match_waiting *waiting,
			const struct match_wait *wait)
{
	struct match_seat *seat = match_seats_find(&waiting->seats, wait->id);

	if (!wait->held) {
		match_seats_leave(&waiting->seats, seat);
		return;
	}
	seat->segment = wait->segment;
	seat->doc = wait->doc;
	seat->waiting = MATCH_NOT_WAITING;
}

void match_draft_settle(struct match_search_draft *draft,
			struct match_waiting *waiting)
{
	for (size_t i = 0; i < waiting->count; i++)
		settle_wait(waiting, &waiting->at[i]);
	for (size_t i = 0; i < draft->merged_count; i++) {
		struct match_segment *segment = draft->merged[i];

		for (uint32_t doc = 0; doc < segment->doc_count; doc++) {
			struct match_seat *seat = match_seats_find(
				&waiting->seats, segment->docs[doc].id);

			seat->segment = segment;
			seat->doc = doc;
		}
	}
	match_waiting_clear(waiting);
}
