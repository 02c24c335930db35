/*
 * rates.h - how much somebody may ask: a bucket of tokens for each principal
 * and quota, of the size of the quota, that fills up steadily over a window.
 * One table for all loops of a server, bounded and without locks: a bucket is
 * one atomic word (the moment at which it will be full), so a request costs
 * one compare-and-swap on a cache line that hardly anybody else touches. Where
 * a set of the table is full, the fullest bucket is forgotten: a flood of
 * principals makes the limit generous, never the table large.
 *
 * from  api-conventions.md 1.12; draft-ietf-httpapi-ratelimit-headers-11
 */
#ifndef FLOW_RATES_H
#define FLOW_RATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/base.h"
#include "base/config.h"
#include "flow/endpoint.h"

struct rates;

struct rate_left {
	int64_t tokens;
	int full_s;	/* until the bucket is full again */
	int wait_s;	/* until it has one; of a refusal, at least 1 */
};

struct rates *rates_open(const struct config *config);
void rates_close(struct rates *rates);

/* The quota that the card's requests are taken from: never BY_METHOD. */
enum rate rate_of(const struct endpoint *card);
/* "read", ...: how the fields and /rights call it. */
const char *rate_word(enum rate rate);
/* The RateLimit-Policy field of this quota; NULL: it has no limit. */
const char *rates_policy(const struct rates *rates, enum rate rate);

/* Whose bucket it is: who is any bytes, such as an id. */
uint64_t rates_key(const struct rates *rates, enum rate rate, const void *who,
		   size_t bytes);

/*
 * Take a token, at a moment of a clock that never goes back.
 *
 * in     the quota has a limit
 * out    left, also of a refusal
 * fails  there is none
 */
MUST_CHECK bool rates_take(struct rates *rates, enum rate rate, uint64_t key,
			   int64_t now_us, struct rate_left *left);
/* Give one back that was taken just now. */
void rates_refund(struct rates *rates, enum rate rate, uint64_t key,
		  int64_t now_us, struct rate_left *left);

#endif
