/*
 * GET /postings/{consortium}/{posting_id} - a posting as a page that everybody
 * may read, with its JobPosting inside for search engines; of an enterprise
 * that lets everybody read its postings.
 *
 * from  schema.org/JobPosting; docs/postings.md, "For everybody"
 */
#include <inttypes.h>

#include "base/text.h"
#include "endpoints/pages.h"
#include "flow/everybody.h"
#include "records/job_posting_write.h"
#include "records/posting.h"
#include "wire/markup.h"

/* Columns of schema/queries/posting_public.sql behind those of a JobPosting. */
enum { PERIOD_START = JOB_COLUMNS, PERIOD_END, CONSORTIUM, TARGETS, SKILLS,
       CERTIFICATES, LAST_DAY };

struct words {
	const char *zh, *en;
};

struct public_page {
	struct buf out;
	const struct rows *rows;
	struct flow *flow;
};

static flow_step find_posting, reply_page_of_it;

const struct endpoint get_public_posting = {
	.operation = "getPublicPosting",
	.method = "GET",
	.path = "/postings/{consortium}/{posting_id}",
	.allow = EVERYBODY,
	.query = page_query,
	.query_bytes = sizeof(struct page_query),
	.is_shared = true,
	.produces = "text/html",
	.steps = { find_posting, reply_page_of_it },
};

static enum flow_next find_posting(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "posting_id", &id))
		return FLOW_FAIL;
	return ask_one(f, SQL_POSTING_PUBLIC,
		       P_TEXT(path_text(f, "consortium")), P_UUID(&id));
}

static const char *say(const struct public_page *p, struct words words)
{
	return p->flow->lang == LANG_EN ? words.en : words.zh;
}

static const char *cell(const struct public_page *p, int column)
{
	return rows_is_null(p->rows, 0, column) ?
	       "" : rows_text(p->rows, 0, column);
}

static void open_row(struct public_page *p, struct words label)
{
	buf_text(&p->out, "<tr><th scope=\"row\">");
	buf_text(&p->out, say(p, label));
	buf_text(&p->out, "</th><td>");
}

static void close_row(struct public_page *p)
{
	buf_text(&p->out, "</td></tr>\n");
}

/* What is not known has no row. */
static void put_row(struct public_page *p, struct words label,
		    const char *value)
{
	if (!*value)
		return;
	open_row(p, label);
	markup_text(&p->out, value);
	close_row(p);
}

/* Yuan a month, to the fen where there are some. */
static const char *yuan(struct arena *mem, int64_t fen)
{
	return fen % 100 ? arena_print(mem, "%" PRId64 ".%02d", fen / 100,
				       (int)(fen % 100)) :
			   arena_print(mem, "%" PRId64, fen / 100);
}

static const char *pay(const struct public_page *p)
{
	struct arena *mem = p->flow->mem;
	bool is_english = p->flow->lang == LANG_EN;
	const char *least, *most;

	if (rows_is_null(p->rows, 0, JOB_PAY_MIN))
		return "";
	least = yuan(mem, rows_int(p->rows, 0, JOB_PAY_MIN));
	most = yuan(mem, rows_int(p->rows, 0, JOB_PAY_MAX));
	if (text_same(least, most))
		return is_english ?
		       arena_print(mem, "CNY %s a month", least) :
		       arena_print(mem, "%s 元/月", least);
	return is_english ?
	       arena_print(mem, "CNY %s to %s a month", least, most) :
	       arena_print(mem, "%s–%s 元/月", least, most);
}

static struct words word_for(const char *const *known, const struct words *said,
			     const char *word)
{
	for (int i = 0; known[i]; i++)
		if (text_same(known[i], word))
			return said[i];
	return (struct words){ word, word };
}

static const char *kind(const struct public_page *p)
{
	static const struct words said[] = {
		{ "实习", "Internship" }, { "就业", "Job" },
		{ "现代学徒制", "Apprenticeship" },
		{ "订单班", "Order class" }
	};

	return say(p, word_for(posting_kind_words, said, cell(p, JOB_KIND)));
}

static const char *education(const struct public_page *p)
{
	static const struct words said[] = {
		{ "中职及以上", "Secondary vocational or above" },
		{ "高职（专科）及以上", "Associate or above" },
		{ "本科及以上", "Bachelor or above" }
	};

	return say(p, word_for(education_words, said, cell(p, JOB_EDUCATION)));
}

static const char *place(const struct public_page *p)
{
	return arena_print(p->flow->mem, "%s%s%s %s", cell(p, JOB_PROVINCE),
			   cell(p, JOB_CITY), cell(p, JOB_COUNTY),
			   cell(p, JOB_ADDRESS));
}

static const char *period(const struct public_page *p)
{
	if (rows_is_null(p->rows, 0, PERIOD_START))
		return "";
	return arena_print(p->flow->mem, "%s – %s", cell(p, PERIOD_START),
			   cell(p, PERIOD_END));
}

static void write_facts(struct public_page *p)
{
	buf_text(&p->out, "<table class=\"facts\">\n");
	put_row(p, (struct words){ "企业", "Enterprise" },
		cell(p, JOB_ENTERPRISE));
	put_row(p, (struct words){ "类型", "Kind" }, kind(p));
	put_row(p, (struct words){ "工作地点", "Place" }, place(p));
	put_row(p, (struct words){ "报酬", "Pay" }, pay(p));
	put_row(p, (struct words){ "人数", "Openings" },
		cell(p, JOB_OPENINGS));
	put_row(p, (struct words){ "对口专业", "Specialties" },
		cell(p, TARGETS));
	put_row(p, (struct words){ "学历", "Education" }, education(p));
	put_row(p, (struct words){ "技能", "Skills" }, cell(p, SKILLS));
	put_row(p, (struct words){ "证书", "Certificates" },
		cell(p, CERTIFICATES));
	put_row(p, (struct words){ "起止日期", "From and to" }, period(p));
	put_row(p, (struct words){ "职业", "Occupation" },
		cell(p, JOB_OCCUPATION));
	put_row(p, (struct words){ "行业", "Industry" },
		cell(p, JOB_INDUSTRY));
	buf_text(&p->out, "</table>\n");
}

/* Lines as they were written. */
static void write_description(struct public_page *p)
{
	const char *text = cell(p, JOB_DESCRIPTION);

	if (!*text)
		return;
	buf_print(&p->out, "<h2>%s</h2>\n<p class=\"lines\">",
		  say(p, (struct words){ "工作内容", "The work" }));
	markup_text(&p->out, text);
	buf_text(&p->out, "</p>\n");
}

static void write_job_posting(struct public_page *p)
{
	struct buf json = { 0 };
	struct json_writer w;

	json_begin(&w, &json);
	json_object(&w);
	job_posting_members(&w, p->rows);
	json_end(&w);
	buf_text(&p->out, "<script type=\"application/ld+json\">");
	markup_json(&p->out, json.at, json.used);
	buf_text(&p->out, "</script>\n");
	buf_close(&json);
}

static void write_head(struct public_page *p)
{
	const char *base = p->flow->loop->service->config->public_url;

	buf_print(&p->out, "<!doctype html>\n<html lang=\"%s\">\n<head>\n"
		  "<meta charset=\"utf-8\">\n"
		  "<meta name=\"viewport\" "
		  "content=\"width=device-width, initial-scale=1\">\n<title>",
		  lang_tag(p->flow->lang));
	markup_text(&p->out, cell(p, JOB_TITLE));
	buf_text(&p->out, " - ");
	markup_text(&p->out, cell(p, JOB_ENTERPRISE));
	buf_text(&p->out, "</title>\n"
		 "<link rel=\"stylesheet\" href=\"/docs/style.css\">\n");
	if (*base) {
		buf_text(&p->out, "<link rel=\"canonical\" href=\"");
		markup_text(&p->out, base);
		buf_text(&p->out, "/postings/");
		markup_text(&p->out, path_text(p->flow, "consortium"));
		buf_print(&p->out, "/%s\">\n", cell(p, JOB_ID));
	}
	write_job_posting(p);
	buf_text(&p->out, "</head>\n");
}

static void write_body(struct public_page *p)
{
	buf_text(&p->out, "<body>\n<header><h1>");
	markup_text(&p->out, cell(p, JOB_TITLE));
	buf_text(&p->out, "</h1></header>\n<main>\n");
	write_facts(p);
	write_description(p);
	buf_text(&p->out, "<p class=\"note\">");
	markup_text(&p->out, cell(p, CONSORTIUM));
	buf_print(&p->out, " · %s %s</p>\n",
		  say(p, (struct words){ "截止", "open until" }),
		  cell(p, LAST_DAY));
	buf_print(&p->out, "<p class=\"note\">%s</p>\n",
		  say(p, (struct words){
			  "在校学生登录平台后申请。",
			  "Students apply after signing in." }));
	buf_text(&p->out, "</main>\n</body>\n</html>\n");
}

static enum flow_next reply_page_of_it(struct flow *f)
{
	struct public_page page = { .rows = f->rows, .flow = f };

	begin_page(f);
	write_head(&page);
	write_body(&page);
	reply_bytes(f, 200, "text/html; charset=utf-8", page.out.at,
		    page.out.used);
	buf_close(&page.out);
	return FLOW_DONE;
}
