/*
 * An index of the round's postings, asked once for each student. Students are
 * dealt out in small shares, so that no thread waits long for another; who asks
 * does not change what is answered.
 */
#include "matcher/batch.h"

#include "matcher/crew.h"
#include "matcher/index.h"
#include "matcher/insist.h"
#include "matcher/memory.h"

#include <stdatomic.h>

enum { SHARE = 32 };

struct round {
	const struct match_batch_order *order;
	struct match_batch *batch;
	const struct match_snapshot *snapshot;
	_Atomic size_t next; /* student that nobody has taken */
};

struct worker {
	struct round *round;
	struct match_index_entry *entries; /* want of them */
	struct match_crew_member member;
};

static void ask(const struct worker *worker, size_t student)
{
	const struct round *round = worker->round;
	struct match_batch *batch = round->batch;
	struct match_rank_entry *at = batch->at + student * batch->want;
	struct match_index_ranking ranking = {worker->entries, batch->want, 0};

	match_index_postings(round->snapshot,
			     &round->order->students.at[student], NULL,
			     &ranking);
	batch->count[student] = (uint32_t)ranking.count;
	/* Slots are given in the order of putting: they are the pool's. */
	for (size_t i = 0; i < ranking.count; i++)
		at[i] = (struct match_rank_entry){
			.index = ranking.at[i].slot,
			.score = ranking.at[i].score,
			.tier = ranking.at[i].tier,
		};
}

static void work(void *of)
{
	const struct worker *worker = of;
	size_t count = worker->round->order->students.count;

	for (;;) {
		size_t first = atomic_fetch_add(&worker->round->next, SHARE);

		if (first >= count)
			return;
		for (size_t i = first; i < first + SHARE && i < count; i++)
			ask(worker, i);
	}
}

/* Start whom there is memory and a thread for; the first is the caller. */
static bool run(struct round *round, uint32_t thread_count)
{
	struct worker workers[MATCH_BATCH_THREADS_MAX] = {{.round = NULL}};
	uint32_t count = 0;

	if (thread_count == 0)
		thread_count = 1;
	MATCH_INSIST(thread_count <= MATCH_BATCH_THREADS_MAX);
	for (; count < thread_count; count++) {
		struct worker *worker = &workers[count];

		worker->round = round;
		worker->member.work = work;
		worker->member.of = worker;
		worker->entries = match_take(round->order->want,
					     sizeof(*worker->entries));
		if (!worker->entries)
			break;
		if (count > 0)
			match_crew_start(&worker->member);
	}
	if (count > 0)
		work(&workers[0]);
	for (uint32_t i = 0; i < count; i++) {
		match_crew_join(&workers[i].member);
		match_drop(workers[i].entries);
	}
	return count > 0;
}

static bool fill(struct match_index *index,
		 const struct match_posting_pool *postings,
		 struct match_error *error)
{
	for (size_t i = 0; i < postings->count; i++) {
		struct match_index_posting posting = {.facts = postings->at[i]};

		if (!match_index_put_posting(index, &posting, error))
			return false;
	}
	return match_index_publish(index, error);
}

static bool take_lists(const struct match_batch_order *order,
		       struct match_batch *batch, struct match_error *error)
{
	size_t students = order->students.count;

	*batch = (struct match_batch){.want = order->want};
	MATCH_INSIST(order->want == 0 || students <= SIZE_MAX / order->want);
	batch->count = match_take(students, sizeof(*batch->count));
	batch->at = match_take(students * order->want, sizeof(*batch->at));
	if (batch->count && batch->at)
		return true;
	match_batch_free(batch);
	return match_no_memory(error);
}

static bool rank(const struct match_batch_order *order,
		 struct match_epochs *epochs, struct match_batch *batch,
		 struct match_error *error)
{
	struct match_index *index =
		match_index_new(order->terms.policy, order->terms.ties, epochs);
	struct round round = {.order = order, .batch = batch};
	bool is_done;

	if (!index)
		return match_no_memory(error);
	is_done = fill(index, &order->postings, error);
	if (is_done) {
		round.snapshot = match_index_read(index);
		is_done = run(&round, order->thread_count) ||
			  match_no_memory(error);
	}
	match_index_free(index);
	return is_done;
}

bool match_batch(const struct match_batch_order *order,
		 struct match_batch *batch, struct match_error *error)
{
	struct match_epochs *epochs;
	bool is_done;

	MATCH_INSIST(order->postings.count < MATCH_NO_SLOT);
	if (!take_lists(order, batch, error))
		return false;
	epochs = match_epochs_new();
	is_done = epochs ? rank(order, epochs, batch, error)
			 : match_no_memory(error);
	match_epochs_free(epochs);
	if (!is_done)
		match_batch_free(batch);
	return is_done;
}

void match_batch_free(struct match_batch *batch)
{
	match_drop(batch->count);
	match_drop(batch->at);
	*batch = (struct match_batch){0};
}
