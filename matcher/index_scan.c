/*
 * Classes are gone through in three groups, from the finest agreement on, and
 * each group first in the areas nearby: what is found there keeps most of the
 * rest from being looked at. The chunks of one group wait in a heap, the
 * greatest bound on top.
 */
#include "matcher/index_scan.h"

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
	struct match_candidates *chunks = &scan->chunks;

	match_candidates_order(chunks);
	while (chunks->count != 0 &&
	       match_candidate_admits(scan->top, &chunks->at[0])) {
		const struct match_chunk *chunk = chunks->at[0].chunk;

		match_candidates_pop(chunks);
		if (chunks->count != 0)
			match_chunk_fetch(chunks->at[0].chunk,
					  chunks->at[0].bytes);
		visit(scan, chunk);
	}
	chunks->count = 0;
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
		    !match_score_admits(scan->top, sum / MATCH_WHOLE,
					bound->newest))
			continue;
		scan->chunks.at[scan->chunks.count++] =
			(struct match_candidate){
				.score = sum / MATCH_WHOLE,
				.newest = bound->newest,
				.bytes = bound->bytes,
				.chunk = bound->chunk,
			};
		if (scan->chunks.count < MATCH_CANDIDATES_MAX)
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
		if (!match_score_admits(scan->top, most / MATCH_WHOLE,
					UINT32_MAX))
			break;
		if (scan->ways->class_is(scan->of, tree->class[i] -> code) ==
		    class_is)
			collect(scan, tree->class[i], area_is);
	}
	flush(scan);
}

void match_scan_run(struct match_scan *scan)
{
	scan->chunks.count = 0;
	scan->class = UINT32_MAX;
	for (int class_is = MATCH_SAME_CLASS; class_is <= MATCH_OTHER_CLASS;
	     class_is++) {
		run_group(scan, class_is, MATCH_AREA_NEAR);
		run_group(scan, class_is, MATCH_AREA_FAR);
	}
}

uint32_t match_best_level(const uint32_t *education, uint32_t levels)
{
	uint32_t sum = MATCH_SUM_NONE;

	for (uint32_t i = 0; i <= MATCH_EDUCATION_BACHELOR; i++) {
		if ((levels >> i & 1) == 0 || education[i] == MATCH_SUM_NONE)
			continue;
		sum = sum == MATCH_SUM_NONE ? education[i]
					    : match_larger(sum, education[i]);
	}
	return sum;
}
