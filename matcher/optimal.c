/*
 * Mode optimal: three stages of one flow, each on the face that is optimal for
 * the stages before it, and a fourth where moves from an earlier placement are
 * to be spared. What a stage leaves with a reduced cost is settled for good:
 * units stay, choices go.
 */
#include "matcher/optimal.h"

#include <string.h>

#include "matcher/insist.h"
#include "matcher/memory.h"
#include "matcher/outcome.h"

/* By how much epsilon shrinks, and when a look for exact potentials pays. */
#define FLOW_SHRINK 6
#define FLOW_PATIENCE_FIRST 3
#define FLOW_PATIENCE 20

static int64_t greatest_score(const struct flow *flow)
{
	uint32_t greatest = 1;

	for (uint32_t s = 0; s < flow->student_count; s++)
		for (uint32_t i = flow->student[s].arc_start;
		     i < flow->student[s].arc_end; i++)
			if (flow->arc[i].score > greatest)
				greatest = flow->arc[i].score;
	return greatest;
}

/* Costs change: whoever is held must be looked at. */
static void forget_claims(struct flow *flow)
{
	for (uint32_t at = 0; at < flow->node_count; at++)
		for (uint32_t i = 0; i < flow->node[at].held_count; i++)
			flow->node[at].held[i].claim = FLOW_UNKNOWN;
}

/* A cycle passes a node once, and a student between two nodes. */
static void set_costs(struct flow *flow, enum flow_stage stage)
{
	flow->scale = 2 * (int64_t)flow->node_count + 2;
	flow->missing = stage == FLOW_SHORTFALL ? flow->scale : 0;
	flow->staying_out = stage == FLOW_PLACED ? flow->scale : 0;
	flow->point = stage >= FLOW_SCORE ? flow->scale : 0;
	if (stage == FLOW_KEPT)
		flow->staying_out = -flow->scale;
	flow->epsilon = flow->scale;
	if (stage >= FLOW_SCORE)
		flow->epsilon *= greatest_score(flow);
	memset(flow->potential, 0, flow->node_count * sizeof(*flow->potential));
	forget_claims(flow);
}

static int64_t whole(int64_t potential, int64_t scale)
{
	return potential / scale - (potential % scale < 0);
}

static void count_phases(struct flow *flow, enum flow_stage stage)
{
	struct match_progress *progress = &flow->progress;

	progress->objective = (uint32_t)stage + 1;
	progress->phase = 0;
	progress->phase_count = 1;
	for (int64_t at = flow->epsilon / FLOW_SHRINK; at > 1;
	     at /= FLOW_SHRINK)
		progress->phase_count++;
}

static void tell_phase(struct flow *flow)
{
	flow->progress.phase++;
	if (flow->watch)
		flow->watch->tell(flow->watch->to, &flow->progress);
}

/* Make the flow optimal for the stage; false: a potential left the range. */
static bool flow_solve(struct flow *flow, enum flow_stage stage)
{
	bool is_proved;

	set_costs(flow, stage);
	count_phases(flow, stage);
	is_proved =
		stage != FLOW_SCORE && flow_prove(flow, FLOW_PATIENCE_FIRST);
	while (!is_proved) {
		flow->epsilon /= FLOW_SHRINK;
		if (flow->epsilon < 1)
			flow->epsilon = 1;
		tell_phase(flow);
		flow_scale(flow);
		if (flow->is_too_far)
			return false;
		if (flow->epsilon == 1)
			is_proved = flow_prove(flow, 0);
		else if (flow->epsilon <= flow->scale / 4)
			is_proved = flow_prove(flow, FLOW_PATIENCE);
	}
	for (uint32_t at = 0; at < flow->node_count; at++)
		flow->potential[at] = whole(flow->potential[at], flow->scale);
	return true;
}

static int64_t price_of(const struct flow *flow, uint32_t at)
{
	return flow->potential[flow->node[at].parent] - flow->potential[at];
}

/* Where complementary slackness leaves the units of a node. */
static void bound_node(struct flow *flow, uint32_t at, enum flow_stage stage)
{
	struct flow_node *node = &flow->node[at];
	int64_t price = price_of(flow, at);
	int64_t base = 0;

	if (stage == FLOW_SHORTFALL) {
		if (price < 0) {
			node->high = node->floor;
			base = -1;
		} else {
			node->low = node->floor;
		}
	}
	if (price > base)
		node->low = node->high;
	if (price < base)
		node->high = node->low;
	MATCH_INSIST(node->low <= node->units && node->units <= node->high);
}

/* The cost of a seat in whole points, less what its node gives. */
static int64_t dearness(const struct flow *flow, uint32_t at)
{
	uint32_t node = flow->outside;
	int64_t cost = flow->staying_out / flow->scale;

	if (at != FLOW_OUT) {
		node = flow->arc[at].posting;
		cost = -(int64_t)flow->arc[at].score *
		       (flow->point / flow->scale);
	}
	return cost - flow->potential[node];
}

/* Strike the choices that are dearer than the seat that is held. */
static void strike_choices(struct flow *flow, struct flow_student *student)
{
	int64_t held = dearness(flow, student->at);
	uint32_t kept = student->arc_start, at = student->at;

	for (uint32_t i = kept; i < student->arc_end; i++) {
		int64_t rest = dearness(flow, i) - held;

		MATCH_INSIST(rest >= 0);
		if (rest)
			continue;
		if (i == student->at)
			at = kept;
		flow->arc[kept++] = flow->arc[i];
	}
	if (dearness(flow, FLOW_OUT) != held)
		student->may_stay_out = false;
	student->at = at;
	student->arc_end = kept;
}

static void settle(struct flow *flow, enum flow_stage stage)
{
	for (uint32_t at = 0; at < flow->outside; at++)
		bound_node(flow, at, stage);
	for (uint32_t s = 0; s < flow->student_count; s++)
		strike_choices(flow, &flow->student[s]);
}

/* What is asked and found beside the flow itself. */
struct finding {
	const uint32_t *prior; /* per student: a posting; NULL: no stage four */
	uint32_t *held;	       /* per student: a choice */
	struct match_price *prices;
	int64_t *kept_prices; /* NULL without prior */
};

static void note_price(struct finding *found, uint32_t node,
		       enum flow_stage stage, int64_t number)
{
	MATCH_INSIST(number <= MATCH_PRICE_MAX && number >= -MATCH_PRICE_MAX);
	if (stage == FLOW_SHORTFALL)
		found->prices[node].shortfall = number;
	else if (stage == FLOW_PLACED)
		found->prices[node].placed = number;
	else if (stage == FLOW_SCORE)
		found->prices[node].score = number;
	else
		found->kept_prices[node] = number;
}

/* Groups that are no nodes have no price. */
static void note_prices(const struct flow *flow, enum flow_stage stage,
			struct finding *found)
{
	const struct match_instance *in = flow->instance;

	for (uint32_t p = 0; p < in->postings.count; p++)
		note_price(found, p, stage, price_of(flow, p));
	for (uint32_t g = 0; g < in->groups.count; g++)
		if (flow->group_node[g] != MATCH_NONE)
			note_price(found, in->postings.count + g, stage,
				   price_of(flow, flow->group_node[g]));
}

/*
 * Count what is kept as points. Staying out has one cost for all, so it is
 * worth a point to everyone: to who had a posting, whatever is not that one is
 * worth a point as well, and keeping it is worth two.
 */
static void weigh_keeping(struct flow *flow, const uint32_t *prior)
{
	for (uint32_t s = 0; s < flow->student_count; s++)
		for (uint32_t i = flow->student[s].arc_start;
		     i < flow->student[s].arc_end; i++) {
			struct flow_arc *arc = &flow->arc[i];

			arc->score = prior[s] != MATCH_NONE;
			arc->score += arc->posting == prior[s];
		}
}

static void list_held(const struct flow *flow, uint32_t *held)
{
	const struct match_instance *in = flow->instance;

	for (uint32_t s = 0; s < flow->student_count; s++) {
		uint32_t at = flow->student[s].at, i = in->choice_start[s];

		held[s] = MATCH_NONE;
		if (at == FLOW_OUT)
			continue;
		while (in->choice[i].posting != flow->arc[at].posting)
			i++;
		held[s] = i;
	}
}

static bool solve(struct flow *flow, struct finding *found)
{
	enum flow_stage last = found->prior ? FLOW_KEPT : FLOW_SCORE;

	flow->progress.objective_count = (uint32_t)last + 1;
	flow_start(flow);
	for (enum flow_stage stage = 0; stage <= last; stage++) {
		if (stage == FLOW_KEPT)
			weigh_keeping(flow, found->prior);
		if (!flow_solve(flow, stage))
			return false;
		note_prices(flow, stage, found);
		settle(flow, stage);
	}
	list_held(flow, found->held);
	return true;
}

static bool take_finding(struct finding *found, const struct match_instance *in)
{
	size_t node_count = (size_t)in->postings.count + in->groups.count;

	found->held = match_take(in->students.count, sizeof(*found->held));
	found->prices = match_take(node_count, sizeof(*found->prices));
	if (found->prior)
		found->kept_prices =
			match_take(node_count, sizeof(*found->kept_prices));
	return found->held && found->prices &&
	       (!found->prior || found->kept_prices);
}

static bool place(const struct match_contracts *contracts,
		  const struct match_optimal_order *order,
		  struct match_result *result, struct match_error *error)
{
	struct finding found = {.prior = order->prior};
	struct flow flow;
	bool is_done = false, is_solved = true;

	if (take_finding(&found, contracts->instance) &&
	    flow_init(&flow, contracts)) {
		flow.watch = order->watch;
		is_solved = solve(&flow, &found);
		flow_free(&flow);
		is_done = is_solved &&
			  match_outcome_optimal(contracts, found.held, result);
	}
	match_drop(found.held);
	if (is_done) {
		result->prices = found.prices;
		result->kept_prices = found.kept_prices;
	} else {
		match_drop(found.prices);
		match_drop(found.kept_prices);
	}
	if (!is_solved)
		return match_fail(error, MATCH_TOO_LARGE,
				  "the prices of this instance pass 62 bits: "
				  "fewer groups, or smaller scores");
	return is_done || match_no_memory(error);
}

bool match_place_optimal_by(const struct match_instance *instance,
			    const struct match_optimal_order *order,
			    struct match_result *result,
			    struct match_error *error)
{
	struct match_contracts contracts;
	bool is_done;

	memset(result, 0, sizeof(*result));
	if (!match_contracts_init(&contracts, instance))
		return match_no_memory(error);
	is_done = place(&contracts, order, result, error);
	match_contracts_free(&contracts);
	return is_done;
}

bool match_place_optimal(const struct match_instance *instance,
			 struct match_result *result, struct match_error *error)
{
	const struct match_optimal_order order = {.prior = NULL};

	return match_place_optimal_by(instance, &order, result, error);
}
