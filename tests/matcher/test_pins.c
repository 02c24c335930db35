/*
 * Re-runs with pins on many small instances: every matching that keeps the pins
 * is tried. Pins stand if and only if they break nothing by themselves; mode
 * stable finds the stable one that no student finds worse than another, where
 * pinned contracts come before all others; mode optimal finds a best one, and
 * with a previous result, which is anything, one of these with the fewest
 * moves. The checker must take a matching for stable if and only if it is, and
 * with the solver's prices for optimal if and only if it is as good as the
 * best.
 *
 * Usage: test_pins COUNT LONG_COUNT [SEED]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matcher/insist.h"
#include "matcher/rerun.h"
#include "naive.h"
#include "small.h"
#include "trial.h"

struct tally {
	uint64_t flawed, pinned, matchings, several_stable, several_best;
	uint64_t moved, spared;
};

static bool judge_stable(struct trial *t)
{
	bool is_right = trial_is_stable(t);
	struct match_result result;

	for (uint32_t s = 0; is_right && s < t->instance.students.count; s++)
		if (t->held[s] < t->favourite[s])
			t->favourite[s] = t->held[s];
	t->stable_count += is_right;
	trial_tell(t, false, &result);
	is_right = is_right == trial_is_sound(t, &result);
	match_result_free(&result);
	return is_right;
}

static int64_t kept_of(const struct trial *t)
{
	return t->is_near ? dual_kept(&t->instance, t->held, t->prior) : 0;
}

static bool judge_optimal(struct trial *t)
{
	struct match_objective worth = dual_objective(&t->instance, t->held);
	bool is_best = !memcmp(&worth, &t->best, sizeof(worth)) &&
		       kept_of(t) == t->best_kept;
	struct match_result result;
	bool is_right;

	t->best_count += is_best;
	trial_tell(t, true, &result);
	is_right = is_best == trial_is_sound(t, &result);
	match_result_free(&result);
	return is_right;
}

static bool note_best(struct trial *t)
{
	struct match_objective worth = dual_objective(&t->instance, t->held);
	int64_t kept = kept_of(t);
	bool is_first = !t->matching_count++;

	if (!is_first && !memcmp(&worth, &t->best, sizeof(worth)) &&
	    kept > t->best_kept)
		t->best_kept = kept;
	if (is_first || dual_is_better(&worth, &t->best)) {
		t->best = worth;
		t->best_kept = kept;
	}
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
	if (!trial_is_pinned(t, student))
		is_right = for_all(t, student + 1, judge);
	for (uint32_t i = in->choice_start[student];
	     i < in->choice_start[student + 1]; i++) {
		t->held[student] = i;
		if (!trial_is_pinned(t, student) ||
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
		flaws += trial_is_pinned(t, s) &&
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

static struct match_rerun how(const struct trial *t, bool is_optimal)
{
	return (struct match_rerun){.is_optimal = is_optimal,
				    .thread_count = 1,
				    .previous =
					    t->is_near ? &t->previous : NULL};
}

/* Pins that cannot stand are told, each thing once, in every mode. */
static bool flaws_are_told(const struct trial *t, uint64_t flaws)
{
	struct match_result result;
	struct match_error error;

	for (int is_optimal = 0; is_optimal < 2; is_optimal++) {
		uint64_t told = 0;
		struct match_pin_listener listener = {count_flaw, &told};
		struct match_rerun rerun = how(t, is_optimal);

		rerun.listener = &listener;
		if (match_place_again(&t->instance, &rerun, &result, &error) ||
		    error.status != MATCH_MALFORMED || told != flaws ||
		    result.placements)
			return false;
	}
	return true;
}

/* Place; the moves must be told, each in its place, and nobody else's. */
static bool place(struct trial *t, bool is_optimal, struct match_result *result)
{
	struct match_rerun rerun = how(t, is_optimal);
	struct match_result right = {.has_moves = false};
	struct match_error error;
	bool is_right;

	MATCH_INSIST(match_place_again(&t->instance, &rerun, result, &error));
	dual_held(&t->instance, result, t->held);
	is_right = result->is_pinned && trial_is_sound(t, result) &&
		   result->has_moves == t->is_near &&
		   !!result->kept_prices == (t->is_near && is_optimal);
	if (!t->is_near)
		return is_right;
	trial_tell_moves(t, &right);
	is_right = is_right && right.move_count == result->move_count &&
		   !memcmp(right.moves, result->moves,
			   right.move_count * sizeof(*right.moves));
	match_result_free(&right);
	return is_right;
}

static bool stable_is_right(struct trial *t)
{
	struct match_result result;
	bool is_right;

	t->stable_count = 0;
	memset(t->favourite, 0xff, sizeof(t->favourite));
	is_right = for_all(t, 0, judge_stable) && t->stable_count;
	is_right = place(t, false, &result) && is_right &&
		   !memcmp(t->held, t->favourite,
			   t->instance.students.count * sizeof(*t->held));
	match_result_free(&result);
	return is_right;
}

static bool optimal_is_right(struct trial *t)
{
	bool is_right;

	t->matching_count = t->best_count = 0;
	for_all(t, 0, note_best);
	is_right = place(t, true, &t->optimal) &&
		   !memcmp(&t->optimal.objective, &t->best, sizeof(t->best)) &&
		   kept_of(t) == t->best_kept && for_all(t, 0, judge_optimal);
	if (t->is_near)
		is_right = is_right &&
			   t->optimal.move_count ==
				   t->instance.students.count - t->best_kept;
	match_result_free(&t->optimal);
	return is_right;
}

/* First alone, then near the previous result. */
static bool both_are_right(struct trial *t, struct tally *tally)
{
	uint64_t best_count;

	if (!stable_is_right(t) || !optimal_is_right(t))
		return false;
	tally->several_stable += t->stable_count > 1;
	tally->several_best += t->best_count > 1;
	best_count = t->best_count;
	t->is_near = true;
	if (!stable_is_right(t) || !optimal_is_right(t))
		return false;
	tally->moved += t->best_kept < t->instance.students.count;
	tally->spared += t->best_count < best_count;
	return true;
}

static bool try_instance(struct trial *t, struct dice *dice,
			 struct tally *tally)
{
	struct match_error error;
	uint64_t flaws;
	bool is_right;

	trial_roll(t, dice);
	flaws = count_flaws(t);
	if (flaws) {
		tally->flawed++;
		return flaws_are_told(t, flaws);
	}
	MATCH_INSIST(match_pins_init(&t->pins, &t->instance, NULL, &error));
	MATCH_INSIST(match_contracts_init(&t->contracts, &t->pins.rest));
	is_right = both_are_right(t, tally);
	tally->pinned += t->pins.pinned_count;
	tally->matchings += t->matching_count;
	match_contracts_free(&t->contracts);
	match_pins_free(&t->pins);
	return is_right;
}

int main(int argument_count, char **arguments)
{
	struct tally tally = {.flawed = 0};
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
		match_result_free(&t.previous);
		if (!is_right) {
			printf("wrong: instance %llu of seed %llu\n",
			       (unsigned long long)i, (unsigned long long)seed);
			return 1;
		}
	}
	printf("%llu instances, %llu with pins that cannot stand; %llu pins, "
	       "%llu matchings; %llu with several stable, %llu with several "
	       "best ones; %llu with moves, %llu where some are spared\n",
	       (unsigned long long)count, (unsigned long long)tally.flawed,
	       (unsigned long long)tally.pinned,
	       (unsigned long long)tally.matchings,
	       (unsigned long long)tally.several_stable,
	       (unsigned long long)tally.several_best,
	       (unsigned long long)tally.moved,
	       (unsigned long long)tally.spared);
	return !tally.flawed || !tally.pinned || !tally.several_stable ||
	       !tally.several_best || !tally.moved || !tally.spared;
}
