/*
 * A cheapest path in the residual network of a sound outcome. Students are
 * implicit: one held at a who may sit at b is an arc from a to b. What all
 * students do without is at one node more, the outside.
 */
#include "matcher/margin.h"

#include <string.h>

#include "matcher/insist.h"
#include "matcher/memory.h"

struct search {
	const struct match_why *why;
	const struct match_instance *instance;
	uint32_t outside; /* the last node */
	bool has_kept;
	uint32_t *prior; /* per student, if has_kept */
	/* Children of a node, students held at one: lists, by their next. */
	uint32_t *first_child, *next_child, *first_held, *next_held;
	struct match_gain *toll; /* per node: what its path costs by prices */
	struct match_gain *cost; /* per node: of the cheapest path so far */
	struct match_gain *key;	 /* per node: cost + toll, by which it waits */
	uint32_t *heap, *place;	 /* place: in the heap, or NOT_SEEN, DONE */
	uint32_t heap_count;
	bool is_too_far;
};

#define NOT_SEEN UINT32_MAX
#define DONE (UINT32_MAX - 1)

static const struct match_gain nothing = {0, 0, 0, 0};

static int compare(const struct match_gain *a, const struct match_gain *b)
{
	if (a->shortfall != b->shortfall)
		return a->shortfall < b->shortfall ? -1 : 1;
	if (a->placed != b->placed)
		return a->placed < b->placed ? -1 : 1;
	if (a->score != b->score)
		return a->score < b->score ? -1 : 1;
	return a->kept < b->kept ? -1 : a->kept > b->kept;
}

/* False: a sum does not fit. */
static bool add(const struct match_gain *a, const struct match_gain *b,
		struct match_gain *sum)
{
	return !__builtin_add_overflow(a->shortfall, b->shortfall,
				       &sum->shortfall) &&
	       !__builtin_add_overflow(a->placed, b->placed, &sum->placed) &&
	       !__builtin_add_overflow(a->score, b->score, &sum->score) &&
	       !__builtin_add_overflow(a->kept, b->kept, &sum->kept);
}

static struct match_gain less(const struct match_gain *a,
			      const struct match_gain *b)
{
	return (struct match_gain){a->shortfall - b->shortfall,
				   a->placed - b->placed, a->score - b->score,
				   a->kept - b->kept};
}

/* The node above; the outside above roots. */
static uint32_t above(const struct search *s, uint32_t node)
{
	uint32_t up = match_node_above(s->instance, node);

	return up == MATCH_NONE ? s->outside : up;
}

static uint32_t floor_of(const struct search *s, uint32_t node)
{
	uint32_t posting_count = s->instance->postings.count;

	return node < posting_count
		       ? 0
		       : s->instance->group[node - posting_count].lower;
}

static void put_down(struct search *s, uint32_t place, uint32_t node)
{
	s->heap[place] = node;
	s->place[node] = place;
}

static void rise(struct search *s, uint32_t place, uint32_t node)
{
	while (place &&
	       compare(&s->key[node], &s->key[s->heap[(place - 1) / 2]]) < 0) {
		put_down(s, place, s->heap[(place - 1) / 2]);
		place = (place - 1) / 2;
	}
	put_down(s, place, node);
}

static uint32_t take_first(struct search *s)
{
	uint32_t first = s->heap[0], last = s->heap[--s->heap_count];
	uint32_t place = 0, child;

	s->place[first] = DONE;
	if (!s->heap_count)
		return first;
	while ((child = 2 * place + 1) < s->heap_count) {
		if (child + 1 < s->heap_count &&
		    compare(&s->key[s->heap[child + 1]],
			    &s->key[s->heap[child]]) < 0)
			child++;
		if (compare(&s->key[last], &s->key[s->heap[child]]) <= 0)
			break;
		put_down(s, place, s->heap[child]);
		place = child;
	}
	put_down(s, place, last);
	return first;
}

/* There is a path to the node at this cost. */
static void reach(struct search *s, uint32_t node,
		  const struct match_gain *cost)
{
	struct match_gain key;

	if (s->place[node] == DONE)
		return;
	if (!add(cost, &s->toll[node], &key)) {
		s->is_too_far = true;
		return;
	}
	if (s->place[node] != NOT_SEEN && compare(&key, &s->key[node]) >= 0)
		return;
	s->cost[node] = *cost;
	s->key[node] = key;
	rise(s, s->place[node] == NOT_SEEN ? s->heap_count++ : s->place[node],
	     node);
}

/* What a student adds who sits at a choice, or nowhere. */
static struct match_gain worth(const struct search *s, uint32_t student,
			       uint32_t choice)
{
	struct match_gain gain = nothing;
	uint32_t posting = MATCH_NONE;

	if (choice != MATCH_NONE) {
		posting = s->instance->choice[choice].posting;
		gain.placed = 1;
		gain.score = s->instance->choice[choice].score;
	}
	gain.kept = s->has_kept && s->prior[student] == posting;
	return gain;
}

/* The student gets up for another, and goes anywhere else. */
static void visit_student(struct search *s, uint32_t student,
			  const struct match_gain *base)
{
	const struct match_instance *in = s->instance;
	uint32_t held = s->why->held[student];
	struct match_gain had = worth(s, student, held), gain, cost;

	MATCH_INSIST(add(base, &had, &had));
	for (uint32_t i = in->choice_start[student];
	     i < in->choice_start[student + 1]; i++) {
		if (i == held || !match_why_is_acceptable(s->why, i))
			continue;
		gain = worth(s, student, i);
		cost = less(&had, &gain);
		reach(s, in->choice[i].posting, &cost);
	}
	if (held == MATCH_NONE)
		return;
	gain = worth(s, student, MATCH_NONE);
	cost = less(&had, &gain);
	reach(s, s->outside, &cost);
}

static void visit(struct search *s, uint32_t node)
{
	const struct match_gain base = s->cost[node];
	struct match_gain cost = base;

	if (node != s->outside &&
	    s->why->count[node] < match_node_seats(s->instance, node)) {
		cost.shortfall -= s->why->count[node] < floor_of(s, node);
		reach(s, above(s, node), &cost);
	}
	for (uint32_t child = s->first_child[node]; child != MATCH_NONE;
	     child = s->next_child[child]) {
		if (!s->why->count[child])
			continue;
		cost = base;
		cost.shortfall += s->why->count[child] <= floor_of(s, child);
		reach(s, child, &cost);
	}
	for (uint32_t i = s->first_held[node]; i != MATCH_NONE;
	     i = s->next_held[i])
		visit_student(s, i, &base);
}

/* Find the cheapest paths from a node to all that there are paths to. */
static bool search_from(struct search *s, uint32_t from,
			struct match_error *error)
{
	memset(s->place, 0xff, ((size_t)s->outside + 1) * sizeof(*s->place));
	reach(s, from, &nothing);
	while (s->heap_count && !s->is_too_far)
		visit(s, take_first(s));
	return !s->is_too_far ||
	       match_fail(error, MATCH_TOO_LARGE,
			  "the prices of a path pass 63 bits together");
}

static void add_toll(struct search *s, uint32_t node)
{
	const struct match_result *result = s->why->result;
	const struct match_price *price = &result->prices[node];
	struct match_gain own = {price->shortfall, price->placed, price->score,
				 0};

	if (s->has_kept && result->kept_prices)
		own.kept = result->kept_prices[node];
	if (!add(&s->toll[above(s, node)], &own, &s->toll[node]))
		s->is_too_far = true;
}

/* Parents come before what they hold. */
static void add_tolls(struct search *s)
{
	const struct match_instance *in = s->instance;

	s->toll[s->outside] = nothing;
	for (uint32_t i = in->groups.count; i > 0; i--)
		add_toll(s, in->postings.count + in->bottom_up[i - 1]);
	for (uint32_t p = 0; p < in->postings.count; p++)
		add_toll(s, p);
}

static void hang_up(struct search *s)
{
	const struct match_instance *in = s->instance;
	size_t node_count = (size_t)s->outside + 1;

	memset(s->first_child, 0xff, node_count * sizeof(*s->first_child));
	memset(s->first_held, 0xff, node_count * sizeof(*s->first_held));
	for (uint32_t v = s->outside; v-- > 0;) {
		uint32_t *first = &s->first_child[above(s, v)];

		s->next_child[v] = *first;
		*first = v;
	}
	for (uint32_t i = in->students.count; i-- > 0;) {
		uint32_t held = s->why->held[i];
		uint32_t *first =
			&s->first_held[held == MATCH_NONE
					       ? s->outside
					       : in->choice[held].posting];

		s->next_held[i] = *first;
		*first = i;
	}
}

/* Who has no move is where they were. */
static void note_prior(struct search *s)
{
	const struct match_result *result = s->why->result;

	for (uint32_t i = 0; i < s->instance->students.count; i++) {
		uint32_t held = s->why->held[i];

		s->prior[i] = held == MATCH_NONE
				      ? MATCH_NONE
				      : s->instance->choice[held].posting;
	}
	for (uint32_t i = 0; i < result->move_count; i++)
		s->prior[result->moves[i].student] = result->moves[i].from;
}

static void search_free(struct search *s)
{
	match_drop(s->prior);
	match_drop(s->first_child);
	match_drop(s->next_child);
	match_drop(s->first_held);
	match_drop(s->next_held);
	match_drop(s->toll);
	match_drop(s->cost);
	match_drop(s->key);
	match_drop(s->heap);
	match_drop(s->place);
}

static bool take_nodes(struct search *s)
{
	size_t count = (size_t)s->outside + 1;

	s->first_child = match_take(count, sizeof(*s->first_child));
	s->next_child = match_take(count, sizeof(*s->next_child));
	s->first_held = match_take(count, sizeof(*s->first_held));
	s->toll = match_take(count, sizeof(*s->toll));
	s->cost = match_take(count, sizeof(*s->cost));
	s->key = match_take(count, sizeof(*s->key));
	s->heap = match_take(count, sizeof(*s->heap));
	s->place = match_take(count, sizeof(*s->place));
	return s->first_child && s->next_child && s->first_held && s->toll &&
	       s->cost && s->key && s->heap && s->place;
}

static bool search_init(struct search *s, const struct match_why *why,
			struct match_error *error)
{
	const struct match_instance *in = why->instance;

	*s = (struct search){
		.why = why,
		.instance = in,
		.outside = in->postings.count + in->groups.count,
		.has_kept = why->result->has_moves,
		.prior = match_take(in->students.count, sizeof(uint32_t)),
		.next_held = match_take(in->students.count, sizeof(uint32_t)),
	};
	if (!s->prior || !s->next_held || !take_nodes(s)) {
		search_free(s);
		return match_no_memory(error);
	}
	hang_up(s);
	note_prior(s);
	add_tolls(s);
	return true;
}

/* The instance as its file has it, with pins. */
static const struct match_instance *whole_of(const struct match_why *why)
{
	return why->result->is_pinned ? why->pins.whole : why->instance;
}

/* Has the node room as it is, so that more of it changes nothing? */
static bool is_seat_open(const struct match_why *why, uint32_t node)
{
	return why->count[node] < match_node_seats(why->instance, node);
}

/* What is known of a node without a path. */
static struct match_margin begin(const struct match_why *why, uint32_t node,
				 bool *needs_path)
{
	uint32_t posting_count = why->instance->postings.count;
	const struct match_group *group, *left;
	struct match_margin margin = {.has_seat = false};

	margin.has_seat = match_node_seats(why->instance, node) != MATCH_NO_CAP;
	*needs_path = margin.has_seat && !is_seat_open(why, node);
	if (node < posting_count)
		return margin;
	group = &whole_of(why)->group[node - posting_count];
	left = &why->instance->group[node - posting_count];
	margin.has_floor =
		group->lower < group->upper && group->lower < MATCH_SEATS_MAX;
	if (!margin.has_floor || group->lower < match_why_pins(why, node) ||
	    why->count[node] > left->lower)
		return margin;
	margin.floor.shortfall = -1;
	*needs_path = *needs_path || why->count[node] == left->lower;
	return margin;
}

/* What the path from above back to the node adds. */
static void finish(const struct search *s, uint32_t node,
		   struct match_margin *margin)
{
	struct match_gain gain;
	bool is_open = is_seat_open(s->why, node);

	if (s->place[node] != DONE)
		return;
	gain = less(&nothing, &s->cost[node]);
	if (margin->has_seat && !is_open && compare(&gain, &nothing) > 0)
		margin->seat = gain;
	if (margin->has_floor && margin->floor.shortfall &&
	    s->why->count[node] == floor_of(s, node) &&
	    compare(&gain, &margin->floor) > 0)
		margin->floor = gain;
}

bool match_margin(const struct match_why *why, uint32_t node,
		  struct match_margin *margin, struct match_error *error)
{
	struct search s;
	bool needs_path, is_done;

	MATCH_INSIST(why->is_optimal);
	*margin = begin(why, node, &needs_path);
	if (!needs_path)
		return true;
	if (!search_init(&s, why, error))
		return false;
	is_done = search_from(&s, above(&s, node), error);
	if (is_done)
		finish(&s, node, margin);
	search_free(&s);
	return is_done;
}

bool match_margin_of_roots(const struct match_why *why,
			   struct match_margin *margins,
			   struct match_error *error)
{
	const struct match_instance *in = why->instance;
	struct search s;
	bool needs_path, is_done;

	MATCH_INSIST(why->is_optimal);
	if (!search_init(&s, why, error))
		return false;
	is_done = search_from(&s, s.outside, error);
	for (uint32_t g = 0; is_done && g < in->groups.count; g++) {
		uint32_t node = in->postings.count + g;

		if (in->group[g].parent != MATCH_NONE)
			continue;
		*margins = begin(why, node, &needs_path);
		if (needs_path)
			finish(&s, node, margins);
		margins++;
	}
	search_free(&s);
	return is_done;
}
