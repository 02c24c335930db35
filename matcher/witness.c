/*
 * The two witnesses: of the prices of a result, and of a flow of one group's
 * own, for which the instance is looked at as if there was nothing else.
 */
#include "matcher/witness.h"

#include <string.h>

#include "matcher/bound.h"
#include "matcher/insist.h"
#include "matcher/memory.h"
#include "matcher/place.h"

void match_witness_free(struct match_witness *witness)
{
	match_drop(witness->nodes);
	match_drop(witness->students);
	memset(witness, 0, sizeof(*witness));
}

static uint32_t node_count_of(const struct match_instance *in)
{
	return in->postings.count + in->groups.count;
}

bool match_witness_of_prices(const struct match_why *why, uint32_t group,
			     struct match_witness *witness,
			     struct match_error *error)
{
	const struct match_instance *in = why->instance;
	uint32_t node = MATCH_NONE, node_count = node_count_of(in);
	int64_t *prices;
	bool is_done;

	MATCH_INSIST(why->is_optimal);
	memset(witness, 0, sizeof(*witness));
	if (group != MATCH_NONE)
		node = in->postings.count + group;
	if (node != MATCH_NONE && why->count[node] >= in->group[group].lower)
		return true;
	prices = match_take(node_count, sizeof(*prices));
	if (!prices)
		return match_no_memory(error);
	for (uint32_t v = 0; v < node_count; v++)
		prices[v] = why->result->prices[v].shortfall;
	is_done = match_bound(&why->contracts, 0, prices, node, witness);
	match_drop(prices);
	return is_done || match_no_memory(error);
}

/* An instance of which only some choices are left, and no floor. */
struct view {
	struct match_instance instance; /* the rest is borrowed */
	bool *is_inside;		/* per group */
};

static void view_free(struct view *view)
{
	match_drop(view->is_inside);
	match_drop(view->instance.group);
	match_drop(view->instance.choice_start);
	match_drop(view->instance.choice);
}

static bool is_inside(const struct view *view, uint32_t posting)
{
	uint32_t group = view->instance.posting[posting].group;

	return group != MATCH_NONE && view->is_inside[group];
}

/* Parents come before what they hold. */
static void mark_inside(struct view *view, uint32_t top)
{
	struct match_instance *in = &view->instance;

	for (uint32_t i = in->groups.count; i > 0; i--) {
		uint32_t group = in->bottom_up[i - 1];
		uint32_t up = in->group[group].parent;

		view->is_inside[group] = group == top || (up != MATCH_NONE &&
							  view->is_inside[up]);
		in->group[group].lower = 0;
	}
}

/* The choices that count, of all that the instance has. */
static bool keep_choices(struct view *view, const struct match_why *why)
{
	const struct match_instance *from = why->instance;
	struct match_instance *in = &view->instance;
	uint32_t count = 0;

	for (uint32_t i = 0; i < from->choice_start[from->students.count]; i++)
		count += is_inside(view, from->choice[i].posting);
	in->choice = match_take(count, sizeof(*in->choice));
	if (!in->choice)
		return false;
	count = 0;
	for (uint32_t s = 0; s < from->students.count; s++) {
		in->choice_start[s] = count;
		for (uint32_t i = from->choice_start[s];
		     i < from->choice_start[s + 1]; i++) {
			uint32_t posting = from->choice[i].posting;

			if (is_inside(view, posting) &&
			    match_why_is_acceptable(why, i))
				in->choice[count++].posting = posting;
		}
	}
	in->choice_start[from->students.count] = count;
	return true;
}

/* Acceptable is what is left, so no ranking is. */
static bool view_init(struct view *view, const struct match_why *why,
		      uint32_t group)
{
	const struct match_instance *from = why->instance;
	struct match_instance *in = &view->instance;

	view->instance = *from;
	in->ranking_count = 0;
	in->choice = NULL;
	in->group = match_take(from->groups.count, sizeof(*in->group));
	in->choice_start = match_take((size_t)from->students.count + 1,
				      sizeof(*in->choice_start));
	view->is_inside = match_take(from->groups.count, sizeof(bool));
	if (!in->group || !in->choice_start || !view->is_inside) {
		view_free(view);
		return false;
	}
	memcpy(in->group, from->group, from->groups.count * sizeof(*in->group));
	mark_inside(view, group);
	if (keep_choices(view, why))
		return true;
	view_free(view);
	return false;
}

/* Place as many as possible, and read from the prices why no more. */
static bool fill(const struct match_instance *view,
		 struct match_witness *witness, struct match_error *error)
{
	const struct match_contracts contracts = {.instance = view};
	struct match_result result;
	uint32_t node_count = node_count_of(view);
	int64_t *prices = match_take(node_count, sizeof(*prices));
	bool is_done;

	if (!prices)
		return match_no_memory(error);
	if (!match_place_optimal(view, &result, error)) {
		match_drop(prices);
		return false;
	}
	for (uint32_t v = 0; v < node_count; v++)
		prices[v] = result.prices[v].placed;
	is_done = match_bound(&contracts, 1, prices, MATCH_NONE, witness);
	MATCH_INSIST(!is_done || witness->reachable == result.objective.placed);
	match_result_free(&result);
	match_drop(prices);
	return is_done || match_no_memory(error);
}

bool match_witness_of_reach(const struct match_why *why, uint32_t group,
			    struct match_witness *witness,
			    struct match_error *error)
{
	struct view view;
	bool is_done;

	memset(witness, 0, sizeof(*witness));
	if (!view_init(&view, why, group))
		return match_no_memory(error);
	is_done = fill(&view.instance, witness, error);
	view_free(&view);
	witness->needed = why->instance->group[group].lower;
	return is_done;
}
