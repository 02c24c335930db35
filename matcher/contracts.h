/*
 * Keys: one number per contract (student, posting), the same at every node.
 * Part of the solver; the checker orders contracts by other means.
 *
 * A key is 1 + rank : 22 bits | score from the top : 20 | lottery : 22, so the
 * smaller is the better. The lottery part is the student's position among all
 * lottery numbers. Two contracts share a key only if they share the student,
 * and deferred acceptance never holds two of those at once.
 */
#ifndef MATCHER_CONTRACTS_H
#define MATCHER_CONTRACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/error.h"
#include "matcher/instance.h"

#define MATCH_KEY_BEST 0u /* better than any contract's */
#define MATCH_KEY_WORST UINT64_MAX

struct match_contracts {
	const struct match_instance *instance;
	uint32_t *by_lottery; /* students, lowest number first */
	uint32_t *position;   /* the inverse of by_lottery */
	/*
	 * Per choice, if there is any ranking: the place in the governing one,
	 * from 0; students.count if none governs; MATCH_NONE: unacceptable.
	 */
	uint32_t *rank;
};

/* fails  no memory; contracts is then empty */
bool match_contracts_init(struct match_contracts *contracts,
			  const struct match_instance *instance)
	MATCH_MUST_CHECK;
void match_contracts_free(struct match_contracts *contracts);

/* The key of a choice of a student; MATCH_KEY_WORST: unacceptable. */
static inline uint64_t match_contract_key(const struct match_contracts *c,
					  uint32_t student, uint32_t choice)
{
	const struct match_choice *wish = &c->instance->choice[choice];
	uint64_t rank = c->rank ? c->rank[choice] : c->instance->students.count;

	if (rank == MATCH_NONE)
		return MATCH_KEY_WORST;
	return 1 + (rank << 42 |
		    (uint64_t)(MATCH_SCORE_MAX - wish->score) << 22 |
		    c->position[student]);
}

/* The place of a key's student in by_lottery. */
static inline uint32_t match_key_position(uint64_t key)
{
	return (uint32_t)((key - 1) & 0x3fffff);
}

/* What a key was made from. */
struct match_key_parts {
	uint32_t rank; /* as in match_contracts */
	uint32_t score;
	uint32_t student;
};

struct match_key_parts match_key_parts(const struct match_contracts *contracts,
				       uint64_t key);

#endif
