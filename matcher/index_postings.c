/*
 * The best postings for one student. What the columns promise is at least the
 * truth; whatever could enter the list by them is aligned by match_align, which
 * has the last word.
 */
#include "matcher/index_asker.h"
#include "matcher/index_file.h"
#include "matcher/index_filter.h"

#include <string.h>

static int class_is(void *of, uint32_t class)
{
	struct match_asker *asker = of;

	if (!match_class_is_asked(asker->query->specialty, class))
		return -1;
	/* Filtered by class, a posting is seen there and nowhere else. */
	if (asker->query->specialty != 0 || class == asker->class)
		return MATCH_SAME_CLASS;
	return class / 100 == asker->class / 100 ? MATCH_SAME_CATEGORY
						 : MATCH_OTHER_CLASS;
}

static void enter_class(void *of, uint32_t class)
{
	struct match_asker *asker = of;

	asker->is_own_class = class == asker->class;
	asker->class_tier = asker->tier[class / 100 == asker->class / 100
						? MATCH_TIER_CATEGORY
						: MATCH_TIER_NONE];
}

/* Whether an area can lie in the division that is asked for. */
static bool is_area_asked(uint32_t division, uint32_t area)
{
	if (division == 0 || area == MATCH_AREA_ODD)
		return true;
	if (division % 100 != 0)
		return match_area_of(division) == area;
	return match_division_is_in(area * 100, division) ||
	       match_division_is_in(area * 100 + 1, division);
}

static int area_is(void *of, uint32_t area)
{
	struct match_asker *asker = of;

	if (!is_area_asked(asker->query->division, area))
		return MATCH_AREA_OUT;
	match_places_enter(&asker->places, area);
	if (asker->places.most == MATCH_SUM_NONE)
		return MATCH_AREA_OUT;
	return asker->places.is_near ? MATCH_AREA_NEAR : MATCH_AREA_FAR;
}

static uint32_t most(void *of, int class_is, int area_is)
{
	static const enum match_tier tiers[] = {
		[MATCH_SAME_CLASS] = MATCH_TIER_SAME,
		[MATCH_SAME_CATEGORY] = MATCH_TIER_CATEGORY,
		[MATCH_OTHER_CLASS] = MATCH_TIER_NONE,
	};
	const struct match_asker *asker = of;

	return asker->tier[tiers[class_is]] + asker->most_but_tier_and_place +
	       (area_is == MATCH_AREA_NEAR ? asker->most_near
					   : asker->most_far);
}

/* The most that rows between two wants have for their tier. */
static uint32_t tier_between(const struct match_asker *asker, uint32_t low,
			     uint32_t high)
{
	if (low == MATCH_WANT_MANY ||
	    (low <= asker->want && asker->want <= high))
		return asker->tier[MATCH_TIER_SAME];
	if (low >> 8 <= asker->level && asker->level <= high >> 8)
		return asker->tier[MATCH_TIER_CLASS_AND_LEVEL];
	return asker->tier[MATCH_TIER_CLASS_OR_TIE];
}

static uint32_t tier_of_chunk(const struct match_asker *asker,
			      const struct match_bound *bound)
{
	/* Filtered by class, its true tier may be that of another class. */
	if (asker->query->specialty != 0 && (bound->any & MATCH_ROW_AGAIN) != 0)
		return asker->tier[MATCH_TIER_SAME];
	if (!asker->is_own_class)
		return asker->class_tier;
	return tier_between(asker, bound->want_low, bound->want_high);
}

/* in  0 < expected; what pays nothing says nothing */
static uint32_t pay_of(const struct match_asker *asker, uint32_t low,
		       uint32_t high)
{
	uint64_t expected = asker->pay;
	uint64_t value;

	if (low >= expected)
		return asker->whole[MATCH_PART_PAY];
	if (high == 0)
		return asker->neutral[MATCH_PART_PAY];
	if (high >= expected)
		value = MATCH_WHOLE - MATCH_WHOLE / 2 * (expected - low) /
					      ((uint64_t)high - low);
	else
		value = MATCH_WHOLE / 2 * (uint64_t)high / expected;
	return match_weighted(asker->policy, MATCH_PART_PAY, (uint32_t)value);
}

static uint32_t pay_of_chunk(const struct match_asker *asker,
			     const struct match_bound *bound)
{
	uint32_t sum;

	if (asker->pay_constant != MATCH_SUM_NONE)
		return asker->pay_constant;
	sum = pay_of(asker, bound->low, bound->high);
	if (bound->has_no_pay)
		sum = match_larger(sum, asker->neutral[MATCH_PART_PAY]);
	return sum;
}

static uint32_t period_of_chunk(const struct match_asker *asker,
				const struct match_bound *bound)
{
	bool is_all = (bound->all & MATCH_ROW_DATED) != 0;

	if (!asker->is_dated)
		return asker->neutral[MATCH_PART_PERIOD];
	if ((bound->any & MATCH_ROW_ODD) != 0 ||
	    (asker->from <= bound->to && bound->from <= asker->to))
		return is_all ? asker->whole[MATCH_PART_PERIOD]
			      : match_larger(asker->whole[MATCH_PART_PERIOD],
					     asker->neutral[MATCH_PART_PERIOD]);
	return is_all ? MATCH_SUM_NONE : asker->neutral[MATCH_PART_PERIOD];
}

static uint32_t education_of_chunk(const struct match_asker *asker,
				   const struct match_bound *bound)
{
	uint32_t sum = MATCH_SUM_NONE;

	for (uint32_t i = 0; i <= MATCH_EDUCATION_BACHELOR; i++) {
		if ((bound->levels & asker->levels & 1u << i) == 0 ||
		    asker->education[i] == MATCH_SUM_NONE)
			continue;
		sum = sum == MATCH_SUM_NONE
			      ? asker->education[i]
			      : match_larger(sum, asker->education[i]);
	}
	return sum;
}

static uint32_t skills_of_chunk(const struct match_asker *asker,
				const struct match_bound *bound)
{
	if ((bound->signature & asker->held.signature) != 0)
		return match_larger(asker->whole[MATCH_PART_SKILLS],
				    asker->neutral[MATCH_PART_SKILLS]);
	return bound->has_no_keys ? asker->neutral[MATCH_PART_SKILLS] : 0;
}

/* Whether no row of a chunk passes, by what is easily told. */
static bool is_hopeless(const struct match_asker *asker,
			const struct match_bound *bound)
{
	uint32_t first = bound->kind == MATCH_INTERNSHIP ? asker->first_intern
							 : asker->first_any;

	if (bound->first < first || bound->newest < asker->since ||
	    bound->high < asker->pay_filter)
		return true;
	if (asker->query->kinds != 0 &&
	    (asker->query->kinds >> bound->kind & 1) == 0)
		return true;
	return bound->kind == MATCH_INTERNSHIP && !asker->is_own_class &&
	       asker->query->specialty == 0 &&
	       asker->policy->cross_category == MATCH_BLOCK &&
	       match_order_class(bound->chunk->group << 16) / 100 !=
		       asker->class / 100;
}

static uint32_t bound_of(void *of, const struct match_bound *bound)
{
	const struct match_asker *asker = of;
	uint32_t education = education_of_chunk(asker, bound);
	uint32_t period = period_of_chunk(asker, bound);

	if (education == MATCH_SUM_NONE || period == MATCH_SUM_NONE ||
	    is_hopeless(asker, bound))
		return MATCH_SUM_NONE;
	return tier_of_chunk(asker, bound) + asker->places.most + education +
	       period + pay_of_chunk(asker, bound) +
	       skills_of_chunk(asker, bound);
}

static void offer(struct match_asker *asker,
		  const struct match_posting_record *record, bool is_again)
{
	struct match_numbered_posting posting;
	struct match_index_entry entry;
	struct match_fit fit;

	if (!match_query_passes(asker->query, record))
		return;
	match_record_number_posting(record, &posting);
	match_align(&asker->snapshot->kept->terms, &asker->student.facts,
		    &posting.facts, &fit);
	if (!fit.is_eligible)
		return;
	memcpy(entry.id, record->of.id, sizeof(entry.id));
	entry.published_us = record->published_us;
	entry.slot = record->of.slot;
	entry.score = fit.score;
	entry.tier = fit.tier;
	match_top_offer(&asker->top, &entry, is_again);
}

/* Whether a row can be eligible and pass, by its columns. */
static bool may_pass(const struct match_asker *asker,
		     const struct match_chunk *chunk, uint32_t i,
		     uint32_t first)
{
	uint32_t flags = chunk->flags[i];

	if ((flags & MATCH_ROW_ADULTS) != 0)
		first = match_larger(first, asker->first_adult);
	if (chunk->first[i] < first ||
	    ((flags & MATCH_ROW_MEN) != 0 && !asker->is_man))
		return false;
	if (chunk->newest[i] < asker->since ||
	    chunk->high[i] < asker->pay_filter)
		return false;
	if (asker->query->enterprise && chunk->mark[i] != asker->enterprise)
		return false;
	return match_slot_is_in(asker->query->only, asker->query->only_count,
				chunk->slot[i]);
}

static uint32_t tier_of_row(const struct match_asker *asker, uint32_t want,
			    uint32_t flags)
{
	if (asker->query->specialty != 0 && (flags & MATCH_ROW_AGAIN) != 0)
		return asker->tier[MATCH_TIER_SAME];
	if (!asker->is_own_class)
		return asker->class_tier;
	return tier_between(asker, want, want);
}

static uint32_t period_of_row(const struct match_asker *asker,
			      const struct match_chunk *chunk, uint32_t i)
{
	int32_t from = chunk->from[i], to = chunk->to[i];
	uint32_t flags = chunk->flags[i];
	uint32_t days = (uint32_t)(to - from + 1);

	if (!asker->is_dated || (flags & MATCH_ROW_DATED) == 0)
		return asker->neutral[MATCH_PART_PERIOD];
	if ((flags & MATCH_ROW_ODD) != 0 ||
	    (asker->from <= from && to <= asker->to))
		return asker->whole[MATCH_PART_PERIOD];
	if (asker->from > from)
		from = asker->from;
	if (asker->to < to)
		to = asker->to;
	if (from > to)
		return MATCH_SUM_NONE;
	return match_weighted(asker->policy, MATCH_PART_PERIOD,
			      MATCH_WHOLE * (uint32_t)(to - from + 1) / days);
}

static uint32_t skills_of_row(const struct match_asker *asker,
			      const struct match_chunk *chunk, uint32_t i)
{
	uint32_t at = i == 0 ? 0 : chunk->key_end[i - 1];
	uint32_t end = chunk->key_end[i];
	uint32_t value = 0;

	if (at == end)
		return asker->neutral[MATCH_PART_SKILLS];
	for (; at < end; at++)
		if (match_key_set_has(&asker->held, chunk->key[at]))
			value += chunk->share[at];
	if (value > MATCH_WHOLE)
		value = MATCH_WHOLE;
	return match_weighted(asker->policy, MATCH_PART_SKILLS, value);
}

/* The sum of all but the skills; MATCH_SUM_NONE: not eligible. */
static uint32_t sum_of_row(const struct match_asker *asker,
			   const struct match_chunk *chunk, uint32_t i)
{
	uint32_t flags = chunk->flags[i];
	uint32_t level = flags & MATCH_ROW_LEVEL;
	uint32_t education = asker->education[level];
	uint32_t place = asker->places.county[chunk->county[i]];
	uint32_t period = period_of_row(asker, chunk, i);
	uint32_t pay = asker->pay_constant;

	if (education == MATCH_SUM_NONE || place == MATCH_SUM_NONE ||
	    period == MATCH_SUM_NONE || (asker->levels >> level & 1) == 0)
		return MATCH_SUM_NONE;
	if (pay == MATCH_SUM_NONE)
		pay = pay_of(asker, chunk->low[i], chunk->high[i]);
	return tier_of_row(asker, chunk->want[i], flags) + education + place +
	       period + pay;
}

static void visit(void *of, const struct match_chunk *chunk)
{
	struct match_asker *asker = of;
	uint32_t kind = match_order_kind(chunk->group << 16);
	uint32_t first = kind == MATCH_INTERNSHIP ? asker->first_intern
						  : asker->first_any;
	uint32_t skills = match_larger(asker->whole[MATCH_PART_SKILLS],
				       asker->neutral[MATCH_PART_SKILLS]);
	uint32_t least = match_top_least(&asker->top);

	match_places_spread(&asker->places);
	for (uint32_t i = 0; i < chunk->count; i++) {
		uint32_t sum = sum_of_row(asker, chunk, i);

		if (sum == MATCH_SUM_NONE || sum + skills < least ||
		    !may_pass(asker, chunk, i, first))
			continue;
		sum += skills_of_row(asker, chunk, i);
		if (!match_sum_admits(&asker->top, sum, chunk->newest[i]))
			continue;
		offer(asker, (const void *)chunk->record[i],
		      (chunk->flags[i] & MATCH_ROW_AGAIN) != 0);
		least = match_top_least(&asker->top);
	}
}

static void ask_slots(struct match_asker *asker)
{
	const struct match_index_query *query = asker->query;

	for (uint32_t i = 0; i < match_slot_words(query->only_count); i++) {
		uint64_t left =
			match_slot_word(query->only, query->only_count, i);

		for (; left != 0; left &= left - 1) {
			const struct match_record *record = match_pages_at(
				asker->snapshot->postings.pages,
				i * 64 + (uint32_t)__builtin_ctzll(left));

			if (record)
				offer(asker, (const void *)record, false);
		}
	}
}

void match_index_postings(const struct match_snapshot *snapshot,
			  const struct match_student *student,
			  const struct match_index_query *query,
			  struct match_index_ranking *ranking)
{
	static const struct match_scan_ways ways = {
		class_is, enter_class, area_is, most, bound_of, visit};
	static const struct match_index_query everything;
	struct match_asker asker;

	query = query ? query : &everything;
	match_top_init(&asker.top, ranking, query->after);
	if (ranking->want == 0)
		return;
	match_asker_init(&asker, snapshot, student, query);
	if (match_slots_are_few(query->only, query->only_count)) {
		ask_slots(&asker);
	} else {
		asker.scan.ways = &ways;
		asker.scan.of = &asker;
		asker.scan.tree = snapshot->postings.tree;
		asker.scan.top = &asker.top;
		match_scan_run(&asker.scan);
	}
	match_top_sort(&asker.top);
}
