/*
 * Deferred acceptance over a forest of caps. Every proposal that meets a full
 * node is settled at the lowest one: the worst contract under it goes, the new
 * one counted in. Any order of proposals leads to the same outcome.
 */
#include "matcher/place.h"

#include "matcher/contracts.h"
#include "matcher/forest.h"
#include "matcher/memory.h"
#include "matcher/outcome.h"

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
	 * in only improves with time, so what once was too bad still is.
	 */
	uint64_t *bar;
	struct wisher *wisher; /* per student */
	uint32_t fresh;	       /* the student to begin with next */
	uint32_t lost[BATCH];  /* those who lost a seat, by lottery */
	uint32_t lost_count;
};

/* A student, and the choice to try. */
struct proposal {
	uint32_t student, posting;
	uint64_t key;
};

static bool placing_init(struct placing *p,
			 const struct match_instance *instance)
{
	uint32_t student_count = instance->students.count;
	uint32_t posting_count = instance->postings.count;

	*p = (struct placing){.instance = instance};
	p->bar = match_take(posting_count, sizeof(*p->bar));
	p->wisher = match_take(student_count, sizeof(*p->wisher));
	if (!p->bar || !p->wisher ||
	    !match_contracts_init(&p->contracts, instance) ||
	    !match_forest_init(&p->forest, instance))
		return false;
	for (uint32_t i = 0; i < posting_count; i++)
		p->bar[i] = MATCH_KEY_WORST - 1;
	for (uint32_t s = 0; s < student_count; s++) {
		p->wisher[s].next = instance->choice_start[s];
		p->wisher[s].end = instance->choice_start[s + 1];
	}
	return true;
}

static void placing_free(struct placing *p)
{
	match_contracts_free(&p->contracts);
	match_forest_free(&p->forest);
	match_drop(p->bar);
	match_drop(p->wisher);
}

/* Walk down a student's list to what is not refused already. False: its end. */
static bool seek(struct placing *p, struct proposal *at)
{
	const struct match_choice *wish = p->instance->choice;
	struct wisher *who = &p->wisher[at->student];

	for (uint32_t i = who->next; i < who->end; i++) {
		at->posting = wish[i].posting;
		at->key = match_contract_key(&p->contracts, at->student, i);
		if (at->key <= p->bar[at->posting]) {
			who->next = i + 1;
			return true;
		}
	}
	who->next = MATCH_NONE;
	return false;
}

/* Offer one contract. False: refused. */
static bool offer(struct placing *p, const struct proposal *at)
{
	struct match_forest *forest = &p->forest;
	uint32_t full = match_forest_full(forest, at->posting);
	uint64_t out;

	if (full == MATCH_NONE) {
		match_forest_hold(forest, at->posting, at->key);
		return true;
	}
	if (!forest->node[full].is_watched)
		match_forest_watch(forest, full);
	if (forest->node[full].worst < at->key) {
		p->bar[at->posting] = forest->node[full].worst;
		return false;
	}
	out = match_forest_swap(forest, full, at->posting, at->key);
	p->bar[at->posting] = forest->node[full].worst;
	p->lost[p->lost_count++] = match_key_position(out);
	return true;
}

/* The next students: those who lost a seat, then those not begun with. */
static uint32_t gather(struct placing *p, struct proposal *batch)
{
	uint32_t count = 0;

	while (p->lost_count)
		batch[count++].student =
			p->contracts.by_lottery[p->lost[--p->lost_count]];
	for (; count < BATCH && p->fresh < p->instance->students.count;)
		batch[count++].student = p->fresh++;
	for (uint32_t i = 0; i < count; i++) {
		__builtin_prefetch(&p->wisher[batch[i].student]);
		__builtin_prefetch(&p->contracts.position[batch[i].student]);
	}
	for (uint32_t i = 0; i < count; i++) {
		uint32_t next = p->wisher[batch[i].student].next;
		__builtin_prefetch(&p->instance->choice[next]);
	}
	return count;
}

/* Find each one's next try; drops who has none. */
static uint32_t seek_all(struct placing *p, struct proposal *batch,
			 uint32_t count)
{
	const struct match_node *node = p->forest.node;
	uint32_t left = 0;

	for (uint32_t i = 0; i < count; i++) {
		batch[left] = batch[i];
		if (seek(p, &batch[left]))
			__builtin_prefetch(&node[batch[left++].posting]);
	}
	for (uint32_t i = 0; i < left; i++) {
		const struct match_node *posting = &node[batch[i].posting];

		__builtin_prefetch(&p->forest.seat[posting->first]);
		if (posting->parent != MATCH_NONE)
			__builtin_prefetch(&node[posting->parent]);
	}
	return left;
}

static void propose_all(struct placing *p)
{
	struct proposal batch[BATCH];
	uint32_t count;

	while ((count = gather(p, batch)) > 0) {
		count = seek_all(p, batch, count);
		for (uint32_t i = 0; i < count; i++)
			while (!offer(p, &batch[i]) && seek(p, &batch[i]))
				continue;
	}
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

bool match_place_stable(const struct match_instance *instance,
			struct match_result *result, struct match_error *error)
{
	struct placing placing;
	uint32_t *held = NULL;
	bool is_done = placing_init(&placing, instance);

	if (is_done) {
		propose_all(&placing);
		held = list_held(&placing);
	}
	is_done = held && match_outcome(&placing.contracts, held, result);
	match_drop(held);
	placing_free(&placing);
	return is_done || match_no_memory(error);
}
