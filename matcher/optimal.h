/*
 * The flow of mode optimal: who sits where on the forest, and the potentials
 * that prove it. Part of the solver.
 *
 * A unit of flow is a student; it runs from the student to a posting, up the
 * groups that can bind, and out at the top, or straight out for who stays
 * unplaced. Students are not nodes: a student held at a who may sit at b is a
 * residual arc from a to b. The objectives are three stages of one problem: a
 * stage moves flow only along what the stages before it left free.
 *
 * Costs are multiplied by `scale`, so that whole epsilons are fractions of a
 * point. A potential is at most 6 * nodes * scale * the greatest cost away from
 * that of the outside, which is watched (MATCH_TOO_LARGE), not hoped for.
 */
#ifndef MATCHER_OPTIMAL_H
#define MATCHER_OPTIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/contracts.h"
#include "matcher/error.h"
#include "matcher/instance.h"
#include "matcher/place.h"

#define FLOW_FAR (INT64_C(1) << 61)
#define FLOW_OUT UINT32_MAX	     /* where a student sits: nowhere */
#define FLOW_ADRIFT (UINT32_MAX - 1) /* to be seated */
#define FLOW_UNKNOWN INT64_MAX	     /* a claim that must be looked at */

enum flow_stage { FLOW_SHORTFALL, FLOW_PLACED, FLOW_SCORE, FLOW_KEPT };

struct flow_node {
	uint32_t parent; /* in the network */
	uint32_t first_child, next_child;
	uint32_t current; /* the child to push to next */
	uint32_t units;	  /* on the arc to the parent */
	uint32_t low, high;
	uint32_t floor; /* units below it cost flow.missing less */
	uint32_t held_count, held_room;
	struct flow_held *held; /* a heap, the greatest claim on top */
	int64_t excess;		/* units that came in and are not passed on */
};

/*
 * A student at a node. The claim is the cost of the seat less that of the best
 * other one, each without its node's potential for the seat, with it for the
 * other: who holds the seat wants to leave when the node's potential falls
 * below it. Other potentials only fall, so a claim that was true once is never
 * too small, and who is not looked at need not be.
 */
struct flow_held {
	int64_t claim;
	uint32_t student;
};

struct flow_student {
	uint32_t arc_start, arc_end;
	uint32_t at; /* an arc, FLOW_OUT or FLOW_ADRIFT */
	bool may_stay_out;
};

/* A choice that is acceptable and not yet ruled out. */
struct flow_arc {
	uint32_t posting, score;
};

struct flow {
	const struct match_instance *instance;
	uint32_t student_count, posting_count;
	uint32_t node_count; /* postings, kept groups, and last the outside */
	uint32_t outside;
	uint32_t *node_of;    /* per group: it, or the kept node above it */
	uint32_t *group_node; /* per group: it, or MATCH_NONE: not kept */
	struct flow_node *node;
	int64_t *potential; /* per node */
	struct flow_student *student;
	struct flow_arc *arc;
	struct flow_held *held; /* what the nodes' heaps are cut from */
	/* Nodes and students (node_count + s) that have something to do. */
	uint32_t *queue;
	uint32_t queue_room, queue_head, queue_tail;
	bool *is_queued;
	int64_t *saved; /* potentials, per node */
	/* The costs of the stage, scaled. */
	int64_t scale, missing, staying_out, point, epsilon;
	bool is_too_far;
	const struct match_watch *watch; /* or NULL */
	struct match_progress progress;
};

/* fails  no memory; flow is then empty */
bool flow_init(struct flow *flow,
	       const struct match_contracts *contracts) MATCH_MUST_CHECK;
void flow_free(struct flow *flow);

/* Seat students where there is room: any start will do, a good one is fast. */
void flow_start(struct flow *flow);


/* One phase of cost scaling, at flow->epsilon. */
void flow_scale(struct flow *flow);

/*
 * Try to turn the potentials into exact ones, so that no residual arc has a
 * negative reduced cost. False: a cycle has, or it took too long; nothing has
 * changed then.
 *
 * in     patience  visits per node, on average, before it gives up; 0: none
 */
bool flow_prove(struct flow *flow, uint32_t patience);

/* What is left between the ends of a segment of the arc to the parent. */
struct flow_room {
	uint32_t units;
	int64_t cost; /* of a unit */
};

static inline struct flow_room flow_up(const struct flow *flow, uint32_t at)
{
	const struct flow_node *node = &flow->node[at];

	if (node->units < node->floor && flow->missing) {
		return (struct flow_room){node->floor - node->units,
					  -flow->missing};
	}
	return (struct flow_room){node->high - node->units, 0};
}

/* The other way; the cost is that of a unit taken back. */
static inline struct flow_room flow_down(const struct flow *flow, uint32_t at)
{
	const struct flow_node *node = &flow->node[at];

	if (!flow->missing)
		return (struct flow_room){node->units - node->low, 0};
	if (node->units > node->floor)
		return (struct flow_room){node->units - node->floor, 0};
	return (struct flow_room){node->units, flow->missing};
}

static inline uint32_t flow_seat_node(const struct flow *flow, uint32_t student)
{
	uint32_t at = flow->student[student].at;

	return at == FLOW_OUT ? flow->outside : flow->arc[at].posting;
}

static inline int64_t flow_seat_cost(const struct flow *flow, uint32_t student)
{
	uint32_t at = flow->student[student].at;

	return at == FLOW_OUT ? flow->staying_out
			      : -(int64_t)flow->arc[at].score * flow->point;
}

static inline void flow_enqueue(struct flow *flow, uint32_t what)
{
	if (flow->is_queued[what])
		return;
	flow->is_queued[what] = true;
	flow->queue[flow->queue_tail] = what;
	if (++flow->queue_tail == flow->queue_room)
		flow->queue_tail = 0;
}

/* The next of the queue, or MATCH_NONE. */
static inline uint32_t flow_dequeue(struct flow *flow)
{
	uint32_t what;

	if (flow->queue_head == flow->queue_tail)
		return MATCH_NONE;
	what = flow->queue[flow->queue_head];
	if (++flow->queue_head == flow->queue_room)
		flow->queue_head = 0;
	flow->is_queued[what] = false;
	return what;
}

/* Add a student to those of a node, which must have room. */
void flow_hold(struct flow_node *node, uint32_t student, int64_t claim);

/* Drop who has the greatest claim. */
void flow_let_go(struct flow_node *node);

/* Give who has the greatest claim one that is not greater. */
void flow_lessen(struct flow_node *node, int64_t claim);

#endif
