/*
 * Chance for made-up data: the same seed, the same numbers on every machine,
 * since there are integers only. Fractions are fixed-point, MATCH_ONE = 1.
 */
#ifndef MATCHER_CHANCE_H
#define MATCHER_CHANCE_H

#include <stdint.h>

#define MATCH_ONE 65536

struct match_chance {
	uint64_t state; /* starts as the seed */
};

/*
 * 64 even bits.
 *
 * from   Steele, Lea and Flood 2014: SplitMix64
 */
uint64_t match_chance_bits(struct match_chance *chance);

/* 0..sides - 1, all alike; sides > 0. */
uint32_t match_chance_roll(struct match_chance *chance, uint32_t sides);

/* 0..sides - 1, small numbers likelier: sides * u^2 or sides * u^1.5. */
uint32_t match_chance_steep(struct match_chance *chance, uint32_t sides);
uint32_t match_chance_slope(struct match_chance *chance, uint32_t sides);

/* Near normal, mean 0, deviation MATCH_ONE, within 6: twelve even draws. */
int32_t match_chance_normal(struct match_chance *chance);

/* Near exponential, mean about MATCH_ONE. */
uint32_t match_chance_exponential(struct match_chance *chance);

/* 2^exponent, exponent 0..40 * MATCH_ONE, to four digits. */
uint64_t match_chance_exp2(uint32_t exponent);

#endif
