/*
 * GET /sitemap.xml - the pages of public postings for crawlers: an index of
 * sitemaps, each of them a page of one enterprise's postings.
 *
 * from  sitemaps.org: 50,000 entries and 50 MiB at most; docs/postings.md,
 *       "For everybody"
 */
#include "flow/everybody.h"
#include "flow/flow.h"
#include "wire/json_write.h"
#include "wire/markup.h"

enum { POSTINGS = 10000, PAGES_MAX = 1000 };

#define NAMESPACE "http://www.sitemaps.org/schemas/sitemap/0.9"

struct sitemap_query {
	const char *consortium;
	struct uuid enterprise_id;
	int64_t page;
};

static const struct field sitemap_query[] = {
	TEXT(struct sitemap_query, consortium, 1, 32, OPTIONAL),
	UUID(struct sitemap_query, enterprise_id, OPTIONAL),
	INT(struct sitemap_query, page, 1, PAGES_MAX, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_entries, reply_entries;

const struct endpoint get_sitemap = {
	.operation = "getSitemap",
	.method = "GET",
	.path = "/sitemap.xml",
	.allow = EVERYBODY,
	.query = sitemap_query,
	.query_bytes = sizeof(struct sitemap_query),
	.is_shared = true,
	.rate = RATE_SEARCH,
	.produces = "application/xml",
	.steps = { find_entries, reply_entries },
};

/* All three or none. */
static bool query_fits(struct flow *f)
{
	static const char *const names[] = { "consortium", "enterprise_id",
					     "page" };
	size_t present = 0;

	for (size_t i = 0; i < COUNT_OF(names); i++)
		present += shape_has(sitemap_query, &f->query_seen, names[i]);
	if (present == 0 || present == COUNT_OF(names))
		return true;
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (!shape_has(sitemap_query, &f->query_seen, names[i]))
			flaws_add(&f->flaws, names[i], "required",
				  "is required with the others",
				  "须与其他参数一同给出");
	return false;
}

static enum flow_next find_entries(struct flow *f)
{
	const struct sitemap_query *q = f->query;

	if (!*f->loop->service->config->public_url)
		return fail(f, FAULT_NOT_FOUND, "%s", "");
	if (!query_fits(f))
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	if (!q->consortium)
		return ask(f, SQL_SITEMAPS, P_INT(POSTINGS));
	return ask(f, SQL_SITEMAP_POSTINGS, P_TEXT(q->consortium),
		   P_UUID(&q->enterprise_id), P_INT(q->page), P_INT(POSTINGS));
}

static void write_changed(struct buf *out, const char *timestamptz)
{
	struct buf time = { 0 };
	struct json_writer w;

	json_begin(&w, &time);
	json_time(&w, timestamptz);
	buf_text(out, "<lastmod>");
	buf_bytes(out, time.at + 1, time.used - 2);	/* without quotes */
	buf_text(out, "</lastmod>");
	buf_close(&time);
}

static void write_sitemaps(struct buf *out, const char *base,
			   const struct rows *rows)
{
	buf_text(out, "<sitemapindex xmlns=\"" NAMESPACE "\">\n");
	for (int i = 0; i < rows_count(rows); i++) {
		buf_text(out, "<sitemap><loc>");
		markup_text(out, base);
		buf_print(out, "/sitemap.xml?consortium=%s&amp;"
			  "enterprise_id=%s&amp;page=%s</loc>",
			  rows_text(rows, i, 0), rows_text(rows, i, 1),
			  rows_text(rows, i, 2));
		write_changed(out, rows_text(rows, i, 3));
		buf_text(out, "</sitemap>\n");
	}
	buf_text(out, "</sitemapindex>\n");
}

static void write_pages(struct buf *out, const char *base, const char *slug,
			const struct rows *rows)
{
	buf_text(out, "<urlset xmlns=\"" NAMESPACE "\">\n");
	for (int i = 0; i < rows_count(rows); i++) {
		buf_text(out, "<url><loc>");
		markup_text(out, base);
		buf_text(out, "/postings/");
		markup_text(out, slug);
		buf_print(out, "/%s</loc>", rows_text(rows, i, 0));
		write_changed(out, rows_text(rows, i, 1));
		buf_text(out, "</url>\n");
	}
	buf_text(out, "</urlset>\n");
}

static enum flow_next reply_entries(struct flow *f)
{
	const struct sitemap_query *q = f->query;
	const char *base = f->loop->service->config->public_url;
	struct buf out = { 0 };

	if (q->consortium && !rows_count(f->rows))
		return fail(f, FAULT_NOT_FOUND, "%s", "");
	buf_text(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	if (q->consortium)
		write_pages(&out, base, q->consortium, f->rows);
	else
		write_sitemaps(&out, base, f->rows);
	reply_bytes(f, 200, "application/xml", out.at, out.used);
	buf_close(&out);
	return FLOW_DONE;
}
