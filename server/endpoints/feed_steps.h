/*
 * feed_steps.h - what the operations on an enterprise's feed share.
 *
 * from  api-spec/openapi.yaml, "enterprises"
 */
#ifndef ENDPOINTS_FEED_STEPS_H
#define ENDPOINTS_FEED_STEPS_H

#include "flow/flow.h"
#include "records/posting_feed.h"
#include "wire/sql.h"

struct feed_at {
	struct uuid id;		/* the enterprise's */
};

/* From the path into s->id. fails  NOT_FOUND: another's, for its own */
MUST_CHECK bool path_feed(struct flow *f);

/* Reads the feed of s->id; and answers with it. */
flow_step find_feed, reply_feed;

#endif
