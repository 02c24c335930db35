/*
 * What ranking promises, on random pools: the list equals scoring everything
 * and sorting, and nothing but the pairs themselves moves it.
 */
#include "checks.h"
#include "random_world.h"

#include "matcher/rank.h"

#include <stdlib.h>
#include <string.h>

/* One scored pair with what the order looks at. */
struct scored {
	struct match_rank_entry entry;
	int64_t published_us;
	const uint8_t *id;
};

static int by_rank(const void *left, const void *right)
{
	const struct scored *a = left;
	const struct scored *b = right;

	if (a->entry.score != b->entry.score)
		return a->entry.score > b->entry.score ? -1 : 1;
	if (a->published_us != b->published_us)
		return a->published_us > b->published_us ? -1 : 1;
	return memcmp(a->id, b->id, 16);
}

/* The eligible postings that pass, scored and sorted. */
static size_t sort_postings(const struct match_student *student,
			    bool (*passes)(const struct match_posting *),
			    struct scored *scored)
{
	size_t count = 0;
	struct match_fit fit;

	for (size_t i = 0; i < world.posting_pool.count; i++) {
		const struct match_posting *posting = &world.postings[i];

		match_align(&world.terms, student, posting, &fit);
		if (!fit.is_eligible || !passes(posting))
			continue;
		scored[count++] =
			(struct scored){{(uint32_t)i, fit.score, fit.tier},
					posting->published_us,
					posting->id};
	}
	qsort(scored, count, sizeof(*scored), by_rank);
	return count;
}

static size_t sort_students(const struct match_posting *posting,
			    struct scored *scored)
{
	size_t count = 0;
	struct match_fit fit;

	for (size_t i = 0; i < world.student_pool.count; i++) {
		const struct match_student *student = &world.students[i];

		match_align(&world.terms, student, posting, &fit);
		if (!fit.is_eligible)
			continue;
		scored[count++] = (struct scored){
			{(uint32_t)i, fit.score, fit.tier}, 0, student->id};
	}
	qsort(scored, count, sizeof(*scored), by_rank);
	return count;
}

/* Whether a ranking is the sorted list from `start` on, as far as wanted. */
static void check_ranking(const struct match_ranking *ranking,
			  const struct scored *scored, size_t count,
			  size_t start)
{
	size_t left = count - start;

	assert_int_equal(ranking->count,
			 left < ranking->want ? left : ranking->want);
	for (size_t i = 0; i < ranking->count; i++) {
		const struct match_rank_entry *entry = &scored[start + i].entry;

		assert_int_equal(ranking->at[i].index, entry->index);
		assert_int_equal(ranking->at[i].score, entry->score);
		assert_int_equal(ranking->at[i].tier, entry->tier);
	}
}

static bool every_posting(const struct match_posting *posting)
{
	(void)posting;
	return true;
}

static void test_ranking_is_the_sorted_list(void **state)
{
	struct match_rank_entry at[POOL_MAX];
	struct scored scored[POOL_MAX];
	size_t nonempty = 0;

	(void)state;
	for (uint64_t seed = 0; seed < ROUNDS; seed++) {
		make_world(seed);

		const struct match_student *student = &world.students[0];
		size_t count = sort_postings(student, every_posting, scored);
		size_t wants[] = {0, 1, 2, 3, 20, count, POOL_MAX};

		nonempty += count > 1;
		for (size_t i = 0; i < sizeof(wants) / sizeof(wants[0]); i++) {
			struct match_ranking ranking = {at, wants[i], 77};

			match_rank_postings(&world.terms, student,
					    &world.posting_pool, NULL,
					    &ranking);
			check_ranking(&ranking, scored, count, 0);
		}
	}
	assert_true(nonempty > ROUNDS / 2);
}

static void test_students_are_the_sorted_list(void **state)
{
	struct match_rank_entry at[POOL_MAX];
	struct scored scored[POOL_MAX];

	(void)state;
	for (uint64_t seed = 0; seed < ROUNDS; seed++) {
		make_world(seed);

		const struct match_posting *posting = &world.postings[0];
		size_t count = sort_students(posting, scored);
		size_t wants[] = {0, 1, 5, count, POOL_MAX};

		for (size_t i = 0; i < sizeof(wants) / sizeof(wants[0]); i++) {
			struct match_ranking ranking = {at, wants[i], 77};

			match_rank_students(&world.terms, posting,
					    &world.student_pool, NULL,
					    &ranking);
			check_ranking(&ranking, scored, count, 0);
		}
	}
}

static void test_pages_join_to_the_list(void **state)
{
	struct match_rank_entry at[7];
	struct scored scored[POOL_MAX];

	(void)state;
	for (uint64_t seed = 0; seed < ROUNDS; seed++) {
		make_world(seed);

		const struct match_student *student = &world.students[0];
		size_t count = sort_postings(student, every_posting, scored);
		struct match_posting_query query = {0};
		struct match_ranking ranking = {at, 7, 0};
		struct match_key key;

		for (size_t start = 0; start <= count; start += 7) {
			match_rank_postings(&world.terms, student,
					    &world.posting_pool, &query,
					    &ranking);
			check_ranking(&ranking, scored, count, start);
			if (ranking.count == 0)
				break;
			key = match_posting_key(&world.posting_pool,
						&at[ranking.count - 1]);
			query.after = &key;
		}
	}
}

static void test_pages_of_students(void **state)
{
	struct match_rank_entry at[7];
	struct scored scored[POOL_MAX];

	(void)state;
	for (uint64_t seed = 0; seed < ROUNDS / 4; seed++) {
		make_world(seed);

		size_t count = sort_students(&world.postings[0], scored);
		struct match_student_query query = {0};
		struct match_ranking ranking = {at, 7, 0};
		struct match_key key;

		for (size_t start = 0; start <= count; start += 7) {
			match_rank_students(&world.terms, &world.postings[0],
					    &world.student_pool, &query,
					    &ranking);
			check_ranking(&ranking, scored, count, start);
			if (ranking.count == 0)
				break;
			key = match_student_key(&world.student_pool,
						&at[ranking.count - 1]);
			query.after = &key;
		}
	}
}

/* The ids of the postings ranked, best first. */
static size_t rank_ids(uint8_t (*ids)[16])
{
	struct match_rank_entry at[POOL_MAX];
	struct match_ranking ranking = {at, POOL_MAX, 0};

	match_rank_postings(&world.terms, &world.students[0],
			    &world.posting_pool, NULL, &ranking);
	for (size_t i = 0; i < ranking.count; i++)
		memcpy(ids[i], world.postings[at[i].index].id, 16);
	return ranking.count;
}

static void test_permuting_changes_nothing(void **state)
{
	uint8_t before[POOL_MAX][16];
	uint8_t after[POOL_MAX][16];

	(void)state;
	for (uint64_t seed = 0; seed < ROUNDS; seed++) {
		make_world(seed);

		size_t count = rank_ids(before);

		for (size_t i = world.posting_pool.count; i > 1; i--) {
			size_t j = random_below(&world.seed, (uint32_t)i);
			struct match_posting held = world.postings[j];

			world.postings[j] = world.postings[i - 1];
			world.postings[i - 1] = held;
		}
		assert_int_equal(rank_ids(after), count);
		assert_memory_equal(before, after, count * 16);
	}
}

/* A posting more is a line more at most: the others keep their order. */
static void test_one_more_moves_no_other(void **state)
{
	uint8_t before[POOL_MAX][16];
	uint8_t after[POOL_MAX][16];

	(void)state;
	for (uint64_t seed = 0; seed < ROUNDS; seed++) {
		make_world(seed);
		if (world.posting_pool.count == POOL_MAX)
			continue;

		size_t count = rank_ids(before);
		size_t more = (world.posting_pool.count++, rank_ids(after));
		const uint8_t *id =
			world.postings[world.posting_pool.count - 1].id;
		size_t kept = 0;

		assert_true(more == count || more == count + 1);
		for (size_t i = 0; i < more; i++) {
			if (memcmp(after[i], id, 16) != 0)
				assert_memory_equal(after[i], before[kept++],
						    16);
		}
		assert_int_equal(kept, count);
	}
}

/* The filter of the test below, said another way. */
static const struct match_posting_query filter = {
	.kinds = 1u << MATCH_INTERNSHIP | 1u << MATCH_JOB,
	.division = 320000,
	.pay_fen = 300000,
	.published_since_us = INT64_C(1772380799000001),
};

static bool passes_by_hand(const struct match_posting *posting)
{
	int64_t pay = posting->pay_max_fen > posting->pay_min_fen
			      ? posting->pay_max_fen
			      : posting->pay_min_fen;

	return posting->kind <= MATCH_JOB && posting->division / 10000 == 32 &&
	       pay >= 300000 &&
	       posting->published_us > INT64_C(1772380799000000) &&
	       (posting - world.postings) % 3 != 1;
}

static void test_filters(void **state)
{
	struct match_rank_entry at[POOL_MAX];
	struct scored scored[POOL_MAX];
	uint64_t only[(POOL_MAX + 63) / 64] = {0};
	struct match_posting_query query = filter;
	size_t found = 0;

	(void)state;
	for (size_t i = 0; i < POOL_MAX; i++)
		only[i / 64] |= (uint64_t)(i % 3 != 1) << (i % 64);
	query.only = only;
	for (uint64_t seed = 0; seed < ROUNDS; seed++) {
		make_world(seed);

		struct match_ranking ranking = {at, 10, 0};
		size_t count = sort_postings(&world.students[0], passes_by_hand,
					     scored);

		match_rank_postings(&world.terms, &world.students[0],
				    &world.posting_pool, &query, &ranking);
		check_ranking(&ranking, scored, count, 0);
		found += count;
	}
	assert_true(found > ROUNDS / 2);
}

/* What is ranked under a prefix is what is ranked, less the others. */
static size_t check_prefix(const struct match_posting *posting, uint32_t prefix,
			   uint32_t span)
{
	struct match_rank_entry at[POOL_MAX];
	struct match_rank_entry kept[POOL_MAX];
	struct match_ranking all = {at, POOL_MAX, 0};
	struct match_ranking some = {kept, POOL_MAX, 0};
	struct match_student_query query = {.specialty = prefix};
	size_t next = 0;

	match_rank_students(&world.terms, posting, &world.student_pool, NULL,
			    &all);
	match_rank_students(&world.terms, posting, &world.student_pool, &query,
			    &some);
	for (size_t i = 0; i < all.count; i++) {
		if (world.students[at[i].index].specialty / span == prefix)
			assert_int_equal(kept[next++].index, at[i].index);
	}
	assert_int_equal(next, some.count);
	return next;
}

static void test_filter_of_students(void **state)
{
	size_t found[3] = {0};

	(void)state;
	make_world(7);
	for (size_t i = 0; i < POOL_MAX; i++) {
		const struct match_posting *posting = &world.postings[i];

		found[0] += check_prefix(posting, 510203, 1);
		found[1] += check_prefix(posting, 5102, 100);
		found[2] += check_prefix(posting, 51, 10000);
	}
	assert_true(found[0] > 0);
	assert_true(found[1] > found[0]);
	assert_true(found[2] > found[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ranking_is_the_sorted_list),
		cmocka_unit_test(test_students_are_the_sorted_list),
		cmocka_unit_test(test_pages_join_to_the_list),
		cmocka_unit_test(test_pages_of_students),
		cmocka_unit_test(test_permuting_changes_nothing),
		cmocka_unit_test(test_one_more_moves_no_other),
		cmocka_unit_test(test_filters),
		cmocka_unit_test(test_filter_of_students),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
