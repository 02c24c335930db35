/*
 * The candidate lists of a round, timed: every student's best 50.
 *
 * Usage: index_round SPECIALTIES POSTINGS STUDENTS THREADS
 */
#include <stdio.h>
#include <stdlib.h>

#include "city.h"
#include "laps.h"
#include "matcher/batch.h"
#include "matcher/insist.h"

enum { WANT = 50 };

static void *room_for(size_t count, size_t bytes)
{
	void *at = calloc(count + 1, bytes);

	MATCH_INSIST(at);
	return at;
}

/* What is made points into what it was made from. */
struct round {
	struct city_posting *posting_made;
	struct match_posting *posting;
	struct city_student *student_made;
	struct match_student *student;
};

static void make_postings(struct round *round, uint32_t count)
{
	round->posting_made = room_for(count, sizeof(*round->posting_made));
	round->posting = room_for(count, sizeof(*round->posting));
	for (uint32_t i = 0; i < count; i++) {
		city_posting(i, &round->posting_made[i]);
		round->posting[i] = round->posting_made[i].posting.facts;
	}
}

static void make_students(struct round *round, uint32_t count)
{
	round->student_made = room_for(count, sizeof(*round->student_made));
	round->student = room_for(count, sizeof(*round->student));
	for (uint32_t i = 0; i < count; i++) {
		city_student(i, &round->student_made[i]);
		round->student[i] = round->student_made[i].student;
	}
}

static void free_round(struct round *round)
{
	free(round->posting_made);
	free(round->posting);
	free(round->student_made);
	free(round->student);
}

static void check(const struct match_batch_order *order,
		  const struct match_batch *batch)
{
	struct match_rank_entry at[WANT];

	for (size_t i = 0; i < order->students.count;
	     i += order->students.count / 20 + 1) {
		struct match_ranking ranking = {at, WANT, 0};

		match_rank_postings(&order->terms, &order->students.at[i],
				    &order->postings, NULL, &ranking);
		MATCH_INSIST(ranking.count == batch->count[i]);
		for (size_t j = 0; j < ranking.count; j++)
			MATCH_INSIST(at[j].index ==
				     batch->at[i * WANT + j].index);
	}
}

int main(int argument_count, char **arguments)
{
	struct match_policy policy = match_policy_defaults();
	struct match_batch_order order = {.terms = {&policy, NULL},
					  .want = WANT};
	struct match_batch batch;
	struct match_error error;
	struct round round;
	uint64_t start, listed = 0;

	MATCH_INSIST(argument_count == 5);
	city_open(arguments[1]);
	order.postings.count = strtoul(arguments[2], NULL, 10);
	order.students.count = strtoul(arguments[3], NULL, 10);
	order.thread_count = (uint32_t)strtoul(arguments[4], NULL, 10);
	make_postings(&round, (uint32_t)order.postings.count);
	make_students(&round, (uint32_t)order.students.count);
	order.postings.at = round.posting;
	order.students.at = round.student;
	start = now_ns();
	MATCH_INSIST(match_batch(&order, &batch, &error));
	printf("{\"name\": \"round\", \"threads\": %u, \"wall_ms\": %.1f, ",
	       order.thread_count, (double)(now_ns() - start) / 1e6);
	for (size_t i = 0; i < order.students.count; i++)
		listed += batch.count[i];
	printf("\"mean_list\": %.1f}\n",
	       (double)listed / (double)order.students.count);
	check(&order, &batch);
	match_batch_free(&batch);
	free_round(&round);
	return 0;
}
