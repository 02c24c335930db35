/*
 * Deferred acceptance over a forest of caps. Every proposal that meets a full
 * node is settled at the lowest one: the worst contract under it goes, the new
 * one counted in. Any order of proposals leads to the same outcome.
 *
 * Threads share the trees of the forest among themselves. A student who comes
 * to a tree of another thread is sent there, list and all: so every node and
 * every student is in one hand at a time, and since the order of proposals is
 * free, the outcome is the same.
 */
#include "matcher/place.h"

#include <stdatomic.h>

#include "matcher/contracts.h"
#include "matcher/crew.h"
#include "matcher/forest.h"
#include "matcher/insist.h"
#include "matcher/memory.h"
#include "matcher/outcome.h"
#include "matcher/ring.h"
#include "matcher/share.h"

/*
 * Students are taken this many at a time, step by step: what the next step
 * needs of each is asked for early, so that it is there when its turn comes.
 */
#define BATCH 32u

struct wisher {
	uint32_t next; /* the choice to try next; MATCH_NONE: none is left */
	uint32_t end;
};

struct placing {
	const struct match_instance *instance;
	struct match_contracts contracts;
	struct match_forest forest;
	/*
	 * Per posting a key such that whatever is worse is refused. What gets
	 * in only improves with time, so what once was too bad still is, and
	 * another thread may read it late.
	 */
	_Atomic uint64_t *bar;
	struct wisher *wisher; /* per student */
	uint8_t *share;	       /* per posting: a lane; NULL if there is one */
	struct lane *lane;
	struct match_ring *ring; /* from lane a to lane b: a * lane_count + b */
	uint32_t lane_count;
	_Atomic uint32_t unsettled; /* students, as far as lanes have told */
};

/* One thread's part. */
struct lane {
	struct placing *placing;
	uint32_t number;
	uint32_t fresh, fresh_end; /* students to begin with */
	uint32_t lost[BATCH];	   /* those who lost a seat, by lottery */
	uint32_t lost_count;
	/* Those who could not be sent; there is room for all students. */
	uint32_t *waiting;
	uint32_t waiting_count;
	uint32_t settled;		 /* not told yet */
	struct match_crew_member member; /* not there: the caller works it */
};

/* A student, and the choice to try. */
struct proposal {
	uint32_t student, posting;
	uint64_t key;
};

static bool lanes_init(struct placing *p)
{
	uint64_t student_count = p->instance->students.count;

	p->lane = match_take(p->lane_count, sizeof(*p->lane));
	if (!p->lane)
		return false;
	for (uint32_t i = 0; i < p->lane_count; i++) {
		struct lane *lane = &p->lane[i];

		lane->placing = p;
		lane->number = i;
		lane->fresh = (uint32_t)(student_count * i / p->lane_count);
		lane->fresh_end =
			(uint32_t)(student_count * (i + 1) / p->lane_count);
	}
	if (p->lane_count == 1)
		return true;
	p->share = match_share_out(&p->forest, p->instance,
				   (uint8_t)p->lane_count);
	p->ring = match_take((size_t)p->lane_count * p->lane_count,
			     sizeof(*p->ring));
	for (uint32_t i = 0; i < p->lane_count; i++) {
		p->lane[i].waiting =
			match_take(student_count, sizeof(uint32_t));
		if (!p->lane[i].waiting)
			return false;
	}
	return p->share && p->ring;
}

static bool placing_init(struct placing *p,
			 const struct match_instance *instance,
			 uint32_t lane_count)
{
	uint32_t student_count = instance->students.count;
	uint32_t posting_count = instance->postings.count;

	*p = (struct placing){.instance = instance,
			      .lane_count = lane_count,
			      .unsettled = student_count};
	p->bar = match_take(posting_count, sizeof(*p->bar));
	p->wisher = match_take(student_count, sizeof(*p->wisher));
	if (!p->bar || !p->wisher ||
	    !match_contracts_init(&p->contracts, instance) ||
	    !match_forest_init(&p->forest, instance) || !lanes_init(p))
		return false;
	for (uint32_t i = 0; i < posting_count; i++)
		atomic_init(&p->bar[i], MATCH_KEY_WORST - 1);
	for (uint32_t s = 0; s < student_count; s++) {
		p->wisher[s].next = instance->choice_start[s];
		p->wisher[s].end = instance->choice_start[s + 1];
	}
	return true;
}

static void placing_free(struct placing *p)
{
	for (uint32_t i = 0; p->lane && i < p->lane_count; i++)
		match_drop(p->lane[i].waiting);
	match_contracts_free(&p->contracts);
	match_forest_free(&p->forest);
	match_drop(p->bar);
	match_drop(p->wisher);
	match_drop(p->share);
	match_drop(p->lane);
	match_drop(p->ring);
}

/* Walk down a student's list to what is not refused already. False: its end. */
static bool seek(struct placing *p, struct proposal *at)
{
	const struct match_choice *wish = p->instance->choice;
	struct wisher *who = &p->wisher[at->student];

	for (uint32_t i = who->next; i < who->end; i++) {
		at->posting = wish[i].posting;
		at->key = match_contract_key(&p->contracts, at->student, i);
		if (at->key <= atomic_load_explicit(&p->bar[at->posting],
						    memory_order_relaxed)) {
			who->next = i + 1;
			return true;
		}
	}
	who->next = MATCH_NONE;
	return false;
}

/* Hand a student over to the lane that has the posting. */
static void send(struct lane *lane, const struct proposal *at)
{
	struct placing *p = lane->placing;
	uint32_t ring = lane->number * p->lane_count + p->share[at->posting];

	p->wisher[at->student].next--;
	if (!match_ring_put(&p->ring[ring], at->student))
		lane->waiting[lane->waiting_count++] = at->student;
}

/* Find a student's next try in this lane. False: there is none, or not here. */
static bool seek_here(struct lane *lane, struct proposal *at)
{
	struct placing *p = lane->placing;

	if (!seek(p, at)) {
		lane->settled++;
		return false;
	}
	if (p->share && p->share[at->posting] != lane->number) {
		send(lane, at);
		return false;
	}
	return true;
}

/* Offer one contract. False: refused. */
static bool offer(struct lane *lane, const struct proposal *at)
{
	struct placing *p = lane->placing;
	struct match_forest *forest = &p->forest;
	uint32_t full = match_forest_full(forest, at->posting);
	uint64_t out = MATCH_KEY_BEST;

	if (full == MATCH_NONE) {
		match_forest_hold(forest, at->posting, at->key);
		lane->settled++;
		return true;
	}
	if (!forest->node[full].is_watched)
		match_forest_watch(forest, full);
	if (forest->node[full].worst >= at->key)
		out = match_forest_swap(forest, full, at->posting, at->key);
	atomic_store_explicit(&p->bar[at->posting], forest->node[full].worst,
			      memory_order_relaxed);
	if (out == MATCH_KEY_BEST)
		return false;
	lane->lost[lane->lost_count++] = match_key_position(out);
	return true;
}

/*
 * The next students; their lists are asked for. What others sent comes before
 * what could not be sent, or lanes whose rings are full would wait in a circle.
 */
static uint32_t gather(struct lane *lane, uint32_t *batch)
{
	struct placing *p = lane->placing;
	uint32_t count = 0;

	while (lane->lost_count)
		batch[count++] =
			p->contracts.by_lottery[lane->lost[--lane->lost_count]];
	for (uint32_t from = 0; p->ring && from < p->lane_count; from++)
		count += match_ring_take(
			&p->ring[from * p->lane_count + lane->number],
			batch + count, BATCH - count);
	while (count < BATCH && lane->waiting_count)
		batch[count++] = lane->waiting[--lane->waiting_count];
	while (count < BATCH && lane->fresh < lane->fresh_end)
		batch[count++] = lane->fresh++;
	for (uint32_t i = 0; i < count; i++) {
		__builtin_prefetch(&p->wisher[batch[i]]);
		__builtin_prefetch(&p->contracts.position[batch[i]]);
	}
	for (uint32_t i = 0; i < count; i++)
		__builtin_prefetch(
			&p->instance->choice[p->wisher[batch[i]].next]);
	return count;
}

/* Find each one's next try in this lane; says how many there are. */
static uint32_t seek_all(struct lane *lane, const uint32_t *student,
			 uint32_t count, struct proposal *batch)
{
	const struct match_forest *forest = &lane->placing->forest;
	uint32_t left = 0;

	for (uint32_t i = 0; i < count; i++) {
		batch[left].student = student[i];
		if (seek_here(lane, &batch[left]))
			__builtin_prefetch(
				&forest->node[batch[left++].posting]);
	}
	for (uint32_t i = 0; i < left; i++) {
		const struct match_node *posting =
			&forest->node[batch[i].posting];

		__builtin_prefetch(&forest->seat[posting->first]);
		if (posting->parent != MATCH_NONE)
			__builtin_prefetch(&forest->node[posting->parent]);
	}
	return left;
}

/* Let the other lanes see whom they were sent. */
static void show_sent(struct lane *lane)
{
	struct placing *p = lane->placing;

	for (uint32_t to = 0; p->ring && to < p->lane_count; to++)
		match_ring_show(&p->ring[lane->number * p->lane_count + to]);
}

/* One batch; false: there was nobody to take. */
static bool propose_some(struct lane *lane)
{
	struct proposal batch[BATCH];
	uint32_t student[BATCH], count = gather(lane, student), left;

	if (!count)
		return false;
	left = seek_all(lane, student, count, batch);
	for (uint32_t i = 0; i < left; i++)
		while (!offer(lane, &batch[i]) && seek_here(lane, &batch[i]))
			continue;
	show_sent(lane);
	return true;
}

/* As much as there is to do now; tells what is settled. */
static void work(struct lane *lane)
{
	while (propose_some(lane))
		continue;
	atomic_fetch_sub_explicit(&lane->placing->unsettled, lane->settled,
				  memory_order_relaxed);
	lane->settled = 0;
}

static bool is_settled(struct placing *p)
{
	return !atomic_load_explicit(&p->unsettled, memory_order_relaxed);
}

static void run_lane(void *of)
{
	struct lane *lane = of;

	for (work(lane); !is_settled(lane->placing); work(lane))
		match_crew_pause();
}

/* A lane that gets no thread, as the first, is worked by this one. */
static void propose_all(struct placing *p)
{
	for (uint32_t i = 1; i < p->lane_count; i++) {
		p->lane[i].member = (struct match_crew_member){
			.work = run_lane, .of = &p->lane[i]};
		match_crew_start(&p->lane[i].member);
	}
	while (!is_settled(p)) {
		for (uint32_t i = 0; i < p->lane_count; i++)
			if (!p->lane[i].member.is_there)
				work(&p->lane[i]);
		match_crew_pause();
	}
	for (uint32_t i = 1; i < p->lane_count; i++)
		match_crew_join(&p->lane[i].member);
}

/* The choice that each student holds; the caller's to drop. NULL: no memory. */
static uint32_t *list_held(const struct placing *p)
{
	uint32_t count = p->instance->students.count;
	uint32_t *held = match_take(count, sizeof(*held));

	for (uint32_t s = 0; held && s < count; s++)
		held[s] = p->wisher[s].next == MATCH_NONE
				  ? MATCH_NONE
				  : p->wisher[s].next - 1;
	return held;
}

bool match_place_stable_by(const struct match_instance *instance,
			   uint32_t thread_count, struct match_result *result,
			   struct match_error *error)
{
	struct placing placing;
	uint32_t *held = NULL;
	bool is_done;

	MATCH_INSIST(thread_count && thread_count <= MATCH_THREADS_MAX);
	is_done = placing_init(&placing, instance, thread_count);
	if (is_done) {
		propose_all(&placing);
		held = list_held(&placing);
	}
	is_done = held && match_outcome(&placing.contracts, held, result);
	match_drop(held);
	placing_free(&placing);
	return is_done || match_no_memory(error);
}

bool match_place_stable(const struct match_instance *instance,
			struct match_result *result, struct match_error *error)
{
	return match_place_stable_by(instance, 1, result, error);
}
