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
	asker->row_tier = (struct match_sums_tier){
		.want = (uint16_t)asker->want,
		.same = (int32_t)asker->class_tier,
		.class_and_level = (int32_t)asker->class_tier,
		.other = (int32_t)asker->class_tier,
	};
	if (!asker->is_own_class)
		return;
	asker->row_tier.same = (int32_t)asker->tier[MATCH_TIER_SAME];
	asker->row_tier.class_and_level =
		(int32_t)asker->tier[MATCH_TIER_CLASS_AND_LEVEL];
	asker->row_tier.other = (int32_t)asker->tier[MATCH_TIER_CLASS_OR_TIE];
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

static uint32_t pay_of_chunk(const struct match_asker *asker,
			     const struct match_bound *bound)
{
	float whole = (float)asker->pay.whole;
	uint32_t sum;

	if (asker->pay_constant != MATCH_SUM_NONE)
		return asker->pay_constant;
	/* The best range may be nobody's, and is no worse than each. */
	if ((float)bound->high >= asker->pay.expected)
		sum = asker->whole[MATCH_PART_PAY];
	else
		sum = (uint32_t)(whole / 2 * (float)bound->high /
				 asker->pay.expected) +
		      MATCH_SUM_SLACK;
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
	    (asker->period.from <= bound->to &&
	     bound->from <= asker->period.to))
		return is_all ? asker->whole[MATCH_PART_PERIOD]
			      : match_larger(asker->whole[MATCH_PART_PERIOD],
					     asker->neutral[MATCH_PART_PERIOD]);
	return is_all ? MATCH_SUM_NONE : asker->neutral[MATCH_PART_PERIOD];
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
	uint32_t education = match_best_level(asker->education,
					      bound->levels & asker->levels);
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
	if (chunk->high[i] < asker->pay_filter ||
	    (asker->since != 0 && chunk->end[i].newest < asker->since))
		return false;
	if (asker->query->enterprise && chunk->mark[i] != asker->enterprise)
		return false;
	return !asker->query->only ||
	       match_slot_is_in(asker->query->only, asker->query->only_count,
				chunk->end[i].slot);
}

static uint32_t skills_of_row(const struct match_asker *asker,
			      const struct match_chunk *chunk, uint32_t i)
{
	uint32_t at = match_chunk_key_start(chunk, i);
	uint32_t end = chunk->key_end[i];
	uint32_t value = 0;

	if (at == end)
		return asker->neutral[MATCH_PART_SKILLS];
	for (; at < end; at++)
		if (match_key_set_has(&asker->held, chunk->key[at].key))
			value += chunk->key[at].share;
	if (value > MATCH_WHOLE)
		value = MATCH_WHOLE;
	return match_weighted(asker->policy, MATCH_PART_SKILLS, value);
}

/* All parts for every row, the skills no more than roughly. */
static void add_up(struct match_asker *asker, const struct match_chunk *chunk,
		   int32_t *sum)
{
	match_places_spread(&asker->places);
	match_sums_places(chunk, asker->places.county, asker->level_sum, sum);
	match_sums_tiers(chunk, &asker->row_tier, sum);
	if (asker->is_dated)
		match_sums_periods(chunk, &asker->period, sum);
	if (asker->pay_constant == MATCH_SUM_NONE)
		match_sums_pays(chunk, &asker->pay, sum);
	match_sums_skills(chunk, asker->skill_bits,
			  (int32_t)asker->whole[MATCH_PART_SKILLS], sum);
	if (asker->query->specialty == 0)
		return;
	/* Filtered by class, its true tier may be that of another class. */
	for (uint32_t i = 0; i < chunk->count; i++)
		if ((chunk->flags[i] & MATCH_ROW_AGAIN) != 0)
			sum[i] += (int32_t)asker->tier[MATCH_TIER_SAME];
}

/* The parts that are the same for every row. */
static int32_t same_for_all(const struct match_asker *asker)
{
	uint32_t sum = 0;

	if (!asker->is_dated)
		sum += asker->neutral[MATCH_PART_PERIOD];
	if (asker->pay_constant != MATCH_SUM_NONE)
		sum += asker->pay_constant;
	return (int32_t)sum;
}

/* Put into rows those that may enter the list by their sums. */
static void collect(struct match_asker *asker, const struct match_chunk *chunk,
		    const int32_t *sum)
{
	uint32_t kind = match_order_kind(chunk->group << 16);
	uint32_t first = kind == MATCH_INTERNSHIP ? asker->first_intern
						  : asker->first_any;
	int32_t same = same_for_all(asker);
	int32_t least = (int32_t)match_top_least(&asker->top) - same;

	least = least < 0 ? 0 : least;
	asker->rows.count = 0;
	for (uint32_t i = 0; i < chunk->count; i++) {
		if (sum[i] < least || !may_pass(asker, chunk, i, first))
			continue;
		__builtin_prefetch(chunk->key +
				   match_chunk_key_start(chunk, i));
		asker->rows.at[asker->rows.count++].row = i;
	}
}

/* The rough part taken off again. */
static uint32_t sum_but_skills(const struct match_asker *asker,
			       const struct match_chunk *chunk, uint32_t i,
			       int32_t sum)
{
	int32_t whole = (int32_t)asker->whole[MATCH_PART_SKILLS];

	return (uint32_t)(sum - match_sums_skill(chunk->skill[i],
						 asker->skill_bits, whole));
}

/* Of these, keep those that may by the skills themselves. */
static void add_skills(struct match_asker *asker,
		       const struct match_chunk *chunk, const int32_t *sum)
{
	struct match_candidates *rows = &asker->rows;
	uint32_t least = match_top_least(&asker->top);
	int32_t same = same_for_all(asker);
	uint32_t kept = 0;

	for (uint32_t j = 0; j < rows->count; j++) {
		uint32_t i = rows->at[j].row;
		uint32_t skills = skills_of_row(asker, chunk, i);
		uint32_t most = sum_but_skills(asker, chunk, i, sum[i]) +
				(uint32_t)same + skills;

		if (most < least)
			continue;
		__builtin_prefetch(&chunk->end[i]);
		rows->at[kept++] = (struct match_candidate){
			.score = most / MATCH_WHOLE,
			.row = i,
		};
	}
	rows->count = kept;
	for (uint32_t j = 0; j < kept; j++) {
		const struct match_row_end *end = &chunk->end[rows->at[j].row];

		rows->at[j].newest = end->newest;
		__builtin_prefetch(end->record);
		__builtin_prefetch((const char *)end->record + 64);
	}
}

static bool has_mark(const struct match_chunk *chunk, uint16_t mark)
{
	for (uint32_t i = 0; i < chunk->count; i++)
		if (chunk->mark[i] == mark)
			return true;
	return false;
}

static void visit(void *of, const struct match_chunk *chunk)
{
	struct match_asker *asker = of;
	struct match_candidates *rows = &asker->rows;
	int32_t sum[MATCH_CHUNK_ROWS];

	if (asker->query->enterprise && !has_mark(chunk, asker->enterprise))
		return;
	add_up(asker, chunk, sum);
	collect(asker, chunk, sum);
	add_skills(asker, chunk, sum);
	match_candidates_order(rows);
	while (rows->count != 0 &&
	       match_candidate_admits(&asker->top, &rows->at[0])) {
		uint32_t i = rows->at[0].row;

		match_candidates_pop(rows);
		offer(asker, (const void *)chunk->end[i].record,
		      (chunk->flags[i] & MATCH_ROW_AGAIN) != 0);
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
