/*
 * What one more seat adds, and what a floor higher by one costs, on many small
 * instances: against the best matching of the instance that has it, which is
 * found by trying all; and in re-runs, against placing again.
 *
 * Usage: test_margin COUNT LONG_COUNT [SEED]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dual.h"
#include "matcher/insist.h"
#include "matcher/margin.h"
#include "matcher/place.h"
#include "matcher/rerun.h"
#include "naive.h"
#include "trial.h"

/* How often what is worth testing came up. */
struct seen {
	uint64_t nodes, seats, floors;
	uint64_t below_price; /* the price alone would say too much */
	uint64_t by[4];	      /* the first objective that a seat changes */
	uint64_t kept, pinned;
};

/* What a placement is worth; kept is 0 in a first one. */
struct worth {
	struct match_objective sums;
	int64_t kept;
};

typedef void find_worth(struct trial *trial, struct worth *worth);

static void try_all(struct trial *t, struct worth *worth)
{
	uint32_t held[DUAL_STUDENTS];

	MATCH_INSIST(dual_best(&t->instance, held));
	worth->sums = dual_objective(&t->instance, held);
	worth->kept = 0;
}

static struct match_rerun how(const struct trial *t)
{
	return (struct match_rerun){.is_optimal = true,
				    .thread_count = 1,
				    .previous =
					    t->is_near ? &t->previous : NULL};
}

static void place_again(struct trial *t, struct worth *worth)
{
	struct match_rerun rerun = how(t);
	struct match_result result;
	struct match_error error;

	MATCH_INSIST(match_place_again(&t->instance, &rerun, &result, &error));
	worth->sums = result.objective;
	worth->kept = t->is_near ? -(int64_t)result.move_count : 0;
	match_result_free(&result);
}

/* What is better after a change than before. */
static struct match_gain gain_of(const struct worth *before,
				 const struct worth *after)
{
	return (struct match_gain){
		before->sums.shortfall - after->sums.shortfall,
		after->sums.placed - before->sums.placed,
		after->sums.score - before->sums.score,
		after->kept - before->kept};
}

static bool is_same(const struct match_gain *a, const struct match_gain *b)
{
	return !memcmp(a, b, sizeof(*a));
}

/* Raise a number by one, find what is best, and take it back. */
static bool is_gain_right(struct trial *t, uint32_t *number, find_worth *find,
			  const struct match_gain *told)
{
	struct worth before, after;
	struct match_gain right;

	find(t, &before);
	++*number;
	find(t, &after);
	--*number;
	right = gain_of(&before, &after);
	return is_same(&right, told);
}

static void note(struct seen *seen, const struct match_why *why, uint32_t node,
		 const struct match_margin *margin)
{
	static const struct match_gain nothing = {0, 0, 0, 0};
	const struct match_price *price = &why->result->prices[node];
	const struct match_gain *seat = &margin->seat;
	int at = seat->shortfall ? 0 : seat->placed ? 1 : seat->score ? 2 : 3;

	seen->nodes++;
	seen->floors += margin->has_floor &&
			!is_same(&margin->floor, &nothing) &&
			(margin->floor.placed || margin->floor.score);
	if (!margin->has_seat)
		return;
	seen->seats += !is_same(seat, &nothing);
	seen->by[at] += !is_same(seat, &nothing);
	seen->kept += seat->kept != 0;
	seen->below_price += why->count[node] &&
			     (price->shortfall != seat->shortfall ||
			      price->placed != seat->placed ||
			      price->score != seat->score);
}

static bool is_node_right(struct trial *t, const struct match_why *why,
			  uint32_t node, find_worth *find)
{
	struct match_instance *in = &t->instance;
	uint32_t group = node - in->postings.count;
	uint32_t *seats = node < in->postings.count
				  ? &in->posting[node].capacity
				  : &in->group[group].upper;
	bool has_floor = node >= in->postings.count &&
			 in->group[group].lower < in->group[group].upper;
	struct match_margin margin, roots[DUAL_NODES];
	struct match_error error;
	uint32_t root = 0;

	MATCH_INSIST(match_margin(why, node, &margin, &error));
	if (margin.has_seat != (*seats != MATCH_NO_CAP) ||
	    margin.has_floor != has_floor)
		return false;
	if (margin.has_seat && !is_gain_right(t, seats, find, &margin.seat))
		return false;
	if (has_floor && !is_gain_right(t, &in->group[group].lower, find,
					&margin.floor))
		return false;
	if (node < in->postings.count || in->group[group].parent != MATCH_NONE)
		return true;
	for (uint32_t g = 0; g < group; g++)
		root += in->group[g].parent == MATCH_NONE;
	MATCH_INSIST(match_margin_of_roots(why, roots, &error));
	return roots[root].has_seat == margin.has_seat &&
	       roots[root].has_floor == margin.has_floor &&
	       is_same(&roots[root].seat, &margin.seat) &&
	       is_same(&roots[root].floor, &margin.floor);
}

static bool judge(struct trial *t, const struct match_result *result,
		  struct seen *seen, find_worth *find)
{
	const struct match_instance *in = &t->instance;
	uint32_t node_count = in->postings.count + in->groups.count;
	struct match_margin margin;
	struct match_error error;
	struct match_why why;
	bool is_right = true;

	MATCH_INSIST(match_why_init(&why, in, result, &error));
	for (uint32_t v = 0; is_right && v < node_count; v++) {
		is_right = is_node_right(t, &why, v, find);
		MATCH_INSIST(match_margin(&why, v, &margin, &error));
		note(seen, &why, v, &margin);
	}
	match_why_free(&why);
	return is_right;
}

/* The margins are those of the outcome, whatever prices prove it. */
static bool judge_first(struct trial *t, struct seen *seen)
{
	struct match_result result;
	struct match_error error;
	bool is_right;

	MATCH_INSIST(match_place_optimal(&t->instance, &result, &error));
	is_right = judge(t, &result, seen, try_all);
	match_result_free(&result);
	return is_right;
}

/* False pins are refused, which other tests look at. */
static bool judge_again(struct trial *t, struct seen *seen)
{
	struct match_rerun rerun = how(t);
	struct match_result result;
	struct match_error error;
	bool is_right;

	if (!match_place_again(&t->instance, &rerun, &result, &error))
		return true;
	seen->pinned++;
	is_right = judge(t, &result, seen, place_again);
	match_result_free(&result);
	return is_right;
}

static bool is_all_seen(const struct seen *seen)
{
	printf("%llu nodes, %llu seats worth something (by %llu, %llu, %llu, "
	       "%llu), %llu floors that cost others, %llu prices above, %llu "
	       "kept, %llu re-runs\n",
	       (unsigned long long)seen->nodes, (unsigned long long)seen->seats,
	       (unsigned long long)seen->by[0], (unsigned long long)seen->by[1],
	       (unsigned long long)seen->by[2], (unsigned long long)seen->by[3],
	       (unsigned long long)seen->floors,
	       (unsigned long long)seen->below_price,
	       (unsigned long long)seen->kept,
	       (unsigned long long)seen->pinned);
	return seen->by[0] && seen->by[1] && seen->by[2] && seen->by[3] &&
	       seen->floors && seen->below_price && seen->kept && seen->pinned;
}

int main(int argument_count, char **arguments)
{
	struct seen seen = {.nodes = 0};
	uint64_t count, seed = 1;

	MATCH_INSIST(argument_count >= 3);
	count = count_of_run(arguments[1], arguments[2]);
	if (argument_count > 3)
		seed = strtoull(arguments[3], NULL, 10);
	for (uint64_t i = 0; i < count; i++) {
		struct dice dice = {(seed << 32) + i};
		struct trial t = {.is_near = i % 2};
		bool is_right;

		trial_roll(&t, &dice);
		is_right = judge_first(&t, &seen) && judge_again(&t, &seen);
		match_instance_free(&t.instance);
		match_result_free(&t.previous);
		if (is_right)
			continue;
		printf("wrong: instance %llu of seed %llu\n",
		       (unsigned long long)i, (unsigned long long)seed);
		return 1;
	}
	return is_all_seen(&seen) ? 0 : 1;
}
