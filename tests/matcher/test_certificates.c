/*
 * Every matching of many small instances, with prices of any kind: the checker
 * must take the prices for a proof if and only if weak duality does, and then
 * no matching may be better.
 *
 * Usage: test_certificates COUNT LONG_COUNT [SEED]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dual.h"
#include "matcher/insist.h"
#include "matcher/verify.h"
#include "small.h"

#define STUDENTS 6
#define NODES 16

struct trial {
	struct match_instance instance;
	struct match_price prices[NODES];
	uint32_t held[STUDENTS];
	struct match_objective best;
	uint64_t matching_count, proof_count;
};

/* Mostly nothing, else what seats of small instances may well be worth. */
static void roll_price(struct dice *dice, struct match_price *price)
{
	memset(price, 0, sizeof(*price));
	switch (dice_roll(dice, 8)) {
	case 0:
		price->shortfall = -1;
		break;
	case 1:
		price->shortfall = (int64_t)dice_roll(dice, 4) - 2;
		price->placed = (int64_t)dice_roll(dice, 3) - 1;
		break;
	case 2:
		price->placed = 1;
		price->score = (int64_t)dice_roll(dice, 4) - 1;
		break;
	case 3:
		price->score = (int64_t)dice_roll(dice, 6) - 2;
		break;
	case 4:
		price->score =
			INT64_C(4000000000000001) * (dice_roll(dice, 20) == 0);
		break;
	default:
		break;
	}
}

static bool is_called_sound(const struct trial *t)
{
	static struct match_faults faults;
	struct match_result result;
	struct match_error error;

	dual_result(&t->instance, t->held, t->prices, &result);
	snprintf(result.instance_sha256, sizeof(result.instance_sha256), "x");
	MATCH_INSIST(match_verify(&t->instance, "x", &result, &faults, &error));
	match_result_free(&result);
	for (uint64_t i = 0; i < faults.count && i < MATCH_FAULTS_KEPT; i++)
		MATCH_INSIST(faults.kept[i].kind == MATCH_FAULT_CERTIFICATE &&
			     faults.kept[i].text[0]);
	return !faults.count;
}

static void see(struct trial *t)
{
	struct match_objective sum = dual_objective(&t->instance, t->held);

	if (!t->matching_count++ || dual_is_better(&sum, &t->best))
		t->best = sum;
}

static bool judge(struct trial *t)
{
	struct match_objective sum = dual_objective(&t->instance, t->held);
	bool is_proof = dual_proves(&t->instance, t->held, t->prices);

	t->proof_count += is_proof;
	if (is_proof && memcmp(&sum, &t->best, sizeof(sum)) != 0)
		return false;
	return is_proof == is_called_sound(t);
}

/* Every matching, student by student: to see the best, then to judge. */
static bool visit(struct trial *t, uint32_t student, bool is_judging)
{
	const struct match_instance *in = &t->instance;
	bool is_right;

	if (student == in->students.count) {
		if (!dual_is_feasible(in, t->held))
			return true;
		if (is_judging)
			return judge(t);
		see(t);
		return true;
	}
	t->held[student] = MATCH_NONE;
	is_right = visit(t, student + 1, is_judging);
	for (uint32_t i = in->choice_start[student];
	     i < in->choice_start[student + 1]; i++) {
		t->held[student] = i;
		is_right = visit(t, student + 1, is_judging) && is_right;
	}
	return is_right;
}

static bool try_prices(struct trial *t, struct dice *dice)
{
	uint32_t count = t->instance.postings.count + t->instance.groups.count;

	MATCH_INSIST(count <= NODES);
	for (uint32_t v = 0; v < count; v++)
		roll_price(dice, &t->prices[v]);
	return visit(t, 0, true);
}

int main(int argument_count, char **arguments)
{
	uint64_t count, seed = 1, matchings = 0, proofs = 0;

	MATCH_INSIST(argument_count >= 3);
	count = count_of_run(arguments[1], arguments[2]);
	if (argument_count > 3)
		seed = strtoull(arguments[3], NULL, 10);
	for (uint64_t i = 0; i < count; i++) {
		struct dice dice = {(seed << 32) + i};
		struct trial t = {.matching_count = 0};
		bool is_right;

		small_instance(&dice, &t.instance);
		is_right = visit(&t, 0, false) && try_prices(&t, &dice) &&
			   try_prices(&t, &dice);
		matchings += 2 * t.matching_count;
		proofs += t.proof_count;
		match_instance_free(&t.instance);
		if (!is_right) {
			printf("wrong: instance %llu of seed %llu\n",
			       (unsigned long long)i, (unsigned long long)seed);
			return 1;
		}
	}
	printf("%llu instances, %llu matchings with prices, %llu proofs\n",
	       (unsigned long long)count, (unsigned long long)matchings,
	       (unsigned long long)proofs);
	return !proofs;
}
