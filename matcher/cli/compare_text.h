/* Comparisons as text for people, in Chinese and English. */
#ifndef MATCHER_CLI_COMPARE_TEXT_H
#define MATCHER_CLI_COMPARE_TEXT_H

#include "matcher/explain.h"
#include "matcher/files/comparison_file.h"
#include "matcher/files/sink.h"

/* The sink is left for match_sink_finish. */
void tell_comparison(const struct match_report *report,
		     enum match_language language, struct match_sink *sink);

#endif
