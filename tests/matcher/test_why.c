/*
 * Explanations of students and postings on many small instances, against what
 * the definitions say: keys, gaps and values worked out anew.
 *
 * Usage: test_why COUNT LONG_COUNT [SEED]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matcher/insist.h"
#include "matcher/place.h"
#include "matcher/why.h"
#include "naive.h"
#include "small.h"

/* How often what is worth testing came up. */
struct seen {
	uint64_t by[MATCH_DECIDERS];
	uint64_t margins;
};

struct trial {
	struct match_instance instance;
	struct match_why why;
	struct seen *seen;
};

/* A key, as the definition has it; the smaller member is the better. */
struct key {
	int64_t member[2]; /* rank, 0 - score */
	uint64_t lottery;
	uint32_t posting;
};

static struct key key_of(const struct match_instance *in, uint32_t student,
			 uint32_t choice)
{
	uint32_t rank;

	if (!naive_rank(in, student, choice, &rank))
		rank = 0;
	return (struct key){
		{rank, -(int64_t)in->choice[choice].score},
		in->lottery[student],
		in->choice[choice].posting,
	};
}

static enum match_decider compare(const struct key *a, const struct key *b,
				  bool *is_better)
{
	static const enum match_decider by[] = {MATCH_BY_RANK, MATCH_BY_SCORE};

	for (int i = 0; i < 2; i++) {
		*is_better = a->member[i] < b->member[i];
		if (a->member[i] != b->member[i])
			return by[i];
	}
	*is_better = a->lottery < b->lottery;
	if (a->lottery != b->lottery)
		return MATCH_BY_LOTTERY;
	*is_better = a->posting < b->posting;
	return a->posting != b->posting ? MATCH_BY_POSTING : MATCH_BY_NOTHING;
}

/* The worst key under a node, if it is full. 2: there is none to be worst. */
static int find_bar(const struct trial *t, uint32_t node, struct key *bar)
{
	const struct match_instance *in = &t->instance;
	int found = 0;
	bool is_better;

	if (naive_count(in, t->why.held, node) < match_node_seats(in, node))
		return 0;
	for (uint32_t s = 0; s < in->students.count; s++) {
		struct key key;

		if (t->why.held[s] == MATCH_NONE ||
		    !naive_is_under(in, in->choice[t->why.held[s]].posting,
				    node))
			continue;
		key = key_of(in, s, t->why.held[s]);
		if (!found++)
			*bar = key;
		compare(bar, &key, &is_better);
		if (is_better)
			*bar = key;
	}
	return found ? 1 : 2;
}

static bool is_gap_right(const struct match_why_choice *row,
			 const struct key *own, const struct key *bar)
{
	int at = row->by == MATCH_BY_SCORE;
	int64_t gap = llabs(own->member[at] - bar->member[at]);
	bool has_gap =
		row->by == MATCH_BY_SCORE ||
		(row->by == MATCH_BY_RANK && own->member[0] != MATCH_NONE &&
		 bar->member[0] != MATCH_NONE);

	return row->has_gap == has_gap && row->gap == (has_gap ? gap : 0);
}

/* The node that binds must decide as the answer says, and no better. */
static bool is_row_right(const struct trial *t, uint32_t student,
			 const struct match_why_choice *row)
{
	const struct match_instance *in = &t->instance;
	struct key own = key_of(in, student, row->choice), bar;
	bool is_better;
	int found;

	t->seen->by[row->by]++;
	if (row->is_acceptable != (own.member[0] != 0))
		return false;
	if (!row->is_acceptable)
		return row->by == MATCH_BY_RANKING && !row->has_gap;
	if (row->has_rank != (own.member[0] != MATCH_NONE) ||
	    (row->has_rank && row->rank != own.member[0]))
		return false;
	if (!row->cutoff)
		return row->is_received && row->by == MATCH_BY_NOTHING;
	if (!naive_is_under(in, own.posting, row->cutoff->binding))
		return false;
	found = find_bar(t, row->cutoff->binding, &bar);
	if (found != 1)
		return found == 2 && row->by == MATCH_BY_SEATS &&
		       !row->is_received;
	t->seen->margins += row->is_received && row->by != MATCH_BY_NOTHING;
	return compare(&own, &bar, &is_better) == row->by &&
	       (is_better || row->by == MATCH_BY_NOTHING) == row->is_received &&
	       is_gap_right(row, &own, &bar);
}

static int compare_price(const struct match_price *a,
			 const struct match_price *b)
{
	const int64_t rest[] = {a->shortfall - b->shortfall,
				a->placed - b->placed, a->score - b->score};

	for (int i = 0; i < 3; i++)
		if (rest[i])
			return rest[i] < 0 ? -1 : 1;
	return 0;
}

static struct match_price value_of(const struct trial *t, uint32_t choice)
{
	const struct match_instance *in = &t->instance;
	struct match_price value = {0, 0, 0};

	if (choice == MATCH_NONE)
		return value;
	value = (struct match_price){0, 1, in->choice[choice].score};
	for (uint32_t v = in->choice[choice].posting; v != MATCH_NONE;
	     v = match_node_above(in, v)) {
		value.shortfall -= t->why.result->prices[v].shortfall;
		value.placed -= t->why.result->prices[v].placed;
		value.score -= t->why.result->prices[v].score;
	}
	return value;
}

/* Nothing acceptable is worth more than what was got; the lack says so. */
static bool is_value_right(const struct trial *t, uint32_t student,
			   const struct match_why_choice *row)
{
	static const struct match_price nothing = {0, 0, 0};
	struct match_price got = value_of(t, t->why.held[student]);
	struct match_price value = value_of(t, row->choice);
	struct match_price sum = {row->value.shortfall + row->lack.shortfall,
				  row->value.placed + row->lack.placed,
				  row->value.score + row->lack.score};
	const int64_t lack[] = {row->lack.shortfall, row->lack.placed,
				row->lack.score};
	static const enum match_decider by[] = {
		MATCH_BY_SHORTFALL, MATCH_BY_PLACED, MATCH_BY_SCORE};
	int at = 0;

	t->seen->by[row->by]++;
	if (compare_price(&value, &row->value) || compare_price(&sum, &got))
		return false;
	if (!row->is_acceptable)
		return row->by == MATCH_BY_RANKING;
	while (at < 3 && !lack[at])
		at++;
	if (at == 3)
		return row->by == MATCH_BY_NOTHING && !row->has_gap;
	return compare_price(&row->lack, &nothing) > 0 && row->by == by[at] &&
	       row->gap == lack[at];
}

static bool is_student_right(const struct trial *t, uint32_t student)
{
	const struct match_instance *in = &t->instance;
	uint32_t held = t->why.held[student], first = in->choice_start[student];
	struct match_why_student answer;
	struct match_error error;
	bool is_right;

	MATCH_INSIST(match_why_student(&t->why, student, &answer, &error));
	is_right = answer.received == held &&
		   answer.choice_count ==
			   (t->why.is_optimal || held == MATCH_NONE
				    ? in->choice_start[student + 1] - first
				    : held - first + 1);
	for (uint32_t i = 0; i < answer.choice_count; i++) {
		const struct match_why_choice *row = &answer.choices[i];

		is_right = is_right && row->choice == first + i &&
			   row->is_received == (row->choice == held) &&
			   (t->why.is_optimal ? is_value_right(t, student, row)
					      : is_row_right(t, student, row));
	}
	for (uint32_t i = 0; i < t->why.result->own_move_count; i++)
		if (t->why.result->own_moves[i].student == student)
			is_right =
				is_right &&
				answer.own_move == &t->why.result->own_moves[i];
	match_why_student_free(&answer);
	return is_right;
}

/* The counts of a posting are those of its students' own answers. */
static bool is_posting_right(const struct trial *t, uint32_t posting)
{
	const struct match_instance *in = &t->instance;
	struct match_why_posting answer;
	uint32_t refused[MATCH_DECIDERS] = {0}, sum, listed = 0;

	match_why_posting(&t->why, posting, &answer);
	for (uint32_t s = 0; s < in->students.count; s++) {
		struct match_why_student student;
		struct match_error error;

		MATCH_INSIST(match_why_student(&t->why, s, &student, &error));
		for (uint32_t i = 0; i < student.choice_count; i++) {
			const struct match_why_choice *row =
				&student.choices[i];

			if (in->choice[row->choice].posting == posting &&
			    !row->is_received)
				refused[row->by]++;
		}
		match_why_student_free(&student);
		for (uint32_t i = in->choice_start[s];
		     i < in->choice_start[s + 1]; i++)
			listed += in->choice[i].posting == posting;
	}
	sum = answer.received + answer.content + answer.elsewhere +
	      answer.unplaced;
	for (int by = 0; by < MATCH_DECIDERS; by++) {
		if (answer.refused[by] != refused[by] &&
		    (!t->why.is_optimal || by == MATCH_BY_RANKING))
			return false;
		sum += answer.refused[by];
	}
	return answer.received == t->why.count[posting] &&
	       answer.listed == listed && sum == listed;
}

static bool judge(struct trial *t, bool is_optimal)
{
	const struct match_instance *in = &t->instance;
	struct match_result result;
	struct match_error error;
	bool is_right = true;

	MATCH_INSIST(is_optimal ? match_place_optimal(in, &result, &error)
				: match_place_stable(in, &result, &error));
	MATCH_INSIST(match_why_init(&t->why, in, &result, &error));
	for (uint32_t s = 0; s < in->students.count; s++)
		is_right = is_right && is_student_right(t, s);
	for (uint32_t p = 0; p < in->postings.count; p++)
		is_right = is_right && is_posting_right(t, p);
	match_why_free(&t->why);
	match_result_free(&result);
	return is_right;
}

/* Has all come up that the test is for? */
static bool is_all_seen(const struct seen *seen)
{
	for (int by = 0; by < MATCH_DECIDERS; by++) {
		printf("%llu ", (unsigned long long)seen->by[by]);
		if (!seen->by[by] && by != MATCH_BY_POSTING)
			return false;
	}
	printf("by each decider\n");
	return seen->margins > 0;
}

int main(int argument_count, char **arguments)
{
	struct seen seen = {.margins = 0};
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
		is_right = judge(&trial, i % 2);
		match_instance_free(&trial.instance);
		if (is_right)
			continue;
		printf("wrong: instance %llu of seed %llu\n",
		       (unsigned long long)i, (unsigned long long)seed);
		return 1;
	}
	return is_all_seen(&seen) ? 0 : 1;
}
