/*
 * explaining.h - what the pages of a round's parties share: which run they are
 * of, and the run itself, on the thread that keeps it.
 */
#ifndef ENDPOINTS_EXPLAINING_H
#define ENDPOINTS_EXPLAINING_H

#include "flow/flow.h"
#include "matcher/why.h"

struct explaining_query {
	struct uuid run_id;	/* nil: the published or newest run */
};

extern const struct field explaining_query[];

/* The first member of the state of each of these operations. */
struct explaining {
	struct uuid round_id, run_id;
	const char *mode, *seed, *seed_sha256;	/* seed NULL: not revealed */
	bool is_published;
};

/* Asks for the run; before publication it is the office's. */
enum flow_next ask_run(struct flow *f, const struct uuid *run_id);
/* A step: with the query's run. */
flow_step find_explained_run;
/* Takes the answer over. */
void take_explained_run(struct flow *f);

/* On the explainer's thread: the run, or NULL after fail(). */
const struct match_why *explained_run(struct flow *f);

/* The members round_id, run_id, mode, is_published into the open object. */
void explaining_members(struct json_writer *w, const struct explaining *s);

#endif
