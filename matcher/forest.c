/*
 * Heaps and winner trees. Uncapped groups, and groups with a cap beyond the
 * number of students, can never be full and are left out of the forest.
 */
#include "matcher/forest.h"
#include "matcher/insist.h"

#include <string.h>

#include "matcher/memory.h"

static bool can_fill(const struct match_instance *in, uint32_t group)
{
	return in->group[group].upper <= in->students.count;
}

/* The nearest group, from this one up, that can ever be full. */
static uint32_t node_above(const struct match_instance *in, uint32_t group)
{
	while (group != MATCH_NONE && !can_fill(in, group))
		group = in->group[group].parent;
	return group == MATCH_NONE ? MATCH_NONE : in->postings.count + group;
}

static void set_nodes(struct match_forest *f, const struct match_instance *in)
{
	for (uint32_t p = 0; p < in->postings.count; p++) {
		f->node[p].seats = in->posting[p].capacity;
		f->node[p].parent = node_above(in, in->posting[p].group);
	}
	for (uint32_t g = 0; g < in->groups.count; g++) {
		struct match_node *node = &f->node[in->postings.count + g];

		node->parent = MATCH_NONE;
		if (!can_fill(in, g))
			continue;
		node->seats = in->group[g].upper;
		node->parent = node_above(in, in->group[g].parent);
	}
	for (uint32_t i = 0; i < f->node_count; i++)
		f->node[i].worst.posting = MATCH_NONE;
}

/* A posting needs no more seats than there are students who list it. */
static bool take_seats(struct match_forest *f, const struct match_instance *in)
{
	uint32_t choice_count = in->choice_start[in->students.count];
	uint32_t used = 0;

	f->seat_start = match_take((size_t)f->posting_count + 1,
				   sizeof(*f->seat_start));
	if (!f->seat_start)
		return false;
	for (uint32_t i = 0; i < choice_count; i++)
		f->seat_start[in->choice[i].posting]++;
	for (uint32_t p = 0; p < f->posting_count; p++) {
		uint32_t seats = f->seat_start[p];

		if (seats > f->node[p].seats)
			seats = f->node[p].seats;
		f->seat_start[p] = used;
		used += seats;
	}
	f->seat_start[f->posting_count] = used;
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
	uint32_t group_count = f->node_count - f->posting_count;
	uint32_t used = 0;

	f->tree_start = match_take(group_count, sizeof(*f->tree_start));
	if (!f->tree_start)
		return false;
	for (uint32_t i = 0; i < f->node_count; i++)
		if (f->node[i].parent != MATCH_NONE)
			f->node[i].leaf = f->tree_start[f->node[i].parent -
							f->posting_count]++;
	for (uint32_t g = 0; g < group_count; g++) {
		uint32_t width = width_of(f->tree_start[g]);

		f->tree_start[g] = used;
		f->node[f->posting_count + g].held = width;
		used += 2 * width;
	}
	for (uint32_t i = 0; i < f->node_count; i++)
		if (f->node[i].parent != MATCH_NONE)
			f->node[i].leaf += f->node[f->node[i].parent].held;
	for (uint32_t i = f->posting_count; i < f->node_count; i++)
		f->node[i].held = 0;
	f->tree = match_take(used, sizeof(*f->tree));
	return f->tree;
}

bool match_forest_init(struct match_forest *f, const struct match_instance *in)
{
	memset(f, 0, sizeof(*f));
	f->posting_count = in->postings.count;
	f->node_count = in->postings.count + in->groups.count;
	f->node = match_take(f->node_count, sizeof(*f->node));
	if (f->node) {
		set_nodes(f, in);
		if (take_seats(f, in) && take_trees(f))
			return true;
	}
	match_forest_free(f);
	return false;
}

void match_forest_free(struct match_forest *f)
{
	match_drop(f->node);
	match_drop(f->seat_start);
	match_drop(f->seat);
	match_drop(f->tree_start);
	match_drop(f->tree);
	memset(f, 0, sizeof(*f));
}

static bool is_same(struct match_worst a, struct match_worst b)
{
	return a.key == b.key && a.posting == b.posting;
}

/*
 * Tell the trees above a posting that its worst contract changed, as far up as
 * anyone notices.
 */
static void announce(struct match_forest *f, uint32_t posting)
{
	uint32_t child = posting, up = f->node[posting].parent;

	for (; up != MATCH_NONE; child = up, up = f->node[up].parent) {
		struct match_worst *tree =
			f->tree + f->tree_start[up - f->posting_count];
		uint32_t at = f->node[child].leaf;

		tree[at] = f->node[child].worst;
		for (at /= 2; at; at /= 2) {
			struct match_worst *pair = tree + 2 * (size_t)at;
			struct match_worst win =
				pair[pair[0].key < pair[1].key];

			if (is_same(tree[at], win))
				return;
			tree[at] = win;
		}
		if (is_same(f->node[up].worst, tree[1]))
			return;
		f->node[up].worst = tree[1];
	}
}

static void set_worst(struct match_forest *f, uint32_t posting)
{
	struct match_node *node = &f->node[posting];

	node->worst.key = node->held ? f->seat[f->seat_start[posting]].key
				     : MATCH_KEY_BEST;
	node->worst.posting = node->held ? posting : MATCH_NONE;
}

void match_forest_hold(struct match_forest *f, uint32_t posting,
		       struct match_seat seat)
{
	struct match_seat *heap = f->seat + f->seat_start[posting];
	uint32_t at = f->node[posting].held;

	MATCH_INSIST(f->seat_start[posting] + at < f->seat_start[posting + 1]);
	for (; at && heap[(at - 1) / 2].key < seat.key; at = (at - 1) / 2)
		heap[at] = heap[(at - 1) / 2];
	heap[at] = seat;
	for (uint32_t i = posting; i != MATCH_NONE; i = f->node[i].parent)
		f->node[i].held++;
	if (at)
		return;
	set_worst(f, posting);
	announce(f, posting);
}

struct match_seat match_forest_reject(struct match_forest *f, uint32_t node)
{
	uint32_t posting = f->node[node].worst.posting, count, at = 0;
	struct match_seat *heap, out, last;

	MATCH_INSIST(posting < f->posting_count);
	heap = f->seat + f->seat_start[posting];
	for (uint32_t i = posting; i != MATCH_NONE; i = f->node[i].parent)
		f->node[i].held--;
	count = f->node[posting].held;
	out = heap[0];
	last = heap[count];
	for (uint32_t child = 1; child < count; child = 2 * at + 1) {
		child += child + 1 < count &&
			 heap[child + 1].key > heap[child].key;
		if (heap[child].key <= last.key)
			break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = last;
	set_worst(f, posting);
	announce(f, posting);
	return out;
}
