/*
 * work_rankings.h - enterprises' rankings, as the instance has them. A posting
 * that was ranked gets a ranking of all who wish for it: those whom the
 * enterprise named, in its order, then the others as they would come without
 * one, by score and lottery. So nobody who is eligible is shut out by silence.
 *
 * from  docs/rounds.md, "Rankings"; docs/placement.md, "The model"
 */
#ifndef COMMANDS_WORK_RANKINGS_H
#define COMMANDS_WORK_RANKINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "matcher/builder.h"
#include "wire/rows.h"

/* All zero: nobody ranked anything. */
struct rankings {
	struct rows *rows;		/* freeze_rankings.sql; given */
	const char *seed;		/* borrowed */
	struct buf wished;		/* struct wished_seat */
};

/* Notes that a student wishes for a posting, ranked or not; both ids live as
 * long as the rankings. */
void rankings_wish(struct rankings *rankings, struct match_id posting,
		   struct match_id student, uint32_t score);

/* Behind the last wish, once: puts them in order. */
void rankings_sort(struct rankings *rankings);

/*
 * The ranking of a posting into the builder, before the posting.
 *
 * out    *has_ranking: somebody is in it
 */
bool rankings_add(const struct rankings *rankings,
		  struct match_builder *builder, struct match_id posting,
		  bool *has_ranking, struct match_error *error)
	MATCH_MUST_CHECK;

void rankings_close(struct rankings *rankings);

#endif
