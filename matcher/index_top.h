/* The best k entries seen so far, the worst of them at hand. */
#ifndef MATCHER_INDEX_TOP_H
#define MATCHER_INDEX_TOP_H

#include "matcher/index.h"
#include "matcher/index_record.h"

struct match_top {
	struct match_index_ranking *ranking;
	const struct match_key *after; /* NULL: from the first */
};

/* The ranking is emptied. */
void match_top_init(struct match_top *top, struct match_index_ranking *ranking,
		    const struct match_key *after);

/*
 * Whether something with at most this score, published at the latest then,
 * could still get in.
 */
static inline bool match_top_admits(const struct match_top *top, uint32_t score,
				    int64_t published_us)
{
	const struct match_index_entry *worst = top->ranking->at;

	if (top->ranking->count < top->ranking->want)
		return true;
	return score > worst->score ||
	       (score == worst->score && published_us >= worst->published_us);
}

/* is_again: it may be there already, and is then not put again. */
void match_top_offer(struct match_top *top,
		     const struct match_index_entry *entry, bool is_again);

/* Best first. */
void match_top_sort(struct match_top *top);

#endif
