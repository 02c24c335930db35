/* The next snapshot of the search while it is being made. */
#ifndef MATCHER_SEARCH_DRAFT_H
#define MATCHER_SEARCH_DRAFT_H

#include "matcher/search_ids.h"
#include "matcher/search_snapshot.h"

/* held NULL: it is to go. */
struct match_wait {
	uint8_t id[16];
	struct match_held *held;
	struct match_segment *segment; /* of held, once there is one */
	uint32_t doc;
};

struct match_waiting {
	struct match_wait *at;
	size_t count, room;
	struct match_seats seats;
};

/* held is given if it is done. fails  false: no memory; as before */
bool match_waiting_add(struct match_waiting *waiting, const uint8_t id[16],
		       struct match_held *held) MATCH_MUST_CHECK;
void match_waiting_clear(struct match_waiting *waiting);

/* A part is freed with the last that holds it. */
void match_shown_hold(const struct match_shown *part);
void match_shown_let_go(const struct match_shown *part);
size_t match_gone_bytes(const struct match_segment *segment);

/* Zeroed, it is empty. parts are held by it. */
struct match_search_draft {
	struct match_shown *parts;
	size_t count, room;
	struct match_segment **merged; /* made here from others */
	size_t merged_count, merged_room;
};

/*
 * The parts of the last snapshot with what waits: those that go, then those
 * that come, then what is small merged.
 *
 * fails  false: no memory; only the draft is to be freed
 */
bool match_draft_fill(struct match_search_draft *draft,
		      const struct match_search_snapshot *last,
		      struct match_waiting *waiting) MATCH_MUST_CHECK;

/* Note where each posting stands now; nothing waits any more. */
void match_draft_settle(struct match_search_draft *draft,
			struct match_waiting *waiting);
void match_draft_free(struct match_search_draft *draft);

#endif
