/* report_lists.c - the three lists on the report: which specialties the
 * edition that stood strengthens, upgrades and restricts, and why. */
#include <inttypes.h>

#include "base/text.h"
#include "endpoints/report_parts.h"

/* Columns of schema/queries/report_lists.sql. */
enum { NAME, YEAR, PUBLISHED, OUTCOME, ALL, SPECIALTY, LEVEL, DEPARTED,
       GRADUATES, PLACED, PLACED_LESS_MEAN, STUDYING, ALIGNED, DEMAND };

enum { ONE = 1000 };

static const char *const outcomes[REPORT_LISTS] = { "strengthen", "upgrade",
						    "restrict" };

/* ---- what is asked ---- */

static int64_t known(const struct rows *rows, int row, int column)
{
	return rows_is_null(rows, row, column) ? INDICATOR_NONE :
						 rows_int(rows, row, column);
}

static const char *kept(struct flow *f, int row, int column)
{
	return arena_print(f->mem, "%s", rows_text(f->rows, row, column));
}

static void take_listed(struct flow *f, struct report_list *list, int row)
{
	list->all = rows_int(f->rows, row, ALL);
	must(list->count < REPORT_LISTED_MAX);
	list->at[list->count++] = (struct report_listed){
		.specialty = kept(f, row, SPECIALTY),
		.level = kept(f, row, LEVEL),
		.is_departed = rows_bool(f->rows, row, DEPARTED),
		.graduates = rows_int(f->rows, row, GRADUATES),
		.placed = known(f->rows, row, PLACED),
		.placed_less_mean = rows_is_null(f->rows, row, PLACED) ? 0 :
			rows_int(f->rows, row, PLACED_LESS_MEAN),
		.studying = known(f->rows, row, STUDYING),
		.aligned = known(f->rows, row, ALIGNED),
		.demand = known(f->rows, row, DEMAND),
	};
}

void report_take_lists(struct flow *f)
{
	struct report *r = f->state;

	if (rows_count(f->rows) == 0)
		return;
	r->edition = kept(f, 0, NAME);
	r->edition_year = rows_int(f->rows, 0, YEAR);
	r->edition_published = kept(f, 0, PUBLISHED);
	for (int i = 0; i < REPORT_LISTS; i++)
		r->lists[i].at = arena_array(f->mem, struct report_listed,
					     REPORT_LISTED_MAX);
	for (int row = 0; row < rows_count(f->rows); row++)
		for (int i = 0; i < REPORT_LISTS; i++)
			if (text_same(outcomes[i], rows_text(f->rows, row,
							     OUTCOME)))
				take_listed(f, &r->lists[i], row);
}

/* ---- what is shown ---- */

/* "85.2% (+3.1)": against the mean of its level, in points. */
static const char *placed_text(const struct page_out *p,
			       const struct report_listed *it)
{
	const char *share = number_text(p, it->placed, PLOT_SHARE);
	int64_t less = it->placed_less_mean;
	int64_t size = less < 0 ? -less : less;

	if (it->placed == INDICATOR_NONE)
		return share;
	return arena_print(p->flow->mem, "%s (%s%" PRId64 ".%02d)", share,
			   less < 0 ? "−" : less > 0 ? "+" : "", size / 100,
			   (int)(size % 100));
}

/* Openings for each graduate, from thousandths. */
static const char *demand_text(const struct page_out *p, int64_t demand)
{
	if (demand == INDICATOR_NONE)
		return number_text(p, demand, PLOT_COUNT);
	return arena_print(p->flow->mem, "%" PRId64 ".%02d", demand / ONE,
			   (int)(demand % ONE / 10));
}

static void write_listed(const struct page_out *p,
			 const struct report_listed *it)
{
	put(p, "<tr><th scope=\"row\">", it->specialty,
	    it->is_departed ? " *</th>" : "</th>");
	put(p, "<td>", level_name(p, quadrant_level(it->level)), "</td>");
	put_number(p, number_text(p, it->graduates, PLOT_COUNT));
	put_number(p, placed_text(p, it));
	put_number(p, number_text(p, it->studying, PLOT_SHARE));
	put_number(p, number_text(p, it->aligned, PLOT_SHARE));
	put_number(p, demand_text(p, it->demand));
	buf_text(p->out, "</tr>\n");
}

static void write_list(const struct page_out *p, int i)
{
	static const struct words names[REPORT_LISTS] = {
		{ "重点建设", "To strengthen" },
		{ "改造升级", "To upgrade" },
		{ "限制撤销", "To restrict" },
	};
	static const struct words heads[] = {
		{ "专业", "Specialty" }, { "层次", "Level" },
		{ "毕业生", "Graduates" },
		{ "落实率（较均值）", "Placed (less the mean)" },
		{ "升学率", "Further study" }, { "对口率", "Aligned" },
		{ "岗位数/毕业生", "Openings for each" },
	};
	const struct report_list *list = &p->report->lists[i];

	buf_print(p->out, "<div class=\"wide\"><table id=\"list-%s\">\n"
		  "<caption>%s: %" PRId64, outcomes[i],
		  say(p, names[i].zh, names[i].en), list->all);
	if ((int64_t)list->count < list->all)
		buf_print(p->out, say(p, "（列出毕业生最多的 %d 个）",
				      " (the %d with the most graduates)"),
			  (int)list->count);
	buf_text(p->out, "</caption>\n");
	write_heads(p, heads, COUNT_OF(heads), 2);
	for (size_t k = 0; k < list->count; k++)
		write_listed(p, &list->at[k]);
	buf_text(p->out, "</table></div>\n");
}

static void write_edition(const struct page_out *p)
{
	const struct report *r = p->report;

	put(p, "<p>", r->edition, "");
	buf_print(p->out, say(p, "（截至 %" PRId64 " 届，%s 公布）",
			      " (cohorts up to %" PRId64 ", published on %s)"),
		  r->edition_year, r->edition_published);
	put(p, "<br/><code>/v1/specialty-lists/", r->asked.period.list,
	    "</code></p>\n");
}

void write_lists(const struct page_out *p)
{
	put(p, "<h2 id=\"lists\">", say(p, "专业清单", "The three lists"),
	    "</h2>\n");
	if (!p->report->edition) {
		put(p, "<p>", say(p, "期末前未公布专业清单。",
				  "No edition of the lists was published by "
				  "then."), "</p>\n");
		return;
	}
	write_edition(p);
	for (int i = 0; i < REPORT_LISTS; i++)
		write_list(p, i);
	put(p, "<p class=\"note\">", say(p,
		"规则与证据见 docs/specialty-lists.md；"
		"各率为统计窗口内各届合计，较均值为与本层次之差（百分点）。"
		"* 经联合体办公室决定，与规则结论不同。",
		"The rule and its evidence: docs/specialty-lists.md. Rates are "
		"of the cohorts of the window together, less the mean of the "
		"level in points. * Decided by the office otherwise than the "
		"rule found."), "</p>\n");
}
