/*
 * Those whom a node holds: a heap in one piece of memory. A node looks at its
 * greatest claim at every turn, and seldom at the others.
 */
#include "matcher/insist.h"
#include "matcher/optimal.h"

void flow_hold(struct flow_node *node, uint32_t student, int64_t claim)
{
	struct flow_held *held = node->held;
	uint32_t i = node->held_count++;

	MATCH_INSIST(i < node->held_room);
	while (i && held[(i - 1) / 2].claim < claim) {
		held[i] = held[(i - 1) / 2];
		i = (i - 1) / 2;
	}
	held[i] = (struct flow_held){claim, student};
}

/* Let what is given sink from the top, which is free. */
static void sink(struct flow_node *node, struct flow_held given)
{
	struct flow_held *held = node->held;
	uint32_t i = 0, child;

	while ((child = 2 * i + 1) < node->held_count) {
		if (child + 1 < node->held_count &&
		    held[child + 1].claim > held[child].claim)
			child++;
		if (held[child].claim <= given.claim)
			break;
		held[i] = held[child];
		i = child;
	}
	held[i] = given;
}

void flow_let_go(struct flow_node *node)
{
	struct flow_held last = node->held[--node->held_count];

	if (node->held_count)
		sink(node, last);
}

void flow_lessen(struct flow_node *node, int64_t claim)
{
	sink(node, (struct flow_held){claim, node->held[0].student});
}
