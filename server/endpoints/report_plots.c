/* report_plots.c - the report's plots of indicators, cohorts, schools,
 * industries and categories, each beside the table of its numbers. */
#include <inttypes.h>

#include "endpoints/report_parts.h"
#include "records/share.h"

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

void write_plots(const struct page_out *p)
{
	write_shares(p);
	write_published(p);
	write_industries(p);
	write_cohorts(p);
	write_schools(p);
	write_categories(p);
}
