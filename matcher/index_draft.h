/*
 * The next version of something that readers see: what is made for it and what
 * it makes superfluous, so that it can be undone, or shown as a whole.
 */
#ifndef MATCHER_INDEX_DRAFT_H
#define MATCHER_INDEX_DRAFT_H

#include "matcher/epoch.h"
#include "matcher/error.h"

struct match_bag {
	void **at;
	size_t count, room;
};

/* Zeroed, it is empty. */
struct match_draft {
	struct match_bag fresh;
	struct match_bag waste;
};

/* Take room for it, all zero. fails  NULL: no memory */
void *match_draft_take(struct match_draft *draft, size_t count,
		       size_t item_bytes) MATCH_MUST_CHECK;

/* Note what the old version needs and the new one does not. NULL: nothing. */
bool match_draft_waste(struct match_draft *draft, void *what) MATCH_MUST_CHECK;

/* Give up: what was made for it goes. */
void match_draft_undo(struct match_draft *draft);

/*
 * The new version is published: what is superfluous goes when no reader holds
 * it.
 *
 * in  waste_room is from match_draft_room
 */
void match_draft_done(struct match_draft *draft, struct match_epochs *epochs,
		      void *waste_room);

/* What match_draft_done needs, taken while it may still fail; NULL. */
void *match_draft_room(void) MATCH_MUST_CHECK;

#endif
