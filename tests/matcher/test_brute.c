/*
 * Every matching of many small instances, judged by the definition itself: the
 * greedy choice, spelled out. The solver must find a stable one that no student
 * finds worse than any other stable one; the checker must call a matching sound
 * if and only if it is stable.
 *
 * Usage: test_brute COUNT LONG_COUNT [SEED]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matcher/insist.h"
#include "matcher/outcome.h"
#include "matcher/place.h"
#include "matcher/verify.h"
#include "small.h"

#define STUDENTS 6
#define CONTRACTS (STUDENTS + 1)

struct contract {
	uint32_t student, choice, posting;
};

struct trial {
	struct match_instance instance;
	struct match_contracts contracts; /* for match_outcome only */
	uint32_t held[STUDENTS];
	uint32_t best[STUDENTS]; /* over all stable matchings so far */
	uint64_t stable_count, matching_count;
};

/* Where the governing ranking puts a student: 0.., a large number without a
 * ranking, -1 if it does not list the student. */
static int64_t rank_of(const struct match_instance *in, uint32_t posting,
		       uint32_t student)
{
	uint32_t ranking = in->posting[posting].ranking;

	for (uint32_t g = in->posting[posting].group;
	     ranking == MATCH_NONE && g != MATCH_NONE; g = in->group[g].parent)
		ranking = in->group[g].ranking;
	if (ranking == MATCH_NONE)
		return 1 << 20;
	for (uint32_t i = in->ranking_start[ranking];
	     i < in->ranking_start[ranking + 1]; i++)
		if (in->ranked[i] == student)
			return i - in->ranking_start[ranking];
	return -1;
}

static bool is_better(const struct match_instance *in, const struct contract *a,
		      const struct contract *b)
{
	int64_t rank_a = rank_of(in, a->posting, a->student);
	int64_t rank_b = rank_of(in, b->posting, b->student);
	uint32_t score_a = in->choice[a->choice].score;
	uint32_t score_b = in->choice[b->choice].score;

	if (rank_a != rank_b)
		return rank_a < rank_b;
	if (score_a != score_b)
		return score_a > score_b;
	if (a->student != b->student)
		return in->lottery[a->student] < in->lottery[b->student];
	return a->posting < b->posting;
}

/* Does adding one at this posting break a cap on its path? */
static bool breaks_cap(const struct match_instance *in,
		       const struct contract *kept, uint32_t count,
		       uint32_t posting)
{
	uint32_t at_posting = 0;

	for (uint32_t i = 0; i < count; i++)
		at_posting += kept[i].posting == posting;
	if (at_posting >= in->posting[posting].capacity)
		return true;
	for (uint32_t g = in->posting[posting].group; g != MATCH_NONE;
	     g = in->group[g].parent) {
		uint32_t under = 0;

		for (uint32_t i = 0; i < count; i++) {
			uint32_t up = in->posting[kept[i].posting].group;

			while (up != MATCH_NONE && up != g)
				up = in->group[up].parent;
			under += up == g;
		}
		if (under >= in->group[g].upper)
			return true;
	}
	return false;
}

/* The greedy choice; says how many were kept. */
static uint32_t choose(const struct match_instance *in, struct contract *from,
		       uint32_t count, struct contract *kept)
{
	uint32_t kept_count = 0;

	for (uint32_t i = 1; i < count; i++)
		for (uint32_t j = i; j && is_better(in, &from[j], &from[j - 1]);
		     j--) {
			struct contract held = from[j];

			from[j] = from[j - 1];
			from[j - 1] = held;
		}
	for (uint32_t i = 0; i < count; i++)
		if (!breaks_cap(in, kept, kept_count, from[i].posting))
			kept[kept_count++] = from[i];
	return kept_count;
}

static uint32_t list_held(const struct trial *t, struct contract *list)
{
	uint32_t count = 0;

	for (uint32_t s = 0; s < t->instance.students.count; s++)
		if (t->held[s] != MATCH_NONE)
			list[count++] = (struct contract){
				s, t->held[s],
				t->instance.choice[t->held[s]].posting};
	return count;
}

/* All acceptable, and no cap broken: the greedy choice keeps them all. */
static bool is_feasible(const struct trial *t)
{
	struct contract list[CONTRACTS], kept[CONTRACTS];
	uint32_t count = list_held(t, list);

	for (uint32_t i = 0; i < count; i++)
		if (rank_of(&t->instance, list[i].posting, list[i].student) < 0)
			return false;
	return choose(&t->instance, list, count, kept) == count;
}

static bool blocks(const struct trial *t, uint32_t student, uint32_t choice)
{
	struct contract list[CONTRACTS], kept[CONTRACTS];
	uint32_t posting = t->instance.choice[choice].posting;
	uint32_t count = list_held(t, list);

	if (rank_of(&t->instance, posting, student) < 0)
		return false;
	list[count++] = (struct contract){student, choice, posting};
	count = choose(&t->instance, list, count, kept);
	for (uint32_t i = 0; i < count; i++)
		if (kept[i].student == student && kept[i].choice == choice)
			return true;
	return false;
}

static bool is_stable(const struct trial *t)
{
	const struct match_instance *in = &t->instance;

	for (uint32_t s = 0; s < in->students.count; s++)
		for (uint32_t i = in->choice_start[s];
		     i < in->choice_start[s + 1] && i != t->held[s]; i++)
			if (blocks(t, s, i))
				return false;
	return true;
}

static bool is_called_sound(const struct trial *t)
{
	static struct match_faults faults;
	struct match_result result;
	struct match_error error;

	MATCH_INSIST(match_outcome(&t->contracts, t->held, &result));
	snprintf(result.instance_sha256, sizeof(result.instance_sha256), "x");
	MATCH_INSIST(match_verify(&t->instance, "x", &result, &faults, &error));
	match_result_free(&result);
	return !faults.count;
}

static bool judge(struct trial *t)
{
	bool is_right;

	if (!is_feasible(t))
		return true;
	t->matching_count++;
	is_right = is_stable(t);
	if (is_right) {
		t->stable_count++;
		for (uint32_t s = 0; s < t->instance.students.count; s++)
			if (t->held[s] < t->best[s])
				t->best[s] = t->held[s];
	}
	return is_right == is_called_sound(t);
}

/* Every matching, student by student. */
static bool judge_all(struct trial *t, uint32_t student)
{
	const struct match_instance *in = &t->instance;
	bool is_right;

	if (student == in->students.count)
		return judge(t);
	t->held[student] = MATCH_NONE;
	is_right = judge_all(t, student + 1);
	for (uint32_t i = in->choice_start[student];
	     i < in->choice_start[student + 1]; i++) {
		t->held[student] = i;
		is_right = judge_all(t, student + 1) && is_right;
	}
	return is_right;
}

/* The solver's outcome is each student's best over all stable ones. */
static bool is_best(struct trial *t)
{
	struct match_result result;
	struct match_error error;
	bool is_right = t->stable_count > 0;

	MATCH_INSIST(match_place_stable(&t->instance, &result, &error));
	for (uint32_t s = 0; s < t->instance.students.count; s++)
		t->held[s] = MATCH_NONE;
	for (uint32_t i = 0; i < result.placement_count; i++) {
		uint32_t s = result.placements[i].student;

		t->held[s] = t->instance.choice_start[s] +
			     (uint32_t)result.placements[i].choice - 1;
	}
	for (uint32_t s = 0; s < t->instance.students.count; s++)
		is_right = is_right && t->held[s] == t->best[s];
	match_result_free(&result);
	return is_right && is_feasible(t) && is_stable(t) && is_called_sound(t);
}

int main(int argument_count, char **arguments)
{
	uint64_t count, seed = 1, several = 0, matchings = 0;

	MATCH_INSIST(argument_count >= 3);
	count = count_of_run(arguments[1], arguments[2]);
	if (argument_count > 3)
		seed = strtoull(arguments[3], NULL, 10);
	for (uint64_t i = 0; i < count; i++) {
		struct dice dice = {(seed << 32) + i};
		struct trial t = {.stable_count = 0};
		bool is_right;

		memset(t.best, 0xff, sizeof(t.best));
		small_instance(&dice, &t.instance);
		MATCH_INSIST(match_contracts_init(&t.contracts, &t.instance));
		is_right = judge_all(&t, 0);
		is_right = is_best(&t) && is_right;
		several += t.stable_count > 1;
		matchings += t.matching_count;
		match_contracts_free(&t.contracts);
		match_instance_free(&t.instance);
		if (!is_right) {
			printf("wrong: instance %llu of seed %llu\n",
			       (unsigned long long)i, (unsigned long long)seed);
			return 1;
		}
	}
	printf("%llu instances, %llu matchings, %llu instances with several "
	       "stable ones\n",
	       (unsigned long long)count, (unsigned long long)matchings,
	       (unsigned long long)several);
	return several ? 0 : 1;
}
