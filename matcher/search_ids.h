/* The writer's notes: where each posting stands. */
#ifndef MATCHER_SEARCH_IDS_H
#define MATCHER_SEARCH_IDS_H

#include "matcher/search_segment.h"

#define MATCH_NOT_WAITING UINT32_MAX

/* segment NULL: in none. waiting: its number among what is to be published. */
struct match_seat {
	uint8_t id[16];
	struct match_segment *segment;
	uint32_t doc;
	uint32_t waiting;
	bool is_taken;
};

struct match_seats {
	struct match_seat *at;
	size_t room; /* a power of two, or 0 */
	size_t count;
};

/* NULL: it has none. */
struct match_seat *match_seats_find(const struct match_seats *seats,
				    const uint8_t id[16]);

/* Its seat, a new one if it has none. fails  NULL: no memory */
struct match_seat *match_seats_give(struct match_seats *seats,
				    const uint8_t id[16]);

void match_seats_leave(struct match_seats *seats, struct match_seat *seat);
void match_seats_free(struct match_seats *seats);

#endif
