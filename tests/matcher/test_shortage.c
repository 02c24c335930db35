/*
 * Explanations of groups on many small instances: the most that a group can
 * have, by trying all matchings, and witnesses that hold for every one of them
 * and are tight.
 *
 * Usage: test_shortage COUNT LONG_COUNT [SEED]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dual.h"
#include "matcher/insist.h"
#include "matcher/place.h"
#include "matcher/shortage.h"
#include "naive.h"
#include "small.h"

/* How often what is worth testing came up. */
struct seen {
	uint64_t cuts, joint_cuts, doubles, unreachable, above, others;
};

struct trial {
	struct match_instance instance;
	struct match_why why;
	struct seen *seen;
	uint32_t held[DUAL_STUDENTS];
	const struct match_witness *witness; /* to be held against a matching */
	uint32_t group;
	int64_t best;
	bool is_right;
};

/* What the floors of a witness lack in a matching. */
static int64_t lacking(const struct trial *t, const uint32_t *held,
		       const struct match_witness *witness)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < witness->node_count; i++) {
		const struct match_witness_node *line = &witness->nodes[i];
		int64_t count = naive_count(&t->instance, held, line->node);

		if (line->is_floor && count < line->seats)
			sum += line->seats - count;
	}
	return sum;
}

static void look_at(struct trial *t)
{
	int64_t count = naive_count(&t->instance, t->held,
				    t->instance.postings.count + t->group);

	if (count > t->best)
		t->best = count;
	if (t->witness && lacking(t, t->held, t->witness) <
				  t->witness->needed - t->witness->reachable)
		t->is_right = false;
}

static void try_all(struct trial *t, uint32_t student)
{
	const struct match_instance *in = &t->instance;

	if (student == in->students.count) {
		if (dual_is_feasible(in, t->held))
			look_at(t);
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

/* What a student is worth to a witness, by the nodes that it names alone. */
static int64_t units_of(const struct trial *t, uint32_t student, int64_t base,
			const struct match_witness *witness)
{
	const struct match_instance *in = &t->instance;
	uint32_t node = in->postings.count + t->group, rank;
	int64_t most = 0;

	for (uint32_t i = in->choice_start[student];
	     i < in->choice_start[student + 1]; i++) {
		uint32_t posting = in->choice[i].posting;
		int64_t worth = base;

		if (!naive_rank(in, student, i, &rank) ||
		    (base && !naive_is_under(in, posting, node)))
			continue;
		for (uint32_t k = 0; k < witness->node_count; k++)
			if (naive_is_under(in, posting, witness->nodes[k].node))
				worth -= witness->nodes[k].is_floor
						 ? -witness->nodes[k].times
						 : witness->nodes[k].times;
		if (worth > most)
			most = worth;
	}
	return most;
}

/* Does some acceptable choice lie under a node? */
static bool is_wanted(const struct match_instance *in, uint32_t node)
{
	uint32_t rank;

	for (uint32_t s = 0; s < in->students.count; s++)
		for (uint32_t i = in->choice_start[s];
		     i < in->choice_start[s + 1]; i++)
			if (naive_is_under(in, in->choice[i].posting, node) &&
			    naive_rank(in, s, i, &rank))
				return true;
	return false;
}

/* Nothing is named that says nothing. */
static bool does_say(const struct trial *t,
		     const struct match_witness_node *line)
{
	return line->is_floor
		       ? line->seats > 0 && line->times == 1
		       : line->times > 0 && is_wanted(&t->instance, line->node);
}

/* Are the sums of a witness those of what it names? */
static bool does_add_up(const struct trial *t, int64_t base, int64_t needed,
			const struct match_witness *witness)
{
	int64_t reachable = 0, student_units = 0;
	uint32_t listed = 0;

	for (uint32_t i = 0; i < witness->node_count; i++) {
		const struct match_witness_node *line = &witness->nodes[i];

		if (!does_say(t, line))
			return false;
		if (line->is_floor)
			needed += line->seats;
		else
			reachable += line->times * line->seats;
	}
	for (uint32_t s = 0; s < t->instance.students.count; s++) {
		int64_t units = units_of(t, s, base, witness);

		student_units += units;
		if (units && (listed == witness->student_count ||
			      witness->students[listed++] != s))
			return false;
		t->seen->doubles += units > 1;
	}
	return listed == witness->student_count && needed == witness->needed &&
	       student_units == witness->student_units &&
	       reachable + student_units == witness->reachable;
}

static bool is_cut_right(struct trial *t, const struct match_shortage *answer)
{
	const struct match_witness *cut = &answer->cut;
	uint32_t node = t->instance.postings.count + t->group, floors = 0;
	bool is_named = false;

	if (!t->why.is_optimal || !answer->shortfall)
		return !cut->nodes && !cut->needed && !cut->reachable;
	if (!cut->nodes)
		return false;
	for (uint32_t i = 0; i < cut->node_count; i++) {
		is_named |= cut->nodes[i].node == node;
		floors += cut->nodes[i].is_floor;
	}
	t->seen->cuts++;
	t->seen->joint_cuts += floors > 1;
	return is_named && does_add_up(t, 0, 0, cut) &&
	       lacking(t, t->why.held, cut) == cut->needed - cut->reachable;
}

/* Mode stable: did a node above the group refuse a choice under it? */
static bool is_bound_above(const struct trial *t, uint32_t choice)
{
	const struct match_instance *in = &t->instance;
	const struct match_result *result = t->why.result;
	uint32_t node = in->postings.count + t->group;

	for (uint32_t i = 0; i < result->cutoff_count; i++)
		if (result->cutoffs[i].posting == in->choice[choice].posting)
			return !naive_is_under(in, result->cutoffs[i].binding,
					       node);
	return false;
}

/* Each student who listed something under the group, by what is known. */
static bool are_counts_right(const struct trial *t,
			     const struct match_shortage *answer)
{
	const struct match_instance *in = &t->instance;
	uint32_t node = in->postings.count + t->group, rank;
	uint32_t listed = 0, in_vain = 0, content = 0, above = 0;

	for (uint32_t s = 0; s < in->students.count; s++) {
		bool has_any = false, is_vain = true, is_content = true;
		uint32_t held = t->why.held[s];
		bool is_above = false;

		for (uint32_t i = in->choice_start[s];
		     i < in->choice_start[s + 1]; i++) {
			if (!naive_is_under(in, in->choice[i].posting, node))
				continue;
			has_any = true;
			if (!naive_rank(in, s, i, &rank))
				continue;
			is_vain = false;
			if (held >= i)
				is_content = false;
			is_above |= held > i && is_bound_above(t, i);
		}
		listed += has_any;
		in_vain += has_any && is_vain;
		content += has_any && !is_vain && is_content;
		above += is_above &&
			 (held == MATCH_NONE ||
			  !naive_is_under(in, in->choice[held].posting, node));
	}
	t->seen->above += answer->turned_above;
	return answer->listed == listed && answer->unacceptable == in_vain &&
	       answer->content == (t->why.is_optimal ? 0 : content) &&
	       (int64_t)listed == answer->placed + in_vain + answer->content +
					  answer->elsewhere +
					  answer->unplaced &&
	       answer->turned_above == (t->why.is_optimal ? 0 : above) &&
	       (t->why.is_optimal ||
		answer->turned_inside + answer->turned_above ==
			answer->elsewhere + answer->unplaced);
}

static bool is_group_right(struct trial *t, uint32_t group)
{
	const struct match_instance *in = &t->instance;
	const struct match_group *told = &in->group[group];
	struct match_shortage answer;
	struct match_error error;
	int64_t short_by;

	t->group = group;
	t->best = 0;
	t->is_right = true;
	MATCH_INSIST(match_shortage(&t->why, group, &answer, &error));
	t->witness = answer.cut.nodes ? &answer.cut : NULL;
	try_all(t, 0);
	short_by = told->lower - answer.placed;
	t->is_right =
		t->is_right && answer.reach.reachable == t->best &&
		answer.placed == naive_count(in, t->why.held,
					     in->postings.count + group) &&
		answer.shortfall == (short_by > 0 ? short_by : 0) &&
		answer.is_short_in_all == (short_by > 0 && !t->why.is_optimal &&
					   told->parent == MATCH_NONE) &&
		does_add_up(t, 1, told->lower, &answer.reach) &&
		is_cut_right(t, &answer) && are_counts_right(t, &answer);
	t->seen->unreachable += t->best < told->lower;
	match_shortage_free(&answer);
	return t->is_right;
}

static bool is_whole_right(struct trial *t)
{
	struct match_witness whole;
	struct match_error error;
	bool is_right;

	if (!t->why.is_optimal)
		return true;
	MATCH_INSIST(
		match_witness_of_prices(&t->why, MATCH_NONE, &whole, &error));
	is_right = does_add_up(t, 0, 0, &whole) &&
		   whole.needed - whole.reachable ==
			   t->why.result->objective.shortfall;
	match_witness_free(&whole);
	return is_right;
}

static bool are_answers_right(struct trial *t,
			      const struct match_result *result)
{
	const struct match_instance *in = &t->instance;
	struct match_error error;
	bool is_right = true;

	MATCH_INSIST(match_why_init(&t->why, in, result, &error));
	for (uint32_t g = 0; g < in->groups.count; g++)
		is_right = is_right && is_group_right(t, g);
	is_right = is_right && is_whole_right(t);
	match_why_free(&t->why);
	return is_right;
}

/* A certificate may hold any prices that prove, not only the solver's. */
static bool are_other_prices_right(struct trial *t, struct dice *dice,
				   struct match_result *result)
{
	const struct match_instance *in = &t->instance;
	uint32_t node_count = in->postings.count + in->groups.count;
	uint32_t held[DUAL_STUDENTS];

	dual_held(in, result, held);
	for (int i = 0; node_count && i < 12; i++) {
		struct match_price *price =
			&result->prices[dice_roll(dice, node_count)];
		struct match_price kept = *price;

		price->shortfall += (int64_t)dice_roll(dice, 7) - 3;
		if (memcmp(price, &kept, sizeof(kept)) == 0)
			continue;
		if (!dual_proves(in, held, result->prices)) {
			*price = kept;
			continue;
		}
		t->seen->others++;
		if (!are_answers_right(t, result))
			return false;
	}
	return true;
}

static bool judge(struct trial *t, struct dice *dice, bool is_optimal)
{
	const struct match_instance *in = &t->instance;
	struct match_result result;
	struct match_error error;
	bool is_right;

	MATCH_INSIST(is_optimal ? match_place_optimal(in, &result, &error)
				: match_place_stable(in, &result, &error));
	is_right = are_answers_right(t, &result) &&
		   (!is_optimal || are_other_prices_right(t, dice, &result));
	match_result_free(&result);
	return is_right;
}

/* Has all come up that the test is for? */
static bool is_all_seen(const struct seen *seen)
{
	printf("%llu cuts, %llu of several floors, %llu students counted "
	       "twice, %llu floors out of reach, %llu other certificates\n",
	       (unsigned long long)seen->cuts,
	       (unsigned long long)seen->joint_cuts,
	       (unsigned long long)seen->doubles,
	       (unsigned long long)seen->unreachable,
	       (unsigned long long)seen->others);
	return seen->cuts && seen->joint_cuts && seen->doubles &&
	       seen->unreachable && seen->above && seen->others;
}

int main(int argument_count, char **arguments)
{
	struct seen seen = {.cuts = 0};
	uint64_t count, seed = 1;

	MATCH_INSIST(argument_count >= 3);
	count = count_of_run(arguments[1], arguments[2]);
	if (argument_count > 3)
		seed = strtoull(arguments[3], NULL, 10);
	for (uint64_t i = 0; i < count; i++) {
		struct dice dice = {(seed << 32) + i};
		struct trial trial = {.seen = &seen};
		bool is_right;

		small_instance(&dice, &trial.instance);
		is_right = judge(&trial, &dice, i % 2);
		match_instance_free(&trial.instance);
		if (is_right)
			continue;
		printf("wrong: instance %llu of seed %llu\n",
		       (unsigned long long)i, (unsigned long long)seed);
		return 1;
	}
	return is_all_seen(&seen) ? 0 : 1;
}
