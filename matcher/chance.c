/* Chance in integers: no libm, whose last bits differ from one to the next. */
#include "matcher/chance.h"
#include "matcher/insist.h"

#define LN_2 45426 /* ln 2 * MATCH_ONE */

uint64_t match_chance_bits(struct match_chance *chance)
{
	uint64_t z = chance->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

uint32_t match_chance_roll(struct match_chance *chance, uint32_t sides)
{
	return (uint32_t)((match_chance_bits(chance) >> 32) * sides >> 32);
}

uint32_t match_chance_steep(struct match_chance *chance, uint32_t sides)
{
	uint64_t u = match_chance_bits(chance) >> 32;

	return (uint32_t)((u * u >> 32) * sides >> 32);
}

/* The whole part of the root. */
static uint32_t root(uint64_t square)
{
	uint64_t found = 0;

	for (uint64_t bit = UINT64_C(1) << 31; bit; bit >>= 1)
		if ((found | bit) * (found | bit) <= square)
			found |= bit;
	return (uint32_t)found;
}

uint32_t match_chance_slope(struct match_chance *chance, uint32_t sides)
{
	uint64_t u = match_chance_bits(chance) >> 32;

	return (uint32_t)((u * root(u << 32) >> 32) * sides >> 32);
}

int32_t match_chance_normal(struct match_chance *chance)
{
	int32_t sum = 0;

	for (int i = 0; i < 3; i++) {
		uint64_t bits = match_chance_bits(chance);

		for (int j = 0; j < 64; j += 16)
			sum += (int32_t)(bits >> j & 0xffff);
	}
	return sum - 6 * (MATCH_ONE - 1);
}

/* -ln u: the binary exponent of u is exact, its mantissa's log is a line. */
uint32_t match_chance_exponential(struct match_chance *chance)
{
	uint64_t bits = match_chance_bits(chance) | 1;
	uint32_t zeros = 0;

	while (!(bits >> 63)) {
		bits <<= 1;
		zeros++;
	}
	bits = (bits << 1) >> 48;
	return (uint32_t)(((zeros + 1) * (uint64_t)MATCH_ONE - bits) * LN_2 /
			  MATCH_ONE);
}

uint64_t match_chance_exp2(uint32_t exponent)
{
	/* 2^(i / 16) * MATCH_ONE */
	static const uint32_t table[17] = {
		65536,	68438,	71468,	74632,	77936,	81386,
		84990,	88752,	92682,	96785,	101070, 105545,
		110218, 115098, 120194, 125515, 131072,
	};
	uint32_t part = exponent % MATCH_ONE;
	uint32_t low = table[part / 4096], high = table[part / 4096 + 1];
	uint64_t power = low + (uint64_t)(high - low) * (part % 4096) / 4096;

	MATCH_INSIST(exponent <= 40 * MATCH_ONE);
	return power << exponent / MATCH_ONE;
}
