/*
 * One writer and several readers at the same time, under ThreadSanitizer: each
 * reader sees some published whole. The postings of one publish all carry its
 * number, and a student finds all of them or none.
 *
 * Usage: test_threads PUBLISHES READERS
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matcher/index.h"
#include "matcher/insist.h"

enum { POSTINGS = 700, STUDENTS = 40, READERS_MAX = 8 };

static struct match_epochs *epochs;
static struct match_index *index_of_all;
static atomic_bool is_over;
static _Atomic uint64_t looks;

static const struct match_text skill = {"plc", 3};

static struct match_student student_of(uint32_t serial)
{
	struct match_student student = {
		.specialty = 510203,
		.entry_year = 2020,
		.birth = {2000, 1, 1},
		.sex = MATCH_SEX_MALE,
		.home = 320505,
		.available_from = MATCH_NO_DAY,
		.available_to = MATCH_NO_DAY,
		.skills = &skill,
		.skill_count = 1,
	};

	memcpy(student.id, &serial, sizeof(serial));
	return student;
}

/* The generation is the moment of publication; most are in one chunk's way. */
static void put_posting(uint32_t serial, uint32_t generation)
{
	static const uint32_t targets[] = {510203, 510201, 5102};
	struct match_ask ask = {.name = skill};
	char name[16];
	struct match_index_posting posting = {
		.facts = {.published_us =
				  INT64_C(1772380799000000) + generation,
			  .kind = MATCH_JOB,
			  .targets = &targets[serial % 3],
			  .target_count = 1,
			  .division = 320500 + serial % 7,
			  .from = MATCH_NO_DAY,
			  .to = MATCH_NO_DAY,
			  .asks = &ask,
			  .ask_count = 1},
	};
	struct match_error error;

	/* New names while readers look names up. */
	if (serial % 50 == 0) {
		snprintf(name, sizeof(name), "s%u", serial + generation);
		ask.name = (struct match_text){name, (uint32_t)strlen(name)};
	}
	memcpy(posting.facts.id, &serial, sizeof(serial));
	MATCH_INSIST(match_index_put_posting(index_of_all, &posting, &error));
}

static void put_students(void)
{
	struct match_error error;

	for (uint32_t i = 0; i < STUDENTS; i++) {
		struct match_student student = student_of(i);

		MATCH_INSIST(match_index_put_student(index_of_all, &student,
						     &error));
	}
}

static void publish(uint32_t generation)
{
	struct match_error error;

	for (uint32_t i = 0; i < POSTINGS; i++) {
		uint8_t id[16] = {0};

		if ((i + generation) % 10 != 0) {
			put_posting(i, generation);
			continue;
		}
		memcpy(id, &i, sizeof(i));
		match_index_drop_posting(index_of_all, id);
	}
	put_students();
	MATCH_INSIST(match_index_publish(index_of_all, &error));
}

static void check_snapshot(const struct match_snapshot *snapshot)
{
	static _Thread_local struct match_index_entry at[POSTINGS];
	static _Thread_local struct match_index_posting_facts facts;
	struct match_index_ranking ranking = {at, POSTINGS, 0};
	struct match_student student = student_of(1000);

	match_index_postings(snapshot, &student, NULL, &ranking);
	MATCH_INSIST(ranking.count == POSTINGS / 10 * 9);
	for (size_t i = 0; i < ranking.count; i++)
		MATCH_INSIST(at[i].published_us == at[0].published_us);
	MATCH_INSIST(match_snapshot_posting(snapshot, at[0].slot, &facts));
	MATCH_INSIST(!memcmp(facts.posting.facts.id, at[0].id, 16));
	ranking.want = 10;
	match_index_students(snapshot, &facts.posting.facts, NULL, &ranking);
	MATCH_INSIST(ranking.count == 10 || facts.asks[0].name.bytes != 3);
}

static void *read_on(void *slot)
{
	unsigned mine = *(unsigned *)slot;

	while (!atomic_load(&is_over)) {
		match_epochs_enter(epochs, mine);
		check_snapshot(match_index_read(index_of_all));
		match_epochs_leave(epochs, mine);
		atomic_fetch_add(&looks, 1);
	}
	return NULL;
}

int main(int argument_count, char **arguments)
{
	struct match_policy policy = match_policy_defaults();
	pthread_t reader[READERS_MAX];
	unsigned slot[READERS_MAX], readers;
	uint32_t publishes;

	MATCH_INSIST(argument_count == 3);
	publishes = (uint32_t)strtoul(arguments[1], NULL, 10);
	readers = (unsigned)strtoul(arguments[2], NULL, 10);
	MATCH_INSIST(readers <= READERS_MAX);
	epochs = match_epochs_new();
	index_of_all = match_index_new(&policy, NULL, epochs);
	publish(0);
	for (unsigned i = 0; i < readers; i++) {
		slot[i] = i * 9; /* any slots will do */
		MATCH_INSIST(
			!pthread_create(&reader[i], NULL, read_on, &slot[i]));
	}
	for (uint32_t i = 1; i < publishes || atomic_load(&looks) < readers;
	     i++)
		publish(i);
	atomic_store(&is_over, true);
	for (unsigned i = 0; i < readers; i++)
		pthread_join(reader[i], NULL);
	MATCH_INSIST(match_epochs_collect(epochs) == 0);
	match_index_free(index_of_all);
	match_epochs_free(epochs);
	printf("%u publishes, %llu looks by %u readers\n", publishes,
	       (unsigned long long)looks, readers);
	return 0;
}
