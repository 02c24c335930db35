/*
 * The yardstick of mode "stable": student-proposing deferred acceptance with
 * the capacities of postings alone, no groups, as a careful engineer writes it
 * in C. Two laps: all of it, as Duikou's own time counts it (the order of the
 * lottery, the heaps, the list of who is where), and the loop of proposals by
 * itself.
 *
 * Usage: contest_plain STUDENTS
 */
#include <stdlib.h>
#include <string.h>

#include "contest.h"
#include "matcher/insist.h"

/* The greater key gets in: the score, then the earlier in the lottery. */
struct held {
	uint64_t key;
	uint32_t student, choice;
};

struct plain {
	const struct match_instance *in;
	uint32_t *turn;	 /* per student: the later, the better its lottery */
	uint32_t *start; /* per posting: its heap in held */
	uint32_t *count;
	struct held *held; /* the worst on top */
	uint32_t *next;	   /* per student */
};

static void *room_for(size_t count, size_t bytes)
{
	void *at = calloc(count + 1, bytes);

	MATCH_INSIST(at);
	return at;
}

static int by_lottery(const void *a, const void *b, void *lottery)
{
	const uint64_t *number = lottery;
	uint64_t x = number[*(const uint32_t *)a];
	uint64_t y = number[*(const uint32_t *)b];

	return x > y ? -1 : x < y;
}

static void draw(struct plain *plain)
{
	uint32_t count = plain->in->students.count;
	uint32_t *order = room_for(count, sizeof(*order));

	plain->turn = room_for(count, sizeof(*plain->turn));
	for (uint32_t s = 0; s < count; s++)
		order[s] = s;
	qsort_r(order, count, sizeof(*order), by_lottery, plain->in->lottery);
	for (uint32_t i = 0; i < count; i++)
		plain->turn[order[i]] = i;
	free(order);
}

static void prepare(struct plain *plain)
{
	const struct match_instance *in = plain->in;
	uint32_t used = 0;

	draw(plain);
	plain->start = room_for(in->postings.count, sizeof(*plain->start));
	plain->count = room_for(in->postings.count, sizeof(*plain->count));
	plain->next = room_for(in->students.count, sizeof(*plain->next));
	for (uint32_t p = 0; p < in->postings.count; p++) {
		plain->start[p] = used;
		used += in->posting[p].capacity;
	}
	plain->held = room_for(used, sizeof(*plain->held));
	for (uint32_t s = 0; s < in->students.count; s++)
		plain->next[s] = in->choice_start[s];
}

static void push(struct held *heap, uint32_t at, struct held new)
{
	for (; at && heap[(at - 1) / 2].key > new.key; at = (at - 1) / 2)
		heap[at] = heap[(at - 1) / 2];
	heap[at] = new;
}

static void replace_top(struct held *heap, uint32_t count, struct held new)
{
	uint32_t at = 0;

	for (uint32_t child = 1; child < count; child = 2 * at + 1) {
		if (child + 1 < count && heap[child + 1].key < heap[child].key)
			child++;
		if (heap[child].key >= new.key)
			break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = new;
}

/* Propose down the list until somebody holds; says who lost a seat. */
static uint32_t propose(struct plain *plain, uint32_t student)
{
	const struct match_instance *in = plain->in;

	while (plain->next[student] < in->choice_start[student + 1]) {
		uint32_t i = plain->next[student]++;
		uint32_t posting = in->choice[i].posting;
		struct held *heap = plain->held + plain->start[posting];
		struct held new = {
			.key = (uint64_t)in->choice[i].score << 32 |
			       plain->turn[student],
			.student = student,
			.choice = i,
		};
		uint32_t loser;

		if (plain->count[posting] < in->posting[posting].capacity) {
			push(heap, plain->count[posting]++, new);
			return MATCH_NONE;
		}
		if (!plain->count[posting] || heap[0].key > new.key)
			continue;
		loser = heap[0].student;
		replace_top(heap, plain->count[posting], new);
		return loser;
	}
	return MATCH_NONE;
}

static struct match_objective list(const struct plain *plain)
{
	const struct match_instance *in = plain->in;
	uint32_t *choice = room_for(in->students.count, sizeof(*choice));
	struct match_objective got = {0, 0, 0};

	for (uint32_t p = 0; p < in->postings.count; p++)
		for (uint32_t i = 0; i < plain->count[p]; i++) {
			struct held held = plain->held[plain->start[p] + i];

			choice[held.student] = held.choice;
			got.placed++;
			got.score += in->choice[held.choice].score;
		}
	free(choice);
	return got;
}

static void release(struct plain *plain)
{
	free(plain->turn);
	free(plain->start);
	free(plain->count);
	free(plain->held);
	free(plain->next);
}

int main(int argument_count, char **arguments)
{
	struct match_instance instance;
	struct plain plain = {.in = &instance};
	struct match_objective got;
	struct contest_lap before, loop, all;

	MATCH_INSIST(argument_count == 2);
	contest_instance(arguments[1], &instance);
	MATCH_INSIST(instance.ranking_count == 0);
	contest_start();
	prepare(&plain);
	before = contest_stop();
	for (uint32_t s = 0; s < instance.students.count; s++)
		for (uint32_t who = s; who != MATCH_NONE;)
			who = propose(&plain, who);
	loop = contest_stop();
	loop.wall_ms -= before.wall_ms;
	loop.cpu_ms -= before.cpu_ms;
	got = list(&plain);
	all = contest_stop();
	contest_say("plain", &all, &got);
	contest_say("plain, the loop alone", &loop, &got);
	release(&plain);
	match_instance_free(&instance);
	return 0;
}
