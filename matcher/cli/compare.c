/*
 * duikou-matcher compare: both modes on an instance and, where the command line
 * changes it, on the changed one. Nothing is stored.
 */
#include <stdio.h>
#include <stdlib.h>

#include "matcher/cli/cli.h"
#include "matcher/cli/compare_text.h"
#include "matcher/cli/lang.h"
#include "matcher/files/comparison_file.h"
#include "matcher/place.h"

/* Place in both modes; complains itself. */
static bool compare(const struct options *options,
		    const struct match_instance *instance,
		    struct match_comparison *comparison)
{
	struct match_result results[MATCH_MODES] = {{.prices = NULL}};
	struct match_error error;
	bool is_done;

	say_stage(options, "placing %u students in both modes",
		  instance->students.count);
	is_done =
		match_place_stable(instance, &results[MATCH_STABLE], &error) &&
		match_place_optimal(instance, &results[MATCH_OPTIMAL],
				    &error) &&
		match_compare(comparison, instance, results, &error);
	for (int mode = 0; mode < MATCH_MODES; mode++)
		match_result_free(&results[mode]);
	if (!is_done)
		complain("%s: %s", options->in, error.text);
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

/* Flaws of the changes are said before anything is placed. */
static bool compare_changed(const struct options *options,
			    struct match_instance *instance,
			    struct match_report *report)
{
	bool is_done;

	if (!options->change_count)
		return true;
	if (!change_instance(options, instance, report->sha256_after))
		return false;
	is_done = compare(options, instance, &report->after);
	match_changes_undo(instance, options->changes, options->change_count);
	qsort(options->changes, options->change_count,
	      sizeof(*options->changes), by_kind_and_id);
	report->changes = options->changes;
	report->change_count = options->change_count;
	return is_done;
}

static bool compare_all(const struct options *options,
			struct match_instance *instance,
			struct match_report *report)
{
	if (!compare_changed(options, instance, report) ||
	    !compare(options, instance, &report->before))
		return false;
	for (int mode = 0; report->change_count && mode < MATCH_MODES; mode++)
		report->effect[mode] =
			match_opinion(instance, &report->before.of[mode],
				      &report->after.of[mode]);
	return true;
}

static enum exit_status print_report(const struct match_report *report,
				     const struct style *style)
{
	struct match_sink sink;

	match_sink_init(&sink, write_out, NULL);
	if (style->is_json)
		match_comparison_write(report, &sink);
	else
		tell_comparison(report, style->language, &sink);
	if (!match_sink_finish(&sink, NULL) || fflush(stdout) != 0)
		return complain("standard output cannot be written");
	return EXIT_DONE;
}

enum exit_status run_compare(const struct options *options)
{
	struct match_instance instance;
	struct match_report report = {.instance = &instance};
	struct style style;
	enum exit_status status = EXIT_UNUSABLE;

	if (!read_style(options, &style))
		return EXIT_UNUSABLE;
	say_stage(options, "reading %s", options->in);
	if (!load_instance(options->in, &instance, report.sha256_before))
		return EXIT_UNUSABLE;
	if (compare_all(options, &instance, &report))
		status = print_report(&report, &style);
	match_comparison_free(&report.before);
	match_comparison_free(&report.after);
	match_instance_free(&instance);
	return status;
}
