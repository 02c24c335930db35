/*
 * A comparison made: both modes on an instance and, where it is changed, on the
 * changed one.
 */
#include <stdlib.h>

#include "matcher/files/comparison_file.h"
#include "matcher/files/instance_file.h"
#include "matcher/place.h"

/* Thousandths of a part that are done once both are placed; what is left is
 * counted. */
#define PLACED_MILLE 800u

struct part {
	const struct match_report_watch *watch;
	enum match_report_part part;
};

static void tell(const struct part *part, uint32_t share_mille)
{
	if (part->watch)
		part->watch->tell(part->watch->to, part->part, share_mille);
}

/* Phases get shorter and may be fewer, so this is at least so far. */
static void tell_placing(void *to, const struct match_progress *at)
{
	uint32_t done = (at->objective - 1) * PLACED_MILLE +
			(at->phase - 1) * PLACED_MILLE / at->phase_count;

	tell(to, done / at->objective_count);
}

static bool compare(struct part part, const struct match_instance *instance,
		    struct match_comparison *comparison,
		    struct match_error *error)
{
	struct match_result results[MATCH_MODES] = {{.prices = NULL}};
	const struct match_watch watch = {tell_placing, &part};
	const struct match_optimal_order order = {.watch = &watch};
	bool is_done;

	tell(&part, 0);
	is_done = match_place_stable(instance, &results[MATCH_STABLE], error) &&
		  match_place_optimal_by(instance, &order,
					 &results[MATCH_OPTIMAL], error);
	if (is_done) {
		tell(&part, PLACED_MILLE);
		is_done = match_compare(comparison, instance, results, error);
	}
	for (int mode = 0; mode < MATCH_MODES; mode++)
		match_result_free(&results[mode]);
	return is_done;
}

/* In whatever order they were told: by kind, then by id. */
static int by_kind_and_id(const void *one, const void *other)
{
	const struct match_change *a = one, *b = other;

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return a->node < b->node ? -1 : a->node > b->node;
}

/* Flaws of the changes are found before anything is placed. */
static bool compare_changed(struct match_report *report,
			    struct match_instance *instance,
			    struct match_change *changes, uint32_t count,
			    struct match_error *error)
{
	bool is_done;

	if (count == 0)
		return true;
	if (!match_changes_apply(instance, changes, count, error))
		return false;
	match_instance_digest(instance, report->sha256_after);
	is_done = compare((struct part){report->watch, MATCH_PART_AFTER},
			  instance, &report->after, error);
	match_changes_undo(instance, changes, count);
	qsort(changes, count, sizeof(*changes), by_kind_and_id);
	report->changes = changes;
	report->change_count = count;
	return is_done;
}

bool match_report_make(struct match_report *report,
		       struct match_instance *instance,
		       struct match_change *changes, uint32_t change_count,
		       struct match_error *error)
{
	report->instance = instance;
	report->changes = NULL;
	report->change_count = 0;
	report->before = report->after = (struct match_comparison){0};
	if (!compare_changed(report, instance, changes, change_count, error) ||
	    !compare((struct part){report->watch, MATCH_PART_BEFORE}, instance,
		     &report->before, error)) {
		match_report_free(report);
		return false;
	}
	for (int mode = 0; report->change_count && mode < MATCH_MODES; mode++)
		report->effect[mode] =
			match_opinion(instance, &report->before.of[mode],
				      &report->after.of[mode]);
	return true;
}

void match_report_free(struct match_report *report)
{
	match_comparison_free(&report->before);
	match_comparison_free(&report->after);
}
