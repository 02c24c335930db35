/*
 * Re-runs with pins on many small instances: every matching that keeps the pins
 * is tried. Pins stand if and only if they break nothing by themselves; mode
 * stable finds the stable one that no student finds worse than another, where
 * pinned contracts come before all others; mode optimal finds a best one. The
 * checker must take a matching for stable if and only if it is, and with the
 * solver's prices for optimal if and only if it is as good as the best.
 *
 * Usage: test_pins COUNT LONG_COUNT [SEED]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dual.h"
#include "matcher/insist.h"
#include "matcher/outcome.h"
#include "matcher/pins.h"
#include "matcher/place.h"
#include "matcher/verify.h"
#include "naive.h"
#include "small.h"

struct trial {
	struct match_instance instance;
	struct match_pins pins;
	struct match_contracts contracts; /* of the reduced instance */
	struct match_result optimal;	  /* the solver's */
	struct match_objective best;
	uint32_t held[DUAL_STUDENTS];
	uint32_t favourite[DUAL_STUDENTS]; /* over all stable so far */
	uint64_t matching_count, stable_count, best_count;
};

struct tally {
	uint64_t flawed, pinned, matchings, several_stable, several_best;
};

static bool is_pinned(const struct trial *t, uint32_t student)
{
	return t->instance.pinned[student] != MATCH_NONE;
}

static void roll_pins(struct trial *t, struct dice *dice)
{
	const struct match_instance *in = &t->instance;

	for (uint32_t s = 0; s < in->students.count; s++) {
		uint32_t first = in->choice_start[s];
		uint32_t count = in->choice_start[s + 1] - first;

		in->pinned[s] = MATCH_NONE;
		if (count && !dice_roll(dice, 3))
			in->pinned[s] =
				in->choice[first + dice_roll(dice, count)]
					.posting;
	}
}

/* Does the first contract come before the second at every node? */
static bool is_before(const struct trial *t, uint32_t a, uint32_t a_choice,
		      uint32_t b, uint32_t b_choice)
{
	const struct match_instance *in = &t->instance;
	uint32_t rank_a, rank_b;

	if (is_pinned(t, a) != is_pinned(t, b))
		return is_pinned(t, a);
	naive_rank(in, a, a_choice, &rank_a);
	naive_rank(in, b, b_choice, &rank_b);
	if (rank_a != rank_b)
		return rank_a < rank_b;
	if (in->choice[a_choice].score != in->choice[b_choice].score)
		return in->choice[a_choice].score > in->choice[b_choice].score;
	if (a != b)
		return in->lottery[a] < in->lottery[b];
	return in->choice[a_choice].posting < in->choice[b_choice].posting;
}

/*
 * Would the greedy choice from all that is held and one contract more take that
 * one? What is held breaks no cap, so all that is before it is kept.
 */
static bool is_taken(const struct trial *t, uint32_t student, uint32_t choice)
{
	const struct match_instance *in = &t->instance;
	uint32_t before[DUAL_STUDENTS], to = in->choice[choice].posting;

	for (uint32_t s = 0; s < in->students.count; s++)
		before[s] =
			t->held[s] != MATCH_NONE && is_before(t, s, t->held[s],
							      student, choice)
				? t->held[s]
				: MATCH_NONE;
	for (uint32_t v = 0; v < in->postings.count + in->groups.count; v++) {
		int64_t seats =
			v < in->postings.count
				? in->posting[v].capacity
				: in->group[v - in->postings.count].upper;

		if (naive_is_under(in, to, v) &&
		    naive_count(in, before, v) >= seats)
			return false;
	}
	return true;
}

static bool is_stable(const struct trial *t)
{
	const struct match_instance *in = &t->instance;
	uint32_t rank;

	for (uint32_t s = 0; s < in->students.count; s++)
		for (uint32_t i = in->choice_start[s];
		     i < in->choice_start[s + 1] && i != t->held[s]; i++)
			if (!is_pinned(t, s) && naive_rank(in, s, i, &rank) &&
			    is_taken(t, s, i))
				return false;
	return true;
}

static bool is_sound(const struct trial *t, struct match_result *result)
{
	static struct match_faults faults;
	struct match_error error;

	snprintf(result->instance_sha256, sizeof(result->instance_sha256), "x");
	MATCH_INSIST(match_verify(&t->instance, "x", result, &faults, &error));
	for (uint64_t i = 0; i < faults.count && i < MATCH_FAULTS_KEPT; i++)
		MATCH_INSIST(faults.kept[i].text[0]);
	return !faults.count;
}

/* The matching in hand as a result of the whole, in either mode. */
static void tell(const struct trial *t, bool is_optimal,
		 struct match_result *result)
{
	const struct match_instance *in = &t->instance, *rest = &t->pins.rest;
	uint32_t node_count = in->postings.count + in->groups.count;
	uint32_t held[DUAL_STUDENTS];
	struct match_error error;

	for (uint32_t s = 0; s < in->students.count; s++)
		held[s] = is_pinned(t, s) || t->held[s] == MATCH_NONE
				  ? MATCH_NONE
				  : rest->choice_start[s] + t->held[s] -
					    in->choice_start[s];
	if (!is_optimal) {
		MATCH_INSIST(match_outcome(&t->contracts, held, result));
	} else {
		dual_result(rest, held, t->optimal.prices, result);
		MATCH_INSIST(node_count <= DUAL_NODES);
	}
	MATCH_INSIST(match_pins_join(&t->pins, result, &error));
}

static bool judge_stable(struct trial *t)
{
	bool is_right = is_stable(t);
	struct match_result result;

	for (uint32_t s = 0; is_right && s < t->instance.students.count; s++)
		if (t->held[s] < t->favourite[s])
			t->favourite[s] = t->held[s];
	t->stable_count += is_right;
	tell(t, false, &result);
	is_right = is_right == is_sound(t, &result);
	match_result_free(&result);
	return is_right;
}

static bool judge_optimal(struct trial *t)
{
	struct match_objective worth = dual_objective(&t->instance, t->held);
	bool is_best = !memcmp(&worth, &t->best, sizeof(worth)), is_right;
	struct match_result result;

	t->best_count += is_best;
	tell(t, true, &result);
	is_right = is_best == is_sound(t, &result);
	match_result_free(&result);
	return is_right;
}

static bool note_best(struct trial *t)
{
	struct match_objective worth = dual_objective(&t->instance, t->held);

	if (!t->matching_count++ || dual_is_better(&worth, &t->best))
		t->best = worth;
	return true;
}

/* Every matching that breaks nothing and keeps the pins. */
static bool for_all(struct trial *t, uint32_t student,
		    bool (*judge)(struct trial *t))
{
	const struct match_instance *in = &t->instance;
	bool is_right = true;

	if (student == in->students.count)
		return !dual_is_feasible(in, t->held) || judge(t);
	t->held[student] = MATCH_NONE;
	if (!is_pinned(t, student))
		is_right = for_all(t, student + 1, judge);
	for (uint32_t i = in->choice_start[student];
	     i < in->choice_start[student + 1]; i++) {
		t->held[student] = i;
		if (!is_pinned(t, student) ||
		    in->choice[i].posting == in->pinned[student])
			is_right = for_all(t, student + 1, judge) && is_right;
	}
	return is_right;
}

static void hold_pins(struct trial *t)
{
	const struct match_instance *in = &t->instance;

	for (uint32_t s = 0; s < in->students.count; s++) {
		t->held[s] = MATCH_NONE;
		for (uint32_t i = in->choice_start[s];
		     i < in->choice_start[s + 1]; i++)
			if (in->choice[i].posting == in->pinned[s])
				t->held[s] = i;
	}
}

/* What is wrong with the pins by themselves. */
static uint64_t count_flaws(struct trial *t)
{
	const struct match_instance *in = &t->instance;
	uint64_t flaws = 0;
	uint32_t rank;

	hold_pins(t);
	for (uint32_t s = 0; s < in->students.count; s++)
		flaws += is_pinned(t, s) &&
			 !naive_rank(in, s, t->held[s], &rank);
	for (uint32_t p = 0; p < in->postings.count; p++)
		flaws += naive_count(in, t->held, p) > in->posting[p].capacity;
	for (uint32_t g = 0; g < in->groups.count; g++)
		flaws += naive_count(in, t->held, in->postings.count + g) >
			 in->group[g].upper;
	return flaws;
}

static void count_flaw(void *to, const char *text)
{
	MATCH_INSIST(text[0]);
	++*(uint64_t *)to;
}

/* Pins that cannot stand are told, each thing once, in every mode. */
static bool flaws_are_told(const struct trial *t, uint64_t flaws)
{
	struct match_result result;
	struct match_error error;

	for (int is_optimal = 0; is_optimal < 2; is_optimal++) {
		uint64_t told = 0;
		struct match_pin_listener listener = {count_flaw, &told};

		if (match_place_pinned(&t->instance, is_optimal, &listener,
				       &result, &error) ||
		    error.status != MATCH_MALFORMED || told != flaws ||
		    result.placements)
			return false;
	}
	return true;
}

static bool stable_is_right(struct trial *t)
{
	struct match_result result;
	struct match_error error;
	bool is_right;

	memset(t->favourite, 0xff, sizeof(t->favourite));
	is_right = for_all(t, 0, judge_stable) && t->stable_count;
	MATCH_INSIST(
		match_place_pinned(&t->instance, false, NULL, &result, &error));
	dual_held(&t->instance, &result, t->held);
	is_right = is_right && result.is_pinned && is_sound(t, &result) &&
		   !memcmp(t->held, t->favourite,
			   t->instance.students.count * sizeof(*t->held));
	match_result_free(&result);
	return is_right;
}

static bool optimal_is_right(struct trial *t)
{
	struct match_error error;
	bool is_right;

	for_all(t, 0, note_best);
	MATCH_INSIST(match_place_pinned(&t->instance, true, NULL, &t->optimal,
					&error));
	is_right = t->optimal.is_pinned &&
		   !memcmp(&t->optimal.objective, &t->best, sizeof(t->best)) &&
		   is_sound(t, &t->optimal) && for_all(t, 0, judge_optimal);
	match_result_free(&t->optimal);
	return is_right;
}

static bool try_instance(struct trial *t, struct dice *dice,
			 struct tally *tally)
{
	struct match_error error;
	uint64_t flaws;
	bool is_right;

	small_instance(dice, &t->instance);
	roll_pins(t, dice);
	flaws = count_flaws(t);
	if (flaws) {
		tally->flawed++;
		return flaws_are_told(t, flaws);
	}
	MATCH_INSIST(match_pins_init(&t->pins, &t->instance, NULL, &error));
	MATCH_INSIST(match_contracts_init(&t->contracts, &t->pins.rest));
	is_right = stable_is_right(t) && optimal_is_right(t);
	tally->pinned += t->pins.pinned_count;
	tally->matchings += t->matching_count;
	tally->several_stable += t->stable_count > 1;
	tally->several_best += t->best_count > 1;
	match_contracts_free(&t->contracts);
	match_pins_free(&t->pins);
	return is_right;
}

int main(int argument_count, char **arguments)
{
	struct tally tally = {0, 0, 0, 0, 0};
	uint64_t count, seed = 1;

	MATCH_INSIST(argument_count >= 3);
	count = count_of_run(arguments[1], arguments[2]);
	if (argument_count > 3)
		seed = strtoull(arguments[3], NULL, 10);
	for (uint64_t i = 0; i < count; i++) {
		struct dice dice = {(seed << 32) + i};
		struct trial t = {.matching_count = 0};
		bool is_right = try_instance(&t, &dice, &tally);

		match_instance_free(&t.instance);
		if (!is_right) {
			printf("wrong: instance %llu of seed %llu\n",
			       (unsigned long long)i, (unsigned long long)seed);
			return 1;
		}
	}
	printf("%llu instances, %llu with pins that cannot stand; %llu pins, "
	       "%llu matchings, %llu with several stable, %llu with several "
	       "best ones\n",
	       (unsigned long long)count, (unsigned long long)tally.flawed,
	       (unsigned long long)tally.pinned,
	       (unsigned long long)tally.matchings,
	       (unsigned long long)tally.several_stable,
	       (unsigned long long)tally.several_best);
	return !tally.flawed || !tally.pinned || !tally.several_stable ||
	       !tally.several_best;
}
