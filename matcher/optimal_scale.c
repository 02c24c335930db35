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
	uint32_t end = flow->arc_end[student];
	struct bid bid = {INT64_MAX / 2, INT64_MAX / 2, FLOW_ADRIFT};

	if (flow->may_stay_out[student]) {
		bid.best = flow->staying_out - potential[flow->outside];
		bid.at = FLOW_OUT;
	}
	for (uint32_t i = flow->arc_start[student]; i < end; i++) {
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

/*
 * Those who stay out are a heap, the next to be let in on top: there may be
 * hundred thousands, and the outside looks at them at every turn.
 */
static void heap_add(struct flow *flow, uint32_t student)
{
	uint32_t i = flow->heap_count++;

	while (i && flow->seat[flow->heap[(i - 1) / 2]].claim <
			    flow->seat[student].claim) {
		flow->heap[i] = flow->heap[(i - 1) / 2];
		i = (i - 1) / 2;
	}
	flow->heap[i] = student;
}

static void heap_drop(struct flow *flow)
{
	uint32_t last = flow->heap[--flow->heap_count], i = 0, child;

	while ((child = 2 * i + 1) < flow->heap_count) {
		if (child + 1 < flow->heap_count &&
		    flow->seat[flow->heap[child + 1]].claim >
			    flow->seat[flow->heap[child]].claim)
			child++;
		if (flow->seat[flow->heap[child]].claim <=
		    flow->seat[last].claim)
			break;
		flow->heap[i] = flow->heap[child];
		i = child;
	}
	flow->heap[i] = last;
}

static void seat_student(struct flow *flow, uint32_t student)
{
	struct bid bid = find_bid(flow, student);
	uint32_t node;

	MATCH_INSIST(bid.at != FLOW_ADRIFT);
	flow_sit(flow, student, bid.at);
	node = flow_seat_node(flow, student);
	flow->seat[student].claim =
		bid.best + flow->potential[node] - bid.second;
	if (bid.at == FLOW_OUT)
		heap_add(flow, student);
	if (++flow->node[node].excess > 0)
		flow_enqueue(flow, node);
}

static void unseat_student(struct flow *flow, uint32_t student, uint32_t node)
{
	flow->node[node].excess--;
	flow_rise(flow, student, node);
	flow_enqueue(flow, flow->node_count + student);
}

/* Let in whom staying out costs more than another seat would. */
static void discharge_outside(struct flow *flow)
{
	struct flow_node *node = &flow->node[flow->outside];
	int64_t potential = flow->potential[flow->outside];

	while (node->excess > 0 && flow->heap_count &&
	       potential < flow->seat[flow->heap[0]].claim) {
		uint32_t student = flow->heap[0];

		heap_drop(flow);
		unseat_student(flow, student, flow->outside);
	}
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

static void discharge_students(struct flow *flow, uint32_t at)
{
	struct flow_node *node = &flow->node[at];
	int64_t potential = flow->potential[at];
	uint32_t student = node->held, next;

	for (; student != MATCH_NONE && node->excess > 0; student = next) {
		next = flow->seat[student].next;
		if (potential < flow->seat[student].claim)
			unseat_student(flow, student, at);
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
	for (uint32_t s = node->held; s != MATCH_NONE; s = flow->seat[s].next) {
		rest = mine - flow->seat[s].claim;
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
		if (at == flow->outside) {
			discharge_outside(flow);
		} else {
			discharge_up(flow, at);
			discharge_students(flow, at);
		}
		discharge_down(flow, at);
		if (node->excess > 0)
			relabel(flow, at);
	}
}

static void loosen_student(struct flow *flow, uint32_t student)
{
	struct bid bid = find_bid(flow, student);
	struct flow_seat *seat = &flow->seat[student];
	uint32_t node;

	if (seat->at == FLOW_ADRIFT) {
		flow_enqueue(flow, flow->node_count + student);
		return;
	}
	node = flow_seat_node(flow, student);
	seat->claim = flow_seat_cost(flow, student) - bid.best;
	if (seat->claim > flow->potential[node])
		unseat_student(flow, student, node);
	else if (seat->at == FLOW_OUT)
		heap_add(flow, student);
}

/* Let go of what has gain left, so that the pseudoflow is exact. */
static void loosen(struct flow *flow)
{
	flow->heap_count = 0;
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
		__builtin_prefetch(&flow->arc_start[student]);
		__builtin_prefetch(&flow->arc_end[student]);
		__builtin_prefetch(&flow->seat[student]);
	}
	student = student_behind(flow, 8);
	if (student != MATCH_NONE)
		for (uint32_t i = flow->arc_start[student];
		     i < flow->arc_end[student]; i += 8)
			__builtin_prefetch(&flow->arc[i]);
	student = student_behind(flow, 3);
	if (student != MATCH_NONE)
		for (uint32_t i = flow->arc_start[student];
		     i < flow->arc_end[student]; i++)
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
