/* What a posting comes to in sums and columns. */
#include "matcher/index_seeker.h"

#include <string.h>

enum { ASK_WEIGHT_UNKNOWN = 1000, FEN_PER_YUAN = 100 };

static void weigh(struct match_seeker *seeker)
{
	const struct match_policy *policy = seeker->policy;

	for (int i = 0; i < MATCH_PART_COUNT; i++) {
		enum match_part_name part = (enum match_part_name)i;

		seeker->whole[i] = match_weighted(policy, part, MATCH_WHOLE);
		seeker->neutral[i] =
			match_weighted(policy, part, policy->neutral_points);
	}
	for (int i = 0; i < MATCH_TIER_COUNT; i++)
		seeker->tier[i + 1] = match_weighted(
			policy, MATCH_PART_SPECIALTY, policy->tier_points[i]);
	for (int i = 0; i < MATCH_PLACE_COUNT; i++)
		seeker->place[i] = match_weighted(policy, MATCH_PART_PLACE,
						  policy->place_points[i]);
}

/* Per level that students have. */
static void weigh_education(struct match_seeker *seeker)
{
	const struct match_policy *policy = seeker->policy;
	uint32_t least = seeker->posting.facts.education_min;

	for (uint32_t i = 0; i <= MATCH_EDUCATION_BACHELOR; i++) {
		if (least == MATCH_EDUCATION_NONE)
			seeker->education[i] =
				seeker->neutral[MATCH_PART_EDUCATION];
		else if (i < least)
			seeker->education[i] = MATCH_SUM_NONE;
		else
			seeker->education[i] = match_weighted(
				policy, MATCH_PART_EDUCATION,
				policy->education_points[i - least]);
	}
}

static void weigh_limits(struct match_seeker *seeker)
{
	uint32_t education = 0;

	for (int i = 0; i <= MATCH_EDUCATION_BACHELOR; i++)
		if (seeker->education[i] != MATCH_SUM_NONE)
			education =
				match_larger(education, seeker->education[i]);
	seeker->most_but_tier_and_place = education +
					  seeker->whole[MATCH_PART_SKILLS] +
					  seeker->whole[MATCH_PART_PERIOD] +
					  seeker->whole[MATCH_PART_PAY];
}

static uint32_t weight_of(const struct match_ask *ask)
{
	return ask->weight != 0 ? ask->weight : ASK_WEIGHT_UNKNOWN;
}

static uint16_t key_of(const struct match_seeker *seeker, size_t i)
{
	return match_key_of(seeker->posting.names[i],
			    seeker->posting.facts.asks[i].is_certificate);
}

/* Whether an ask before it requires the same. */
static bool is_required_before(const struct match_seeker *seeker, size_t ask)
{
	for (size_t i = 0; i < ask; i++)
		if (seeker->posting.facts.asks[i].is_required &&
		    key_of(seeker, i) == key_of(seeker, ask))
			return true;
	return false;
}

static void know_asks(struct match_seeker *seeker)
{
	const struct match_posting *facts = &seeker->posting.facts;
	uint64_t total = 0;

	memset(seeker->share, 0, sizeof(seeker->share));
	seeker->signature = 0;
	seeker->required_count = 0;
	for (size_t i = 0; i < facts->ask_count; i++)
		total += weight_of(&facts->asks[i]);
	for (size_t i = 0; i < facts->ask_count; i++) {
		const struct match_ask *ask = &facts->asks[i];
		uint16_t key = key_of(seeker, i);
		struct match_share *share = &seeker->share[match_share_at(key)];

		share->value +=
			(uint16_t)(((uint64_t)MATCH_WHOLE * weight_of(ask) +
				    total - 1) /
				   total);
		seeker->signature |= match_key_bit(key);
		if (!ask->is_required)
			continue;
		share->is_required = true;
		seeker->required_count += !is_required_before(seeker, i);
	}
}

static void know_posting(struct match_seeker *seeker)
{
	const struct match_posting *facts = &seeker->posting.facts;

	seeker->barring =
		match_barring_of(&seeker->snapshot->kept->terms, facts);
	seeker->pay_min = facts->pay_min_fen;
	seeker->pay_max = facts->pay_max_fen != 0 ? facts->pay_max_fen
						  : facts->pay_min_fen;
	seeker->first = match_first_day(facts);
	seeker->period_constant = MATCH_SUM_NONE;
	if (facts->from == MATCH_NO_DAY || facts->to == MATCH_NO_DAY)
		seeker->period_constant = seeker->neutral[MATCH_PART_PERIOD];
	else if (facts->from < 0 || facts->to > MATCH_DAY_MAX)
		seeker->period_constant = seeker->whole[MATCH_PART_PERIOD];
	seeker->period = (struct match_sums_period){
		.from = facts->from,
		.to = facts->to,
		.whole = (int32_t)seeker->whole[MATCH_PART_PERIOD],
		.neutral = (int32_t)seeker->neutral[MATCH_PART_PERIOD],
	};
	seeker->pay = (struct match_sums_pay){
		.min = (float)seeker->pay_min / FEN_PER_YUAN,
		.max = (float)seeker->pay_max / FEN_PER_YUAN,
		.whole = (int32_t)seeker->whole[MATCH_PART_PAY],
		.neutral = (int32_t)seeker->neutral[MATCH_PART_PAY],
	};
	seeker->spread_area = UINT32_MAX;
}

void match_seeker_init(struct match_seeker *seeker,
		       const struct match_snapshot *snapshot,
		       const struct match_posting *posting,
		       const struct match_index_student_query *query)
{
	seeker->snapshot = snapshot;
	seeker->policy = &snapshot->kept->policy;
	seeker->query = query;
	match_names_number_posting(snapshot->names, posting, &seeker->posting);
	weigh(seeker);
	weigh_education(seeker);
	weigh_limits(seeker);
	know_asks(seeker);
	know_posting(seeker);
}
