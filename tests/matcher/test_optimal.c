/*
 * Mode optimal on many small instances: every matching is tried, none may be
 * better than the solver's, and the prices must prove it by the conditions of
 * docs/placement.md, spelled out here anew.
 *
 * Usage: test_optimal COUNT LONG_COUNT [SEED]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matcher/insist.h"
#include "matcher/memory.h"
#include "matcher/place.h"
#include "naive.h"
#include "small.h"

#define STUDENTS 6
#define NODES 16

struct trial {
	struct match_instance instance;
	uint32_t held[STUDENTS]; /* a choice, or MATCH_NONE */
	uint32_t count[NODES];	 /* placed, per node */
	struct match_price best;
	uint64_t matching_count;
};

static int compare(struct match_price a, struct match_price b)
{
	if (a.shortfall != b.shortfall)
		return a.shortfall < b.shortfall ? -1 : 1;
	if (a.placed != b.placed)
		return a.placed < b.placed ? -1 : 1;
	return a.score < b.score ? -1 : a.score > b.score;
}

static bool is_acceptable(const struct match_instance *in, uint32_t student,
			  uint32_t choice)
{
	uint32_t rank;

	return naive_rank(in, student, choice, &rank);
}

static uint32_t above(const struct match_instance *in, uint32_t node)
{
	uint32_t group = node < in->postings.count
				 ? in->posting[node].group
				 : in->group[node - in->postings.count].parent;

	return group == MATCH_NONE ? MATCH_NONE : in->postings.count + group;
}

static int64_t cap_of(const struct match_instance *in, uint32_t node)
{
	return node < in->postings.count
		       ? in->posting[node].capacity
		       : in->group[node - in->postings.count].upper;
}

static int64_t floor_of(const struct match_instance *in, uint32_t node)
{
	return node < in->postings.count
		       ? 0
		       : in->group[node - in->postings.count].lower;
}

/* Count a matching; false: it breaks a rule. */
static bool weigh(struct trial *t, struct match_price *worth)
{
	const struct match_instance *in = &t->instance;
	uint32_t node_count = in->postings.count + in->groups.count;

	memset(t->count, 0, sizeof(t->count));
	*worth = (struct match_price){0, 0, 0};
	for (uint32_t s = 0; s < in->students.count; s++) {
		const struct match_choice *choice = &in->choice[t->held[s]];

		if (t->held[s] == MATCH_NONE)
			continue;
		if (!is_acceptable(in, s, t->held[s]))
			return false;
		worth->placed++;
		worth->score += choice->score;
		for (uint32_t v = choice->posting; v != MATCH_NONE;
		     v = above(in, v))
			t->count[v]++;
	}
	for (uint32_t v = 0; v < node_count; v++) {
		if (t->count[v] > cap_of(in, v))
			return false;
		if (t->count[v] < floor_of(in, v))
			worth->shortfall -= floor_of(in, v) - t->count[v];
	}
	return true;
}

static void try_all(struct trial *t, uint32_t student)
{
	const struct match_instance *in = &t->instance;
	struct match_price worth;

	if (student == in->students.count) {
		if (!weigh(t, &worth))
			return;
		if (!t->matching_count++ || compare(worth, t->best) > 0)
			t->best = worth;
		return;
	}
	t->held[student] = MATCH_NONE;
	try_all(t, student + 1);
	for (uint32_t i = in->choice_start[student];
	     i < in->choice_start[student + 1]; i++) {
		t->held[student] = i;
		try_all(t, student + 1);
	}
}

static struct match_price value_of(const struct trial *t,
				   const struct match_result *result,
				   uint32_t choice)
{
	const struct match_instance *in = &t->instance;
	struct match_price value = {0, 1, in->choice[choice].score};

	for (uint32_t v = in->choice[choice].posting; v != MATCH_NONE;
	     v = above(in, v)) {
		value.shortfall -= result->prices[v].shortfall;
		value.placed -= result->prices[v].placed;
		value.score -= result->prices[v].score;
	}
	return value;
}

static bool is_student_content(const struct trial *t,
			       const struct match_result *result, uint32_t s)
{
	const struct match_instance *in = &t->instance;
	struct match_price nothing = {0, 0, 0}, got = nothing;

	if (t->held[s] != MATCH_NONE)
		got = value_of(t, result, t->held[s]);
	if (compare(got, nothing) < 0)
		return false;
	for (uint32_t i = in->choice_start[s]; i < in->choice_start[s + 1]; i++)
		if (is_acceptable(in, s, i) &&
		    compare(value_of(t, result, i), got) > 0)
			return false;
	return true;
}

static bool is_price_right(const struct trial *t, uint32_t v,
			   struct match_price price)
{
	int64_t count = t->count[v], low = floor_of(&t->instance, v);
	struct match_price most = {count < low ? -1 : 0, 0, 0};
	struct match_price least = {count <= low ? -1 : 0, 0, 0};

	if (count < cap_of(&t->instance, v) && compare(price, most) > 0)
		return false;
	return !count || compare(price, least) >= 0;
}

/* Is the result the best, and do its prices prove it? */
static bool is_right(struct trial *t, const struct match_result *result)
{
	const struct match_instance *in = &t->instance;
	uint32_t node_count = in->postings.count + in->groups.count;
	struct match_price worth;
	bool is_proved = true;

	memset(t->held, 0xff, sizeof(t->held));
	for (uint32_t i = 0; i < result->placement_count; i++) {
		uint32_t s = result->placements[i].student;

		t->held[s] = in->choice_start[s] +
			     (uint32_t)result->placements[i].choice - 1;
	}
	if (!weigh(t, &worth) || compare(worth, t->best) != 0 ||
	    worth.shortfall != -result->objective.shortfall ||
	    worth.placed != result->objective.placed ||
	    worth.score != result->objective.score)
		return false;
	for (uint32_t s = 0; s < in->students.count; s++)
		is_proved = is_proved && is_student_content(t, result, s);
	for (uint32_t v = 0; v < node_count; v++)
		is_proved =
			is_proved && is_price_right(t, v, result->prices[v]);
	return is_proved && !result->cutoffs && !result->own_moves;
}

static bool judge(uint64_t seed, uint64_t *priced, uint64_t *short_count)
{
	struct dice dice = {seed};
	struct trial t = {.matching_count = 0};
	struct match_result result;
	struct match_error error;
	bool is_sound;

	small_instance(&dice, &t.instance);
	try_all(&t, 0);
	MATCH_INSIST(match_place_optimal(&t.instance, &result, &error));
	is_sound = is_right(&t, &result);
	for (uint32_t v = 0; v < t.instance.postings.count; v++)
		*priced += result.prices[v].score > 0;
	*short_count += result.objective.shortfall > 0;
	match_result_free(&result);
	match_instance_free(&t.instance);
	return is_sound;
}

int main(int argument_count, char **arguments)
{
	uint64_t count, seed = 1, priced = 0, short_count = 0;

	MATCH_INSIST(argument_count >= 3);
	count = count_of_run(arguments[1], arguments[2]);
	if (argument_count > 3)
		seed = strtoull(arguments[3], NULL, 10);
	for (uint64_t i = 0; i < count; i++)
		if (!judge((seed << 32) + i, &priced, &short_count)) {
			printf("wrong: instance %llu of seed %llu\n",
			       (unsigned long long)i, (unsigned long long)seed);
			return 1;
		}
	printf("%llu instances, %llu priced postings, %llu with a shortfall\n",
	       (unsigned long long)count, (unsigned long long)priced,
	       (unsigned long long)short_count);
	return priced && short_count ? 0 : 1;
}
