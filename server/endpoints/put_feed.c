/*
 * PUT /v1/enterprises/{enterprise_id}/feed - an enterprise says where its
 * system lists its postings; a worker fetches it at once, and then again and
 * again (commands/work_feed.h).
 */
#include "endpoints/feed_steps.h"
#include "wire/call.h"

static flow_step put;

const struct endpoint put_feed = {
	.operation = "putFeed",
	.method = "PUT",
	.path = "/v1/enterprises/{enterprise_id}/feed",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct feed_at),
	.body = posting_feed_shape,
	.body_bytes = sizeof(struct posting_feed),
	.is_transaction = true,
	.steps = { put, find_feed, reply_feed },
};

static void check_url(struct flow *f, const char *url)
{
	enum call_reach reach = f->loop->service->config->feed_near ?
				CALL_NEAR : CALL_WEB;
	enum call_flaw flaw = call_url_flaw(url, reach);
	struct call_words words = call_words(flaw);

	if (flaw != CALL_GOOD)
		flaws_add(&f->flaws, "#/url", "not-allowed", words.english,
			  words.chinese);
}

static int64_t usual(int64_t said, int64_t otherwise)
{
	return said == INT_NONE ? otherwise : said;
}

static enum flow_next put(struct flow *f)
{
	struct feed_at *s = f->state;
	struct posting_feed *in = f->body;

	if (!path_feed(f))
		return FLOW_FAIL;
	fields_settle(posting_feed_shape, &f->body_seen, in);
	check_url(f, in->url);
	if (f->flaws.count)
		return fail_flaws(f);
	return tell(f, SQL_FEED_PUT, P_CONSORTIUM(f), P_ID(&s->id),
		    P_ACCOUNT(f), P_TEXT(in->url),
		    P_INT(usual(in->interval_minutes,
				POSTING_FEED_INTERVAL_USUAL)),
		    P_BOOL(in->publishes),
		    P_INT(usual(in->open_days, POSTING_FEED_OPEN_USUAL)),
		    P_BOOL(in->is_paused));
}
