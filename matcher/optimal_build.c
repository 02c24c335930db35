/*
 * The network of an instance. Groups that cannot bind are left out, so a deep
 * forest is as deep as what it says.
 */
#include <string.h>

#include "matcher/memory.h"
#include "matcher/optimal.h"

/* Students that a posting may hold beyond its seats. */
#define FLOW_WAITING 4

/* What is known of a group before it becomes a node, or none. */
struct reach {
	uint64_t below;	    /* most that its children can send up */
	uint32_t cap_above; /* the strictest cap above that may bind */
	bool is_kept;
};

static bool is_acceptable(const struct match_contracts *c, uint32_t choice)
{
	return !c->rank || c->rank[choice] != MATCH_NONE;
}

static uint32_t lesser(uint64_t a, uint64_t b)
{
	return (uint32_t)(a < b ? a : b);
}

/* Postings: capacity, or one more than list it, which is the same. */
static void limit_postings(struct flow *flow)
{
	const struct match_instance *in = flow->instance;

	for (uint32_t s = 0; s < in->students.count; s++)
		for (uint32_t i = flow->student[s].arc_start;
		     i < flow->student[s].arc_end; i++)
			flow->node[flow->arc[i].posting].high++;
	for (uint32_t p = 0; p < in->postings.count; p++)
		flow->node[p].high = lesser((uint64_t)flow->node[p].high + 1,
					    in->posting[p].capacity);
}

static void keep_groups(const struct flow *flow, struct reach *reach)
{
	const struct match_instance *in = flow->instance;

	for (uint32_t p = 0; p < in->postings.count; p++)
		if (in->posting[p].group != MATCH_NONE)
			reach[in->posting[p].group].below += flow->node[p].high;
	for (uint32_t i = 0; i < in->groups.count; i++) {
		uint32_t g = in->bottom_up[i];
		const struct match_group *group = &in->group[g];

		reach[g].is_kept = group->upper < reach[g].below;
		if (group->parent != MATCH_NONE)
			reach[group->parent].below +=
				lesser(reach[g].below, group->upper);
	}
	for (uint32_t i = in->groups.count; i-- > 0;) {
		uint32_t g = in->bottom_up[i], up = in->group[g].parent;
		uint32_t cap = in->group[g].upper;

		reach[g].cap_above =
			up == MATCH_NONE ? MATCH_NO_CAP : reach[up].cap_above;
		if (cap >= reach[g].cap_above)
			reach[g].is_kept = false;
		else if (reach[g].is_kept)
			reach[g].cap_above = cap;
		reach[g].is_kept = reach[g].is_kept || in->group[g].lower;
	}
}

/* The nodes were taken for all groups; most are never touched. */
static void leave_out(struct flow *flow, const struct reach *reach)
{
	uint32_t kept = 0;

	for (uint32_t g = 0; g < flow->instance->groups.count; g++)
		kept += reach[g].is_kept;
	flow->node_count = flow->posting_count + kept + 1;
	flow->outside = flow->node_count - 1;
}

static void hang(struct flow *flow, uint32_t at, uint32_t group)
{
	struct flow_node *node = &flow->node[at];

	node->parent =
		group == MATCH_NONE ? flow->outside : flow->node_of[group];
	node->next_child = flow->node[node->parent].first_child;
	flow->node[node->parent].first_child = at;
}

/* Number the groups that are kept: those above before those below. */
static void number_groups(struct flow *flow, const struct reach *reach)
{
	const struct match_instance *in = flow->instance;
	uint32_t next = flow->posting_count;

	for (uint32_t i = in->groups.count; i-- > 0;) {
		uint32_t g = in->bottom_up[i], up = in->group[g].parent;
		struct flow_node *node = &flow->node[next];

		if (!reach[g].is_kept) {
			flow->node_of[g] = up == MATCH_NONE ? flow->outside
							    : flow->node_of[up];
			flow->group_node[g] = MATCH_NONE;
			continue;
		}
		flow->node_of[g] = next;
		flow->group_node[g] = next;
		node->high = lesser(in->group[g].upper, reach[g].below + 1);
		node->floor = lesser(in->group[g].lower, reach[g].below + 1);
		hang(flow, next++, up);
	}
	for (uint32_t p = in->postings.count; p-- > 0;)
		hang(flow, p, in->posting[p].group);
}

static void list_arcs(struct flow *flow, const struct match_contracts *c)
{
	const struct match_instance *in = flow->instance;
	uint32_t count = 0;

	for (uint32_t s = 0; s < in->students.count; s++) {
		uint32_t start = count;

		for (uint32_t i = in->choice_start[s];
		     i < in->choice_start[s + 1]; i++)
			if (is_acceptable(c, i))
				flow->arc[count++] =
					(struct flow_arc){in->choice[i].posting,
							  in->choice[i].score};
		flow->student[s] =
			(struct flow_student){start, count, FLOW_ADRIFT, true};
	}
}

static bool take_students(struct flow *flow)
{
	const struct match_instance *in = flow->instance;
	uint32_t count = in->students.count;

	flow->student = match_take(count, sizeof(*flow->student));
	flow->arc = match_take(in->choice_start[count], sizeof(*flow->arc));
	return flow->student && flow->arc;
}

static bool take_nodes(struct flow *flow)
{
	uint32_t count = flow->node_count;

	flow->queue_room = count + flow->student_count + 1;
	flow->node = match_take(count, sizeof(*flow->node));
	flow->potential = match_take(count, sizeof(*flow->potential));
	flow->saved = match_take(count, sizeof(*flow->saved));
	flow->queue = match_take(flow->queue_room, sizeof(*flow->queue));
	flow->is_queued = match_take(flow->queue_room, 1);
	if (!flow->node || !flow->potential || !flow->saved || !flow->queue ||
	    !flow->is_queued)
		return false;
	for (uint32_t at = 0; at < count; at++) {
		flow->node[at].first_child = MATCH_NONE;
		flow->node[at].next_child = MATCH_NONE;
	}
	return true;
}

/* Seats, and as many more as may wait before the node is looked at. */
static bool take_held(struct flow *flow)
{
	struct flow_node *outside = &flow->node[flow->outside];
	size_t count = flow->student_count;

	for (uint32_t p = 0; p < flow->posting_count; p++) {
		struct flow_node *node = &flow->node[p];

		node->held_room = node->high + FLOW_WAITING;
		count += node->held_room;
	}
	flow->held = match_take(count, sizeof(*flow->held));
	if (!flow->held)
		return false;
	outside->held = flow->held;
	outside->held_room = flow->student_count;
	count = flow->student_count;
	for (uint32_t p = 0; p < flow->posting_count; p++) {
		flow->node[p].held = flow->held + count;
		count += flow->node[p].held_room;
	}
	return true;
}

static bool build(struct flow *flow, const struct match_contracts *contracts)
{
	const struct match_instance *in = flow->instance;
	struct reach *reach = match_take(in->groups.count, sizeof(*reach));

	flow->node_of = match_take(in->groups.count, sizeof(*flow->node_of));
	flow->group_node =
		match_take(in->groups.count, sizeof(*flow->group_node));
	if (!reach || !flow->node_of || !flow->group_node ||
	    !take_students(flow) || !take_nodes(flow)) {
		match_drop(reach);
		return false;
	}
	list_arcs(flow, contracts);
	limit_postings(flow);
	keep_groups(flow, reach);
	leave_out(flow, reach);
	number_groups(flow, reach);
	match_drop(reach);
	return take_held(flow);
}

bool flow_init(struct flow *flow, const struct match_contracts *contracts)
{
	const struct match_instance *in = contracts->instance;

	memset(flow, 0, sizeof(*flow));
	flow->instance = in;
	flow->student_count = in->students.count;
	flow->posting_count = in->postings.count;
	flow->node_count = in->postings.count + in->groups.count + 1;
	flow->outside = flow->node_count - 1;
	if (build(flow, contracts))
		return true;
	flow_free(flow);
	return false;
}

void flow_free(struct flow *flow)
{
	match_drop(flow->node_of);
	match_drop(flow->group_node);
	match_drop(flow->node);
	match_drop(flow->potential);
	match_drop(flow->student);
	match_drop(flow->arc);
	match_drop(flow->held);
	match_drop(flow->queue);
	match_drop(flow->is_queued);
	match_drop(flow->saved);
	memset(flow, 0, sizeof(*flow));
}

static bool has_room(const struct flow *flow, uint32_t at)
{
	while (at != flow->outside &&
	       flow->node[at].units < flow->node[at].high)
		at = flow->node[at].parent;
	return at == flow->outside;
}

void flow_start(struct flow *flow)
{
	for (uint32_t s = 0; s < flow->student_count; s++) {
		struct flow_student *student = &flow->student[s];
		uint32_t best = FLOW_OUT, at;

		for (uint32_t i = student->arc_start; i < student->arc_end; i++)
			if ((best == FLOW_OUT ||
			     flow->arc[i].score > flow->arc[best].score) &&
			    has_room(flow, flow->arc[i].posting))
				best = i;
		student->at = best;
		at = flow_seat_node(flow, s);
		flow_hold(&flow->node[at], s, FLOW_UNKNOWN);
		for (; at != flow->outside; at = flow->node[at].parent)
			flow->node[at].units++;
	}
}
