/*
 * GET /robots.txt - what crawlers may read: the pages of public postings, which
 * the sitemap lists where the service knows its own address.
 *
 * from  RFC 9309; sitemaps.org
 */
#include <string.h>

#include "flow/everybody.h"
#include "flow/flow.h"

static flow_step answer;

const struct endpoint get_robots = {
	.operation = "getRobots",
	.method = "GET",
	.path = "/robots.txt",
	.allow = EVERYBODY,
	.is_shared = true,
	.produces = "text/plain",
	.steps = { answer },
};

static enum flow_next answer(struct flow *f)
{
	const char *base = f->loop->service->config->public_url;
	const char *text = "User-agent: *\nDisallow: /v1/\n";

	if (*base)
		text = arena_print(f->mem, "%sSitemap: %s/sitemap.xml\n", text,
				   base);
	return reply_bytes(f, 200, "text/plain; charset=utf-8", text,
			   strlen(text));
}
