/*
 * matching.h - the steps that operations on pairs share: load what a pair is
 * judged by, then the student; the posting is the operation's own.
 */
#ifndef ENDPOINTS_MATCHING_H
#define ENDPOINTS_MATCHING_H

#include "flow/flow.h"
#include "matcher/explain.h"
#include "matcher/align.h"

struct matching {
	struct uuid student_id, posting_id;
	struct match_policy policy;
	struct match_ties ties;
	struct match_student student;
	struct match_posting posting;
	const char *title, *enterprise_name;
};

/* In this order; the last asks for the student whose id is in the path. */
flow_step find_policy, find_ties, find_matched_student;

/* Take over the student, or the posting, that was asked for. A posting is
 * weighed as the live ranking does, which the policy then names; before it is
 * loaded, by nothing. */
void take_student(struct flow *f);
void take_posting(struct flow *f);

struct match_terms matching_terms(const struct flow *f);
enum match_language matching_language(const struct flow *f);

#endif
