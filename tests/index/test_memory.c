/*
 * Every allocation may fail: each one in turn does while an index is made,
 * filled, published, turned to other terms and changed. A failure leaves the
 * readers with what they saw, and the next attempt succeeds; nothing leaks (the
 * sanitizer looks).
 *
 * Linked with --wrap for match_take and match_grow.
 */
#include <stdio.h>
#include <string.h>

#include "matcher/insist.h"
#include "matcher/memory.h"
#include "queries.h"

void *__real_match_take(size_t count, size_t item_bytes);
void *__real_match_grow(void *at, size_t *room, size_t want, size_t item_bytes);
void *__wrap_match_take(size_t count, size_t item_bytes);
void *__wrap_match_grow(void *at, size_t *room, size_t want, size_t item_bytes);

static uint64_t calls, failing_call, failed;

static bool is_failing(void)
{
	if (++calls != failing_call)
		return false;
	failed++;
	return true;
}

void *__wrap_match_take(size_t count, size_t item_bytes)
{
	return is_failing() ? NULL : __real_match_take(count, item_bytes);
}

void *__wrap_match_grow(void *at, size_t *room, size_t want, size_t item_bytes)
{
	/* Room that is there is no allocation. */
	if (at && want <= *room)
		return at;
	return is_failing() ? NULL
			    : __real_match_grow(at, room, want, item_bytes);
}

enum { ROOM = 90 };

static struct model model;
static struct match_index_entry expected[MODEL_MAX], found[MODEL_MAX];

/* A failure must be one of memory, and only when one was due. */
static bool stands(bool is_done, const struct match_error *error)
{
	MATCH_INSIST(is_done || error->status == MATCH_NO_MEMORY);
	MATCH_INSIST(is_done || calls >= failing_call);
	return is_done;
}

static void put_all(void)
{
	struct match_error error;

	for (uint32_t i = 0; i < ROOM; i++) {
		struct model_posting *posting = &model.posting[i];
		struct model_student *student = &model.student[i];

		while (!stands(match_index_put_posting(
				       model.index, &posting->posting, &error),
			       &error))
			continue;
		while (!stands(match_index_put_student(
				       model.index, &student->student, &error),
			       &error))
			continue;
	}
}

/* The ids that a reader finds, one asker for all. */
static size_t look(uint8_t (*ids)[16])
{
	struct match_index_ranking ranking = {found, MODEL_MAX, 0};

	match_index_postings(match_index_read(model.index),
			     &model.student[0].student, NULL, &ranking);
	for (size_t i = 0; i < ranking.count; i++)
		memcpy(ids[i], found[i].id, 16);
	return ranking.count;
}

static void publish(void)
{
	static uint8_t before[MODEL_MAX][16], after[MODEL_MAX][16];
	size_t count = look(before);
	struct match_error error;

	while (!stands(match_index_publish(model.index, &error), &error)) {
		MATCH_INSIST(look(after) == count);
		MATCH_INSIST(!memcmp(before, after, count * 16));
	}
}

static void turn(uint64_t seed)
{
	struct match_error error;

	model.policy = random_policy(&seed);
	model.has_ties = true;
	while (!stands(match_index_set_terms(model.index, &model.policy,
					     &random_ties, &error),
		       &error))
		continue;
}

static void check(void)
{
	struct match_index_query query = {0};
	struct match_index_ranking ranking = {found, MODEL_MAX, 0};
	size_t count;

	for (uint32_t i = 0; i < 5; i++) {
		const struct match_student *student = &model.student[i].student;

		count = sorted_postings(&model, student, &query, expected);
		match_index_postings(match_index_read(model.index), student,
				     &query, &ranking);
		MATCH_INSIST(ranking.count == count);
		for (size_t j = 0; j < count; j++)
			MATCH_INSIST(is_same_entry(&found[j], &expected[j]));
	}
}

/* Drops need no memory, so none is taken. */
static void drop_some(void)
{
	uint64_t before = calls;

	for (uint32_t i = 0; i < ROOM; i += 3) {
		model.posting[i].is_there = false;
		match_index_drop_posting(model.index,
					 model.posting[i].posting.facts.id);
		model.student[i].is_there = false;
		match_index_drop_student(model.index,
					 model.student[i].student.id);
	}
	MATCH_INSIST(calls == before);
}

static bool open_index(uint64_t seed)
{
	model.seed = seed;
	model.room = ROOM;
	model.policy = random_policy(&model.seed);
	model.has_ties = false;
	for (uint32_t i = 0; i < ROOM; i++) {
		model_make_posting(&model.seed, i, &model.posting[i]);
		model_make_student(&model.seed, i, &model.student[i]);
	}
	model.epochs = match_epochs_new();
	if (!model.epochs)
		return false;
	model.index = match_index_new(&model.policy, NULL, model.epochs);
	if (model.index)
		return true;
	match_epochs_free(model.epochs);
	return false;
}

static void run(uint64_t seed)
{
	while (!open_index(seed))
		MATCH_INSIST(calls >= failing_call);
	put_all();
	publish();
	check();
	turn(seed + 1);
	drop_some();
	publish();
	check();
	for (uint32_t i = 0; i < ROOM; i++) {
		model_make_posting(&seed, i, &model.posting[i]);
		model_make_student(&seed, i, &model.student[i]);
	}
	put_all();
	publish();
	check();
	match_index_free(model.index);
	match_epochs_free(model.epochs);
}

int main(void)
{
	uint64_t last;

	failing_call = 0;
	run(1);
	last = calls;
	for (failing_call = 1; failing_call <= last; failing_call++) {
		calls = 0;
		run(1);
	}
	printf("%llu allocations failed in turn\n", (unsigned long long)failed);
	return failed >= last ? 0 : 1;
}
