/*
 * match_fit.h - what the matcher found for a pair, as JSON: the score with its
 * parts, enough to recompute it by hand, and every rule that is broken.
 *
 * from  matcher/align.h; operation getMatch in api-spec/openapi.yaml
 */
#ifndef RECORDS_MATCH_FIT_H
#define RECORDS_MATCH_FIT_H

#include "matcher/align.h"
#include "matcher/explain.h"
#include "wire/json_write.h"

/* The members score, tier, is_eligible, policy_version, parts, broken_rules,
 * into the open object. */
void match_fit_members(struct json_writer *w, const struct match_fit *fit,
		       const struct match_posting *posting,
		       enum match_language language);

#endif
