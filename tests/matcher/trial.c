/* Pinned contracts by their definition: before all others, at every node. */
#include "trial.h"

#include <stdio.h>
#include <string.h>

#include "matcher/insist.h"
#include "matcher/memory.h"
#include "matcher/outcome.h"
#include "matcher/verify.h"
#include "naive.h"

bool trial_is_pinned(const struct trial *t, uint32_t student)
{
	return t->instance.pinned[student] != MATCH_NONE;
}

static void roll_pins(struct trial *t, struct dice *dice)
{
	const struct match_instance *in = &t->instance;

	for (uint32_t s = 0; s < in->students.count; s++) {
		uint32_t first = in->choice_start[s];
		uint32_t count = in->choice_start[s + 1] - first;

		in->pinned[s] = MATCH_NONE;
		if (count && !dice_roll(dice, 3))
			in->pinned[s] =
				in->choice[first + dice_roll(dice, count)]
					.posting;
	}
}

static uint32_t stray(struct match_result *result, uint32_t count,
		      const char *id)
{
	uint32_t number;

	MATCH_INSIST(match_ids_put(&result->strays,
				   (struct match_id){id, (uint32_t)strlen(id)},
				   &number));
	return count + number;
}

/* Nowhere, a posting on the list or off it, or one that is gone. */
static uint32_t roll_prior(struct trial *t, struct dice *dice, uint32_t s)
{
	const struct match_instance *in = &t->instance;
	uint32_t first = in->choice_start[s];
	uint32_t count = in->choice_start[s + 1] - first;

	switch (dice_roll(dice, 8)) {
	case 0:
		return MATCH_NONE;
	case 1:
		return stray(&t->previous, in->postings.count, "gone");
	case 2:
		return in->postings.count ? dice_roll(dice, in->postings.count)
					  : MATCH_NONE;
	default:
		return count ? in->choice[first + dice_roll(dice, count)]
				       .posting
			     : MATCH_NONE;
	}
}

/* A previous result: lists in no order, some new students, one that is gone. */
static void roll_previous(struct trial *t, struct dice *dice)
{
	const struct match_instance *in = &t->instance;
	struct match_result *previous = &t->previous;

	match_ids_init(&previous->strays, in->students.key);
	snprintf(previous->format, sizeof(previous->format), "%s",
		 MATCH_RESULT_FORMAT);
	previous->placements = match_take((size_t)in->students.count + 1,
					  sizeof(*previous->placements));
	previous->unplaced =
		match_take(in->students.count, sizeof(*previous->unplaced));
	MATCH_INSIST(previous->placements && previous->unplaced);
	previous->placements[previous->placement_count++].student =
		stray(previous, in->students.count, "left");
	for (uint32_t s = in->students.count; s-- > 0;) {
		t->prior[s] = roll_prior(t, dice, s);
		if (t->prior[s] != MATCH_NONE)
			previous->placements[previous->placement_count++] =
				(struct match_placement){s, t->prior[s], 0, 0};
		else if (dice_roll(dice, 2))
			previous->unplaced[previous->unplaced_count++] = s;
	}
}

/* Does the first contract come before the second at every node? */
static bool is_before(const struct trial *t, uint32_t a, uint32_t a_choice,
		      uint32_t b, uint32_t b_choice)
{
	const struct match_instance *in = &t->instance;
	uint32_t rank_a, rank_b;

	if (trial_is_pinned(t, a) != trial_is_pinned(t, b))
		return trial_is_pinned(t, a);
	naive_rank(in, a, a_choice, &rank_a);
	naive_rank(in, b, b_choice, &rank_b);
	if (rank_a != rank_b)
		return rank_a < rank_b;
	if (in->choice[a_choice].score != in->choice[b_choice].score)
		return in->choice[a_choice].score > in->choice[b_choice].score;
	if (a != b)
		return in->lottery[a] < in->lottery[b];
	return in->choice[a_choice].posting < in->choice[b_choice].posting;
}

/*
 * Would the greedy choice from all that is held and one contract more take that
 * one? What is held breaks no cap, so all that is before it is kept.
 */
static bool is_taken(const struct trial *t, uint32_t student, uint32_t choice)
{
	const struct match_instance *in = &t->instance;
	uint32_t before[DUAL_STUDENTS], to = in->choice[choice].posting;

	for (uint32_t s = 0; s < in->students.count; s++)
		before[s] =
			t->held[s] != MATCH_NONE && is_before(t, s, t->held[s],
							      student, choice)
				? t->held[s]
				: MATCH_NONE;
	for (uint32_t v = 0; v < in->postings.count + in->groups.count; v++) {
		int64_t seats =
			v < in->postings.count
				? in->posting[v].capacity
				: in->group[v - in->postings.count].upper;

		if (naive_is_under(in, to, v) &&
		    naive_count(in, before, v) >= seats)
			return false;
	}
	return true;
}

bool trial_is_stable(const struct trial *t)
{
	const struct match_instance *in = &t->instance;
	uint32_t rank;

	for (uint32_t s = 0; s < in->students.count; s++)
		for (uint32_t i = in->choice_start[s];
		     i < in->choice_start[s + 1] && i != t->held[s]; i++)
			if (!trial_is_pinned(t, s) &&
			    naive_rank(in, s, i, &rank) && is_taken(t, s, i))
				return false;
	return true;
}

bool trial_is_sound(const struct trial *t, struct match_result *result)
{
	static struct match_faults faults;
	struct match_claim claim = {.instance = &t->instance,
				    .instance_sha256 = "x",
				    .result = result};
	struct match_error error;
	bool is_sound_alone;

	snprintf(result->instance_sha256, sizeof(result->instance_sha256), "x");
	MATCH_INSIST(match_verify_claim(&claim, &faults, &error));
	is_sound_alone = !faults.count;
	claim.previous = t->is_near ? &t->previous : NULL;
	MATCH_INSIST(match_verify_claim(&claim, &faults, &error));
	MATCH_INSIST(is_sound_alone == !faults.count);
	for (uint64_t i = 0; i < faults.count && i < MATCH_FAULTS_KEPT; i++)
		MATCH_INSIST(faults.kept[i].text[0]);
	return !faults.count;
}

static uint32_t posting_of(const struct trial *t, uint32_t student)
{
	uint32_t held = t->held[student];

	return held == MATCH_NONE ? MATCH_NONE
				  : t->instance.choice[held].posting;
}

void trial_tell_moves(const struct trial *t, struct match_result *result)
{
	const struct match_instance *in = &t->instance;

	match_ids_init(&result->strays, in->students.key);
	result->has_moves = true;
	result->moves = match_take(in->students.count, sizeof(*result->moves));
	MATCH_INSIST(result->moves);
	for (uint32_t s = 0; s < in->students.count; s++) {
		struct match_move *move = &result->moves[result->move_count];

		*move = (struct match_move){s, t->prior[s], posting_of(t, s)};
		if (move->from == move->to)
			continue;
		result->move_count++;
		if (move->from != MATCH_NONE &&
		    move->from >= in->postings.count)
			move->from = stray(result, in->postings.count, "gone");
	}
}

static void copy_kept(const struct trial *t, struct match_result *result)
{
	size_t count = t->instance.postings.count + t->instance.groups.count;

	result->kept_prices = match_take(count, sizeof(*result->kept_prices));
	MATCH_INSIST(result->kept_prices);
	for (size_t v = 0; v < count; v++)
		result->kept_prices[v] = t->optimal.kept_prices[v];
}

void trial_tell(const struct trial *t, bool is_optimal,
		struct match_result *result)
{
	const struct match_instance *in = &t->instance, *rest = &t->pins.rest;
	uint32_t node_count = in->postings.count + in->groups.count;
	uint32_t held[DUAL_STUDENTS];
	struct match_error error;

	for (uint32_t s = 0; s < in->students.count; s++)
		held[s] = trial_is_pinned(t, s) || t->held[s] == MATCH_NONE
				  ? MATCH_NONE
				  : rest->choice_start[s] + t->held[s] -
					    in->choice_start[s];
	if (!is_optimal) {
		MATCH_INSIST(match_outcome(&t->contracts, held, result));
	} else {
		dual_result(rest, held, t->optimal.prices, result);
		MATCH_INSIST(node_count <= DUAL_NODES);
	}
	MATCH_INSIST(match_pins_join(&t->pins, result, &error));
	if (!t->is_near)
		return;
	trial_tell_moves(t, result);
	if (is_optimal)
		copy_kept(t, result);
}

void trial_roll(struct trial *t, struct dice *dice)
{
	small_instance(dice, &t->instance);
	roll_pins(t, dice);
	roll_previous(t, dice);
}
