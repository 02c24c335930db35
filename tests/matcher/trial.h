/*
 * A small instance with pins and a previous result, and a matching of it that
 * keeps the pins: what it is by the definitions, and what documents say of it.
 */
#ifndef TESTS_MATCHER_TRIAL_H
#define TESTS_MATCHER_TRIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "dual.h"
#include "matcher/contracts.h"
#include "matcher/pins.h"
#include "small.h"

struct trial {
	struct match_instance instance;
	struct match_pins pins;
	struct match_contracts contracts; /* of the reduced instance */
	struct match_result optimal;	  /* the solver's */
	bool is_near;			  /* there is a previous result */
	struct match_result previous;
	uint32_t prior[DUAL_STUDENTS]; /* what it says; beyond: gone */
	struct match_objective best;
	int64_t best_kept;
	uint32_t held[DUAL_STUDENTS];
	uint32_t favourite[DUAL_STUDENTS]; /* over all stable so far */
	uint64_t matching_count, stable_count, best_count;
};

/* Roll the instance, pins that may not stand, a previous result of anything. */
void trial_roll(struct trial *trial, struct dice *dice);

bool trial_is_pinned(const struct trial *trial, uint32_t student);

/* Does nobody without a pin block, if pinned contracts come before all? */
bool trial_is_stable(const struct trial *trial);

/*
 * What the checker says of a result, with the previous result and without,
 * which must be the same.
 */
bool trial_is_sound(const struct trial *trial, struct match_result *result);

/* The moves of the matching in hand, which the result has not got yet. */
void trial_tell_moves(const struct trial *trial, struct match_result *result);

/*
 * The matching in hand as a result of the whole, in either mode, with the
 * solver's prices.
 */
void trial_tell(const struct trial *trial, bool is_optimal,
		struct match_result *result);

#endif
