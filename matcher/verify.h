/*
 * Is a result sound? The checker shares no code with the solver but the reader
 * of files: it orders contracts, counts seats and draws the lottery by its own
 * means, so a mistake in the one shows in the other.
 *
 * from   docs/placement.md, "Verify"
 */
#ifndef MATCHER_VERIFY_H
#define MATCHER_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/error.h"
#include "matcher/instance.h"
#include "matcher/result.h"

/* Kept in full; beyond, faults are only counted. */
#define MATCH_FAULTS_KEPT 100
#define MATCH_FAULT_BYTES 900

/* The names of faults, in the order of the checks. */
#define MATCH_FAULT_LIST(F)       \
	F(FORMAT, "format")       \
	F(MODE, "mode")           \
	F(SEED, "seed")           \
	F(INSTANCE, "instance")   \
	F(LOTTERY, "lottery")     \
	F(PLACEMENT, "placement") \
	F(PIN, "pin")             \
	F(UNPLACED, "unplaced")   \
	F(CAP, "cap")             \
	F(OBJECTIVE, "objective") \
	F(GROUP, "group")         \
	F(MOVE, "move")           \
	F(BLOCKING, "blocking")   \
	F(CUTOFF, "cutoff")       \
	F(OWN_MOVE, "own-move")   \
	F(CERTIFICATE, "certificate")

enum match_fault_kind {
#define F(NAME, WORD) MATCH_FAULT_##NAME,
	MATCH_FAULT_LIST(F)
#undef F
};

const char *match_fault_word(enum match_fault_kind kind);

struct match_faults {
	uint64_t count; /* 0: the result is sound */
	struct match_fault_line {
		enum match_fault_kind kind;
		char text[MATCH_FAULT_BYTES]; /* one line; names the ids */
	} kept[MATCH_FAULTS_KEPT];
};

/*
 * Check a result against its instance: of mode stable for stability, of mode
 * optimal by its certificate. Any other mode is a fault, judged as stable. One
 * that says that it is pinned must hold every pin, and is then judged for the
 * students without one, in what the pins leave.
 *
 * in     instance_sha256 of the instance's bytes, as its reader gave it
 * out    faults: every fault found, in the order of the checks. Where
 * placements are at fault, what follows from them (blocking pairs, cutoffs, own
 *        moves, the certificate) is judged only if every placement names a
 *        listed posting, every pin holds and no cap is broken
 * fails  MATCH_NO_MEMORY; the result is then neither sound nor unsound
 * mem    linear in the instance
 */
bool match_verify(const struct match_instance *instance,
		  const char *instance_sha256,
		  const struct match_result *result,
		  struct match_faults *faults,
		  struct match_error *error) MATCH_MUST_CHECK;

/* A result, and all that it is judged by; everything is borrowed. */
struct match_claim {
	const struct match_instance *instance;
	const char *instance_sha256;
	const struct match_result *result;
	/*
	 * The result that moves are counted from, as match_previous_read read
	 * it. NULL: where the moves say that students were is believed, and
	 * that those without a move were where they are.
	 */
	const struct match_result *previous;
};

/*
 * match_verify, with a previous result.
 *
 * fails  also MATCH_MALFORMED: the previous result is none, or names a student
 *        twice
 */
bool match_verify_claim(const struct match_claim *claim,
			struct match_faults *faults,
			struct match_error *error) MATCH_MUST_CHECK;

#endif
