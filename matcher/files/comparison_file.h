/*
 * A comparison as a JSON document, format "duikou-placement-comparison/1".
 *
 * from   docs/placement.md, "Comparisons"
 */
#ifndef MATCHER_FILES_COMPARISON_FILE_H
#define MATCHER_FILES_COMPARISON_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/changes.h"
#include "matcher/compare.h"
#include "matcher/files/sink.h"
#include "matcher/instance.h"
#include "matcher/sha256.h"

#define MATCH_COMPARISON_FORMAT "duikou-placement-comparison/1"

/* What a report is made of, in the order of making. */
enum match_report_part {
	MATCH_PART_AFTER, /* the changed instance, if it is changed */
	MATCH_PART_BEFORE,
};

/* Told as each part begins, and as it goes on, some dozen times. */
struct match_report_watch {
	void (*tell)(void *to, enum match_report_part part,
		     uint32_t share_mille);
	void *to;
};

/* The modes on an instance and, if anything is changed in it, after that. */
struct match_report {
	const struct match_report_watch *watch; /* the caller's; or NULL */
	const struct match_instance *instance; /* borrowed, as the changes */
	const struct match_change *changes;    /* applied */
	uint32_t change_count;
	struct match_comparison before;
	struct match_comparison after; /* empty without changes, as the rest */
	char sha256_before[MATCH_SHA256_HEX], sha256_after[MATCH_SHA256_HEX];
	struct match_opinion effect[MATCH_MODES]; /* first: of before */
};

/*
 * Place in both modes and compare; with changes, the changed instance too.
 *
 * in     watch and sha256_before are the caller's to fill. instance is changed
 *        meanwhile and is then as it was; changes are put in order
 * out    report is the caller's to free (match_report_free)
 * fails  as match_changes_apply, match_place_optimal and match_compare;
 *        report is then empty, and changes have their flaws
 */
bool match_report_make(struct match_report *report,
		       struct match_instance *instance,
		       struct match_change *changes, uint32_t change_count,
		       struct match_error *error) MATCH_MUST_CHECK;
void match_report_free(struct match_report *report);

/*
 * Write a report in the one layout that it has. The sink is left for
 * match_sink_finish.
 */
void match_comparison_write(const struct match_report *report,
			    struct match_sink *sink);

#endif
