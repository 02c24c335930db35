/*
 * explainer.h - why a finished run came out as it did: its two documents read
 * back and made ready for the matcher's questions (matcher/why.h), the same
 * that `duikou-matcher explain` asks. A thread of its own reads, keeps the last
 * few runs and answers, so that reading 100,000 students once serves all who
 * ask, and holds up no event loop.
 *
 * from  docs/architecture.md, "Each party's page"
 */
#ifndef FLOW_EXPLAINER_H
#define FLOW_EXPLAINER_H

#include "base/config.h"
#include "base/fault.h"
#include "base/uuid.h"
#include "matcher/why.h"

struct explainer;

/* The configuration is borrowed. */
struct explainer *explainer_open(const struct config *config);
/* Its thread is no more. */
void explainer_close(struct explainer *explainer);

/*
 * A finished run, for the work of ponder_explained (flow.h) alone.
 *
 * in     the run is done, so its result was verified
 * out    kept until the next is asked for
 * fails  NULL: NO_DATABASE and its like; BUG where the documents do not fit
 */
const struct match_why *explainer_run(struct explainer *explainer,
				      const struct uuid *consortium,
				      const struct uuid *run,
				      struct fault *fault);

#endif
