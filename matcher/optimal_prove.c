/*
 * Exact potentials by label correcting, first in, first out. It ends if and
 * only if no cycle of residual arcs gains; too many visits are taken for a sign
 * of one. A student is looked at when the claim says that a seat elsewhere may
 * be lowered: one row of choices for the most part, not all that a node holds.
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

/*
 * Every other seat of a student costs at least as much as the one at a node of
 * this potential.
 * return  the student's claim, then at most that potential
 */
static int64_t lower_seats(struct flow *flow, uint32_t student, int64_t mine)
{
	const struct flow_student *who = &flow->student[student];
	int64_t seat = flow_seat_cost(flow, student), least = INT64_MAX / 2;

	for (uint32_t i = who->arc_start; i < who->arc_end; i++) {
		uint32_t to = flow->arc[i].posting;
		int64_t cost = -(int64_t)flow->arc[i].score * flow->point;

		if (i == who->at)
			continue;
		lower(flow, to, mine - seat + cost);
		if (cost - flow->potential[to] < least)
			least = cost - flow->potential[to];
	}
	if (who->may_stay_out && who->at != FLOW_OUT) {
		lower(flow, flow->outside, mine - seat + flow->staying_out);
		if (flow->staying_out - flow->potential[flow->outside] < least)
			least = flow->staying_out -
				flow->potential[flow->outside];
	}
	return seat - least;
}

static void visit(struct flow *flow, uint32_t at)
{
	struct flow_node *node = &flow->node[at];
	int64_t mine = flow->potential[at];
	struct flow_room room;

	if (at != flow->outside) {
		room = flow_up(flow, at);
		if (room.units)
			lower(flow, node->parent, mine + room.cost);
	}
	while (node->held_count && node->held[0].claim > mine)
		flow_lessen(node,
			    lower_seats(flow, node->held[0].student, mine));
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
