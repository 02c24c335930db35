/*
 * Comparisons on many small instances, against what the definitions say: the
 * blocking pairs of any matching by the greedy choice itself, every count by
 * counting anew.
 *
 * Usage: test_compare COUNT LONG_COUNT [SEED]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matcher/blocking.h"
#include "matcher/compare.h"
#include "matcher/insist.h"
#include "matcher/place.h"
#include "naive.h"
#include "small.h"

/* How often what is worth testing came up. */
struct seen {
	uint64_t blocking, several, shortfall, outside, apart, empty;
};

struct pair {
	uint32_t student, choice;
};

static bool is_pair_better(const struct match_instance *in, struct pair a,
			   struct pair b)
{
	const struct match_choice *x = &in->choice[a.choice];
	const struct match_choice *y = &in->choice[b.choice];
	uint32_t x_rank, y_rank;

	MATCH_INSIST(naive_rank(in, a.student, a.choice, &x_rank));
	MATCH_INSIST(naive_rank(in, b.student, b.choice, &y_rank));
	if (x_rank != y_rank)
		return x_rank < y_rank;
	if (x->score != y->score)
		return x->score > y->score;
	if (in->lottery[a.student] != in->lottery[b.student])
		return in->lottery[a.student] < in->lottery[b.student];
	return x->posting < y->posting;
}

static uint32_t seats_of(const struct match_instance *in, uint32_t node)
{
	return node < in->postings.count
		       ? in->posting[node].capacity
		       : in->group[node - in->postings.count].upper;
}

/* Would one more at the posting break a cap, of these many pairs? */
static bool has_room(const struct match_instance *in, const struct pair *pairs,
		     uint32_t count, uint32_t posting)
{
	uint32_t node_count = in->postings.count + in->groups.count;

	for (uint32_t v = 0; v < node_count; v++) {
		uint32_t held = 0;

		if (!naive_is_under(in, posting, v))
			continue;
		for (uint32_t i = 0; i < count; i++)
			held += naive_is_under(
				in, in->choice[pairs[i].choice].posting, v);
		if (held >= seats_of(in, v))
			return false;
	}
	return true;
}

/* The greedy choice from what is held and one pair more: has it the pair? */
static bool is_chosen(const struct match_instance *in, const uint32_t *held,
		      struct pair more)
{
	struct pair pool[16], chosen[16];
	uint32_t count = 0, kept = 0;

	for (uint32_t s = 0; s < in->students.count; s++)
		if (held[s] != MATCH_NONE)
			pool[count++] = (struct pair){s, held[s]};
	pool[count++] = more;
	while (count) {
		uint32_t best = 0;
		struct pair next;

		for (uint32_t i = 1; i < count; i++)
			if (is_pair_better(in, pool[i], pool[best]))
				best = i;
		next = pool[best];
		pool[best] = pool[--count];
		if (!has_room(in, chosen, kept,
			      in->choice[next.choice].posting))
			continue;
		chosen[kept++] = next;
		if (next.choice == more.choice)
			return true;
	}
	return false;
}

static struct match_blocking count_naively(const struct match_instance *in,
					   const uint32_t *held)
{
	struct match_blocking blocking = {0, 0};

	for (uint32_t s = 0; s < in->students.count; s++) {
		uint32_t end = held[s] == MATCH_NONE ? in->choice_start[s + 1]
						     : held[s];
		uint32_t rank, own = 0;

		for (uint32_t i = in->choice_start[s]; i < end; i++)
			own += naive_rank(in, s, i, &rank) &&
			       is_chosen(in, held, (struct pair){s, i});
		blocking.pairs += own;
		blocking.students += own > 0;
	}
	return blocking;
}

/* Any matching that breaks nothing: students in turn take what has room. */
static void roll_matching(const struct match_instance *in, struct dice *dice,
			  uint32_t *held)
{
	struct pair pairs[16];
	uint32_t count = 0, rank;

	for (uint32_t s = 0; s < in->students.count; s++) {
		uint32_t first = in->choice_start[s];
		uint32_t length = in->choice_start[s + 1] - first, at;

		held[s] = MATCH_NONE;
		if (!length)
			continue;
		at = first + dice_roll(dice, length);
		if (!naive_rank(in, s, at, &rank) ||
		    !has_room(in, pairs, count, in->choice[at].posting))
			continue;
		held[s] = at;
		pairs[count++] = (struct pair){s, at};
	}
}

static bool is_blocking_right(const struct match_instance *in,
			      const uint32_t *held,
			      const struct match_blocking *told)
{
	struct match_blocking right = count_naively(in, held);

	return told->pairs == right.pairs && told->students == right.students;
}

static bool are_matchings_right(const struct match_instance *in,
				struct dice *dice, struct seen *seen)
{
	struct match_contracts contracts;
	uint32_t held[16];
	bool is_right = true;

	MATCH_INSIST(match_contracts_init(&contracts, in));
	for (int i = 0; i < 4; i++) {
		struct match_blocking told;

		roll_matching(in, dice, held);
		MATCH_INSIST(match_blocking_count(&contracts, held, &told));
		is_right = is_right && is_blocking_right(in, held, &told);
		seen->blocking += told.pairs > 0;
		seen->several += told.pairs > told.students;
	}
	match_contracts_free(&contracts);
	return is_right;
}

/* The sum of the shortfalls of the groups at or below a root. */
static int64_t shortfall_under(const struct match_instance *in,
			       const uint32_t *held, uint32_t root)
{
	int64_t sum = 0;

	for (uint32_t g = 0; g < in->groups.count; g++) {
		uint32_t node = in->postings.count + g;
		int64_t short_by =
			in->group[g].lower - naive_count(in, held, node);

		if (naive_is_under(in, node, in->postings.count + root) &&
		    short_by > 0)
			sum += short_by;
	}
	return sum;
}

/* Raise the cap of a root, place anew, and take it back. */
static bool is_margin_right(const struct match_instance *in,
			    const struct match_tally *tally,
			    const struct match_root *root)
{
	uint32_t *cap = &in->group[root->group].upper;
	const struct match_gain *seat = &root->more.seat;
	struct match_result result;
	struct match_error error;
	struct match_objective more;

	if (root->more.has_seat != (*cap != MATCH_NO_CAP) ||
	    !root->more.has_seat)
		return !root->more.has_seat && *cap == MATCH_NO_CAP;
	++*cap;
	MATCH_INSIST(match_place_optimal(in, &result, &error));
	--*cap;
	more = result.objective;
	match_result_free(&result);
	return tally->objective.shortfall - more.shortfall == seat->shortfall &&
	       more.placed - tally->objective.placed == seat->placed &&
	       more.score - tally->objective.score == seat->score;
}

static bool are_margins_right(const struct match_instance *in,
			      const struct match_tally *tally)
{
	for (uint32_t i = 0; i < tally->root_count; i++)
		if (!is_margin_right(in, tally, &tally->roots[i]))
			return false;
	return true;
}

static bool are_roots_right(const struct match_instance *in,
			    const struct match_tally *tally)
{
	int64_t placed = tally->placed_outside, shortfall = 0;
	uint32_t count = 0;

	for (uint32_t g = 0; g < in->groups.count; g++) {
		const struct match_root *root = &tally->roots[count];

		if (in->group[g].parent != MATCH_NONE)
			continue;
		if (count++ >= tally->root_count || root->group != g ||
		    root->lower != in->group[g].lower ||
		    root->upper != in->group[g].upper ||
		    root->placed != naive_count(in, tally->held,
						in->postings.count + g) ||
		    root->shortfall != shortfall_under(in, tally->held, g))
			return false;
		placed += root->placed;
		shortfall += root->shortfall;
	}
	return count == tally->root_count &&
	       placed == tally->objective.placed &&
	       shortfall == tally->objective.shortfall;
}

/* On a short list, every place and every length is a bucket of its own. */
static bool are_students_right(const struct match_instance *in,
			       const struct match_comparison *comparison,
			       const struct match_tally *tally)
{
	uint32_t places[MATCH_BUCKETS] = {0}, lengths[MATCH_BUCKETS] = {0};
	struct match_listers listers[MATCH_BUCKETS] = {{0, 0, 0}};
	int64_t place_sum = 0;

	for (uint32_t s = 0; s < in->students.count; s++) {
		uint32_t first = in->choice_start[s], held = tally->held[s];
		uint32_t length = in->choice_start[s + 1] - first;
		uint32_t place = held == MATCH_NONE ? 0 : held - first + 1;

		lengths[length]++;
		places[place]++;
		place_sum += place;
		listers[length].placed += place > 0;
		listers[length].at_first += place == 1;
		if (place)
			listers[length].score += in->choice[held].score;
		if (length >= comparison->bucket_count)
			return false;
	}
	return !memcmp(places, tally->places, sizeof(places)) &&
	       !memcmp(lengths, comparison->list_lengths, sizeof(lengths)) &&
	       !memcmp(listers, tally->listers, sizeof(listers)) &&
	       place_sum == tally->place_sum;
}

static bool is_opinion_right(const struct match_instance *in,
			     const struct match_comparison *comparison)
{
	const struct match_tally *of = comparison->of;
	struct match_opinion right = {0, 0, 0};

	for (uint32_t s = 0; s < in->students.count; s++) {
		uint32_t places[MATCH_MODES];

		for (int mode = 0; mode < MATCH_MODES; mode++) {
			places[mode] = UINT32_MAX;
			if (of[mode].held[s] != MATCH_NONE)
				places[mode] = of[mode].held[s];
		}
		if (places[0] == places[1])
			right.same++;
		else if (places[0] < places[1])
			right.first++;
		else
			right.second++;
	}
	return !memcmp(&right, &comparison->opinion, sizeof(right)) &&
	       right.same + right.first + right.second == in->students.count;
}

static bool is_comparison_right(const struct match_instance *in,
				struct seen *seen)
{
	struct match_result results[MATCH_MODES];
	struct match_comparison comparison;
	struct match_error error;
	bool is_right;

	MATCH_INSIST(match_place_stable(in, &results[0], &error));
	MATCH_INSIST(match_place_optimal(in, &results[1], &error));
	MATCH_INSIST(match_compare(&comparison, in, results, &error));
	is_right = !comparison.of[MATCH_STABLE].blocking.pairs &&
		   is_opinion_right(in, &comparison);
	for (int mode = 0; is_right && mode < MATCH_MODES; mode++) {
		const struct match_tally *tally = &comparison.of[mode];

		is_right =
			is_blocking_right(in, tally->held, &tally->blocking) &&
			are_roots_right(in, tally) &&
			(mode == MATCH_STABLE ||
			 are_margins_right(in, tally)) &&
			are_students_right(in, &comparison, tally) &&
			tally->objective.score == results[mode].objective.score;
		seen->shortfall += tally->objective.shortfall > 0;
		seen->outside += tally->placed_outside > 0;
		match_result_free(&results[mode]);
	}
	seen->apart += comparison.opinion.first && comparison.opinion.second;
	seen->empty += !comparison.bucket_count;
	match_comparison_free(&comparison);
	return is_right;
}

/* Buckets cover every number once; shares and means round half up. */
static bool are_numbers_right(void)
{
	uint32_t next = 0;

	for (uint32_t i = 0; i < MATCH_BUCKETS; i++) {
		struct match_bucket bucket = match_bucket_at(i);

		if (bucket.first != next || bucket.last < bucket.first)
			return false;
		next = bucket.last + 1;
	}
	return next == MATCH_CHOICES_EACH_MAX + 1 &&
	       match_mean_hundredths(0, 3) == 0 &&
	       match_mean_hundredths(1, 3) == 33 &&
	       match_mean_hundredths(2, 3) == 67 &&
	       match_mean_hundredths(1, 200) == 1 &&
	       match_mean_hundredths(1, 201) == 0 &&
	       match_mean_hundredths(INT64_C(4000000000000), 4000000) ==
		       100000000 &&
	       match_share_of(0, 0) == 0 && match_share_of(1, 3) == 3333 &&
	       match_share_of(1, 20000) == 1 && match_share_of(1, 20001) == 0 &&
	       match_share_of(4000000, 4000000) == 10000;
}

static bool is_all_seen(const struct seen *seen)
{
	printf("blocked %llu, by several pairs %llu; short %llu, outside %llu, "
	       "opinions apart %llu, nobody %llu\n",
	       (unsigned long long)seen->blocking,
	       (unsigned long long)seen->several,
	       (unsigned long long)seen->shortfall,
	       (unsigned long long)seen->outside,
	       (unsigned long long)seen->apart,
	       (unsigned long long)seen->empty);
	return seen->blocking && seen->several && seen->shortfall &&
	       seen->outside && seen->apart && seen->empty;
}

int main(int argument_count, char **arguments)
{
	struct seen seen = {0, 0, 0, 0, 0, 0};
	uint64_t count, seed = 1;

	MATCH_INSIST(argument_count >= 3);
	count = count_of_run(arguments[1], arguments[2]);
	if (argument_count > 3)
		seed = strtoull(arguments[3], NULL, 10);
	for (uint64_t i = 0; i < count; i++) {
		struct dice dice = {(seed << 32) + i};
		struct match_instance in;
		bool is_right;

		small_instance(&dice, &in);
		is_right = are_matchings_right(&in, &dice, &seen) &&
			   is_comparison_right(&in, &seen);
		match_instance_free(&in);
		if (is_right)
			continue;
		printf("wrong: instance %llu of seed %llu\n",
		       (unsigned long long)i, (unsigned long long)seed);
		return 1;
	}
	return are_numbers_right() && is_all_seen(&seen) ? 0 : 1;
}
