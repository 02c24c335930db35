/*
 * The live index, timed: built, asked in both directions, asked while a writer
 * changes it, changed at full speed; and the candidate lists of a round.
 *
 * Usage: index_ours SPECIALTIES POSTINGS STUDENTS QUERIES ANSWERS
 *
 * Writes the best 20 of the first 50 students to the file ANSWERS.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "city.h"
#include "laps.h"
#include "matcher/index.h"
#include "matcher/insist.h"

enum { WANT = 20, ANSWERED = 50, BY_HAND = 3, UPDATE_BATCH = 50 };

static uint32_t postings, students, queries;
static struct match_policy policy;
static struct match_epochs *epochs;
static struct match_index *city;
static struct laps laps;

static void put_posting(uint32_t number)
{
	struct city_posting made;
	struct match_error error;

	city_posting(number, &made);
	MATCH_INSIST(match_index_put_posting(city, &made.posting, &error));
}

static void put_student(uint32_t number)
{
	struct city_student made;
	struct match_error error;

	city_student(number, &made);
	MATCH_INSIST(match_index_put_student(city, &made.student, &error));
}

static void publish(void)
{
	struct match_error error;

	MATCH_INSIST(match_index_publish(city, &error));
}

static void build(void)
{
	long before = resident_kib();
	uint64_t start = now_ns();
	struct match_index_size size;

	for (uint32_t i = 0; i < postings; i++)
		put_posting(i);
	for (uint32_t i = 0; i < students; i++)
		put_student(i);
	publish();
	size = match_index_size(match_index_read(city));
	printf("{\"name\": \"build\", \"wall_ms\": %.1f, \"grown_kib\": %ld, "
	       "\"posting_bytes\": %.1f, \"student_bytes\": %.1f}\n",
	       (double)(now_ns() - start) / 1e6, resident_kib() - before,
	       (double)size.posting_bytes / postings,
	       (double)size.student_bytes / students);
}

static size_t ask(uint32_t student, const struct match_index_query *query,
		  struct match_index_entry *at)
{
	struct city_student made;
	struct match_index_ranking ranking = {at, WANT, 0};
	uint64_t start;

	city_student(student, &made);
	start = now_ns();
	match_epochs_enter(epochs, 0);
	match_index_postings(match_index_read(city), &made.student, query,
			     &ranking);
	match_epochs_leave(epochs, 0);
	if (laps.count < laps.room)
		laps_add(&laps, now_ns() - start);
	return ranking.count;
}

/* The students whom each contender asks for, in the same order. */
static uint32_t asker(uint32_t query)
{
	return (uint32_t)((uint64_t)query * 7919 % students);
}

static void answer(const char *path)
{
	struct match_index_entry at[WANT];
	FILE *file = fopen(path, "w");

	MATCH_INSIST(file);
	for (uint32_t i = 0; i < ANSWERED; i++) {
		size_t count = ask(asker(i), NULL, at);

		for (size_t j = 0; j < count; j++)
			fprintf(file, "%u %u %u\n", asker(i),
				city_number(at[j].id), at[j].score);
	}
	fclose(file);
	laps.count = 0;
}

/* Sorted in by hand: what comes before another in the ranking. */
static bool is_before(const struct match_index_entry *a,
		      const struct match_index_entry *b)
{
	if (a->score != b->score)
		return a->score > b->score;
	if (a->published_us != b->published_us)
		return a->published_us > b->published_us;
	return memcmp(a->id, b->id, sizeof(a->id)) < 0;
}

static void insert(struct match_index_entry *best, size_t *count,
		   const struct match_index_entry *entry)
{
	size_t at = *count < WANT ? (*count)++ : WANT;

	if (at == WANT && !is_before(entry, &best[--at]))
		return;
	while (at > 0 && is_before(entry, &best[at - 1])) {
		best[at] = best[at - 1];
		at--;
	}
	best[at] = *entry;
}

/* The index's list is that of aligning every posting, one by one. */
static void check_by_hand(uint32_t student)
{
	struct match_index_entry found[WANT], best[WANT];
	struct match_terms terms = {&policy, NULL};
	struct city_student asking;
	size_t count = 0;

	city_student(student, &asking);
	for (uint32_t i = 0; i < postings; i++) {
		struct match_index_entry entry = {.slot = i};
		struct city_posting made;
		struct match_fit fit;

		city_posting(i, &made);
		match_align(&terms, &asking.student, &made.posting.facts, &fit);
		if (!fit.is_eligible)
			continue;
		memcpy(entry.id, made.posting.facts.id, sizeof(entry.id));
		entry.score = fit.score;
		entry.published_us = made.posting.facts.published_us;
		insert(best, &count, &entry);
	}
	MATCH_INSIST(ask(student, NULL, found) == count);
	for (size_t i = 0; i < count; i++)
		MATCH_INSIST(!memcmp(found[i].id, best[i].id, 16) &&
			     found[i].score == best[i].score);
	laps.count = 0;
}

static void time_postings(const char *name,
			  const struct match_index_query *query)
{
	struct match_index_entry at[WANT];
	double cpu = thread_cpu_ms();

	for (uint32_t i = 0; i < queries; i++)
		ask(asker(i), query, at);
	laps_say(&laps, name, thread_cpu_ms() - cpu);
}

static void time_students(void)
{
	struct match_index_entry at[WANT];
	double cpu = thread_cpu_ms();

	for (uint32_t i = 0; i < queries; i++) {
		struct match_index_ranking ranking = {at, WANT, 0};
		struct city_posting made;
		uint64_t start;

		city_posting((uint32_t)((uint64_t)i * 7919 % postings), &made);
		start = now_ns();
		match_index_students(match_index_read(city),
				     &made.posting.facts, NULL, &ranking);
		laps_add(&laps, now_ns() - start);
	}
	laps_say(&laps, "candidates", thread_cpu_ms() - cpu);
}

static atomic_bool is_over;
static _Atomic uint32_t written;

/* Replace postings and publish every 50; rest_us between publishes. */
static void *write_on(void *rest_us)
{
	uint32_t number = 1;
	struct timespec rest = {0, *(const long *)rest_us * 1000};

	while (!atomic_load(&is_over)) {
		for (int i = 0; i < UPDATE_BATCH; i++) {
			number = (uint32_t)((uint64_t)number * 48271 %
					    2147483647);
			put_posting(number % postings);
		}
		publish();
		atomic_fetch_add(&written, UPDATE_BATCH);
		if (rest.tv_nsec)
			nanosleep(&rest, NULL);
	}
	return NULL;
}

static void time_while_writing(const char *name, long rest_us)
{
	pthread_t writer;
	uint64_t start = now_ns();
	double seconds;

	atomic_store(&is_over, false);
	atomic_store(&written, 0);
	MATCH_INSIST(!pthread_create(&writer, NULL, write_on, &rest_us));
	time_postings(name, NULL);
	while (atomic_load(&written) == 0)
		continue;
	seconds = (double)(now_ns() - start) / 1e9;
	atomic_store(&is_over, true);
	pthread_join(writer, NULL);
	printf("{\"name\": \"%s, writes\", \"per_second\": %.0f}\n", name,
	       (double)atomic_load(&written) / seconds);
}

static void time_filters(void)
{
	struct match_index_query kind = {.kinds = 1u << MATCH_JOB};
	struct match_index_query place = {.division = 330200,
					  .pay_fen = 400000};
	struct match_index_query recent = {.published_since_us =
						   INT64_C(1769904000000000) +
						   INT64_C(5097600000000)};
	uint8_t enterprise[16];
	struct match_index_query one = {.enterprise = enterprise};

	city_id(77, enterprise);
	time_postings("jobs only", &kind);
	time_postings("one city, by pay", &place);
	time_postings("of the last day of 60", &recent);
	time_postings("one enterprise of 100,000", &one);
}

int main(int argument_count, char **arguments)
{
	MATCH_INSIST(argument_count == 6);
	city_open(arguments[1]);
	postings = (uint32_t)strtoul(arguments[2], NULL, 10);
	students = (uint32_t)strtoul(arguments[3], NULL, 10);
	queries = (uint32_t)strtoul(arguments[4], NULL, 10);
	policy = match_policy_defaults();
	epochs = match_epochs_new();
	city = match_index_new(&policy, NULL, epochs);
	MATCH_INSIST(city);
	laps_open(&laps, queries);
	build();
	answer(arguments[5]);
	for (uint32_t i = 0; i < BY_HAND; i++)
		check_by_hand(asker(i));
	time_postings("postings", NULL);
	time_students();
	time_filters();
	time_while_writing("1,000 writes/s", 50000);
	time_while_writing("writes at full speed", 0);
	match_index_free(city);
	match_epochs_free(epochs);
	laps_close(&laps);
	return 0;
}
