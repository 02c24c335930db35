/*
 * matching.h - the steps that the operations on matches share: load what a
 * pair is judged by, then the one side, then the other.
 */
#ifndef ENDPOINTS_MATCHING_H
#define ENDPOINTS_MATCHING_H

#include "flow/flow.h"
#include "matcher/explain.h"
#include "matcher/rank.h"

struct matching;

/* What differs between ranking postings and ranking students. */
struct matching_side {
	/* f->rows into the state's pool, and the ranking from it. */
	void (*rank)(struct flow *f, const struct match_key *after);
	void (*write)(struct flow *f, struct json_writer *w,
		      const struct match_rank_entry *entry);
	struct match_key (*key)(const struct matching *s,
				const struct match_rank_entry *entry);
};

struct matching {
	struct uuid student_id, posting_id;
	struct match_policy policy;
	struct match_ties ties;
	struct match_student student;
	struct match_posting posting;
	const char *title, *enterprise_name;
	const struct matching_side *side;
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

/* The last two steps, after the one that asked for the pool and set
 * state->side: the page of the ranking after the cursor, and the reply. */
flow_step rank_side, reply_ranking;

#endif
