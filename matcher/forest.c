/*
 * Heaps and winner trees. Groups that can never be full, or only if one
 * above them is, are left out of the forest: that changes no choice from any
 * set of contracts, and so not the outcome.
 */
#include "matcher/forest.h"
#include "matcher/insist.h"

#include <string.h>

#include "matcher/memory.h"

/*
 * A posting needs no more seats than there are students who list it. They are
 * counted only where the capacities are out of proportion to the wishes.
 */
static void limit_rooms(struct match_forest *f, const struct match_instance *in)
{
	uint32_t choice_count = in->choice_start[in->students.count];
	uint64_t seats = 0;

	for (uint32_t p = 0; p < f->posting_count; p++) {
		f->node[p].seats = in->posting[p].capacity;
		f->node[p].room = f->node[p].seats;
		seats += f->node[p].seats;
	}
	if (seats <= choice_count)
		return;
	for (uint32_t p = 0; p < f->posting_count; p++)
		f->node[p].room = 0;
	for (uint32_t i = 0; i < choice_count; i++)
		f->node[in->choice[i].posting].room++;
	for (uint32_t p = 0; p < f->posting_count; p++)
		if (f->node[p].room > f->node[p].seats)
			f->node[p].room = f->node[p].seats;
}

#define UNBOUND ((1u << 31) - 1)

_Static_assert(MATCH_SEATS_MAX < UNBOUND, "no cap is taken for none");

/*
 * From the rooms of the postings up: whose cap can what is below it pass? One
 * that only all students together would pass has none left to refuse.
 */
static void find_unfillable(struct match_forest *f,
			    const struct match_instance *in)
{
	struct match_node *group = f->node + in->postings.count;

	for (uint32_t p = 0; p < in->postings.count; p++)
		if (in->posting[p].group != MATCH_NONE)
			group[in->posting[p].group].room += f->node[p].room;
	for (uint32_t i = 0; i < in->groups.count; i++) {
		uint32_t g = in->bottom_up[i], up = in->group[g].parent;
		bool can_fill = in->group[g].upper < group[g].room &&
				in->group[g].upper < in->students.count;

		group[g].seats = can_fill ? in->group[g].upper : UNBOUND;
		if (up != MATCH_NONE)
			group[up].room +=
				can_fill ? in->group[g].upper : group[g].room;
		group[g].room = 0;
	}
}

/* The nearest node from a group up, that of its parent being known. */
static uint32_t node_of(const struct match_forest *f, uint32_t group)
{
	uint32_t node = f->posting_count + group;

	if (group == MATCH_NONE)
		return MATCH_NONE;
	return f->node[node].seats < UNBOUND ? node : f->node[node].parent;
}

/*
 * Groups above first. A group whose cap cannot bind passes its parent on: it is
 * not in the forest, and in the end has none itself. So caps on a path grow
 * upwards, and a deep forest is as deep as what it says.
 */
static void set_nodes(struct match_forest *f, const struct match_instance *in)
{
	struct match_node *group = f->node + in->postings.count;

	find_unfillable(f, in);
	for (uint32_t i = in->groups.count; i-- > 0;) {
		uint32_t g = in->bottom_up[i];
		uint32_t up = node_of(f, in->group[g].parent);

		group[g].parent = up;
		if (up != MATCH_NONE && f->node[up].seats <= group[g].seats)
			group[g].seats = UNBOUND;
	}
	for (uint32_t p = 0; p < in->postings.count; p++)
		f->node[p].parent = node_of(f, in->posting[p].group);
	for (uint32_t g = 0; g < in->groups.count; g++)
		if (group[g].seats == UNBOUND)
			group[g].parent = MATCH_NONE;
}

static bool take_seats(struct match_forest *f)
{
	uint32_t used = 0;

	for (uint32_t p = 0; p < f->posting_count; p++) {
		f->node[p].first = used;
		used += f->node[p].room;
	}
	f->seat = match_take(used, sizeof(*f->seat));
	return f->seat;
}

static uint32_t width_of(uint32_t child_count)
{
	uint32_t width = 1;

	while (width < child_count)
		width *= 2;
	return width;
}

/* Give every child its leaf: counted first, then laid out, then dealt. */
static bool take_trees(struct match_forest *f)
{
	uint32_t used = 0;

	for (uint32_t i = 0; i < f->node_count; i++)
		if (f->node[i].parent != MATCH_NONE)
			f->node[i].leaf = f->node[f->node[i].parent].room++;
	for (uint32_t i = f->posting_count; i < f->node_count; i++) {
		struct match_node *group = &f->node[i];

		group->room = width_of(group->room);
		group->first = used;
		used += 2 * group->room;
	}
	f->tree = match_take(used, sizeof(*f->tree));
	f->child = match_take(used / 2, sizeof(*f->child));
	if (!f->tree || !f->child)
		return false;
	memset(f->child, 0xff, used / 2 * sizeof(*f->child));
	for (uint32_t i = 0; i < f->node_count; i++) {
		struct match_node *node = &f->node[i], *up;

		if (node->parent == MATCH_NONE)
			continue;
		up = &f->node[node->parent];
		f->child[up->first / 2 + node->leaf] = i;
		node->leaf += up->room;
	}
	return true;
}

bool match_forest_init(struct match_forest *f, const struct match_instance *in)
{
	memset(f, 0, sizeof(*f));
	f->posting_count = in->postings.count;
	f->node_count = in->postings.count + in->groups.count;
	f->node = match_take(f->node_count, sizeof(*f->node));
	if (f->node) {
		limit_rooms(f, in);
		set_nodes(f, in);
		if (take_seats(f) && take_trees(f))
			return true;
	}
	match_forest_free(f);
	return false;
}

void match_forest_free(struct match_forest *f)
{
	match_drop(f->node);
	match_drop(f->seat);
	match_drop(f->tree);
	match_drop(f->child);
	memset(f, 0, sizeof(*f));
}

/* Put a key in a heap's place, above which nothing is better. */
static void sift(uint64_t *heap, uint32_t count, uint32_t at, uint64_t key)
{
	for (uint32_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
		child += child + 1 < count && heap[child + 1] > heap[child];
		if (heap[child] <= key)
			break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = key;
}

/* Add a key to the heap of count others. */
static void push(uint64_t *heap, uint32_t count, uint64_t key)
{
	uint32_t at = count;

	for (; at && heap[(at - 1) / 2] < key; at = (at - 1) / 2)
		heap[at] = heap[(at - 1) / 2];
	heap[at] = key;
}

static void make_heap(struct match_forest *f, struct match_node *posting)
{
	uint64_t *heap = f->seat + posting->first;

	for (uint32_t i = posting->held / 2; i-- > 0;)
		sift(heap, posting->held, i, heap[i]);
	posting->worst = posting->held ? heap[0] : MATCH_KEY_BEST;
}

/* The children are all watched. */
static void make_tree(struct match_forest *f, struct match_node *group)
{
	const uint32_t *child = f->child + group->first / 2;
	uint64_t *tree = f->tree + group->first;

	for (uint32_t i = 0; i < group->room && child[i] != MATCH_NONE; i++)
		tree[group->room + i] = f->node[child[i]].worst;
	for (uint32_t at = group->room; at-- > 1;)
		tree[at] = tree[2 * at + (tree[2 * at] < tree[2 * at + 1])];
	group->worst = tree[1];
}

/*
 * What is to be watched next of a group, its children before i being watched:
 * the first posting below it that is not, or a group of which all children are.
 */
static uint32_t watch_first(const struct match_forest *f, uint32_t group,
			    uint32_t i)
{
	for (;;) {
		const struct match_node *up = &f->node[group];
		uint32_t child =
			i < up->room ? f->child[up->first / 2 + i] : MATCH_NONE;

		if (child == MATCH_NONE)
			return group;
		i++;
		if (f->node[child].is_watched)
			continue;
		if (child < f->posting_count)
			return child;
		group = child;
		i = 0;
	}
}

void match_forest_watch(struct match_forest *f, uint32_t top)
{
	uint32_t at = top;

	if (top >= f->posting_count)
		at = watch_first(f, top, 0);
	for (;;) {
		struct match_node *node = &f->node[at];

		if (at < f->posting_count)
			make_heap(f, node);
		else
			make_tree(f, node);
		node->is_watched = true;
		if (at == top)
			return;
		at = watch_first(f, node->parent,
				 node->leaf + 1 - f->node[node->parent].room);
	}
}

/* A posting's worst contract changed: tell the trees, as far up as it shows. */
static void announce(struct match_forest *f, uint32_t posting, uint64_t worst)
{
	const struct match_node *child = &f->node[posting];

	f->node[posting].worst = worst;
	while (child->parent != MATCH_NONE) {
		struct match_node *up = &f->node[child->parent];
		uint64_t *tree = f->tree + up->first;
		uint32_t at = child->leaf;

		if (!up->is_watched)
			return;
		tree[at] = worst;
		for (at /= 2; at; at /= 2) {
			const uint64_t *pair = tree + 2 * (size_t)at;

			worst = pair[pair[0] < pair[1]];
			if (tree[at] == worst)
				return;
			tree[at] = worst;
		}
		if (up->worst == worst)
			return;
		up->worst = worst;
		child = up;
	}
}

static void add(struct match_forest *f, uint32_t posting, uint64_t key)
{
	struct match_node *node = &f->node[posting];

	MATCH_INSIST(node->held < node->room);
	if (!node->is_watched) {
		f->seat[node->first + node->held] = key;
		return;
	}
	push(f->seat + node->first, node->held, key);
	if (node->worst < key)
		announce(f, posting, key);
}

void match_forest_hold(struct match_forest *f, uint32_t posting, uint64_t key)
{
	add(f, posting, key);
	for (uint32_t i = posting; i != MATCH_NONE; i = f->node[i].parent)
		f->node[i].held++;
}

/* The posting that holds the worst contract under a node. */
static uint32_t find_worst(const struct match_forest *f, uint32_t at)
{
	while (at >= f->posting_count) {
		const struct match_node *group = &f->node[at];
		const uint64_t *tree = f->tree + group->first;
		uint32_t place = 1;

		while (place < group->room) {
			place *= 2;
			place += tree[place] != group->worst;
		}
		at = f->child[group->first / 2 + place - group->room];
	}
	return at;
}

uint64_t match_forest_swap(struct match_forest *f, uint32_t full,
			   uint32_t posting, uint64_t key)
{
	uint64_t out = f->node[full].worst;
	uint32_t from = find_worst(f, full);
	struct match_node *node = &f->node[from];
	uint64_t *heap = f->seat + node->first;

	MATCH_INSIST(node->held && heap[0] == out);
	if (from == posting) {
		sift(heap, node->held, 0, key);
		announce(f, posting, heap[0]);
		return out;
	}
	sift(heap, node->held - 1, 0, heap[node->held - 1]);
	for (uint32_t i = from; i != full; i = f->node[i].parent)
		f->node[i].held--;
	announce(f, from, node->held ? heap[0] : MATCH_KEY_BEST);
	add(f, posting, key);
	for (uint32_t i = posting; i != full; i = f->node[i].parent)
		f->node[i].held++;
	return out;
}
