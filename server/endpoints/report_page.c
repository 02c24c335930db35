/*
 * report_page.c - see report_page.h. Well-formed as XML, too, so that tests
 * read it strictly; every text that is not ours is escaped.
 */
#include "endpoints/report_page.h"

#include <inttypes.h>

#include "base/clock.h"
#include "endpoints/report_parts.h"

enum { TO_THE_MINUTE = 16 };	/* "2026-11-29T08:00" */

const char report_style[] =
	"@page{size:A4;margin:15mm}"
	"body{font:15px/1.5 \"PingFang SC\",\"Microsoft YaHei\","
	"\"Noto Sans CJK SC\",sans-serif;color:#1a1a1a;background:#fff;"
	"max-width:62rem;margin:0 auto;padding:1rem;"
	"overflow-wrap:break-word}"
	"h1{font-size:1.5em;margin:.2em 0}"
	"h2{font-size:1.15em;border-bottom:2px solid #1f4e79;"
	"margin:1.6em 0 .6em;break-after:avoid}"
	"table{border-collapse:collapse;width:100%;font-size:.86em;"
	"margin:.4em 0}"
	"caption{text-align:left;font-weight:bold;padding:.2em 0}"
	"th,td{border-bottom:1px solid #ccc;padding:.25em .5em;"
	"text-align:left;vertical-align:top}"
	"tr{break-inside:avoid}"
	".n,.numbers td{text-align:right;font-variant-numeric:tabular-nums}"
	"td.n,.numbers td{white-space:nowrap}"
	"code{font-size:.9em;overflow-wrap:anywhere}"
	".note{color:#444;font-size:.86em}"
	"figure{margin:.6em 0;break-inside:avoid}"
	"figure,.wide{overflow-x:auto}"
	".plot{width:100%;min-width:32rem;max-width:46rem;height:auto}"
	".plot text{font-size:13px;fill:#1a1a1a}"
	".axis,.grid{stroke:#555;fill:none}.grid{stroke:#ddd}"
	".s0{fill:#1f4e79;stroke:#1f4e79}"
	".s1{fill:#f2b36b;stroke:#8a5a1a}"
	".s2{fill:#fff;stroke:#2e7d4f}"
	"path.line{fill:none;stroke-width:2}"
	".mean{fill:none;stroke:#1a1a1a;stroke-dasharray:6 4}"
	".plot .corner text{fill:#595959;font-weight:bold}"
	".point{fill-opacity:.6}"
	"path.line.s1{stroke-dasharray:7 4}path.line.s2{stroke-dasharray:2 4}"
	".met::before{content:\"\\2713\\00a0\"}"
	".missed{font-weight:bold}.missed::before{content:\"\\2717\\00a0\"}"
	"@media(max-width:40rem){table{font-size:.72em}"
	"th,td{padding:.25em .2em}td.n{white-space:normal}}"
	"@media print{body{padding:0;max-width:none}"
	"figure,.wide{overflow:visible}}";

/* ---- values ---- */

static const char *minutes_text(const struct page_out *p, int64_t minutes)
{
	return arena_print(p->flow->mem, say(p, "%" PRId64 " 天 %d 小时 %d 分",
					     "%" PRId64 " d %d h %d min"),
			   minutes / 1440, (int)(minutes % 1440 / 60),
			   (int)(minutes % 60));
}

static const char *value_text(const struct page_out *p,
			      enum indicator_unit unit, int64_t value)
{
	if (unit == UNIT_MINUTES && value >= 0)
		return minutes_text(p, value);
	return number_text(p, value, unit == UNIT_SHARE ? PLOT_SHARE :
							  PLOT_COUNT);
}

/* With its sign; shares in points of a hundredth. */
static const char *change_text(const struct page_out *p,
			       enum indicator_unit unit, int64_t now,
			       int64_t before)
{
	int64_t change = now - before, size = change < 0 ? -change : change;

	if (now == INDICATOR_NONE || before == INDICATOR_NONE)
		return "–";
	return arena_print(p->flow->mem, "%s%s",
			   change < 0 ? "−" : change > 0 ? "+" : "",
			   value_text(p, unit, size));
}

static const char *target_text(const struct page_out *p,
			       const struct indicator_card *card)
{
	if (card->target.aim == AIM_NONE)
		return "";
	return arena_print(p->flow->mem, "%s %s",
			   card->target.aim == AIM_LEAST ? "≥" : "≤",
			   value_text(p, card->unit, card->target.value));
}

/* ---- the tables of indicators ---- */

static void write_indicator(const struct page_out *p, enum indicator i)
{
	const struct indicator_figure *figure = &p->report->asked.figures[i];
	const struct indicator_card *card = indicator_card(i);
	int64_t now = indicator_value(i, figure);
	int64_t before = indicator_value_before(i, figure);
	bool is_aimed = card->target.aim != AIM_NONE && now != INDICATOR_NONE;

	put(p, "<tr><th scope=\"row\">", card->title[!is_english(p)], "</th>");
	buf_print(p->out, "<td%s>", !is_aimed ? "" :
		  indicator_is_met(i, now) ? " class=\"met\"" :
					     " class=\"missed\"");
	put(p, "", target_text(p, card), "</td>");
	put(p, "<td class=\"n\">", value_text(p, card->unit, now), "");
	if (card->unit == UNIT_SHARE && now != INDICATOR_NONE)
		buf_print(p->out, " (%" PRId64 "/%" PRId64 ")",
			  figure->now.numerator, figure->now.denominator);
	put(p, "</td><td class=\"n\">", value_text(p, card->unit, before),
	    "</td>");
	put(p, "<td class=\"n\">", change_text(p, card->unit, now, before),
	    "</td></tr>\n");
}

void write_heads(const struct page_out *p, const struct words *heads,
		 size_t count, size_t text_count)
{
	buf_text(p->out, "<tr>");
	for (size_t i = 0; i < count; i++)
		put(p, i < text_count ? "<th scope=\"col\">" :
					"<th scope=\"col\" class=\"n\">",
		    say(p, heads[i].zh, heads[i].en), "</th>");
	buf_text(p->out, "</tr>\n");
}

static void write_group(const struct page_out *p, enum indicator_group group)
{
	static const struct words names[INDICATOR_GROUPS] = {
		{ "基础性指标", "Basic" }, { "实质性指标", "Substantive" },
		{ "否定性指标", "Negative" },
	};
	static const struct words heads[] = {
		{ "指标", "Indicator" }, { "目标", "Target" },
		{ "本期", "This period" }, { "上期", "Before" },
		{ "变化", "Change" },
	};

	buf_print(p->out, "<h2 id=\"%s\">%s</h2>\n"
		  "<div class=\"wide\"><table>\n",
		  indicator_group_word(group),
		  say(p, names[group].zh, names[group].en));
	write_heads(p, heads, COUNT_OF(heads), 2);
	for (int i = 0; i < INDICATOR_COUNT; i++)
		if (indicator_card((enum indicator)i)->group == group)
			write_indicator(p, (enum indicator)i);
	buf_text(p->out, "</table></div>\n");
}

/* ---- what each number is ---- */

static const char *certainty_text(const struct page_out *p, const char *word)
{
	switch (*word) {
	case 'o':
		return word[1] == 'f' ?
		       say(p, "官方口径", "official formula") :
		       say(p, "本平台自设", "the platform's own");
	case 'l':
		return say(p, "法规要求", "asked by law");
	default:
		return say(p, "通知要求，口径自定",
			   "asked by the notice, the formula is ours");
	}
}

static void write_rows(const struct page_out *p, const char *rows,
		       const char *sum)
{
	const char *path = indicator_fill(p->flow->mem, rows,
					  &p->report->asked.period);

	if (path)
		put(p, "<br/><code>", path, "</code>");
	else
		put(p, "<br/>", say(p, "期末前未公布专业清单。",
				    "No edition of the lists was published "
				    "by then."), "");
	if (sum)
		put(p, say(p, "（合计 ", " (sum of "), sum,
		    say(p, "）", ")"));
}

static void write_definition(const struct page_out *p, enum indicator i)
{
	const struct indicator_card *card = indicator_card(i);
	bool is_chinese = !is_english(p);

	buf_print(p->out, "<tr id=\"of-%s\">", card->name);
	put(p, "<th scope=\"row\">", card->title[is_chinese], "<br/><code>");
	put(p, "", card->name, "</code></th><td>");
	put(p, "", card->definition[is_chinese], "<br/>");
	put(p, "", indicator_fill(p->flow->mem, card->formula[is_chinese],
				  &p->report->asked.period), "</td><td>");
	put(p, "", card->source, "<br/>");
	put(p, "", certainty_text(p, card->certainty), "");
	write_rows(p, card->rows, card->rows_sum);
	if (card->rows_of)
		write_rows(p, card->rows_of, card->rows_sum);
	buf_text(p->out, "</td></tr>\n");
}

static void write_definitions(const struct page_out *p)
{
	put(p, "<h2>", say(p, "指标说明", "What the numbers are"),
	    "</h2>\n<p class=\"note\">");
	put(p, "", say(p,
		"分组沿用《市域产教联合体建设标准（试行）》的三类一级指标名称；"
		"三级指标文本未能取得，各项归类由本平台确定。比率为整数运算，"
		"四舍五入到万分之一。代码为数据来源列表的地址，可用令牌读取。",
		"The groups have the names of the standard's three first-level "
		"indicators; the text of its third level could not be had, so "
		"what stands where is the platform's own sorting. Rates are "
		"reckoned in integers, to ten-thousandths, halves up. Paths "
		"are the lists of the rows behind a number, read with a "
		"token."), "</p>\n<table>\n<tr>");
	put(p, "<th scope=\"col\">", say(p, "指标", "Indicator"), "</th>");
	put(p, "<th scope=\"col\">", say(p, "定义与公式",
					 "Definition and formula"), "</th>");
	put(p, "<th scope=\"col\">", say(p, "依据与数据", "Source and rows"),
	    "</th></tr>\n");
	for (int i = 0; i < INDICATOR_COUNT; i++)
		write_definition(p, (enum indicator)i);
	buf_text(p->out, "</table>\n");
}

/* ---- the page ---- */

static void write_head(const struct page_out *p, const char *policy)
{
	buf_print(p->out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
		  "<meta charset=\"utf-8\"/>\n"
		  "<meta http-equiv=\"Content-Security-Policy\" content=\"",
		  lang_tag(p->flow->lang));
	put(p, "", policy, "\"/>\n<meta name=\"viewport\" "
	    "content=\"width=device-width, initial-scale=1\"/>\n<title>");
	put(p, "", p->report->asked.consortium, " · ");
	put(p, "", say(p, "指标报告", "Report"), "</title>\n<style>");
	buf_text(p->out, report_style);
	buf_text(p->out, "</style>\n</head>\n<body>\n");
}

static void write_title(const struct page_out *p)
{
	const struct indicator_period *period = &p->report->asked.period;
	char now[CLOCK_TEXT_BYTES];

	clock_rfc3339(clock_wall_ms(), now);
	now[TO_THE_MINUTE] = '\0';
	put(p, "<header>\n<h1>", p->report->asked.consortium, " · ");
	put(p, "", say(p, "产教联合体指标报告",
		       "Indicators of the consortium"), "</h1>\n<p>");
	buf_print(p->out, say(p, "期间 %s 至 %s，上期 %s 至 %s；"
			      "毕业生与需求清单为 %" PRId64 " 年。",
			      "From %s to %s, before: %s to %s; graduates and "
			      "talent-demand lists of %" PRId64 "."),
		  period->from, period->to, period->from_before,
		  period->to_before, period->year);
	buf_print(p->out, "</p>\n<p class=\"note\">%s %sZ · "
		  "教职成厅函〔2024〕20号</p>\n</header>\n<main>\n",
		  say(p, "生成时间", "Made at"), now);
}

void report_page_write(struct buf *out, struct flow *f, const char *policy)
{
	const struct page_out page = { out, f, f->state };

	write_head(&page, policy);
	write_title(&page);
	for (int group = 0; group < INDICATOR_GROUPS; group++)
		write_group(&page, (enum indicator_group)group);
	write_plots(&page);
	write_quadrant(&page);
	write_lists(&page);
	write_definitions(&page);
	buf_text(out, "</main>\n</body>\n</html>\n");
}
