/*
 * The result of an outcome. Nodes are numbered as cutoffs name them: postings,
 * then groups. Sums cannot overflow: 4e6 students of 1e6 points, 4e6 groups of
 * 1e9 seats.
 */
#include "matcher/outcome.h"

#include <stdio.h>
#include <string.h>

#include "matcher/memory.h"

/* What gets in at a node and everything below it. */
struct bar {
	uint64_t key; /* MATCH_KEY_WORST: anyone; MATCH_KEY_BEST: nobody */
	uint32_t binding;
};

struct outcome {
	const struct match_instance *instance;
	const struct match_contracts *contracts;
	const uint32_t *held;
	struct match_result *result;
	uint32_t node_count;
	uint32_t *placed;	 /* per node */
	uint64_t *worst;	 /* per node: the worst key held under it */
	struct bar *bar;	 /* per node */
	struct match_span *span; /* per group */
	/* Per group: the lowest full one from it up, or its root. */
	uint32_t *lowest;
	uint64_t *roomy; /* a bit per posting: it has room itself */
};

static bool outcome_init(struct outcome *o)
{
	const struct match_instance *in = o->instance;

	o->node_count = in->postings.count + in->groups.count;
	o->placed = match_take(o->node_count, sizeof(*o->placed));
	o->worst = match_take(o->node_count, sizeof(*o->worst));
	o->bar = match_take(o->node_count, sizeof(*o->bar));
	o->span = match_take(in->groups.count, sizeof(*o->span));
	o->lowest = match_take(in->groups.count, sizeof(*o->lowest));
	o->roomy = match_take(in->postings.count / 64 + 1, sizeof(*o->roomy));
	return o->placed && o->worst && o->bar && o->span && o->lowest &&
	       o->roomy;
}

static void outcome_free(struct outcome *o)
{
	match_drop(o->placed);
	match_drop(o->worst);
	match_drop(o->bar);
	match_drop(o->span);
	match_drop(o->lowest);
	match_drop(o->roomy);
}

static uint32_t parent_of(const struct match_instance *in, uint32_t node)
{
	uint32_t posting_count = in->postings.count, group;

	if (node < posting_count)
		group = in->posting[node].group;
	else
		group = in->group[node - posting_count].parent;
	return group == MATCH_NONE ? MATCH_NONE : posting_count + group;
}

static bool is_full(const struct outcome *o, uint32_t node)
{
	const struct match_instance *in = o->instance;
	uint32_t posting_count = in->postings.count;

	if (node < posting_count)
		return o->placed[node] >= in->posting[node].capacity;
	return o->placed[node] >= in->group[node - posting_count].upper;
}

/* Postings first, then groups bottom up: every node before its parent. */
static uint32_t bottom_up(const struct outcome *o, uint32_t i)
{
	uint32_t posting_count = o->instance->postings.count;

	return i < posting_count
		       ? i
		       : posting_count +
				 o->instance->bottom_up[i - posting_count];
}

static void count_nodes(struct outcome *o)
{
	const struct match_instance *in = o->instance;

	for (uint32_t s = 0; s < in->students.count; s++) {
		uint64_t key;
		uint32_t p;

		if (o->held[s] == MATCH_NONE)
			continue;
		key = match_contract_key(o->contracts, s, o->held[s]);
		p = in->choice[o->held[s]].posting;
		o->placed[p]++;
		if (o->worst[p] < key)
			o->worst[p] = key;
	}
	for (uint32_t i = 0; i < o->node_count; i++) {
		uint32_t node = bottom_up(o, i), up = parent_of(in, node);

		if (up == MATCH_NONE)
			continue;
		o->placed[up] += o->placed[node];
		if (o->worst[up] < o->worst[node])
			o->worst[up] = o->worst[node];
	}
}

/* Top down: the stricter of the node's own bar and the one above it. */
static void set_bars(struct outcome *o)
{
	for (uint32_t i = o->node_count; i-- > 0;) {
		uint32_t node = bottom_up(o, i);
		uint32_t up = parent_of(o->instance, node);
		struct bar bar = {MATCH_KEY_WORST, MATCH_NONE};

		if (is_full(o, node)) {
			bar.key = o->worst[node];
			bar.binding = node;
		}
		if (up != MATCH_NONE && o->bar[up].key < bar.key)
			bar = o->bar[up];
		o->bar[node] = bar;
	}
}

static bool list_placements(struct outcome *o)
{
	const struct match_instance *in = o->instance;
	struct match_result *result = o->result;

	for (uint32_t s = 0; s < in->students.count; s++)
		result->placement_count += o->held[s] != MATCH_NONE;
	result->placements = match_take(result->placement_count,
					sizeof(*result->placements));
	result->unplaced =
		match_take(in->students.count - result->placement_count,
			   sizeof(*result->unplaced));
	if (!result->placements || !result->unplaced)
		return false;
	result->placement_count = 0;
	for (uint32_t s = 0; s < in->students.count; s++) {
		uint32_t held = o->held[s];

		if (held == MATCH_NONE) {
			result->unplaced[result->unplaced_count++] = s;
			continue;
		}
		result->placements[result->placement_count++] =
			(struct match_placement){
				.student = s,
				.posting = in->choice[held].posting,
				.score = in->choice[held].score,
				.choice = held - in->choice_start[s] + 1,
			};
		result->objective.score += in->choice[held].score;
	}
	result->objective.placed = result->placement_count;
	return true;
}

static bool list_groups(struct outcome *o)
{
	const struct match_instance *in = o->instance;
	struct match_result *result = o->result;

	result->groups = match_take(in->groups.count, sizeof(*result->groups));
	if (!result->groups)
		return false;
	result->group_count = in->groups.count;
	for (uint32_t g = 0; g < in->groups.count; g++) {
		struct match_group_line *line = &result->groups[g];

		line->group = g;
		line->placed = o->placed[in->postings.count + g];
		line->lower = in->group[g].lower;
		line->has_upper = in->group[g].upper != MATCH_NO_CAP;
		line->upper = line->has_upper ? in->group[g].upper : 0;
		if (line->lower > line->placed)
			line->shortfall = line->lower - line->placed;
		result->objective.shortfall += line->shortfall;
	}
	return true;
}

static struct match_cutoff cutoff_of(const struct outcome *o, uint32_t posting)
{
	const struct match_instance *in = o->instance;
	struct match_cutoff cutoff = {.posting = posting,
				      .binding = o->bar[posting].binding};
	struct match_key_parts parts;

	if (o->bar[posting].key == MATCH_KEY_BEST)
		return cutoff;
	parts = match_key_parts(o->contracts, o->bar[posting].key);
	cutoff.has_rank = parts.rank < in->students.count;
	cutoff.rank = cutoff.has_rank ? (int64_t)parts.rank + 1 : 0;
	cutoff.has_score = true;
	cutoff.score = parts.score;
	cutoff.has_lottery = true;
	cutoff.lottery = in->lottery[parts.student];
	return cutoff;
}

static bool list_cutoffs(struct outcome *o)
{
	uint32_t posting_count = o->instance->postings.count, count = 0;
	struct match_result *result = o->result;

	for (uint32_t p = 0; p < posting_count; p++)
		count += o->bar[p].binding != MATCH_NONE;
	result->cutoffs = match_take(count, sizeof(*result->cutoffs));
	if (!result->cutoffs)
		return false;
	for (uint32_t p = 0; p < posting_count; p++)
		if (o->bar[p].binding != MATCH_NONE)
			result->cutoffs[result->cutoff_count++] =
				cutoff_of(o, p);
	return true;
}

/* Few postings have room, and the bits of all of them stay near at hand. */
static bool is_roomy(const struct outcome *o, uint32_t posting)
{
	return o->roomy[posting / 64] >> posting % 64 & 1;
}

/* Parents come before what they hold. */
static void find_lowest_and_rooms(struct outcome *o)
{
	const struct match_instance *in = o->instance;

	for (uint32_t p = 0; p < in->postings.count; p++)
		o->roomy[p / 64] |= (uint64_t)!is_full(o, p) << p % 64;
	match_group_spans(in, o->span);
	for (uint32_t i = in->groups.count; i-- > 0;) {
		uint32_t group = in->bottom_up[i];
		uint32_t up = in->group[group].parent;

		o->lowest[group] = group;
		if (up != MATCH_NONE && !is_full(o, in->postings.count + group))
			o->lowest[group] = o->lowest[up];
	}
}

/*
 * Has the path up from a posting of this group room, as far as it meets that of
 * the other? Then the lowest full node of it is above both.
 */
static bool has_room(const struct outcome *o, uint32_t group, uint32_t other)
{
	return match_is_under(o->span[other], o->span[o->lowest[group]]);
}

/* The best posting of the same root that has room, or MATCH_NONE. */
static uint32_t own_move_of(const struct outcome *o, uint32_t student)
{
	const struct match_instance *in = o->instance;
	uint32_t held = o->held[student], first = in->choice_start[student];
	uint32_t group, own;

	if (held == MATCH_NONE || held == first)
		return MATCH_NONE;
	own = in->posting[in->choice[held].posting].group;
	if (own == MATCH_NONE)
		return MATCH_NONE;
	for (uint32_t i = first; i < held; i++) {
		uint32_t posting = in->choice[i].posting;

		if (!is_roomy(o, posting))
			continue;
		group = in->posting[posting].group;
		if (group != MATCH_NONE && has_room(o, group, own) &&
		    match_contract_key(o->contracts, student, i) !=
			    MATCH_KEY_WORST)
			return posting;
	}
	return MATCH_NONE;
}

static bool list_own_moves(struct outcome *o)
{
	const struct match_instance *in = o->instance;
	struct match_result *result = o->result;
	size_t room = 0;

	find_lowest_and_rooms(o);
	for (uint32_t s = 0; s < in->students.count; s++) {
		uint32_t to = own_move_of(o, s);
		struct match_own_move *grown;

		if (to == MATCH_NONE)
			continue;
		grown = match_grow(result->own_moves, &room,
				   (size_t)result->own_move_count + 1,
				   sizeof(*grown));
		if (!grown)
			return false;
		result->own_moves = grown;
		grown[result->own_move_count++] = (struct match_own_move){
			.student = s,
			.from = in->choice[o->held[s]].posting,
			.to = to,
		};
	}
	return true;
}

static bool make_outcome(const struct match_contracts *contracts,
			 const uint32_t *held, bool is_stable,
			 struct match_result *result)
{
	struct outcome o = {.instance = contracts->instance,
			    .contracts = contracts,
			    .held = held,
			    .result = result};
	bool is_done;

	memset(result, 0, sizeof(*result));
	snprintf(result->format, sizeof(result->format), "%s",
		 MATCH_RESULT_FORMAT);
	snprintf(result->mode, sizeof(result->mode), "%s",
		 is_stable ? "stable" : "optimal");
	snprintf(result->seed, sizeof(result->seed), "%s",
		 contracts->instance->seed);
	is_done = outcome_init(&o);
	if (is_done) {
		count_nodes(&o);
		set_bars(&o);
	}
	is_done = is_done && list_placements(&o) && list_groups(&o);
	if (is_done && is_stable)
		is_done = list_cutoffs(&o) && list_own_moves(&o);
	outcome_free(&o);
	if (!is_done)
		match_result_free(result);
	return is_done;
}

bool match_outcome(const struct match_contracts *contracts,
		   const uint32_t *held, struct match_result *result)
{
	return make_outcome(contracts, held, true, result);
}

bool match_outcome_optimal(const struct match_contracts *contracts,
			   const uint32_t *held, struct match_result *result)
{
	return make_outcome(contracts, held, false, result);
}
