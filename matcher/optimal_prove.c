/*
 * Exact potentials by label correcting, first in, first out. It ends if and
 * only if no cycle of residual arcs gains; too many visits are taken for a sign
 * of one.
 */
#include <string.h>

#include "matcher/optimal.h"

static void lower(struct flow *flow, uint32_t at, int64_t potential)
{
	if (potential >= flow->potential[at])
		return;
	flow->potential[at] = potential;
	flow_enqueue(flow, at);
}

/* Every other seat of a student costs at least as much as this one. */
static void lower_seats(struct flow *flow, uint32_t student, int64_t base)
{
	for (uint32_t i = flow->arc_start[student]; i < flow->arc_end[student];
	     i++)
		lower(flow, flow->arc[i].posting,
		      base - (int64_t)flow->arc[i].score * flow->point);
	if (flow->may_stay_out[student])
		lower(flow, flow->outside, base + flow->staying_out);
}

static void visit(struct flow *flow, uint32_t at)
{
	const struct flow_node *node = &flow->node[at];
	int64_t mine = flow->potential[at];
	struct flow_room room;

	if (at != flow->outside) {
		room = flow_up(flow, at);
		if (room.units)
			lower(flow, node->parent, mine + room.cost);
	}
	for (uint32_t s = node->held; s != MATCH_NONE; s = flow->seat[s].next)
		lower_seats(flow, s, mine - flow_seat_cost(flow, s));
	for (uint32_t child = node->first_child; child != MATCH_NONE;
	     child = flow->node[child].next_child) {
		room = flow_down(flow, child);
		if (room.units)
			lower(flow, child, mine + room.cost);
	}
}

bool flow_prove(struct flow *flow, uint32_t patience)
{
	uint64_t left = (uint64_t)patience * flow->node_count;
	bool is_proved = true;
	uint32_t at;

	memcpy(flow->saved, flow->potential,
	       flow->node_count * sizeof(*flow->saved));
	for (at = 0; at < flow->node_count; at++)
		flow_enqueue(flow, at);
	while ((at = flow_dequeue(flow)) != MATCH_NONE) {
		if (patience && !left--)
			is_proved = false;
		if (is_proved)
			visit(flow, at);
	}
	if (!is_proved)
		memcpy(flow->potential, flow->saved,
		       flow->node_count * sizeof(*flow->saved));
	return is_proved;
}
