/*
 * Cost scaling by push and relabel, on nodes and implicit students. A student
 * adrift bids for the best seat; a node with more units than it can pass on
 * lets students go, or hands units down, or lowers its potential.
 */
#include "matcher/insist.h"
#include "matcher/optimal.h"

/* Move units from a node to the one above, or back where count is negative. */
static void push_up(struct flow *flow, uint32_t at, int64_t count)
{
	struct flow_node *node = &flow->node[at];

	node->units = (uint32_t)(node->units + count);
	node->excess -= count;
	flow->node[node->parent].excess += count;
}

/* Fill or empty the arc to the parent until no part of it has gain left. */
static void settle_arc(struct flow *flow, uint32_t at)
{
	const struct flow_node *node = &flow->node[at];
	int64_t drop = flow->potential[at] - flow->potential[node->parent];
	struct flow_room room = flow_up(flow, at);

	while (room.units && room.cost + drop < 0) {
		push_up(flow, at, room.units);
		room = flow_up(flow, at);
	}
	room = flow_down(flow, at);
	while (room.units && room.cost - drop < 0) {
		push_up(flow, at, -(int64_t)room.units);
		room = flow_down(flow, at);
	}
}

/* The best seat of a student, and the cost there of it and of the next. */
struct bid {
	int64_t best, second;
	uint32_t at;
};

static struct bid find_bid(const struct flow *flow, uint32_t student)
{
	const int64_t *potential = flow->potential;
	const struct flow_student *who = &flow->student[student];
	struct bid bid = {INT64_MAX / 2, INT64_MAX / 2, FLOW_ADRIFT};

	if (who->may_stay_out) {
		bid.best = flow->staying_out - potential[flow->outside];
		bid.at = FLOW_OUT;
	}
	for (uint32_t i = who->arc_start; i < who->arc_end; i++) {
		int64_t cost = -(int64_t)flow->arc[i].score * flow->point -
			       potential[flow->arc[i].posting];

		if (cost < bid.best) {
			bid.second = bid.best;
			bid.best = cost;
			bid.at = i;
		} else if (cost < bid.second) {
			bid.second = cost;
		}
	}
	return bid;
}

static void set_adrift(struct flow *flow, uint32_t student)
{
	flow->student[student].at = FLOW_ADRIFT;
	flow_enqueue(flow, flow->node_count + student);
}

/* Pass units up while that gains. */
static void discharge_up(struct flow *flow, uint32_t at)
{
	struct flow_node *node = &flow->node[at];
	int64_t drop;

	drop = flow->potential[at] - flow->potential[node->parent];
	while (node->excess > 0) {
		struct flow_room room = flow_up(flow, at);
		int64_t count = room.units;

		if (!count || room.cost + drop >= 0)
			return;
		if (count > node->excess)
			count = node->excess;
		push_up(flow, at, count);
		if (flow->node[node->parent].excess > 0)
			flow_enqueue(flow, node->parent);
	}
}

static uint32_t bid_node(const struct flow *flow, const struct bid *bid)
{
	return bid->at == FLOW_OUT ? flow->outside : flow->arc[bid->at].posting;
}

static bool is_full(const struct flow *flow, uint32_t at)
{
	return flow->node[at].held_count == flow->node[at].held_room;
}

static void arrive(struct flow *flow, uint32_t student, const struct bid *bid)
{
	uint32_t at = bid_node(flow, bid);
	struct flow_node *node = &flow->node[at];

	flow->student[student].at = bid->at;
	flow_hold(node, student, bid->best + flow->potential[at] - bid->second);
	if (++node->excess > 0)
		flow_enqueue(flow, at);
}

static void discharge_students(struct flow *flow, uint32_t at)
{
	struct flow_node *node = &flow->node[at];
	int64_t potential = flow->potential[at];

	while (node->excess > 0 && node->held_count &&
	       potential < node->held[0].claim) {
		set_adrift(flow, node->held[0].student);
		flow_let_go(node);
		node->excess--;
	}
}

static void discharge_down(struct flow *flow, uint32_t at)
{
	struct flow_node *node = &flow->node[at];

	while (node->excess > 0 && node->current != MATCH_NONE) {
		uint32_t child = node->current;
		int64_t count;
		struct flow_room room = flow_down(flow, child);

		if (!room.units ||
		    room.cost + flow->potential[at] - flow->potential[child] >=
			    0) {
			node->current = flow->node[child].next_child;
			continue;
		}
		count = room.units < node->excess ? room.units : node->excess;
		push_up(flow, child, -count);
		if (flow->node[child].excess > 0)
			flow_enqueue(flow, child);
	}
}

/* The least reduced cost of a residual arc from a node. */
static int64_t least_rest(const struct flow *flow, uint32_t at)
{
	const struct flow_node *node = &flow->node[at];
	int64_t mine = flow->potential[at], least = INT64_MAX / 2, rest;
	struct flow_room room;

	if (at != flow->outside) {
		room = flow_up(flow, at);
		rest = room.cost + mine - flow->potential[node->parent];
		if (room.units && rest < least)
			least = rest;
	}
	if (node->held_count) {
		rest = mine - node->held[0].claim;
		if (rest < least)
			least = rest;
	}
	for (uint32_t child = node->first_child; child != MATCH_NONE;
	     child = flow->node[child].next_child) {
		room = flow_down(flow, child);
		rest = room.cost + mine - flow->potential[child];
		if (room.units && rest < least)
			least = rest;
	}
	return least;
}

static void relabel(struct flow *flow, uint32_t at)
{
	int64_t least = least_rest(flow, at);

	MATCH_INSIST(least < INT64_MAX / 2);
	flow->potential[at] -= least + flow->epsilon;
	flow->node[at].current = flow->node[at].first_child;
	if (flow->potential[at] < -FLOW_FAR)
		flow->is_too_far = true;
}

static void discharge(struct flow *flow, uint32_t at)
{
	struct flow_node *node = &flow->node[at];

	while (node->excess > 0 && !flow->is_too_far) {
		if (at != flow->outside)
			discharge_up(flow, at);
		discharge_students(flow, at);
		discharge_down(flow, at);
		if (node->excess > 0)
			relabel(flow, at);
	}
}

/* Where no more can wait, the node comes first, and the bid is made anew. */
static void seat_student(struct flow *flow, uint32_t student)
{
	struct bid bid = find_bid(flow, student);

	MATCH_INSIST(bid.at != FLOW_ADRIFT);
	while (is_full(flow, bid_node(flow, &bid))) {
		discharge(flow, bid_node(flow, &bid));
		if (flow->is_too_far)
			return;
		bid = find_bid(flow, student);
	}
	arrive(flow, student, &bid);
}

static void loosen_student(struct flow *flow, uint32_t student)
{
	struct flow_student *who = &flow->student[student];
	struct bid bid;
	int64_t claim;
	uint32_t at;

	if (who->at == FLOW_ADRIFT) {
		flow_enqueue(flow, flow->node_count + student);
		return;
	}
	bid = find_bid(flow, student);
	at = flow_seat_node(flow, student);
	claim = flow_seat_cost(flow, student) -
		(bid.at == who->at ? bid.second : bid.best);
	if (claim > flow->potential[at]) {
		set_adrift(flow, student);
		flow->node[at].excess--;
	} else {
		flow_hold(&flow->node[at], student, claim);
	}
}

/* Let go of what has gain left, so that the pseudoflow is exact. */
static void loosen(struct flow *flow)
{
	for (uint32_t at = 0; at < flow->node_count; at++)
		flow->node[at].held_count = 0;
	for (uint32_t s = 0; s < flow->student_count; s++)
		loosen_student(flow, s);
	for (uint32_t at = 0; at < flow->outside; at++)
		settle_arc(flow, at);
	for (uint32_t at = 0; at < flow->node_count; at++) {
		flow->node[at].current = flow->node[at].first_child;
		if (flow->node[at].excess > 0)
			flow_enqueue(flow, at);
	}
}

/* The student so far behind the head of the queue, or MATCH_NONE. */
static uint32_t student_behind(const struct flow *flow, uint32_t distance)
{
	uint32_t at = flow->queue_head + distance;

	if (at >= flow->queue_tail || flow->queue[at] < flow->node_count)
		return MATCH_NONE;
	return flow->queue[at] - flow->node_count;
}

/* What those need who bid soon is far away in memory: ask for it, in steps. */
static uint32_t foresee(struct flow *flow)
{
	uint32_t student = student_behind(flow, 16);

	if (student != MATCH_NONE) {
		__builtin_prefetch(&flow->student[student]);
	}
	student = student_behind(flow, 8);
	if (student != MATCH_NONE)
		for (uint32_t i = flow->student[student].arc_start;
		     i < flow->student[student].arc_end; i += 8)
			__builtin_prefetch(&flow->arc[i]);
	student = student_behind(flow, 3);
	if (student != MATCH_NONE)
		for (uint32_t i = flow->student[student].arc_start;
		     i < flow->student[student].arc_end; i++)
			__builtin_prefetch(
				&flow->potential[flow->arc[i].posting]);
	return flow_dequeue(flow);
}

void flow_scale(struct flow *flow)
{
	uint32_t what;

	loosen(flow);
	while ((what = foresee(flow)) != MATCH_NONE) {
		if (flow->is_too_far)
			continue; /* only empty the queue */
		if (what < flow->node_count)
			discharge(flow, what);
		else
			seat_student(flow, what - flow->node_count);
	}
}
