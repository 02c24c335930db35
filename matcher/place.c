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

struct placing {
	const struct match_instance *instance;
	struct match_contracts contracts;
	struct match_forest forest;
	/*
	 * Per posting a key that once was too bad there. What gets in only
	 * improves with time, so whatever is worse still is.
	 */
	uint64_t *refused;
	uint32_t *next; /* per student: the choice to try next */
	uint32_t *held; /* per student: the choice that holds, or MATCH_NONE */
};

static bool placing_init(struct placing *placing,
			 const struct match_instance *instance)
{
	uint32_t student_count = instance->students.count;
	uint32_t posting_count = instance->postings.count;

	*placing = (struct placing){.instance = instance};
	placing->refused = match_take(posting_count, sizeof(uint64_t));
	placing->next = match_take(student_count, sizeof(uint32_t));
	placing->held = match_take(student_count, sizeof(uint32_t));
	if (!placing->refused || !placing->next || !placing->held ||
	    !match_contracts_init(&placing->contracts, instance) ||
	    !match_forest_init(&placing->forest, instance))
		return false;
	for (uint32_t p = 0; p < posting_count; p++)
		placing->refused[p] = MATCH_KEY_WORST;
	for (uint32_t s = 0; s < student_count; s++) {
		placing->next[s] = instance->choice_start[s];
		placing->held[s] = MATCH_NONE;
	}
	return true;
}

static void placing_free(struct placing *placing)
{
	match_contracts_free(&placing->contracts);
	match_forest_free(&placing->forest);
	match_drop(placing->refused);
	match_drop(placing->next);
	match_drop(placing->held);
}

/*
 * Offer one contract. False: refused. True: held, and *loser is the student
 * who had to make room, or MATCH_NONE.
 */
static bool offer(struct placing *placing, uint32_t posting,
		  struct match_seat seat, uint32_t *loser)
{
	struct match_forest *forest = &placing->forest;
	uint32_t full = match_forest_full(forest, posting);

	*loser = MATCH_NONE;
	if (full != MATCH_NONE) {
		if (forest->node[full].worst.key < seat.key) {
			placing->refused[posting] =
				forest->node[full].worst.key + 1;
			return false;
		}
		*loser = match_forest_reject(forest, full).student;
		placing->held[*loser] = MATCH_NONE;
	}
	match_forest_hold(forest, posting, seat);
	return true;
}

/* Walk down a student's list until somebody holds; says who lost a seat. */
static uint32_t propose(struct placing *placing, uint32_t student)
{
	const struct match_instance *in = placing->instance;
	uint32_t end = in->choice_start[student + 1];

	while (placing->next[student] < end) {
		uint32_t choice = placing->next[student]++, loser;
		uint32_t posting = in->choice[choice].posting;
		struct match_seat seat = {
			.key = match_contract_key(&placing->contracts, student,
						  choice),
			.student = student,
		};

		if (seat.key >= placing->refused[posting])
			continue;
		if (offer(placing, posting, seat, &loser)) {
			placing->held[student] = choice;
			return loser;
		}
	}
	return MATCH_NONE;
}

bool match_place_stable(const struct match_instance *instance,
			struct match_result *result, struct match_error *error)
{
	struct placing placing;
	bool is_done = placing_init(&placing, instance);

	for (uint32_t s = 0; is_done && s < instance->students.count; s++)
		for (uint32_t who = s; who != MATCH_NONE;)
			who = propose(&placing, who);
	is_done = is_done &&
		  match_outcome(&placing.contracts, placing.held, result);
	placing_free(&placing);
	return is_done || match_no_memory(error);
}
