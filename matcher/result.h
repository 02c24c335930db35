/*
 * The result of a placement in memory: what the solver makes, the writer prints
 * and the checker judges.
 *
 * A result that was read from a file may claim anything; only match_verify
 * says whether it is sound. Ids that the instance does not know are kept as
 * strays, numbered from the instance's count upwards.
 *
 * from   docs/placement.md, "The result"
 */
#ifndef MATCHER_RESULT_H
#define MATCHER_RESULT_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/error.h"
#include "matcher/ids.h"
#include "matcher/instance.h"
#include "matcher/sha256.h"

#define MATCH_RESULT_FORMAT "duikou-placement-result/1"
#define MATCH_TEXT_ROOM (MATCH_ID_BYTES_MAX + 1)

struct match_objective {
	int64_t shortfall, placed, score;
};

struct match_placement {
	uint32_t student, posting;
	int64_t score;
	int64_t choice; /* 1 is the student's first */
};

struct match_group_line {
	uint32_t group;
	bool has_upper;
	int64_t placed, lower, upper, shortfall;
};

/*
 * The worst key that gets in at a posting, and the node that binds: the posting
 * itself or a group above it. A node of no seats has no key: nobody gets in.
 */
struct match_cutoff {
	uint32_t posting;
	uint32_t binding; /* a posting, or postings.count + a group */
	bool has_rank, has_score, has_lottery;
	int64_t rank; /* 1 is the first of the governing ranking */
	int64_t score;
	uint64_t lottery;
};

/* A student held at `from` who would rather be at `to`, of the same root. */
struct match_own_move {
	uint32_t student, from, to;
};

/* A student who is not where the previous result had them. */
struct match_move {
	uint32_t student;
	uint32_t from, to; /* MATCH_NONE: unplaced; from may be a stray: gone */
};

/* Prices beyond are refused; those of the solver stay far within. */
#define MATCH_PRICE_MAX INT64_C(4000000000000000)

/*
 * What one more seat at a node would add, at the margin; compared member by
 * member, in this order.
 */
struct match_price {
	int64_t shortfall, placed, score;
};

struct match_result {
	char format[MATCH_TEXT_ROOM];
	char mode[MATCH_TEXT_ROOM];
	char seed[MATCH_TEXT_ROOM];
	char instance_sha256[MATCH_TEXT_ROOM];
	/* A re-run: the pins of the instance held, and the others were placed
	 * in what they leave. */
	bool is_pinned;
	struct match_objective objective;
	struct match_placement *placements;
	uint32_t *unplaced;
	struct match_group_line *groups;
	struct match_cutoff *cutoffs;
	struct match_own_move *own_moves;
	/*
	 * Mode "optimal", else NULL: per node, numbered as in cutoffs, of the
	 * instance the result was made for or read with.
	 */
	struct match_price *prices;
	/* A fourth member of the prices, per node; NULL: all are 0. Mode
	 * "optimal" with moves only. */
	int64_t *kept_prices;
	/* Of a re-run from a previous result. */
	struct match_move *moves;
	bool has_moves;
	uint32_t placement_count, unplaced_count, group_count;
	uint32_t cutoff_count, own_move_count, move_count;
	struct match_ids strays;
};

/* The id of a posting of the instance, or of a stray of the result. */
struct match_id match_result_posting(const struct match_result *result,
				     const struct match_instance *instance,
				     uint32_t posting);

/* Frees what the result holds; a zeroed result is fine. */
void match_result_free(struct match_result *result);

#endif
