/*
 * What alignment promises, on random pairs: the score follows by hand from the
 * parts and the policy, and eligibility from the breaches.
 */
#include "checks.h"
#include "random_world.h"

/* The pay part by the header's formula, written out once more. */
static int64_t pay_by_hand(const struct match_part *part,
			   const struct match_posting *posting)
{
	int64_t min = posting->pay_min_fen;

	switch (part->because) {
	case MATCH_REASON_PAY_MET:
		assert_true(part->a <= part->b && part->b == min);
		return 10000;
	case MATCH_REASON_PAY_IN_RANGE:
		assert_true(min < part->a && part->a <= part->b);
		return 10000 - 5000 * (part->a - min) / (part->b - min);
	case MATCH_REASON_PAY_BELOW:
		assert_true(part->b < part->a);
		return 5000 * part->b / part->a;
	default:
		assert_int_equal(part->because, MATCH_REASON_PAY_UNKNOWN);
		return world.policy.neutral_points;
	}
}

static int64_t place_by_hand(const struct match_part *part)
{
	const uint16_t *points = world.policy.place_points;

	switch (part->because) {
	case MATCH_REASON_SAME_COUNTY:
		assert_true(part->a == part->b);
		return points[0];
	case MATCH_REASON_SAME_CITY:
		return points[1];
	case MATCH_REASON_SAME_PROVINCE:
		assert_true(part->a / 10000 == part->b / 10000);
		return points[2];
	case MATCH_REASON_WILLING_TO_MOVE:
		assert_true(part->b == 0);
		return points[3];
	case MATCH_REASON_AWAY:
		assert_true(part->b == 0);
		return points[4];
	default:
		assert_int_equal(part->because, MATCH_REASON_PLACE_UNKNOWN);
		return world.policy.neutral_points;
	}
}

static int64_t education_by_hand(const struct match_part *part)
{
	if (part->b == 0)
		return world.policy.neutral_points;
	if (part->a < part->b)
		return 0;
	return world.policy.education_points[part->a - part->b];
}

/* A part that is a share of something, or neutral where there is nothing. */
static int64_t share_by_hand(const struct match_part *part)
{
	return part->b != 0 ? 10000 * part->a / part->b
			    : world.policy.neutral_points;
}

static void check_parts(const struct match_fit *fit,
			const struct match_posting *posting)
{
	const struct match_part *parts = fit->parts;
	int64_t by_hand[MATCH_PART_COUNT] = {
		[MATCH_PART_SPECIALTY] =
			world.policy.tier_points[fit->tier - 1],
		[MATCH_PART_SKILLS] = share_by_hand(&parts[MATCH_PART_SKILLS]),
		[MATCH_PART_EDUCATION] =
			education_by_hand(&parts[MATCH_PART_EDUCATION]),
		[MATCH_PART_PLACE] = place_by_hand(&parts[MATCH_PART_PLACE]),
		[MATCH_PART_PERIOD] = share_by_hand(&parts[MATCH_PART_PERIOD]),
		[MATCH_PART_PAY] = pay_by_hand(&parts[MATCH_PART_PAY], posting),
	};
	int64_t sum = 0;

	for (int i = 0; i < MATCH_PART_COUNT; i++) {
		assert_int_equal(parts[i].name, i);
		assert_int_equal(parts[i].weight, world.policy.weight[i]);
		assert_int_equal(parts[i].value, by_hand[i]);
		sum += parts[i].weight * by_hand[i];
	}
	assert_int_equal(fit->score, sum / 10000);
	assert_int_equal(fit->policy_version, world.policy.version);
}

/* How often each rule was broken over the whole run. */
static size_t broken[MATCH_RULE_COUNT];

static void check_breaches(const struct match_fit *fit)
{
	bool is_blocked = false;

	for (size_t i = 0; i < fit->breach_count; i++) {
		const struct match_breach *breach = &fit->breaches[i];

		if (i > 0)
			assert_true(fit->breaches[i - 1].rule < breach->rule);
		if (breach->rule != MATCH_RULE_CROSS_CATEGORY)
			assert_int_equal(breach->action,
					 match_rule_card(breach->rule)->action);
		is_blocked |= breach->action == MATCH_BLOCK;
		broken[breach->rule]++;
	}
	assert_int_equal(fit->is_eligible, !is_blocked);
}

static void test_score_follows_from_parts(void **state)
{
	struct match_fit fit;

	(void)state;
	for (uint64_t seed = 0; seed < ROUNDS; seed++) {
		make_world(seed);
		for (size_t i = 0; i < POOL_MAX; i++) {
			match_align(&world.terms, &world.students[i],
				    &world.postings[i], &fit);
			check_parts(&fit, &world.postings[i]);
			check_breaches(&fit);
		}
	}
	for (int rule = 0; rule < MATCH_RULE_COUNT; rule++)
		assert_true(broken[rule] > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_score_follows_from_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
