/*
 * Explanations as JSON documents, format "duikou-placement-explanation/1".
 *
 * from   docs/placement.md, "Explanations"
 */
#ifndef MATCHER_FILES_EXPLANATION_FILE_H
#define MATCHER_FILES_EXPLANATION_FILE_H

#include "matcher/files/sink.h"
#include "matcher/margin.h"
#include "matcher/shortage.h"
#include "matcher/why.h"

#define MATCH_EXPLANATION_FORMAT "duikou-placement-explanation/1"

/* So many students of a witness are named; the rest are counted. */
#define MATCH_WITNESS_NAMED 10

/*
 * Each writes a whole document; the sink is left for match_sink_finish.
 *
 * in     margin of the posting or group, if the result is of mode optimal
 */
void match_explanation_of_student(const struct match_why *why,
				  const struct match_why_student *answer,
				  struct match_sink *sink);
void match_explanation_of_posting(const struct match_why *why,
				  const struct match_why_posting *answer,
				  const struct match_margin *margin,
				  struct match_sink *sink);
void match_explanation_of_group(const struct match_why *why,
				const struct match_shortage *answer,
				const struct match_margin *margin,
				struct match_sink *sink);

#endif
