/*
 * Pins out, place, pins in, and the moves. A posting of before that is gone has
 * a number beyond those of the instance, as all strays of a result that is read
 * have: nobody can keep it, and a move from it names it.
 */
#include "matcher/rerun.h"

#include <string.h>

#include "matcher/memory.h"

#define NOT_TOLD (MATCH_NONE - 1)

/* A student of whom something is told; gone ones do not matter. */
static bool note(const struct match_instance *in, uint32_t *prior,
		 uint32_t student, uint32_t posting, struct match_error *error)
{
	struct match_id id;

	if (student >= in->students.count)
		return true;
	id = match_ids_at(&in->students, student);
	if (prior[student] != NOT_TOLD)
		return match_fail(
			error, MATCH_MALFORMED,
			"the previous result names student \"%.*s\" twice",
			MATCH_ID(id));
	prior[student] = posting;
	return true;
}

/* Per student the posting of before, or MATCH_NONE. */
static bool find_prior(const struct match_instance *in,
		       const struct match_result *previous, uint32_t *prior,
		       struct match_error *error)
{
	if (strcmp(previous->format, MATCH_RESULT_FORMAT) != 0)
		return match_fail(error, MATCH_MALFORMED,
				  "the format of the previous result is "
				  "\"%s\", and should be \"%s\"",
				  previous->format, MATCH_RESULT_FORMAT);
	for (uint32_t s = 0; s < in->students.count; s++)
		prior[s] = NOT_TOLD;
	for (uint32_t i = 0; i < previous->placement_count; i++)
		if (!note(in, prior, previous->placements[i].student,
			  previous->placements[i].posting, error))
			return false;
	for (uint32_t i = 0; i < previous->unplaced_count; i++)
		if (!note(in, prior, previous->unplaced[i], MATCH_NONE, error))
			return false;
	for (uint32_t s = 0; s < in->students.count; s++)
		if (prior[s] == NOT_TOLD)
			prior[s] = MATCH_NONE;
	return true;
}

/* A posting that is gone, as a stray of the result that names it. */
static bool name_gone(const struct match_instance *in,
		      const struct match_result *previous, uint32_t *posting,
		      struct match_result *result)
{
	uint32_t count = in->postings.count;

	if (*posting == MATCH_NONE || *posting < count)
		return true;
	if (!match_ids_put(&result->strays,
			   match_ids_at(&previous->strays, *posting - count),
			   posting))
		return false;
	*posting += count;
	return true;
}

/* Where everybody is now; NULL: no memory. */
static uint32_t *find_now(const struct match_instance *in,
			  const struct match_result *result)
{
	uint32_t *now = match_take(in->students.count, sizeof(*now));

	for (uint32_t s = 0; now && s < in->students.count; s++)
		now[s] = MATCH_NONE;
	for (uint32_t i = 0; now && i < result->placement_count; i++)
		now[result->placements[i].student] =
			result->placements[i].posting;
	return now;
}

static bool list_moves(const struct match_instance *in,
		       const struct match_result *previous,
		       const uint32_t *prior, struct match_result *result)
{
	uint32_t *now = find_now(in, result), count = 0;
	bool is_done = now;

	for (uint32_t s = 0; now && s < in->students.count; s++)
		count += now[s] != prior[s];
	result->moves = match_take(count, sizeof(*result->moves));
	is_done = is_done && result->moves;
	result->has_moves = true;
	match_ids_init(&result->strays, in->students.key);
	for (uint32_t s = 0; is_done && s < in->students.count; s++) {
		struct match_move move = {s, prior[s], now[s]};

		if (now[s] == prior[s])
			continue;
		is_done = name_gone(in, previous, &move.from, result);
		result->moves[result->move_count++] = move;
	}
	match_drop(now);
	return is_done;
}

static bool place_rest(const struct match_instance *rest,
		       const struct match_rerun *rerun, const uint32_t *prior,
		       struct match_result *result, struct match_error *error)
{
	const struct match_optimal_order order = {prior, rerun->watch};

	return rerun->is_optimal
		       ? match_place_optimal_by(rest, &order, result, error)
		       : match_place_stable_by(rest, rerun->thread_count,
					       result, error);
}

static bool place(const struct match_instance *instance,
		  const struct match_rerun *rerun, const uint32_t *prior,
		  struct match_result *result, struct match_error *error)
{
	struct match_pins pins;
	bool is_placed, is_done;

	if (!match_pins_init(&pins, instance, rerun->listener, error))
		return false;
	is_placed = place_rest(&pins.rest, rerun, prior, result, error);
	is_done = is_placed && match_pins_join(&pins, result, error);
	match_pins_free(&pins);
	if (is_done && prior &&
	    !list_moves(instance, rerun->previous, prior, result))
		is_done = match_no_memory(error);
	if (is_placed && !is_done)
		match_result_free(result);
	return is_done;
}

bool match_place_again(const struct match_instance *instance,
		       const struct match_rerun *rerun,
		       struct match_result *result, struct match_error *error)
{
	uint32_t *prior = NULL;
	bool is_done = true;

	memset(result, 0, sizeof(*result));
	if (rerun->previous) {
		prior = match_take(instance->students.count, sizeof(*prior));
		if (!prior)
			return match_no_memory(error);
		is_done = find_prior(instance, rerun->previous, prior, error);
	}
	is_done = is_done && place(instance, rerun, prior, result, error);
	match_drop(prior);
	return is_done;
}
