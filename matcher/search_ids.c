/* Open addressing; who leaves pulls up those behind, so no marks are left. */
#include "matcher/search_ids.h"

#include "matcher/memory.h"

#include <string.h>

static size_t place_of(const struct match_seats *seats, const uint8_t id[16])
{
	uint64_t halves[2];

	memcpy(halves, id, sizeof(halves));
	halves[0] = (halves[0] ^ halves[1] * UINT64_C(0x9e3779b97f4a7c15)) *
		    UINT64_C(0xd6e8feb86659fd93);
	return (halves[0] ^ halves[0] >> 32) & (seats->room - 1);
}

/* The seat of the id, or the free one where it would sit. */
static struct match_seat *seat_of(const struct match_seats *seats,
				  const uint8_t id[16])
{
	size_t at = place_of(seats, id);

	while (seats->at[at].is_taken && memcmp(seats->at[at].id, id, 16) != 0)
		at = (at + 1) & (seats->room - 1);
	return &seats->at[at];
}

struct match_seat *match_seats_find(const struct match_seats *seats,
				    const uint8_t id[16])
{
	struct match_seat *seat;

	if (!seats->room)
		return NULL;
	seat = seat_of(seats, id);
	return seat->is_taken ? seat : NULL;
}

static bool grow(struct match_seats *seats)
{
	struct match_seats more = {.room = seats->room ? 2 * seats->room : 64,
				   .count = seats->count};

	if (seats->count * 4 < seats->room * 3)
		return true;
	more.at = match_take(more.room, sizeof(*more.at));
	if (!more.at)
		return false;
	for (size_t i = 0; i < seats->room; i++)
		if (seats->at[i].is_taken)
			*seat_of(&more, seats->at[i].id) = seats->at[i];
	match_drop(seats->at);
	*seats = more;
	return true;
}

struct match_seat *match_seats_give(struct match_seats *seats,
				    const uint8_t id[16])
{
	struct match_seat *seat;

	if (!grow(seats))
		return NULL;
	seat = seat_of(seats, id);
	if (seat->is_taken)
		return seat;
	*seat = (struct match_seat){.waiting = MATCH_NOT_WAITING,
				    .is_taken = true};
	memcpy(seat->id, id, sizeof(seat->id));
	seats->count++;
	return seat;
}

void match_seats_leave(struct match_seats *seats, struct match_seat *seat)
{
	size_t mask = seats->room - 1, hole = (size_t)(seat - seats->at);

	for (size_t i = (hole + 1) & mask; seats->at[i].is_taken;
	     i = (i + 1) & mask) {
		size_t wanted = place_of(seats, seats->at[i].id);

		/* Would it rather sit in the hole, or before it? */
		if (((i - wanted) & mask) < ((i - hole) & mask))
			continue;
		seats->at[hole] = seats->at[i];
		hole = i;
	}
	seats->at[hole].is_taken = false;
	seats->count--;
}

void match_seats_free(struct match_seats *seats)
{
	match_drop(seats->at);
	*seats = (struct match_seats){0};
}
