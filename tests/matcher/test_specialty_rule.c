/*
 * The rule of the three lists on cohorts that are computed by hand: each
 * measure, each condition on both sides of its threshold, the limits, what is
 * not known, the margins, one cohort more and one fewer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "matcher/specialty_rule.h"

enum { NEVER_LEAST = 10001, NEVER_MOST = -10001 };

/* 9,000 of 8,500, 7,500 of 7,000, 8,000 of 7,500 and 1,000 of 1,500. */
static const struct match_specialty_cohort good = {
	true, 100, 90, 80, 60, 50, 40, 10
};
static const struct match_specialty_cohort level = {
	true, 1000, 850, 700, 490, 600, 450, 150
};
/* 7,000, 4,500, 5,000 and 500 of the same. */
static const struct match_specialty_cohort poor = {
	true, 100, 70, 60, 27, 40, 20, 5
};

static struct match_specialty_evidence
evidence_of(const struct match_specialty_cohort *own, int64_t demand_now,
	    int64_t demand_before)
{
	struct match_specialty_evidence e = { 0 };

	for (int i = 0; i < MATCH_SPECIALTY_COHORTS; i++) {
		e.own[i] = *own;
		e.level[i] = level;
		e.market[i] = (struct match_specialty_market){
			true, 1000 * (i ? demand_before : demand_now), 100
		};
	}
	e.next[0] = (struct match_specialty_next){ true, 120 };
	e.next[1] = (struct match_specialty_next){ true, 90 };
	return e;
}

static const struct match_specialty_terms *defaults(void)
{
	return &match_specialty_default_terms;
}

static struct match_specialty_finding
judge(const struct match_specialty_evidence *e,
      const struct match_specialty_terms *t)
{
	struct match_specialty_finding f;

	match_specialty_judge(e, t, &f);
	assert_int_equal(match_specialty_outcome_of(e, t), f.outcome);
	return f;
}

static void measures_are_as_by_hand(void **state)
{
	struct match_specialty_evidence e = evidence_of(&good, 150, 100);
	struct match_specialty_finding f = judge(&e, defaults());
	static const int64_t values[] = { 500, 500, 500, -500, 1167, 1500,
					  1050 };
	static const int64_t rates[] = { 9000, 7500, 8000, 1000 };
	static const int64_t means[] = { 8500, 7000, 7500, 1500 };

	(void)state;
	assert_int_equal(f.cohorts, 3);
	assert_int_equal(f.graduates, 300);
	for (int i = 0; i < MATCH_SPECIALTY_MEASURES; i++) {
		assert_true(f.measured[i].is_known);
		assert_int_equal(f.measured[i].value, values[i]);
	}
	for (int i = 0; i < MATCH_SPECIALTY_RATES; i++) {
		assert_int_equal(f.measured[i].rate, rates[i]);
		assert_int_equal(f.measured[i].mean, means[i]);
	}
	assert_int_equal(f.outcome, MATCH_SPECIALTY_STRENGTHEN);
	assert_true(f.is_stable);
}

/* 1 of 32 is 312.5, and 1 of 3 is 3333.3 ten-thousandths. */
static void halves_go_up(void **state)
{
	struct match_specialty_evidence e = { 0 };
	struct match_specialty_terms t = *defaults();
	struct match_specialty_finding f;

	(void)state;
	t.cohorts = t.least_cohorts = t.least_graduates = 1;
	e.own[0] = (struct match_specialty_cohort){ true, 32, 1, 1, 0, 0, 0,
						    0 };
	e.level[0] = (struct match_specialty_cohort){ true, 96, 32, 1, 0, 0,
						      0, 0 };
	f = judge(&e, &t);
	assert_int_equal(f.measured[MATCH_SPECIALTY_PLACED].rate, 313);
	assert_int_equal(f.measured[MATCH_SPECIALTY_PLACED].mean, 3333);
	assert_int_equal(f.measured[MATCH_SPECIALTY_PLACED].value, -3020);
	assert_false(f.measured[MATCH_SPECIALTY_ALIGNED].is_known);
	assert_false(f.measured[MATCH_SPECIALTY_DEMAND].is_known);
	assert_false(f.measured[MATCH_SPECIALTY_ENROLMENT].is_known);
}

static void ratios_have_an_end(void **state)
{
	struct match_specialty_evidence e = evidence_of(&good, 500, 0);
	struct match_specialty_finding f;

	(void)state;
	f = judge(&e, defaults());
	assert_int_equal(f.measured[MATCH_SPECIALTY_DEMAND].value, 1667);
	assert_int_equal(f.measured[MATCH_SPECIALTY_DEMAND_TREND].value,
			 MATCH_SPECIALTY_MILLE_MAX);
	e.market[0].demand_mille = 1000 * MATCH_SPECIALTY_COUNT_MAX;
	e.market[1].demand_mille = 1;
	f = judge(&e, defaults());
	assert_int_equal(f.measured[MATCH_SPECIALTY_DEMAND].value,
			 MATCH_SPECIALTY_MILLE_MAX);
	assert_int_equal(f.measured[MATCH_SPECIALTY_DEMAND_TREND].value,
			 MATCH_SPECIALTY_MILLE_MAX);
	e = evidence_of(&good, 0, 0);
	f = judge(&e, defaults());
	assert_true(f.measured[MATCH_SPECIALTY_DEMAND].is_known);
	assert_int_equal(f.measured[MATCH_SPECIALTY_DEMAND].value, 0);
	assert_false(f.measured[MATCH_SPECIALTY_DEMAND_TREND].is_known);
}

static int64_t *threshold_of(struct match_specialty_terms *t, int condition)
{
#define MATCH_SPECIALTY_CONDITION(outcome, measure, side, term) \
	offsetof(struct match_specialty_terms, term),
	static const size_t offsets[] = {
#include "matcher/specialty_conditions.def"
	};
#undef MATCH_SPECIALTY_CONDITION

	return (int64_t *)((char *)t + offsets[condition]);
}

/* Of the conditions of upgrade, this one alone can hold. */
static void silence_others(struct match_specialty_terms *t, int condition)
{
	for (int i = 0; i < MATCH_SPECIALTY_CONDITIONS; i++)
		if (i != condition && match_specialty_conditions[i].outcome ==
					      MATCH_SPECIALTY_UPGRADE)
			*threshold_of(t, i) = NEVER_MOST;
	t->upgrade_least = 1;
}

static void each_condition_holds_up_to_its_threshold(void **state)
{
	(void)state;
	for (int i = 0; i < MATCH_SPECIALTY_CONDITIONS; i++) {
		const struct match_specialty_condition_card *card =
			&match_specialty_conditions[i];
		bool is_least = card->side == MATCH_SPECIALTY_AT_LEAST;
		bool is_good = card->outcome == MATCH_SPECIALTY_STRENGTHEN;
		struct match_specialty_evidence e =
			is_good ? evidence_of(&good, 150, 100) :
				  evidence_of(&poor, 20, 40);
		struct match_specialty_terms t = *defaults();
		struct match_specialty_finding f = judge(&e, &t);
		int64_t value = f.measured[card->measure].value;

		if (card->outcome == MATCH_SPECIALTY_UPGRADE) {
			silence_others(&t, i);
			t.restrict_placed = NEVER_MOST;
			t.strengthen_placed = NEVER_LEAST;
		}
		*threshold_of(&t, i) = value;
		f = judge(&e, &t);
		assert_int_equal(f.outcome, card->outcome);
		assert_true(f.held[i].holds);
		assert_int_equal(f.held[i].threshold, value);
		assert_true(f.held[i].margin.has_change);
		assert_int_equal(f.held[i].margin.changes_at,
				 value + (is_least ? 1 : -1));
		*threshold_of(&t, i) = value + (is_least ? 1 : -1);
		assert_int_equal(judge(&e, &t).outcome,
				 f.held[i].margin.becomes);
		f = judge(&e, &t);
		assert_int_not_equal(f.outcome, card->outcome);
		assert_false(f.held[i].holds);
		assert_int_equal(f.held[i].margin.changes_at, value);
		assert_int_equal(f.held[i].margin.becomes, card->outcome);
	}
}

static void limits_have_both_sides(void **state)
{
	struct match_specialty_evidence e = evidence_of(&good, 150, 100);
	struct match_specialty_terms t = *defaults();
	struct match_specialty_finding f;

	(void)state;
	t.least_graduates = 300;
	f = judge(&e, &t);
	assert_int_equal(f.outcome, MATCH_SPECIALTY_STRENGTHEN);
	assert_int_equal(f.least_graduates.changes_at, 301);
	assert_int_equal(f.least_graduates.becomes, MATCH_SPECIALTY_TOO_FEW);
	assert_int_equal(f.fewer, MATCH_SPECIALTY_TOO_FEW);
	assert_false(f.is_stable);
	t.least_graduates = 301;
	f = judge(&e, &t);
	assert_int_equal(f.outcome, MATCH_SPECIALTY_TOO_FEW);
	assert_int_equal(f.least_graduates.changes_at, 300);
	assert_int_equal(f.least_graduates.becomes,
			 MATCH_SPECIALTY_STRENGTHEN);
	assert_int_equal(f.more, MATCH_SPECIALTY_STRENGTHEN);
	t = *defaults();
	t.least_cohorts = 3;
	assert_int_equal(judge(&e, &t).outcome, MATCH_SPECIALTY_STRENGTHEN);
	e.own[1] = (struct match_specialty_cohort){ 0 };
	f = judge(&e, &t);
	assert_int_equal(f.outcome, MATCH_SPECIALTY_TOO_FEW);
	assert_int_equal(f.least_cohorts.changes_at, 2);
}

/* Of three that hold, two are asked for, then four. */
static void upgrade_counts_its_conditions(void **state)
{
	struct match_specialty_evidence e = evidence_of(&poor, 20, 40);
	struct match_specialty_terms t = *defaults();
	struct match_specialty_finding f;

	(void)state;
	t.restrict_placed = NEVER_MOST;
	t.upgrade_demand = t.upgrade_demand_trend = t.upgrade_study =
		NEVER_MOST;
	f = judge(&e, &t);
	assert_int_equal(f.outcome, MATCH_SPECIALTY_UPGRADE);
	assert_int_equal(f.upgrade_least.changes_at, 4);
	assert_int_equal(f.upgrade_least.becomes, MATCH_SPECIALTY_NONE);
	t.upgrade_least = 4;
	f = judge(&e, &t);
	assert_int_equal(f.outcome, MATCH_SPECIALTY_NONE);
	assert_int_equal(f.upgrade_least.changes_at, 3);
	assert_int_equal(f.upgrade_least.becomes, MATCH_SPECIALTY_UPGRADE);
}

/* A trend of which nothing is known keeps from both, unless it is not asked
 * for. */
static void what_is_not_known_is_the_worst(void **state)
{
	struct match_specialty_evidence e = evidence_of(&good, 150, 100);
	struct match_specialty_terms t = *defaults();

	(void)state;
	for (int i = 1; i < MATCH_SPECIALTY_COHORTS; i++)
		e.market[i].is_known = false;
	assert_int_equal(judge(&e, &t).outcome, MATCH_SPECIALTY_NONE);
	t.strengthen_demand_trend = 0;
	assert_int_equal(judge(&e, &t).outcome, MATCH_SPECIALTY_STRENGTHEN);
	e = evidence_of(&poor, 20, 40);
	for (int i = 1; i < MATCH_SPECIALTY_COHORTS; i++)
		e.market[i].is_known = false;
	assert_int_equal(judge(&e, &t).outcome, MATCH_SPECIALTY_UPGRADE);
	t.restrict_demand_trend = MATCH_SPECIALTY_MILLE_MAX;
	assert_int_equal(judge(&e, &t).outcome, MATCH_SPECIALTY_RESTRICT);
}

static void what_is_not_counted_is_not_looked_at(void **state)
{
	struct match_specialty_evidence e = evidence_of(&good, 150, 100);
	struct match_specialty_finding f;

	(void)state;
	e.own[1] = poor;
	e.own[1].is_counted = false;
	e.next[1].is_known = false;
	f = judge(&e, defaults());
	assert_int_equal(f.cohorts, 2);
	assert_int_equal(f.graduates, 200);
	assert_int_equal(f.measured[MATCH_SPECIALTY_PLACED].value, 500);
	assert_int_equal(f.measured[MATCH_SPECIALTY_ENROLMENT].value, 1200);
}

static void one_cohort_has_none_fewer(void **state)
{
	struct match_specialty_evidence e = evidence_of(&good, 150, 100);
	struct match_specialty_terms t = *defaults();
	struct match_specialty_finding f;

	(void)state;
	t.cohorts = t.least_cohorts = 1;
	f = judge(&e, &t);
	assert_false(f.has_fewer);
	assert_int_equal(f.fewer, f.outcome);
	t.cohorts = 5;
	f = judge(&e, &t);
	assert_true(f.has_fewer);
	assert_int_equal(f.cohorts, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(measures_are_as_by_hand),
		cmocka_unit_test(halves_go_up),
		cmocka_unit_test(ratios_have_an_end),
		cmocka_unit_test(each_condition_holds_up_to_its_threshold),
		cmocka_unit_test(limits_have_both_sides),
		cmocka_unit_test(upgrade_counts_its_conditions),
		cmocka_unit_test(what_is_not_known_is_the_worst),
		cmocka_unit_test(what_is_not_counted_is_not_looked_at),
		cmocka_unit_test(one_cohort_has_none_fewer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
