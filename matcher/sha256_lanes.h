/*
 * SHA-256 of four short texts at once, in the four lanes of a vector: a lottery
 * draws one number a student, and there are many.
 *
 * from   FIPS 180-4, as sha256.h
 */
#ifndef MATCHER_SHA256_LANES_H
#define MATCHER_SHA256_LANES_H

#include <stdint.h>

#include "matcher/ids.h"

#define MATCH_SHA256_LANES 4

/*
 * The first 8 bytes, big-endian, of SHA-256(seed, newline, id) for each id.
 *
 * in     seed is terminated; seed and ids have MATCH_ID_BYTES_MAX at most
 * mem    allocates nothing
 */
void match_sha256_draw(const char *seed,
		       const struct match_id id[MATCH_SHA256_LANES],
		       uint64_t drawn[MATCH_SHA256_LANES]);

#endif
