/*
 * ranking.h - the steps that both rankings share: the one side comes from the
 * database, fresh and only if the actor may see it; the other is ranked where
 * it is, in the live index.
 */
#ifndef ENDPOINTS_RANKING_H
#define ENDPOINTS_RANKING_H

#include "flow/flow.h"
#include "flow/live.h"
#include "matcher/explain.h"

/* One entry, taken out of the index: its texts are in f->mem. */
struct ranked {
	struct uuid id;
	struct match_fit fit;
	struct match_posting posting;	/* listMatches */
	uint32_t specialty;		/* listCandidates */
	int entry_year;
};

struct ranking {
	struct match_student student;	/* listMatches: whose */
	struct match_posting posting;	/* listCandidates: of which */
	struct match_key after, last;
	struct ranked *ranked;		/* at most page.limit */
	size_t count;
	bool is_more;
	const struct rarity *rarity;	/* while it is ranked */
};

/* What differs between ranking postings and ranking students. */
struct ranking_side {
	/* FLOW_NEXT, or FLOW_FAIL after a fault. */
	enum flow_next (*rank)(struct flow *f, const struct feed_view *view,
			       const struct match_key *after,
			       struct match_index_ranking *out);
	/* Take an entry out of the index. */
	void (*take)(struct flow *f, const struct match_snapshot *snapshot,
		     uint32_t slot, struct ranked *out);
	void (*write)(struct flow *f, struct json_writer *w, size_t i);
};

/* The page after the cursor, into the state. FLOW_FAIL: no such cursor, or the
 * consortium is not loaded yet. */
enum flow_next rank_live(struct flow *f, const struct ranking_side *side);

/* The consortium is not in the live index yet. */
enum flow_next fail_loading(struct flow *f);

/* The reply, the last step. */
enum flow_next reply_ranking(struct flow *f, const struct ranking_side *side);

enum match_language ranking_language(const struct flow *f);

#endif
