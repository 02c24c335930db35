/*
 * A witness from prices, one integer a node. The prices are first made smaller
 * where that proves no less; as they proved all there is, it proves no more.
 */
#include "matcher/bound.h"

#include "matcher/memory.h"

struct bound {
	const struct match_instance *instance;
	const struct match_contracts *contracts; /* which choices count */
	int64_t base;	 /* what a student is worth before prices */
	int64_t *times;	 /* per node: its price; negative: a floor; borrowed */
	int64_t *toll;	 /* per node: the sum of its path */
	bool *is_listed; /* per node: some acceptable choice is under it */
	/* Per node: the nearest one with a price on its path, or MATCH_NONE;
	 * and a forest of those that hang together. */
	uint32_t *near, *part;
};

static void bound_free(struct bound *bound)
{
	match_drop(bound->toll);
	match_drop(bound->is_listed);
	match_drop(bound->near);
	match_drop(bound->part);
}

static bool bound_init(struct bound *bound,
		       const struct match_contracts *contracts)
{
	const struct match_instance *in = contracts->instance;
	size_t count = (size_t)in->postings.count + in->groups.count;

	*bound = (struct bound){
		.instance = in,
		.contracts = contracts,
		.toll = match_take(count, sizeof(int64_t)),
		.is_listed = match_take(count, sizeof(bool)),
		.near = match_take(count, sizeof(uint32_t)),
		.part = match_take(count, sizeof(uint32_t)),
	};
	if (bound->toll && bound->is_listed && bound->near && bound->part)
		return true;
	bound_free(bound);
	return false;
}

static bool does_count(const struct bound *bound, uint32_t choice)
{
	const uint32_t *rank = bound->contracts->rank;

	return !rank || rank[choice] != MATCH_NONE;
}

static uint32_t node_count(const struct bound *bound)
{
	return bound->instance->postings.count + bound->instance->groups.count;
}

static uint32_t floor_of(const struct bound *bound, uint32_t node)
{
	uint32_t posting_count = bound->instance->postings.count;

	return node < posting_count
		       ? 0
		       : bound->instance->group[node - posting_count].lower;
}

static void list_above(struct bound *bound, uint32_t node)
{
	uint32_t above = match_node_above(bound->instance, node);

	if (bound->is_listed[node] && above != MATCH_NONE)
		bound->is_listed[above] = true;
}

static void find_listed(struct bound *bound)
{
	const struct match_instance *in = bound->instance;

	for (uint32_t i = 0; i < in->choice_start[in->students.count]; i++)
		if (does_count(bound, i))
			bound->is_listed[in->choice[i].posting] = true;
	for (uint32_t p = 0; p < in->postings.count; p++)
		list_above(bound, p);
	for (uint32_t i = 0; i < in->groups.count; i++)
		list_above(bound, in->postings.count + in->bottom_up[i]);
}

/*
 * A floor gives 1 at most, and a node without one nothing; a price above all
 * that a path may give bars the way as well as any higher one; and where
 * nobody knocks, no bar is needed. This also bounds every sum.
 */
static int64_t lesser_price(const struct bound *bound, uint32_t node,
			    int64_t price)
{
	int64_t enough = (int64_t)bound->instance->groups.count + 1;

	if (price < 0)
		return floor_of(bound, node) ? -1 : 0;
	if (!bound->is_listed[node])
		return 0;
	return price < enough ? price : enough;
}

static uint32_t part_of(struct bound *bound, uint32_t node)
{
	while (bound->part[node] != node) {
		bound->part[node] = bound->part[bound->part[node]];
		node = bound->part[node];
	}
	return node;
}

/* The lesser number leads, so the parts are the same in any order. */
static void join(struct bound *bound, uint32_t a, uint32_t b)
{
	a = part_of(bound, a);
	b = part_of(bound, b);
	bound->part[a < b ? b : a] = a < b ? a : b;
}

static void descend(struct bound *bound, uint32_t node)
{
	uint32_t above = match_node_above(bound->instance, node);
	uint32_t near = above == MATCH_NONE ? MATCH_NONE : bound->near[above];

	bound->toll[node] = bound->times[node] +
			    (above == MATCH_NONE ? 0 : bound->toll[above]);
	bound->near[node] = bound->times[node] ? node : near;
	if (bound->times[node] && near != MATCH_NONE)
		join(bound, node, near);
}

/* What the student's best choice is worth at these prices. */
static int64_t units_of(const struct bound *bound, uint32_t student)
{
	const struct match_instance *in = bound->instance;
	int64_t most = 0;

	for (uint32_t i = in->choice_start[student];
	     i < in->choice_start[student + 1]; i++) {
		int64_t worth = bound->base;

		if (!does_count(bound, i))
			continue;
		worth -= bound->toll[in->choice[i].posting];
		if (worth > most)
			most = worth;
	}
	return most;
}

/* What a student might serve hangs together; returns a node of it. */
static uint32_t join_choices(struct bound *bound, uint32_t student)
{
	const struct match_instance *in = bound->instance;
	uint32_t first = MATCH_NONE;

	for (uint32_t i = in->choice_start[student];
	     i < in->choice_start[student + 1]; i++) {
		uint32_t posting = in->choice[i].posting;

		if (!does_count(bound, i) ||
		    bound->toll[posting] >= bound->base ||
		    bound->near[posting] == MATCH_NONE)
			continue;
		if (first == MATCH_NONE)
			first = bound->near[posting];
		join(bound, first, bound->near[posting]);
	}
	return first;
}

/* From prices in times to tolls and parts. */
static void spread(struct bound *bound)
{
	const struct match_instance *in = bound->instance;

	find_listed(bound);
	for (uint32_t v = 0; v < node_count(bound); v++) {
		bound->times[v] = lesser_price(bound, v, bound->times[v]);
		bound->part[v] = v;
	}
	for (uint32_t i = in->groups.count; i > 0; i--)
		descend(bound, in->postings.count + in->bottom_up[i - 1]);
	for (uint32_t p = 0; p < in->postings.count; p++)
		descend(bound, p);
	for (uint32_t s = 0; s < in->students.count; s++)
		join_choices(bound, s);
}

static bool is_in(struct bound *bound, uint32_t node, uint32_t part)
{
	return part == MATCH_NONE ||
	       (node != MATCH_NONE && part_of(bound, node) == part);
}

static struct match_witness_node node_line(const struct bound *bound,
					   uint32_t node)
{
	int64_t times = bound->times[node];
	bool is_floor = times < 0;

	return (struct match_witness_node){
		.node = node,
		.is_floor = is_floor,
		.times = is_floor ? -times : times,
		.seats = is_floor ? floor_of(bound, node)
				  : match_node_seats(bound->instance, node),
	};
}

static void gather_nodes(struct bound *bound, uint32_t part, bool are_floors,
			 struct match_witness *witness)
{
	for (uint32_t v = 0; v < node_count(bound); v++) {
		struct match_witness_node line = node_line(bound, v);

		if (!line.times || line.is_floor != are_floors ||
		    !is_in(bound, v, part))
			continue;
		if (are_floors)
			witness->needed += line.seats;
		else
			witness->reachable += line.times * line.seats;
		witness->nodes[witness->node_count++] = line;
	}
}

static void gather_students(struct bound *bound, uint32_t part,
			    struct match_witness *witness)
{
	for (uint32_t s = 0; s < bound->instance->students.count; s++) {
		int64_t units = units_of(bound, s);

		if (!units || !is_in(bound, join_choices(bound, s), part))
			continue;
		witness->students[witness->student_count++] = s;
		witness->student_units += units;
	}
	witness->reachable += witness->student_units;
}

/* The witness of a part, or of all. */
static bool gather(struct bound *bound, uint32_t part,
		   struct match_witness *witness)
{
	*witness = (struct match_witness){
		.nodes = match_take(node_count(bound), sizeof(*witness->nodes)),
		.students = match_take(bound->instance->students.count,
				       sizeof(*witness->students)),
	};
	if (!witness->nodes || !witness->students) {
		match_witness_free(witness);
		return false;
	}
	gather_nodes(bound, part, true, witness);
	gather_nodes(bound, part, false, witness);
	gather_students(bound, part, witness);
	return true;
}

bool match_bound(const struct match_contracts *contracts, int64_t base,
		 int64_t *prices, uint32_t node, struct match_witness *witness)
{
	struct bound bound;
	bool is_done;

	if (!bound_init(&bound, contracts))
		return false;
	bound.base = base;
	bound.times = prices;
	spread(&bound);
	if (node != MATCH_NONE)
		node = part_of(&bound, node);
	is_done = gather(&bound, node, witness);
	bound_free(&bound);
	return is_done;
}
