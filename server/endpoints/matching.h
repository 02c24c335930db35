/*
 * matching.h - the steps that the operations on matches share: load what a
 * pair is judged by, then the one side, then the other.
 */
#ifndef ENDPOINTS_MATCHING_H
#define ENDPOINTS_MATCHING_H

#include "flow/flow.h"
#include "matcher/explain.h"
#include "matcher/rank.h"

struct matching {
	struct uuid student_id, posting_id;
	struct match_policy policy;
	struct match_ties ties;
	struct match_student student;
	struct match_posting posting;
	const char *title, *enterprise_name;
	struct match_ranking ranking;
	struct match_posting_pool postings;
	struct match_student_pool students;
	struct match_key after;
};

/* In this order, before the step that asks for the side that is named. */
flow_step find_policy, find_ties;

/* Ask for the student, or the posting, whose id is in the state. */
flow_step find_matched_student, find_matched_posting;

/* Take over what find_matched_* returned. */
void take_student(struct flow *f);
void take_posting(struct flow *f);

struct match_terms matching_terms(const struct flow *f);
enum match_language matching_language(const struct flow *f);

/* The key after which the page begins: NULL on the first page; false after a
 * fault when the cursor is none of ours. */
MUST_CHECK bool matching_after(struct flow *f, const struct match_key **after);

/* How many of the ranking are shown: one more was asked for than a page has. */
size_t matching_shown(const struct flow *f);

/* The member `next` after the last one shown; NULL: there is no more. */
void reply_next_match(struct flow *f, const struct match_key *last);

#endif
