/* Counting students by what became of them; trusts that the result is sound. */
#include "matcher/shortage.h"

#include <string.h>

#include "matcher/memory.h"

/* What a student's list says of a group. */
struct listing {
	bool has_any, has_acceptable;
	bool has_better; /* than what is held: refused, in mode stable */
	bool is_turned_above;
};

struct counting {
	const struct match_why *why;
	const bool *is_inside; /* per node */
	struct match_shortage *answer;
};

static bool *mark_inside(const struct match_instance *in, uint32_t group)
{
	uint32_t posting_count = in->postings.count;
	bool *is_inside = match_take((size_t)posting_count + in->groups.count,
				     sizeof(*is_inside));

	if (!is_inside)
		return NULL;
	is_inside[posting_count + group] = true;
	for (uint32_t i = in->groups.count; i > 0; i--) {
		uint32_t node = posting_count + in->bottom_up[i - 1];
		uint32_t above = match_node_above(in, node);

		if (above != MATCH_NONE && is_inside[above])
			is_inside[node] = true;
	}
	for (uint32_t p = 0; p < posting_count; p++) {
		uint32_t above = match_node_above(in, p);

		is_inside[p] = above != MATCH_NONE && is_inside[above];
	}
	return is_inside;
}

/* Does the node that binds at a posting stand above the group? */
static bool is_bound_above(const struct counting *c, uint32_t posting)
{
	uint32_t cutoff = c->why->cutoff[posting];

	return cutoff != MATCH_NONE &&
	       !c->is_inside[c->why->result->cutoffs[cutoff].binding];
}

static struct listing read_list(const struct counting *c, uint32_t student)
{
	const struct match_instance *in = c->why->instance;
	struct listing listing = {false, false, false, false};

	for (uint32_t i = in->choice_start[student];
	     i < in->choice_start[student + 1]; i++) {
		uint32_t posting = in->choice[i].posting;

		if (!c->is_inside[posting])
			continue;
		listing.has_any = true;
		if (!match_why_is_acceptable(c->why, i))
			continue;
		listing.has_acceptable = true;
		if (i >= c->why->held[student])
			continue;
		listing.has_better = true;
		listing.is_turned_above |= is_bound_above(c, posting);
	}
	return listing;
}

static bool is_held_inside(const struct counting *c, uint32_t student)
{
	uint32_t held = c->why->held[student];

	return held != MATCH_NONE &&
	       c->is_inside[c->why->instance->choice[held].posting];
}

static void count_student(struct counting *c, uint32_t student)
{
	struct listing listing = read_list(c, student);
	struct match_shortage *answer = c->answer;
	bool is_stable = !c->why->is_optimal;

	if (!listing.has_any)
		return;
	answer->listed++;
	if (is_held_inside(c, student))
		return;
	if (!listing.has_acceptable) {
		answer->unacceptable++;
		return;
	}
	if (is_stable && !listing.has_better) {
		answer->content++;
		return;
	}
	if (c->why->held[student] == MATCH_NONE)
		answer->unplaced++;
	else
		answer->elsewhere++;
	if (is_stable && listing.is_turned_above)
		answer->turned_above++;
	else if (is_stable)
		answer->turned_inside++;
}

static void tell_numbers(const struct match_why *why, uint32_t group,
			 struct match_shortage *answer)
{
	const struct match_group *told = &why->instance->group[group];

	answer->group = group;
	answer->placed = why->count[why->instance->postings.count + group];
	answer->lower = told->lower;
	answer->has_upper = told->upper != MATCH_NO_CAP;
	answer->upper = answer->has_upper ? told->upper : 0;
	if (answer->placed < answer->lower)
		answer->shortfall = answer->lower - answer->placed;
	answer->is_short_in_all = !why->is_optimal && answer->shortfall &&
				  told->parent == MATCH_NONE;
}

static bool count_students(const struct match_why *why,
			   struct match_shortage *answer)
{
	const struct match_instance *in = why->instance;
	bool *is_inside = mark_inside(in, answer->group);
	struct counting counting = {why, is_inside, answer};

	if (!is_inside)
		return false;
	for (uint32_t s = 0; s < in->students.count; s++)
		count_student(&counting, s);
	match_drop(is_inside);
	return true;
}

bool match_shortage(const struct match_why *why, uint32_t group,
		    struct match_shortage *answer, struct match_error *error)
{
	memset(answer, 0, sizeof(*answer));
	tell_numbers(why, group, answer);
	if (!count_students(why, answer))
		return match_no_memory(error);
	if (match_witness_of_reach(why, group, &answer->reach, error) &&
	    (!why->is_optimal ||
	     match_witness_of_prices(why, group, &answer->cut, error)))
		return true;
	match_shortage_free(answer);
	return false;
}

void match_shortage_free(struct match_shortage *answer)
{
	match_witness_free(&answer->reach);
	match_witness_free(&answer->cut);
	memset(answer, 0, sizeof(*answer));
}
