/*
 * Why a sound result is as it is: for a student, what stood between the
 * student and each posting listed above the one received; for a posting, whom
 * it refused. (The reasons of a score are another matter: explain.h.)
 *
 * Of a re-run with pins it explains what the pins leave, docs/placement.md,
 * "Re-run with pins": nodes have the seats and floors that are left, and the
 * pinned students are counted apart.
 *
 * Nothing here judges. The result must have passed match_verify: of one that
 * has not, the answers mean nothing.
 *
 * from   docs/placement.md, "Explanations"
 */
#ifndef MATCHER_WHY_H
#define MATCHER_WHY_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/contracts.h"
#include "matcher/error.h"
#include "matcher/instance.h"
#include "matcher/pins.h"
#include "matcher/result.h"

/* What decided between a student and a posting, and its word in documents. */
#define MATCH_DECIDER_LIST(D)     \
	D(NOTHING, NULL)          \
	D(RANKING, "ranking")     \
	D(SEATS, "seats")         \
	D(RANK, "rank")           \
	D(SCORE, "score")         \
	D(LOTTERY, "lottery")     \
	D(POSTING, "posting")     \
	D(SHORTFALL, "shortfall") \
	D(PLACED, "placed")

enum match_decider {
#define D(NAME, WORD) MATCH_BY_##NAME,
	MATCH_DECIDER_LIST(D)
#undef D
		MATCH_DECIDERS
};

/* NULL for MATCH_BY_NOTHING. */
const char *match_decider_word(enum match_decider decider);

/* A result, made ready for questions. */
struct match_why {
	/* Kept; of a re-run what the pins leave of it, pins.rest. */
	const struct match_instance *instance;
	struct match_pins pins;		   /* of a re-run; else empty */
	const struct match_result *result; /* kept */
	bool is_optimal;
	struct match_contracts contracts;
	uint32_t *held;	  /* per student: a choice, or MATCH_NONE */
	uint32_t *cutoff; /* per posting: into result->cutoffs, or MATCH_NONE */
	/* Per node, as match_cutoff.binding: who is placed, but for pins. */
	uint32_t *count;
	/* Mode optimal: what a seat under a node costs, the prices of its path
	 * together. */
	struct match_price *cost;
};

/*
 * in     result is sound, and of this instance; why is not moved afterwards
 * out    why is the caller's to free (match_why_free)
 * fails  MATCH_NO_MEMORY; MATCH_TOO_LARGE where the prices of a path, which a
 *        foreign certificate may choose as it likes, pass 63 bits together; why
 * is then empty mem    linear in the instance
 */
bool match_why_init(struct match_why *why,
		    const struct match_instance *instance,
		    const struct match_result *result,
		    struct match_error *error) MATCH_MUST_CHECK;
void match_why_free(struct match_why *why);

bool match_why_is_acceptable(const struct match_why *why, uint32_t choice);

/* How many pins are under a node; 0 in a first placement. */
uint32_t match_why_pins(const struct match_why *why, uint32_t node);

/* The node above one, or MATCH_NONE. */
uint32_t match_node_above(const struct match_instance *instance, uint32_t node);

/* What a node holds at most; MATCH_NO_CAP if nothing bounds it. */
uint32_t match_node_seats(const struct match_instance *instance, uint32_t node);

struct match_why_choice {
	uint32_t choice; /* into instance->choice */
	bool is_received, is_acceptable;
	bool has_rank;
	int64_t rank; /* from 1, in the governing ranking */
	/*
	 * Mode stable. Refused: the member of the key that fell short of the
	 * cutoff; received: the one that is better than the cutoff's, nothing
	 * if there is no cutoff or the student's own key is it. The gap is in
	 * places of rank or points of score; others have none.
	 */
	const struct match_cutoff *cutoff; /* NULL: the path has room */
	enum match_decider by;
	bool has_gap;
	int64_t gap;
	/*
	 * Mode optimal: what the choice is worth at the prices, and what it
	 * lacks to what the student got; `by` is the first member lacking, and
	 * nothing if it is worth the same.
	 */
	struct match_price value, lack;
};

struct match_why_student {
	uint32_t student;
	uint32_t received; /* into instance->choice, or MATCH_NONE */
	/* Of a re-run: the seat that the pin holds, and then no choices; NULL:
	 * there is no pin. */
	const struct match_placement *pinned;
	/* Of a re-run with moves: the student's; NULL: stays. */
	const struct match_move *move;
	const struct match_own_move *own_move; /* NULL: there is none */
	/* Mode stable: what the student preferred, and last what was received;
	 * mode optimal: the whole list. */
	struct match_why_choice *choices;
	uint32_t choice_count;
};

/* fails  MATCH_NO_MEMORY, MATCH_TOO_LARGE as match_why_init */
bool match_why_student(const struct match_why *why, uint32_t student,
		       struct match_why_student *answer,
		       struct match_error *error) MATCH_MUST_CHECK;
void match_why_student_free(struct match_why_student *answer);

/* Each student who listed the posting is counted once. */
struct match_why_posting {
	uint32_t posting;
	const struct match_cutoff *cutoff; /* NULL: none, or mode optimal */
	uint32_t listed;
	uint32_t received;
	uint32_t content;   /* mode stable: got what they prefer */
	uint32_t elsewhere; /* mode optimal: acceptable, got another */
	uint32_t unplaced;  /* mode optimal: acceptable, got none */
	/* Not received, by what decided. Mode optimal: by RANKING only. */
	uint32_t refused[MATCH_DECIDERS];
};

void match_why_posting(const struct match_why *why, uint32_t posting,
		       struct match_why_posting *answer);

#endif
