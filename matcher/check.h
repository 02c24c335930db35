/*
 * What the parts of the checker share: verify.c judges lists and counts,
 * check_stable.c judges stability and what explains it, check_optimal.c judges
 * optimality by its certificate.
 */
#ifndef MATCHER_CHECK_H
#define MATCHER_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/error.h"
#include "matcher/instance.h"
#include "matcher/result.h"
#include "matcher/verify.h"

/* A contract, by what orders it: better first by the first that differs. */
struct check_key {
	uint64_t rank; /* from 1; UINT64_MAX: no ranking governs */
	uint64_t lottery;
	uint32_t score;
	uint32_t posting;
};

/* A node, as a cutoff names it: a posting, or postings.count + a group. */
struct check_node {
	uint32_t held;
	uint32_t pinned; /* of these; 0 if the result is not of a re-run */
	bool has_worst;	 /* mode stable only, as worst: of those not pinned */
	struct check_key worst;
};

struct check {
	const struct match_instance *instance;
	const struct match_result *result;
	const struct match_result *previous; /* or NULL */
	struct match_faults *faults;
	/*
	 * Per student, where the result has moves: the posting of before,
	 * MATCH_NONE for none, or the number that a result gives what is gone:
	 * the previous one if it is there, else the one that is judged.
	 */
	uint32_t *prior;
	uint64_t *lottery; /* per student: the checker's own draw */
	/* Per student: the choice that the result gives, or MATCH_NONE. */
	uint32_t *held;
	struct check_node *node;
	/* Student s stands at ranked[ranked_start[s]..ranked_start[s + 1]),
	 * by ranking. */
	uint32_t *ranked_start;
	struct check_ranked {
		uint32_t ranking, rank;
	} * ranked;
	uint32_t *governing; /* per posting: a ranking, or MATCH_NONE */
};

void check_fault(struct check *check, enum match_fault_kind kind,
		 const char *format, ...) __attribute__((format(printf, 3, 4)));

struct match_id check_student_id(const struct check *check, uint32_t student);
struct match_id check_posting_id(const struct check *check, uint32_t posting);
struct match_id check_group_id(const struct check *check, uint32_t group);
struct match_id check_node_id(const struct check *check, uint32_t node);

/* The node above, or MATCH_NONE. */
uint32_t check_above(const struct check *check, uint32_t node);
bool check_is_full(const struct check *check, uint32_t node);

/* Turn the rankings about, to ask them student by student; no memory: false. */
bool check_rankings(struct check *check) MATCH_MUST_CHECK;

/* The key of a student's choice. False: the governing ranking does not list
 * the student, so the posting is not acceptable. */
bool check_key_of(const struct check *check, uint32_t student, uint32_t choice,
		  struct check_key *key);
bool check_is_better(const struct check_key *a, const struct check_key *b);

/* Does the result hold this student by a pin, out of all competition? */
static inline bool check_is_pinned(const struct check *check, uint32_t student)
{
	return check->result->is_pinned &&
	       check->instance->pinned[student] != MATCH_NONE;
}

/* Judge whether every pin holds; true: they all do. */
bool check_pins(struct check *check);

/* Find where everybody was; fails as match_verify_claim does. */
bool check_prior(struct check *check,
		 struct match_error *error) MATCH_MUST_CHECK;

/* Judge the moves; held is complete. */
void check_moves(struct check *check);

/* Count who is held where, and with_worst find the worst under each node. */
void check_count(struct check *check, bool with_worst);

/* Judge stability, cutoffs and own moves; held and node are complete. */
bool check_stable(struct check *check) MATCH_MUST_CHECK;

/* Judge the certificate; held and node are complete, and no cap is broken. */
bool check_optimal(struct check *check) MATCH_MUST_CHECK;

#endif
