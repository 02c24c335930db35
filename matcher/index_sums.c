/*
 * Fractions are taken in single precision and rounded up by more than its
 * error: 1e8 has an error below 8, five operations stay below MATCH_SUM_SLACK.
 * A bound decides nothing: match_align does, in integers.
 */
#include "matcher/index_sums.h"

static inline int32_t larger(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

static inline int32_t smaller(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

void match_sums_places(const struct match_chunk *chunk, const int32_t *county,
		       const int32_t *level, int32_t *sum)
{
	for (uint32_t i = 0, count = chunk->count; i < count; i++)
		sum[i] = county[chunk->county[i]] +
			 level[chunk->flags[i] & MATCH_ROW_LEVEL];
}

void match_sums_homes(const struct match_chunk *chunk, const uint8_t *is_there,
		      const int32_t *by_flags, int32_t *sum)
{
	for (uint32_t i = 0, count = chunk->count; i < count; i++)
		sum[i] = by_flags[is_there[chunk->county[i]] * 256u +
				  chunk->flags[i]];
}

void match_sums_tiers(const struct match_chunk *chunk,
		      const struct match_sums_tier *tier, int32_t *restrict sum)
{
	const uint16_t *restrict wants = chunk->want;
	const struct match_sums_tier of = *tier;
	int32_t wanted = of.want, level = of.want >> 8;

	for (uint32_t i = 0; i < chunk->count; i++) {
		int32_t want = wants[i];
		int32_t worth =
			want >> 8 == level ? of.class_and_level : of.other;

		worth = want == wanted ? of.same : worth;
		sum[i] += want == MATCH_WANT_MANY ? of.same : worth;
	}
}

void match_sums_periods(const struct match_chunk *chunk,
			const struct match_sums_period *period,
			int32_t *restrict sum)
{
	const uint16_t *restrict froms = chunk->from, *restrict tos = chunk->to;
	const uint8_t *restrict flags = chunk->flags;
	const struct match_sums_period of = *period;
	float whole = (float)of.whole;

	for (uint32_t i = 0; i < chunk->count; i++) {
		int32_t from = froms[i], to = tos[i], flag = flags[i];
		int32_t days = to - from + 1;
		int32_t shared = smaller(to, of.to) - larger(from, of.from) + 1;
		int32_t worth = (int32_t)(whole * (float)shared / (float)days) +
				MATCH_SUM_SLACK;

		worth = shared <= 0 ? MATCH_SUM_OUT : worth;
		worth = (flag & MATCH_ROW_ODD) != 0 ? of.whole : worth;
		sum[i] += (flag & MATCH_ROW_DATED) != 0 ? worth : of.neutral;
	}
}

void match_sums_availability(const struct match_chunk *chunk,
			     const struct match_sums_period *period,
			     int32_t *restrict sum)
{
	const uint16_t *restrict froms = chunk->from, *restrict tos = chunk->to;
	const uint8_t *restrict flags = chunk->flags;
	const struct match_sums_period of = *period;
	float per_day = (float)of.whole / (float)(of.to - of.from + 1);

	for (uint32_t i = 0; i < chunk->count; i++) {
		int32_t from = froms[i], to = tos[i];
		int32_t shared = smaller(to, of.to) - larger(from, of.from) + 1;
		int32_t worth =
			(int32_t)(per_day * (float)shared) + MATCH_SUM_SLACK;

		worth = shared <= 0 ? MATCH_SUM_OUT : worth;
		sum[i] +=
			(flags[i] & MATCH_ROW_DATED) != 0 ? worth : of.neutral;
	}
}

/* Bits set among the lowest 12. */
static inline uint32_t count_bits(uint32_t bits)
{
	bits = (bits & 0x555) + (bits >> 1 & 0x555);
	bits = (bits & 0x333) + (bits >> 2 & 0x333);
	return (bits & 0xF) + (bits >> 4 & 0xF) + (bits >> 8 & 0xF);
}

static inline int32_t skill_worth(uint32_t skill, uint32_t not_held,
				  int32_t whole)
{
	uint32_t lost =
		count_bits(skill & not_held) * (skill >> MATCH_SKILL_BITS);

	return larger(whole - (int32_t)lost * (whole / MATCH_SKILL_PARTS), 0);
}

static uint32_t bits_not_held(uint32_t held)
{
	return ~held & ((1u << MATCH_SKILL_BITS) - 1);
}

int32_t match_sums_skill(uint32_t skill, uint32_t held, int32_t whole)
{
	return skill_worth(skill, bits_not_held(held), whole);
}

void match_sums_skills(const struct match_chunk *chunk, uint32_t held,
		       int32_t whole, int32_t *restrict sum)
{
	const uint16_t *restrict skills = chunk->skill;
	uint32_t not_held = bits_not_held(held);

	for (uint32_t i = 0; i < chunk->count; i++)
		sum[i] += skill_worth(skills[i], not_held, whole);
}

void match_sums_pays(const struct match_chunk *chunk,
		     const struct match_sums_pay *pay, int32_t *restrict sum)
{
	const uint16_t *restrict lows = chunk->low, *restrict highs =
							    chunk->high;
	const struct match_sums_pay of = *pay;
	/* What match_align takes off for the pay, it rounds down. */
	int32_t slack = MATCH_SUM_SLACK + of.whole / MATCH_WHOLE;
	float whole = (float)of.whole, half = whole / 2;
	float per_yuan = half / of.expected;

	for (uint32_t i = 0; i < chunk->count; i++) {
		float low = (float)(int32_t)lows[i];
		float high = (float)(int32_t)highs[i];
		float span = high - low > 1 ? high - low : 1;
		float inside = whole - half * (of.expected - low) / span;
		float worth = high >= of.expected ? inside : high * per_yuan;
		int32_t bound;

		worth = low >= of.expected ? whole : worth;
		bound = (int32_t)worth + slack;
		sum[i] += highs[i] == 0 ? of.neutral : bound;
	}
}

/* Expected pay stands in the column taken from its greatest number. */
void match_sums_expectations(const struct match_chunk *chunk,
			     const struct match_sums_pay *pay,
			     int32_t *restrict sum)
{
	const uint16_t *restrict lows = chunk->low;
	const uint8_t *restrict flags = chunk->flags;
	const struct match_sums_pay of = *pay;
	/* What match_align takes off for the pay, it rounds down. */
	int32_t slack = MATCH_SUM_SLACK + of.whole / MATCH_WHOLE;
	float whole = (float)of.whole, half = whole / 2;
	float span = of.max - of.min > 0 ? of.max - of.min : 1;
	float per_yuan = half / span;

	for (uint32_t i = 0; i < chunk->count; i++) {
		float expected = (float)(int32_t)(UINT16_MAX - lows[i]);
		float positive = expected > 1 ? expected : 1;
		float worth = expected <= of.max
				      ? whole - per_yuan * (expected - of.min)
				      : half * of.max / positive;
		int32_t bound;

		worth = expected <= of.min ? whole : worth;
		worth = (flags[i] & MATCH_ROW_ODD) != 0 ? whole : worth;
		bound = (int32_t)worth + slack;
		sum[i] += lows[i] == UINT16_MAX ? of.neutral : bound;
	}
}
