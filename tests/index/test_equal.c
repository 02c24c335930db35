/*
 * The index ranks as scoring everything and sorting does, after any changes,
 * with any filter, in both directions, page after page.
 */
#include "checks.h"
#include "queries.h"

#include <string.h>

enum { WORLDS = 30, PUBLISHES = 6, QUERIES = 25 };

static struct model model;
static struct match_index_entry expected[MODEL_MAX], found[MODEL_MAX];
static size_t total;

static void check_page(const struct match_index_ranking *ranking, size_t start,
		       size_t count)
{
	size_t left = count - start;

	assert_int_equal(ranking->count,
			 left < ranking->want ? left : ranking->want);
	for (size_t i = 0; i < ranking->count; i++)
		assert_true(
			is_same_entry(&ranking->at[i], &expected[start + i]));
	total += ranking->count;
}

static size_t random_want(void)
{
	static const size_t wants[] = {0, 1, 2, 7, 20, 50, MODEL_MAX};

	return wants[random_below(&model.seed, 7)];
}

static void check_postings(const struct match_student *student)
{
	struct query_room room;
	struct match_index_query query = random_query(&model, &room);
	size_t count = sorted_postings(&model, student, &query, expected);
	struct match_index_ranking ranking = {found, random_want(), 77};
	const struct match_snapshot *snapshot = match_index_read(model.index);
	struct match_key key;

	for (size_t start = 0; start <= count; start += ranking.want) {
		match_index_postings(snapshot, student, &query, &ranking);
		check_page(&ranking, start, count);
		if (ranking.count == 0)
			break;
		key = match_index_key(&found[ranking.count - 1]);
		query.after = &key;
	}
}

static void check_students(const struct match_posting *posting)
{
	struct match_index_student_query query = random_student_query(&model);
	size_t count = sorted_students(&model, posting, &query, expected);
	struct match_index_ranking ranking = {found, random_want(), 77};
	const struct match_snapshot *snapshot = match_index_read(model.index);
	struct match_key key;

	for (size_t start = 0; start <= count; start += ranking.want) {
		match_index_students(snapshot, posting, &query, &ranking);
		check_page(&ranking, start, count);
		if (ranking.count == 0)
			break;
		key = match_index_key(&found[ranking.count - 1]);
		query.after = &key;
	}
}

/* Askers are anyone, in the index or not. */
static void check_some(void)
{
	static struct model_student student;
	static struct model_posting posting;

	for (int i = 0; i < QUERIES; i++) {
		model_make_student(&model.seed, 0, &student);
		check_postings(&student.student);
		model_make_posting(&model.seed, 0, &posting);
		check_students(&posting.posting.facts);
	}
}

static void check_facts(void)
{
	static struct match_index_posting_facts facts;
	const struct match_snapshot *snapshot = match_index_read(model.index);
	size_t there = 0;

	for (uint32_t i = 0; i < model.room; i++) {
		const struct match_index_posting *posting =
			&model.posting[i].posting;
		uint32_t slot = match_index_posting_slot(model.index,
							 posting->facts.id);

		if (!posting->facts.targets)
			continue; /* never made: it has no id of its own */
		if (!model.posting[i].is_there) {
			assert_int_equal(slot, MATCH_NO_SLOT);
			continue;
		}
		there++;
		assert_true(match_snapshot_posting(snapshot, slot, &facts));
		assert_memory_equal(facts.posting.facts.id, posting->facts.id,
				    16);
		assert_int_equal(facts.posting.facts.published_us,
				 posting->facts.published_us);
		assert_int_equal(facts.posting.industry, posting->industry);
		assert_int_equal(facts.posting.facts.ask_count,
				 posting->facts.ask_count);
		for (size_t j = 0; j < posting->facts.ask_count; j++) {
			struct match_text a = facts.asks[j].name;
			struct match_text b = posting->facts.asks[j].name;

			assert_int_equal(a.bytes, b.bytes);
			assert_memory_equal(a.at, b.at, a.bytes);
		}
	}
	assert_int_equal(match_index_size(snapshot).posting_count, there);
}

static void test_index_is_the_sorted_list(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < WORLDS; seed++) {
		model_open(&model, seed, 20 + (uint32_t)(seed * 23) % 680);
		check_some();
		for (int i = 0; i < PUBLISHES; i++) {
			uint32_t changes = i % 3 == 0 ? 4 * model.room : 9;

			model_change(&model, changes);
			if (i == 4)
				model_turn(&model);
			model_publish(&model);
			check_some();
			check_facts();
		}
		model_close(&model);
	}
	assert_true(total > 10000);
}

/* What is not published is not seen; what was dropped and put again is. */
static void test_changes_wait_for_publishing(void **state)
{
	static struct model_student student;
	struct match_index_query query = {0};
	struct match_index_ranking ranking = {found, MODEL_MAX, 0};
	struct match_policy policy;
	size_t count;

	(void)state;
	model_open(&model, 99, 300);
	model_change(&model, 3000);
	model_publish(&model);
	model_make_student(&model.seed, 0, &student);
	count = sorted_postings(&model, &student.student, &query, expected);
	for (uint32_t i = 0; i < model.room; i++)
		match_index_drop_posting(model.index,
					 model.posting[i].posting.facts.id);
	policy = random_policy(&model.seed);
	assert_true(match_index_set_terms(model.index, &policy, NULL,
					  &(struct match_error){0}));
	match_index_postings(match_index_read(model.index), &student.student,
			     &query, &ranking);
	check_page(&ranking, 0, count);
	model_publish(&model);
	match_index_postings(match_index_read(model.index), &student.student,
			     &query, &ranking);
	assert_int_equal(ranking.count, 0);
	assert_int_equal(
		match_index_size(match_index_read(model.index)).posting_count,
		0);
	model_close(&model);
}

static void test_limits(void **state)
{
	static struct match_ask asks[MATCH_ASKS_MAX + 1];
	static struct match_text skills[MATCH_INDEX_SKILLS_MAX + 1];
	static uint32_t codes[MATCH_INDEX_TARGETS_MAX + 1];
	struct match_index_posting posting = {
		.facts = {.targets = codes, .asks = asks}};
	struct match_student student = {.skills = skills, .willing = codes};
	struct match_error error;

	(void)state;
	model_open(&model, 5, 10);
	posting.facts.target_count = MATCH_INDEX_TARGETS_MAX + 1;
	assert_false(match_index_put_posting(model.index, &posting, &error));
	assert_int_equal(error.status, MATCH_TOO_LARGE);
	posting.facts.target_count = MATCH_INDEX_TARGETS_MAX;
	posting.facts.ask_count = MATCH_ASKS_MAX + 1;
	assert_false(match_index_put_posting(model.index, &posting, &error));
	posting.facts.ask_count = MATCH_ASKS_MAX;
	assert_true(match_index_put_posting(model.index, &posting, &error));
	student.skill_count = MATCH_INDEX_SKILLS_MAX + 1;
	assert_false(match_index_put_student(model.index, &student, &error));
	assert_int_equal(error.status, MATCH_TOO_LARGE);
	student.skill_count = MATCH_INDEX_SKILLS_MAX;
	student.willing_count = MATCH_INDEX_WILLING_MAX + 1;
	assert_false(match_index_put_student(model.index, &student, &error));
	student.willing_count = MATCH_INDEX_WILLING_MAX;
	assert_true(match_index_put_student(model.index, &student, &error));
	model_publish(&model);
	model_close(&model);
}

/* A slot that a drop has freed rests for one whole publish. */
static void test_slots_rest(void **state)
{
	struct match_index_posting posting = {.facts = {.id = {1}}};
	struct match_error error;
	uint32_t slot;

	(void)state;
	model_open(&model, 6, 10);
	assert_true(match_index_put_posting(model.index, &posting, &error));
	slot = match_index_posting_slot(model.index, posting.facts.id);
	model_publish(&model);
	match_index_drop_posting(model.index, posting.facts.id);
	model_publish(&model);
	posting.facts.id[0] = 2;
	assert_true(match_index_put_posting(model.index, &posting, &error));
	assert_int_not_equal(
		match_index_posting_slot(model.index, posting.facts.id), slot);
	model_publish(&model);
	posting.facts.id[0] = 3;
	assert_true(match_index_put_posting(model.index, &posting, &error));
	assert_int_equal(
		match_index_posting_slot(model.index, posting.facts.id), slot);
	model_close(&model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_index_is_the_sorted_list),
		cmocka_unit_test(test_changes_wait_for_publishing),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_slots_rest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
