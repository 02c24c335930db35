/*
 * Explanations as text for people, in Chinese and English.
 */
#ifndef MATCHER_CLI_EXPLAIN_TEXT_H
#define MATCHER_CLI_EXPLAIN_TEXT_H

#include "matcher/explain.h"
#include "matcher/files/sink.h"
#include "matcher/margin.h"
#include "matcher/shortage.h"
#include "matcher/why.h"

struct talk {
	enum match_language language;
	const struct match_why *why; /* borrowed, as the sink */
	struct match_sink *sink;     /* left for match_sink_finish */
};

void tell_student(struct talk *talk, const struct match_why_student *answer);
/* in     margin of the node, if the result is of mode optimal */
void tell_posting(struct talk *talk, const struct match_why_posting *answer,
		  const struct match_margin *margin);
void tell_group(struct talk *talk, const struct match_shortage *answer,
		const struct match_margin *margin);

#endif
