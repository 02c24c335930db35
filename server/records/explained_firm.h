/*
 * explained_firm.h - what a run made of one enterprise: its groups with floors
 * and caps, its postings with seats and cutoffs, and why a floor is short.
 *
 * from  docs/placement.md, "Explanations"; getEnterpriseExplanation in the API
 */
#ifndef RECORDS_EXPLAINED_FIRM_H
#define RECORDS_EXPLAINED_FIRM_H

#include "records/explained.h"

/* So many of the nodes that a witness names get their names told. */
enum { EXPLAINED_NAMES_MAX = 500 };

/* The enterprise, a post category, or a posting. */
struct explained_part {
	struct explained_node node;
	int64_t lower, shortfall;	/* of a group */
	int64_t listed;			/* students who wished for it */
	int64_t needed, reachable;	/* of a group: match_shortage.reach */
	int64_t reach_students;
	bool has_cutoff;		/* of a posting */
	struct match_cutoff cutoff;
	struct explained_node binding;
	const char *document;
	size_t document_bytes;
};

struct explained_firm {
	bool is_there;			/* in the run */
	bool is_optimal;
	struct explained_part *groups, *postings;
	size_t group_count, posting_count;
	struct uuids nodes;		/* whose names the writer needs */
};

/* As explained_ask. */
MUST_CHECK bool explained_firm_ask(struct explained_firm *out,
				   struct arena *mem,
				   const struct match_why *why,
				   const struct uuid *enterprise,
				   struct match_error *error);

/* The members groups, postings and names into the open object. */
void explained_firm_write(struct json_writer *w, struct arena *mem,
			  const struct explained_firm *told,
			  const struct rows *names,
			  enum match_language language);

#endif
