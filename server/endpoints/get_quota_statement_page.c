/*
 * GET /quota-statements/{code} - a statement as a page to print, for whoever
 * holds its code: what its document says, in Chinese or English, and how
 * anybody finds out whether that is so.
 *
 * from  docs/quotas.md, "Statements"
 */
#include "base/text.h"
#include "endpoints/pages.h"
#include "endpoints/quota_statement_steps.h"
#include "flow/everybody.h"
#include "wire/markup.h"
#include "wire/sql.h"

/* Columns of schema/queries/quota_statement_page.sql, and of its first row. */
enum { SECTION, FIRST };
enum { CONSORTIUM = FIRST, ENTERPRISE, USCC, FROM, TO, COUNTED_UNTIL,
       ISSUED_AT, ID, DIGEST };
enum { INTERN_KIND = FIRST + 1, INTERN_CATEGORY, INTERN_STATE = FIRST + 6,
       COLUMNS_MAX = 9 };

struct words {
	const char *zh, *en;
};

struct statement_page {
	struct buf out;
	struct flow *f;
	int row;	/* what comes next */
};

static flow_step read_code, reply_page_of_it;

const struct endpoint get_quota_statement_page = {
	.operation = "getQuotaStatementPage",
	.method = "GET",
	.path = "/quota-statements/{code}",
	.allow = EVERYBODY,
	.query = page_query,
	.query_bytes = sizeof(struct page_query),
	.produces = "text/html",
	.steps = { read_code, reply_page_of_it },
};

static const char style[] =
	"@page{size:A4;margin:15mm}"
	"body{font:15px/1.5 \"PingFang SC\",\"Microsoft YaHei\","
	"\"Noto Sans CJK SC\",sans-serif;color:#1a1a1a;background:#fff;"
	"max-width:56rem;margin:0 auto;padding:1rem}"
	"h1{font-size:1.5em;margin:.2em 0}"
	"h2{font-size:1.15em;border-bottom:2px solid #1f4e79;"
	"margin:1.6em 0 .6em;break-after:avoid}"
	"table{border-collapse:collapse;width:100%;font-size:.9em}"
	"th,td{border-bottom:1px solid #ccc;padding:.25em .5em;"
	"text-align:left;vertical-align:top}"
	"tr{break-inside:avoid}"
	".wide{overflow-x:auto}td{overflow-wrap:anywhere}"
	"th+td{min-width:5em}"
	".wide td{white-space:nowrap}"
	".wide .name{white-space:normal;min-width:6em}"
	"code{font-size:.9em;overflow-wrap:anywhere}"
	"@media print{.wide{overflow:visible}}";

static enum flow_next read_code(struct flow *f)
{
	char hex[2 * SHA256_BYTES + 1];
	struct statement_ref ref;

	if (!path_statement(f, &ref, hex))
		return FLOW_FAIL;
	return ask_one(f, SQL_QUOTA_STATEMENT_PAGE, P_ID(&ref.consortium_id),
		       P_UUID(&ref.id), P_TEXT(hex));
}

static const char *say(const struct statement_page *p, struct words words)
{
	return p->f->lang == LANG_EN ? words.en : words.zh;
}

static const char *cell(const struct statement_page *p, int row, int column)
{
	return rows_is_null(p->f->rows, row, column) ?
	       "" : rows_text(p->f->rows, row, column);
}

static void put(struct statement_page *p, const char *open, const char *text,
		const char *close)
{
	buf_text(&p->out, open);
	markup_text(&p->out, text);
	buf_text(&p->out, close);
}

static void put_title(struct statement_page *p, struct words words)
{
	put(p, "<h2>", say(p, words), "</h2>\n");
}

/* ---- tables ---- */

/* A fact in a row of its own; labels end where one has no Chinese. */
static void put_facts(struct statement_page *p, int row,
		      const struct words *labels)
{
	buf_text(&p->out, "<table>\n");
	for (int i = 0; labels[i].zh; i++) {
		put(p, "<tr><th scope=\"row\">", say(p, labels[i]),
		    "</th><td>");
		put(p, "", cell(p, row, FIRST + i), "</td></tr>\n");
	}
	buf_text(&p->out, "</table>\n");
}

/* What a word of the document is called. */
static const char *called(const struct statement_page *p, const char *word)
{
	static const struct {
		const char *word;
		struct words words;
	} known[] = {
		{ "internship", { "实习", "Internship" } },
		{ "apprenticeship", { "现代学徒制", "Apprenticeship" } },
		{ "order_class", { "订单班", "Order class" } },
		{ "completed", { "已完成", "Completed" } },
		{ "terminated", { "提前结束", "Ended early" } },
		{ "started", { "进行中", "Going on" } },
	};

	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (text_same(known[i].word, word))
			return say(p, known[i].words);
	return word;
}

/* Or a number, a date, a name that an enterprise gave? */
static bool is_word(const struct statement_page *p, int row, int column)
{
	return text_same(rows_text(p->f->rows, row, SECTION), "intern") &&
	       (column == INTERN_KIND || column == INTERN_STATE);
}

/* The column of what an enterprise named, -1 without one. All other values are
 * kept in one line: a number in two is read as two. */
static int name_column(const struct statement_page *p, int row)
{
	const char *section = rows_text(p->f->rows, row, SECTION);

	if (text_same(section, "category"))
		return FIRST;
	return text_same(section, "intern") ? INTERN_CATEGORY : -1;
}

static void put_line(struct statement_page *p, int row, int columns)
{
	int name = name_column(p, row);

	buf_text(&p->out, "<tr>");
	for (int i = FIRST; i < FIRST + columns; i++) {
		const char *text = cell(p, row, i);

		put(p, i == name ? "<td class=\"name\">" : "<td>",
		    is_word(p, row, i) ? called(p, text) : text, "</td>");
	}
	buf_text(&p->out, "</tr>\n");
}

static bool is_next(const struct statement_page *p, const char *section)
{
	return p->row < rows_count(p->f->rows) &&
	       text_same(rows_text(p->f->rows, p->row, SECTION), section);
}

/* All rows of a section under its heads; without rows there is no table. */
static void put_section(struct statement_page *p, const char *section,
			struct words title, const struct words *heads)
{
	int columns = 0;

	if (!is_next(p, section))
		return;
	put_title(p, title);
	buf_text(&p->out, "<div class=\"wide\"><table>\n<thead><tr>");
	for (; heads[columns].zh; columns++)
		put(p, "<th scope=\"col\">", say(p, heads[columns]), "</th>");
	buf_text(&p->out, "</tr></thead>\n<tbody>\n");
	must(columns <= COLUMNS_MAX);
	for (; is_next(p, section); p->row++)
		put_line(p, p->row, columns);
	buf_text(&p->out, "</tbody>\n</table></div>\n");
}

/* ---- what it says ---- */

static void put_enterprise(struct statement_page *p)
{
	static const struct words labels[] = {
		{ "联合体", "Consortium" }, { "企业", "Enterprise" },
		{ "统一社会信用代码", "Unified social credit code" },
		{ "期间自", "From" }, { "至", "To" },
		{ "统计截至", "Counted until" },
		{ "出具时间", "Issued at" },
		{ "证明编号", "Number of the statement" },
		{ NULL, NULL }
	};

	must(is_next(p, "head"));
	put_facts(p, p->row++, labels);
}

static void put_totals(struct statement_page *p)
{
	static const struct words totals[] = {
		{ "实习人次", "Internships" },
		{ "学生人数", "Students" },
		{ "实习天数", "Days within the period" },
		{ "已完成", "Completed" }, { "提前结束", "Ended early" },
		{ "进行中", "Going on" }, { NULL, NULL }
	};
	static const struct words floor[] = {
		{ "有记录的天数", "Days that the ledger knows" },
		{ "达标天数", "Days on which the floor was met" },
		{ "应接收（人·天）", "Owed, in days of people" },
		{ "其中已接收（人·天）", "Of these, there" },
		{ NULL, NULL }
	};

	must(is_next(p, "totals"));
	put_title(p, (struct words){ "接收情况", "What was taken" });
	put_facts(p, p->row++, totals);
	must(is_next(p, "floor"));
	put_title(p, (struct words){ "接收下限", "How far the floor was met" });
	put_facts(p, p->row++, floor);
}

static void put_sections(struct statement_page *p)
{
	static const struct words categories[] = {
		{ "岗位类别", "Post category" }, { "人次", "Internships" },
		{ "人数", "Students" }, { "天数", "Days" }, { NULL, NULL }
	};
	static const struct words policies[] = {
		{ "政策版本", "Policy version" }, { "自", "From" },
		{ "至", "To" }, { "天数", "Days" },
		{ "达标天数", "Days met" },
		{ "下限最低", "Floor, least" }, { "下限最高", "Floor, most" },
		{ "在岗最少", "There, least" }, { "在岗最多", "There, most" },
		{ NULL, NULL }
	};
	static const struct words interns[] = {
		{ "序号", "Number" }, { "类型", "Kind" },
		{ "岗位类别", "Post category" }, { "开始", "Began on" },
		{ "结束", "Ended on" }, { "天数", "Days" },
		{ "状态", "State" }, { NULL, NULL }
	};

	put_section(p, "category",
		    (struct words){ "按岗位类别", "By post category" },
		    categories);
	put_section(p, "policy",
		    (struct words){ "按政策版本", "By policy version" },
		    policies);
	put_section(p, "intern",
		    (struct words){ "逐项（序号仅在本证明内有意义）",
				    "One by one, by numbers of this statement "
				    "alone" }, interns);
}

/* Where the document is, for whoever reads this on paper, too. */
static void put_proof(struct statement_page *p)
{
	const char *base = p->f->loop->service->config->public_url;
	const char *code = path_text(p->f, "code");

	put_title(p, (struct words){ "核验", "To verify it" });
	put(p, "<p>", say(p, (struct words){
		"凭下列核验码，任何人可在下列地址取得本证明的原始文件；本页所列"
		"内容全部出自该文件，其 SHA-256 应与下列值一致。",
		"With this code anybody gets the document at this address; all "
		"that stands here is from it, and its SHA-256 is this." }),
	    "</p>\n<table>\n");
	put(p, "<tr><th scope=\"row\">",
	    say(p, (struct words){ "核验码", "Code" }), "</th>");
	put(p, "<td><code>", code, "</code></td></tr>\n");
	put(p, "<tr><th scope=\"row\">",
	    say(p, (struct words){ "地址", "Address" }), "</th><td><code>");
	put(p, "", base, "/v1/quota-statements/");
	put(p, "", code, "</code></td></tr>\n<tr><th scope=\"row\">SHA-256"
	    "</th><td><code>");
	put(p, "", cell(p, 0, DIGEST), "</code></td></tr>\n</table>\n");
}

static enum flow_next reply_page_of_it(struct flow *f)
{
	struct statement_page page = { .f = f };
	struct words title = { "接收实习证明", "Statement of interns taken" };
	const char *policy = begin_page_of_its_own(f, style);

	buf_print(&page.out, "<!doctype html>\n<html lang=\"%s\">\n<head>\n"
		  "<meta charset=\"utf-8\">\n"
		  "<meta http-equiv=\"Content-Security-Policy\" "
		  "content=\"%s\">\n<meta name=\"viewport\" "
		  "content=\"width=device-width, initial-scale=1\">\n<title>",
		  lang_tag(f->lang), policy);
	put(&page, say(&page, title), " - ", "");
	put(&page, "", cell(&page, 0, ENTERPRISE), "</title>\n<style>");
	buf_print(&page.out, "%s</style>\n</head>\n<body>\n<main>\n"
		  "<h1>%s</h1>\n", style, say(&page, title));
	put_enterprise(&page);
	put_totals(&page);
	put_sections(&page);
	put_proof(&page);
	buf_text(&page.out, "</main>\n</body>\n</html>\n");
	reply_bytes(f, 200, "text/html; charset=utf-8", page.out.at,
		    page.out.used);
	buf_close(&page.out);
	return FLOW_DONE;
}
