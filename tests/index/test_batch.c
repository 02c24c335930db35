/*
 * The candidate lists of a round are those of ranking each student alone, by
 * any number of threads.
 */
#include "checks.h"
#include "random_world.h"

#include "matcher/batch.h"

#include <string.h>

static void check_lists(const struct match_batch *batch, uint32_t want)
{
	struct match_rank_entry at[POOL_MAX];

	for (size_t i = 0; i < world.student_pool.count; i++) {
		struct match_ranking ranking = {at, want, 0};

		match_rank_postings(&world.terms, &world.students[i],
				    &world.posting_pool, NULL, &ranking);
		assert_int_equal(batch->count[i], ranking.count);
		for (size_t j = 0; j < ranking.count; j++) {
			const struct match_rank_entry *entry =
				&batch->at[i * want + j];

			assert_int_equal(entry->index, at[j].index);
			assert_int_equal(entry->score, at[j].score);
			assert_int_equal(entry->tier, at[j].tier);
		}
	}
}

static void test_lists_are_those_of_each(void **state)
{
	static const uint32_t wants[] = {0, 1, 50, POOL_MAX};
	struct match_batch batch;
	struct match_error error;

	(void)state;
	for (uint64_t seed = 0; seed < 40; seed++) {
		make_world(seed);
		for (size_t i = 0; i < sizeof(wants) / sizeof(*wants); i++) {
			struct match_batch_order order = {
				.terms = world.terms,
				.students = world.student_pool,
				.postings = world.posting_pool,
				.want = wants[i],
				.thread_count = (uint32_t)(seed % 4),
			};

			assert_true(match_batch(&order, &batch, &error));
			check_lists(&batch, wants[i]);
			match_batch_free(&batch);
		}
	}
}

static void test_too_much_is_said(void **state)
{
	static struct match_ask asks[MATCH_ASKS_MAX + 1];
	struct match_posting posting = {.asks = asks,
					.ask_count = MATCH_ASKS_MAX + 1};
	struct match_policy policy = match_policy_defaults();
	struct match_batch_order order = {
		.terms = {&policy, NULL}, .postings = {&posting, 1}, .want = 5};
	struct match_batch batch;
	struct match_error error;

	(void)state;
	assert_false(match_batch(&order, &batch, &error));
	assert_int_equal(error.status, MATCH_TOO_LARGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lists_are_those_of_each),
		cmocka_unit_test(test_too_much_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
