/*
 * What index.h promises beside the order: how much memory is taken, that it
 * stays so however rows come and go, and that a posting more moves no other.
 */
#include "checks.h"
#include "queries.h"

#include <stdio.h>
#include <string.h>

enum { POSTINGS = 20000, STUDENTS = 5000, ASKS = 6, SKILLS = 8 };

static struct model model;
static struct match_index_entry before[MODEL_MAX], after[MODEL_MAX];
static char names[200][8];

static struct match_text name_of(uint32_t number)
{
	snprintf(names[number], sizeof(names[number]), "n%u", number);
	return (struct match_text){names[number],
				   (uint32_t)strlen(names[number])};
}

/* As header and docs/ranking.md have it: one target, six asks. */
static void put_usual_posting(uint32_t serial, uint64_t *seed)
{
	uint32_t target = 510101 + random_below(seed, 19) * 10000 +
			  random_below(seed, 5) * 100 + random_below(seed, 9);
	struct match_ask asks[ASKS];
	struct match_index_posting posting = {
		.facts = {.published_us = INT64_C(1772380799000000),
			  .kind = MATCH_JOB,
			  .targets = &target,
			  .target_count = 1,
			  .division = 320100 + random_below(seed, 13) * 100 + 5,
			  .pay_min_fen = 300000,
			  .from = 20500,
			  .to = 20600,
			  .asks = asks,
			  .ask_count = ASKS}};
	struct match_error error;

	for (uint32_t i = 0; i < ASKS; i++)
		asks[i] = (struct match_ask){
			.name = name_of(random_below(seed, 200))};
	memcpy(posting.facts.id, &serial, sizeof(serial));
	assert_true(match_index_put_posting(model.index, &posting, &error));
}

/* One home and one more place, eight skills. */
static void put_usual_student(uint32_t serial, uint64_t *seed)
{
	uint32_t willing = 320100 + random_below(seed, 13) * 100;
	struct match_text skills[SKILLS];
	struct match_student student = {
		.specialty = 510101 + random_below(seed, 19) * 10000 +
			     random_below(seed, 5) * 100,
		.birth = {2006, 3, 4},
		.home = 330102,
		.available_from = 20400,
		.available_to = MATCH_NO_DAY,
		.willing = &willing,
		.willing_count = 1,
		.skills = skills,
		.skill_count = SKILLS};
	struct match_error error;

	for (uint32_t i = 0; i < SKILLS; i++)
		skills[i] = name_of(random_below(seed, 200));
	memcpy(student.id, &serial, sizeof(serial));
	assert_true(match_index_put_student(model.index, &student, &error));
}

static void check_bytes(void)
{
	struct match_index_size size =
		match_index_size(match_index_read(model.index));

	printf("%zu bytes for a posting, %zu for a student\n",
	       size.posting_bytes / POSTINGS, size.student_bytes / STUDENTS);
	assert_int_equal(size.posting_count, POSTINGS);
	assert_int_equal(size.student_count, STUDENTS);
	assert_true(size.posting_bytes <=
		    (size_t)POSTINGS * MATCH_INDEX_POSTING_BYTES);
	assert_true(size.student_bytes <=
		    (size_t)STUDENTS * MATCH_INDEX_STUDENT_BYTES);
	assert_true(size.posting_bytes > (size_t)POSTINGS * 100);
}

static void test_memory_stays_small(void **state)
{
	uint64_t seed = 3;

	(void)state;
	model_open(&model, 1, 10);
	for (uint32_t i = 0; i < POSTINGS; i++)
		put_usual_posting(i, &seed);
	for (uint32_t i = 0; i < STUDENTS; i++)
		put_usual_student(i, &seed);
	model_publish(&model);
	check_bytes();
	/* Everything is replaced twice, some at a time. */
	for (uint32_t i = 0; i < 2 * POSTINGS; i++) {
		put_usual_posting(random_below(&seed, POSTINGS), &seed);
		put_usual_student(random_below(&seed, STUDENTS), &seed);
		if (i % 100 == 99)
			model_publish(&model);
	}
	check_bytes();
	model_close(&model);
}

static size_t rank(const struct match_student *student,
		   struct match_index_entry *at)
{
	struct match_index_ranking ranking = {at, MODEL_MAX, 0};

	match_index_postings(match_index_read(model.index), student, NULL,
			     &ranking);
	return ranking.count;
}

/* The lists are equal but for one posting, which may be in the second. */
static void check_others_stay(size_t count, size_t more, const uint8_t *id)
{
	size_t kept = 0;

	assert_true(more == count || more == count + 1);
	for (size_t i = 0; i < more; i++)
		if (memcmp(after[i].id, id, 16) != 0)
			assert_true(is_same_entry(&after[i], &before[kept++]));
	assert_int_equal(kept, count);
}

static void test_one_more_moves_no_other(void **state)
{
	static struct model_student student;
	static struct model_posting posting;
	struct match_error error;

	(void)state;
	for (uint64_t seed = 0; seed < 60; seed++) {
		size_t count;

		model_open(&model, seed, 200);
		model_change(&model, 900);
		model_publish(&model);
		model_make_student(&model.seed, 5000, &student);
		model_make_posting(&model.seed, 6000, &posting);
		count = rank(&student.student, before);
		assert_true(match_index_put_posting(model.index,
						    &posting.posting, &error));
		model_publish(&model);
		check_others_stay(count, rank(&student.student, after),
				  posting.posting.facts.id);
		model_close(&model);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memory_stays_small),
		cmocka_unit_test(test_one_more_moves_no_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
