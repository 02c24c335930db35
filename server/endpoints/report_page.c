/*
 * report_page.c - see report_page.h. Well-formed as XML, too, so that tests
 * read it strictly; every text that is not ours is escaped.
 */
#include "endpoints/report_page.h"

#include <inttypes.h>

#include "base/clock.h"
#include "records/share.h"
#include "wire/markup.h"

enum { TO_THE_MINUTE = 16 };	/* "2026-11-29T08:00" */

const char report_style[] =
	"@page{size:A4;margin:15mm}"
	"body{font:15px/1.5 \"PingFang SC\",\"Microsoft YaHei\","
	"\"Noto Sans CJK SC\",sans-serif;color:#1a1a1a;background:#fff;"
	"max-width:62rem;margin:0 auto;padding:1rem}"
	"h1{font-size:1.5em;margin:.2em 0}"
	"h2{font-size:1.15em;border-bottom:2px solid #1f4e79;"
	"margin:1.6em 0 .6em;break-after:avoid}"
	"table{border-collapse:collapse;width:100%;font-size:.86em;"
	"margin:.4em 0}"
	"caption{text-align:left;font-weight:bold;padding:.2em 0}"
	"th,td{border-bottom:1px solid #ccc;padding:.25em .5em;"
	"text-align:left;vertical-align:top}"
	"tr{break-inside:avoid}"
	".n,.numbers td{text-align:right;white-space:nowrap;"
	"font-variant-numeric:tabular-nums}"
	"code{font-size:.9em;overflow-wrap:anywhere}"
	".note{color:#444;font-size:.86em}"
	"figure{margin:.6em 0;break-inside:avoid}"
	".plot{width:100%;max-width:46rem;height:auto}"
	".plot text{font-size:13px;fill:#1a1a1a}"
	".axis,.grid{stroke:#555;fill:none}.grid{stroke:#ddd}"
	".s0{fill:#1f4e79;stroke:#1f4e79}"
	".s1{fill:#f2b36b;stroke:#8a5a1a}"
	".s2{fill:#fff;stroke:#2e7d4f}"
	"path.line{fill:none;stroke-width:2}"
	"path.line.s1{stroke-dasharray:7 4}path.line.s2{stroke-dasharray:2 4}"
	".met::before{content:\"\\2713\\00a0\"}"
	".missed{font-weight:bold}.missed::before{content:\"\\2717\\00a0\"}"
	"@media print{body{padding:0;max-width:none}}";

struct words {
	const char *zh, *en;
};

struct page_out {
	struct buf *out;
	struct flow *flow;
	const struct report *report;
};

static bool is_english(const struct page_out *p)
{
	return p->flow->lang == LANG_EN;
}

static const char *say(const struct page_out *p, const char *zh,
		       const char *en)
{
	return is_english(p) ? en : zh;
}

static void put(const struct page_out *p, const char *before, const char *text,
		const char *after)
{
	buf_text(p->out, before);
	markup_text(p->out, text);
	buf_text(p->out, after);
}

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
	char *text = arena_zeroed(p->flow->mem, 1, PLOT_VALUE_BYTES);

	if (unit == UNIT_MINUTES && value >= 0)
		return minutes_text(p, value);
	plot_value(value, unit == UNIT_SHARE ? PLOT_SHARE : PLOT_COUNT, text);
	return text;
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

	buf_print(p->out, "<h2 id=\"%s\">%s</h2>\n<table>\n<tr>",
		  indicator_group_word(group),
		  say(p, names[group].zh, names[group].en));
	for (size_t i = 0; i < COUNT_OF(heads); i++)
		put(p, i < 2 ? "<th scope=\"col\">" :
			       "<th scope=\"col\" class=\"n\">",
		    say(p, heads[i].zh, heads[i].en), "</th>");
	buf_text(p->out, "</tr>\n");
	for (int i = 0; i < INDICATOR_COUNT; i++)
		if (indicator_card((enum indicator)i)->group == group)
			write_indicator(p, (enum indicator)i);
	buf_text(p->out, "</table>\n");
}

/* ---- plots ---- */

static void write_figure(const struct page_out *p, const struct plot *plot,
			 void draw(struct buf *, const struct plot *))
{
	put(p, "<h2>", plot->title, "</h2>\n");
	if (plot->count == 0) {
		put(p, "<p>", say(p, "没有数据。", "There is nothing to show."),
		    "</p>\n");
		return;
	}
	buf_text(p->out, "<figure>\n");
	draw(p->out, plot);
	plot_table(p->out, plot);
	buf_text(p->out, "</figure>\n");
}

/* Some indicators beside each other, now and before. */
static void plot_indicators(const struct page_out *p, struct plot *plot,
			    const enum indicator *some, size_t count)
{
	const char **labels = arena_array(p->flow->mem, const char *, count);
	int64_t *now = arena_array(p->flow->mem, int64_t, count);
	int64_t *before = arena_array(p->flow->mem, int64_t, count);

	for (size_t i = 0; i < count; i++) {
		const struct indicator_figure *figure =
			&p->report->asked.figures[some[i]];

		labels[i] = indicator_card(some[i])->title[!is_english(p)];
		now[i] = indicator_value(some[i], figure);
		before[i] = indicator_value_before(some[i], figure);
	}
	plot->head = say(p, "指标", "Indicator");
	plot->labels = labels;
	plot->count = count;
	plot->series_count = 2;
	plot->series[0] = say(p, "本期", "This period");
	plot->series[1] = say(p, "上期", "Before");
	plot->values[0] = now;
	plot->values[1] = before;
	write_figure(p, plot, plot_bars);
}

static void write_shares(const struct page_out *p)
{
	static const enum indicator some[] = {
		INDICATOR_FLOORS, INDICATOR_ALIGNED_SPECIALTY,
		INDICATOR_ALIGNED_CLASS, INDICATOR_ALIGNED_CATEGORY,
		INDICATOR_AGREED, INDICATOR_PLACED, INDICATOR_LOCAL_EMPLOYED,
		INDICATOR_LOCAL_GRADUATES, INDICATOR_ALIGNED_SAID,
		INDICATOR_ALIGNED_COMPUTED, INDICATOR_ANSWERED
	};
	struct plot plot = {
		.id = "shares", .unit = PLOT_SHARE,
		.title = say(p, "主要比率", "The main rates"),
		.about = say(p, "各比率本期与上期的条形图，数值见图旁表格。",
			     "Bars of each rate, in this period and before; "
			     "the table has the numbers."),
	};

	plot_indicators(p, &plot, some, COUNT_OF(some));
}

static void write_published(const struct page_out *p)
{
	static const enum indicator some[] = {
		INDICATOR_INTERNSHIPS_PUBLISHED, INDICATOR_JOBS,
		INDICATOR_ORDER_CLASSES, INDICATOR_APPRENTICESHIPS
	};
	struct plot plot = {
		.id = "published", .unit = PLOT_COUNT,
		.title = say(p, "发布的岗位信息（按类型）",
			     "Postings published, by kind"),
		.about = say(p, "各类型岗位信息条数本期与上期的条形图。",
			     "Bars of how many postings of each kind were "
			     "published, in this period and before."),
	};

	plot_indicators(p, &plot, some, COUNT_OF(some));
}

static void write_cohorts(const struct page_out *p)
{
	const struct indicators_asked *asked = &p->report->asked;
	int64_t rates[PLOT_SERIES_MAX][COHORTS];
	const char *labels[COHORTS];
	struct plot plot = {
		.id = "cohorts", .unit = PLOT_SHARE, .labels = labels,
		.count = COHORTS, .series_count = PLOT_SERIES_MAX,
		.title = say(p, "历届毕业生就业", "Employment by cohort"),
		.about = say(p, "近六届毕业生去向落实率和本地就业率的折线图。",
			     "Lines of the employment rate and the local "
			     "rates of the last six cohorts."),
		.head = say(p, "毕业年份", "Year"),
		.series = { say(p, "去向落实率", "Employment rate"),
			    say(p, "本地（占就业）", "Local, of employed"),
			    say(p, "本地（占毕业生）", "Local, of graduates") },
		.values = { rates[0], rates[1], rates[2] },
	};

	for (int i = 0; i < COHORTS; i++) {
		const struct cohort *c = &asked->cohorts[i];
		bool is_shown = !cohort_is_hidden(asked, c);

		labels[i] = arena_print(p->flow->mem, "%" PRId64,
					asked->period.year - COHORTS + 1 + i);
		rates[0][i] = !is_shown ? PLOT_NONE :
			      share_of(c->placed, c->graduates);
		rates[1][i] = !is_shown ? PLOT_NONE :
			      share_of(c->local, c->employed);
		rates[2][i] = !is_shown ? PLOT_NONE :
			      share_of(c->local, c->graduates);
	}
	write_figure(p, &plot, plot_lines);
}

static void write_lines(const struct page_out *p,
			const struct report_lines *lines, struct plot *plot)
{
	plot->labels = lines->labels;
	plot->count = lines->count;
	for (int i = 0; i < PLOT_SERIES_MAX; i++) {
		plot->values[i] = lines->values[i];
		plot->series_count += plot->series[i] != NULL;
	}
	write_figure(p, plot, plot_bars);
}

static void write_industries(const struct page_out *p)
{
	struct plot plot = {
		.id = "industries", .unit = PLOT_COUNT,
		.title = say(p, "接收比例（按行业门类）",
			     "Floors and interns, by industry"),
		.about = say(p, "各行业门类下限与期末在岗实习生数的条形图。",
			     "Bars of what the enterprises of each section "
			     "owe and of the interns present at the end of "
			     "the period."),
		.head = say(p, "行业门类", "Section"),
		.series = { say(p, "下限", "Floor"),
			    say(p, "在岗", "Present") },
	};

	write_lines(p, &p->report->industries, &plot);
}

static void write_schools(const struct page_out *p)
{
	struct plot plot = {
		.id = "schools", .unit = PLOT_SHARE,
		.title = say(p, "各校毕业生就业", "Employment by school"),
		.about = say(p, "各校去向落实率与本地就业率的条形图。",
			     "Bars of each school's employment rate and of "
			     "its local rate of all graduates."),
		.head = say(p, "院校", "School"),
		.series = { say(p, "去向落实率", "Employment rate"),
			    say(p, "本地（占毕业生）", "Local") },
	};

	write_lines(p, &p->report->schools, &plot);
	put(p, "<p class=\"note\">", say(p,
		"为保护个人信息，人数过少的院校及可由此推算的院校以“–”表示，"
		"规则见 docs/destinations.md。",
		"A dash stands for schools with too few graduates and for "
		"those by which these could be reckoned "
		"(docs/destinations.md)."), "</p>\n");
}

static void write_categories(const struct page_out *p)
{
	struct plot plot = {
		.id = "categories", .unit = PLOT_COUNT,
		.title = say(p, "专业大类供需",
			     "Supply and demand, by category"),
		.about = say(p, "各大类毕业生、岗位和需求清单人数的条形图。",
			     "Bars of the graduates of each category, of the "
			     "openings of work and of the talent-demand "
			     "lists for them."),
		.head = say(p, "专业大类", "Category"),
		.series = { say(p, "毕业生", "Graduates"),
			    say(p, "岗位人数", "Openings"),
			    say(p, "需求清单", "Lists") },
	};

	write_lines(p, &p->report->categories, &plot);
	put(p, "<p class=\"note\">", say(p,
		"不限层次；面向多个专业的岗位人数按比例分摊并四舍五入，"
		"未写明专业的不计，口径见 docs/supply-demand.md。",
		"All levels together. Openings for several specialties are "
		"split and rounded, those that name none are left out "
		"(docs/supply-demand.md)."), "</p>\n");
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
	write_shares(&page);
	write_published(&page);
	write_industries(&page);
	write_cohorts(&page);
	write_schools(&page);
	write_categories(&page);
	write_definitions(&page);
	buf_text(out, "</main>\n</body>\n</html>\n");
}
