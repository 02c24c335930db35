/*
 * duikou-matcher compare: both modes on an instance and, where the command line
 * changes it, on the changed one. Nothing is stored.
 */
#include <stdio.h>

#include "matcher/cli/cli.h"
#include "matcher/cli/compare_text.h"
#include "matcher/cli/lang.h"
#include "matcher/files/comparison_file.h"

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

/* A flaw of the command line's changes is told there, by its option. */
static bool make_report(const struct options *options,
			struct match_instance *instance,
			struct match_report *report)
{
	struct match_error error;

	say_stage(options, "placing %u students in both modes%s",
		  instance->students.count,
		  options->change_count ? ", before and after" : "");
	if (match_report_make(report, instance, options->changes,
			      options->change_count, &error))
		return true;
	if (!complain_of_changes(options))
		complain("%s: %s", options->in, error.text);
	return false;
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
	if (make_report(options, &instance, &report)) {
		status = print_report(&report, &style);
		match_report_free(&report);
	}
	match_instance_free(&instance);
	return status;
}
