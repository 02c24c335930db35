/*
 * Classes are gone through in three groups, from the finest agreement on, and
 * each group first in the areas nearby: what is found there keeps most of the
 * rest from being looked at. The chunks of one group wait in a heap, the
 * greatest bound on top.
 */
#include "matcher/index_scan.h"

static bool is_above(const struct match_candidate *a,
		     const struct match_candidate *b)
{
	return a->sum != b->sum ? a->sum > b->sum : a->newest > b->newest;
}

static void sift_down(struct match_scan *scan, uint32_t at)
{
	struct match_candidate held = scan->at[at];

	for (;;) {
		uint32_t child = 2 * at + 1;

		if (child >= scan->count)
			break;
		if (child + 1 < scan->count &&
		    is_above(&scan->at[child + 1], &scan->at[child]))
			child++;
		if (!is_above(&scan->at[child], &held))
			break;
		scan->at[at] = scan->at[child];
		at = child;
	}
	scan->at[at] = held;
}

static void visit(struct match_scan *scan, const struct match_chunk *chunk)
{
	uint64_t order = chunk->group << 16;
	uint32_t class = match_order_class(order);

	if (scan->class != class) {
		scan->ways->enter_class(scan->of, class);
		scan->class = class;
	}
	scan->ways->area_is(scan->of, match_order_area(order));
	scan->ways->visit(scan->of, chunk);
}

/* Visit the chunks that wait, the best first, while one can add something. */
static void flush(struct match_scan *scan)
{
	for (uint32_t i = scan->count / 2; i-- > 0;)
		sift_down(scan, i);
	while (scan->count != 0 && match_sum_admits(scan->top, scan->at[0].sum,
						    scan->at[0].newest)) {
		const struct match_chunk *chunk = scan->at[0].chunk;

		scan->at[0] = scan->at[--scan->count];
		sift_down(scan, 0);
		visit(scan, chunk);
	}
	scan->count = 0;
}

static void enter_class(struct match_scan *scan,
			const struct match_class *class)
{
	if (scan->class == class->code)
		return;
	scan->ways->enter_class(scan->of, class->code);
	scan->class = class->code;
}

/* Collect the chunks of a class in near or in far areas. */
static void collect(struct match_scan *scan, const struct match_class *class,
		    int area_is)
{
	uint32_t area = UINT32_MAX;
	int is = MATCH_AREA_OUT;

	enter_class(scan, class);
	for (uint32_t i = 0; i < class->count; i++) {
		const struct match_bound *bound = &class->chunk[i];
		uint32_t sum;

		if (bound->area != area) {
			area = bound->area;
			is = scan->ways->area_is(scan->of, area);
		}
		if (is != area_is)
			continue;
		sum = scan->ways->bound(scan->of, bound);
		if (sum == MATCH_SUM_NONE ||
		    !match_sum_admits(scan->top, sum, bound->newest))
			continue;
		scan->at[scan->count++] = (struct match_candidate){
			sum, bound->newest, bound->chunk};
		if (scan->count < MATCH_CANDIDATES_MAX)
			continue;
		flush(scan);
		enter_class(scan, class);
		area = UINT32_MAX;
	}
}

static void run_group(struct match_scan *scan, int class_is, int area_is)
{
	const struct match_tree *tree = scan->tree;
	uint32_t most = scan->ways->most(scan->of, class_is, area_is);

	for (uint32_t i = 0; i < tree->count; i++) {
		if (!match_sum_admits(scan->top, most, UINT32_MAX))
			break;
		if (scan->ways->class_is(scan->of, tree->class[i] -> code) ==
		    class_is)
			collect(scan, tree->class[i], area_is);
	}
	flush(scan);
}

void match_scan_run(struct match_scan *scan)
{
	scan->count = 0;
	scan->class = UINT32_MAX;
	for (int class_is = MATCH_SAME_CLASS; class_is <= MATCH_OTHER_CLASS;
	     class_is++) {
		run_group(scan, class_is, MATCH_AREA_NEAR);
		run_group(scan, class_is, MATCH_AREA_FAR);
	}
}
