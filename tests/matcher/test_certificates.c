/*
 * Every matching of many small instances, with prices of any kind: the checker
 * must take the prices for a proof if and only if weak duality does, and then
 * no matching may be better. The solver's prices must prove its outcome.
 *
 * Usage: test_certificates COUNT LONG_COUNT [SEED]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dual.h"
#include "matcher/builder.h"
#include "matcher/insist.h"
#include "matcher/place.h"
#include "matcher/verify.h"
#include "small.h"

struct trial {
	struct match_instance instance;
	struct match_price prices[DUAL_NODES];
	uint32_t held[DUAL_STUDENTS];
	struct match_objective best;
	uint64_t matching_count, proof_count;
};

static bool is_result_sound(const struct match_instance *instance,
			    struct match_result *result)
{
	static struct match_faults faults;
	struct match_error error;

	snprintf(result->instance_sha256, sizeof(result->instance_sha256), "x");
	MATCH_INSIST(match_verify(instance, "x", result, &faults, &error));
	for (uint64_t i = 0; i < faults.count && i < MATCH_FAULTS_KEPT; i++)
		MATCH_INSIST(faults.kept[i].kind == MATCH_FAULT_CERTIFICATE &&
			     faults.kept[i].text[0]);
	return !faults.count;
}

static bool is_called_sound(const struct match_instance *instance,
			    const uint32_t *held,
			    const struct match_price *prices)
{
	struct match_result result;
	bool is_sound;

	dual_result(instance, held, prices, &result);
	is_sound = is_result_sound(instance, &result);
	match_result_free(&result);
	return is_sound;
}

static bool judge(struct trial *t)
{
	struct match_objective sum = dual_objective(&t->instance, t->held);
	bool is_proof = dual_proves(&t->instance, t->held, t->prices);

	t->proof_count += is_proof;
	if (is_proof && memcmp(&sum, &t->best, sizeof(sum)) != 0)
		return false;
	return is_proof == is_called_sound(&t->instance, t->held, t->prices);
}

/* Every matching, student by student. */
static bool judge_all(struct trial *t, uint32_t student)
{
	const struct match_instance *in = &t->instance;
	bool is_right;

	if (student == in->students.count)
		return !dual_is_feasible(in, t->held) || judge(t);
	t->held[student] = MATCH_NONE;
	is_right = judge_all(t, student + 1);
	for (uint32_t i = in->choice_start[student];
	     i < in->choice_start[student + 1]; i++) {
		t->held[student] = i;
		is_right = judge_all(t, student + 1) && is_right;
	}
	return is_right;
}

static bool try_prices(struct trial *t, struct dice *dice)
{
	dual_roll_prices(dice, &t->instance, t->prices);
	return judge_all(t, 0);
}

/* The solver's outcome is a best one, and its prices prove it to anyone. */
static bool solver_is_right(struct trial *t)
{
	struct match_result result;
	struct match_error error;
	struct match_objective sum;
	bool is_right;

	MATCH_INSIST(match_place_optimal(&t->instance, &result, &error));
	dual_held(&t->instance, &result, t->held);
	sum = dual_objective(&t->instance, t->held);
	is_right = dual_is_feasible(&t->instance, t->held) &&
		   !memcmp(&sum, &t->best, sizeof(sum)) &&
		   dual_proves(&t->instance, t->held, result.prices) &&
		   is_result_sound(&t->instance, &result);
	memcpy(t->prices, result.prices,
	       (t->instance.postings.count + t->instance.groups.count) *
		       sizeof(*t->prices));
	match_result_free(&result);
	/* What else they prove must be as good. */
	return is_right && judge_all(t, 0);
}

static bool try_instance(struct trial *t, struct dice *dice)
{
	bool is_right;

	small_instance(dice, &t->instance);
	t->matching_count = 3 * dual_best(&t->instance, t->held);
	t->best = dual_objective(&t->instance, t->held);
	is_right = solver_is_right(t) && try_prices(t, dice) &&
		   try_prices(t, dice);
	match_instance_free(&t->instance);
	return is_right;
}

/* One posting with a seat, under nested groups without any. */
static void deep_instance(uint32_t depth, struct match_instance *instance)
{
	static const uint64_t key[2] = {1, 2};
	struct match_new_posting posting = {.id = {"p", 1}, .capacity = 1};
	struct match_new_student student = {.id = {"s", 1}};
	struct match_builder b;
	struct match_error error;
	char name[2][16];

	match_builder_init(&b, key);
	for (uint32_t g = 0; g < depth; g++) {
		struct match_new_group group = {.id = {name[g % 2], 7}};

		snprintf(name[g % 2], sizeof(name[0]), "g%06u", g);
		if (g)
			group.parent = (struct match_id){name[1 - g % 2], 7};
		MATCH_INSIST(match_builder_group(&b, &group, &error));
		posting.group = group.id;
	}
	MATCH_INSIST(
		match_builder_seed(&b, (struct match_id){"s", 1}, &error) &&
		match_builder_posting(&b, &posting, &error) &&
		match_builder_choice(&b, posting.id, 1, &error) &&
		match_builder_student(&b, &student, &error) &&
		match_builder_finish(&b, instance, &error));
	match_builder_free(&b);
}

/*
 * A path whose prices add up to more than 64 bits hold. Where there is no seat
 * any price is right; the student would gain only if the sum wrapped.
 */
static bool deep_sum_is_exact(void)
{
	uint32_t depth = 3000, held = MATCH_NONE;
	struct match_price *prices = calloc(depth + 1, sizeof(*prices));
	struct match_instance instance;
	bool is_right;

	MATCH_INSIST(prices);
	deep_instance(depth, &instance);
	for (uint32_t g = 0; g < depth; g++)
		prices[1 + g].placed = MATCH_PRICE_MAX;
	is_right = dual_proves(&instance, &held, prices) &&
		   is_called_sound(&instance, &held, prices);
	free(prices);
	match_instance_free(&instance);
	return is_right;
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

		is_right = try_instance(&t, &dice);
		matchings += t.matching_count;
		proofs += t.proof_count;
		if (!is_right) {
			printf("wrong: instance %llu of seed %llu\n",
			       (unsigned long long)i, (unsigned long long)seed);
			return 1;
		}
	}
	printf("%llu instances, %llu matchings with prices, %llu proofs\n",
	       (unsigned long long)count, (unsigned long long)matchings,
	       (unsigned long long)proofs);
	return !proofs || !deep_sum_is_exact();
}
