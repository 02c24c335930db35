/* report_quadrant.c - the report's quadrant: of each level the specialties that
 * may be shown, by how many are placed and how many study on. */
#include <inttypes.h>

#include "base/text.h"
#include "endpoints/report_parts.h"
#include "records/share.h"

/* Q1 to Q4: further study lies along one axis, the placed along the other. */
static const enum plot_corner in_order[PLOT_CORNERS] = {
	PLOT_UPPER_RIGHT, PLOT_UPPER_LEFT, PLOT_LOWER_RIGHT, PLOT_LOWER_LEFT
};
static const char *const quadrant_names[PLOT_CORNERS] = {
	[PLOT_UPPER_RIGHT] = "Q1", [PLOT_UPPER_LEFT] = "Q2",
	[PLOT_LOWER_RIGHT] = "Q3", [PLOT_LOWER_LEFT] = "Q4"
};

/* ---- what is asked ---- */

static enum plot_corner corner_of(const char *quadrant)
{
	int i = 0;

	while (!text_same(quadrant_names[i], quadrant))
		must(++i < PLOT_CORNERS);
	return (enum plot_corner)i;
}

static void add_point(struct flow *f, struct report_level *level,
		      const struct quadrant_place *place)
{
	enum plot_corner corner = corner_of(place->quadrant);
	size_t i = level->count++;

	level->points[i] = (struct plot_point){
		.label = arena_print(f->mem, "%s", place->name ? place->name :
							       place->key),
		.x = share_of(place->counts.studying, place->counts.graduates),
		.y = share_of(place->counts.placed, place->counts.graduates),
		.corner = corner
	};
	level->counts[i] = place->counts;
	level->corners[corner]++;
}

void report_take_quadrant(struct flow *f)
{
	struct report *r = f->state;
	size_t room = (size_t)rows_count(f->rows);

	take_quadrant(&r->quadrant_asked, f->rows);
	for (int i = 0; i < QUADRANT_LEVELS; i++) {
		r->levels[i].points = arena_array(f->mem, struct plot_point,
						  room);
		r->levels[i].counts = arena_array(
			f->mem, struct quadrant_counts, room);
	}
	for (int row = 1; row < rows_count(f->rows); row++) {
		struct quadrant_place place = quadrant_place_at(
			&r->quadrant_asked, f->rows, row);
		int level = quadrant_level(place.level);

		if (!quadrant_row_is(f->rows, row, "group") ||
		    level == QUADRANT_LEVELS)
			continue;
		if (place.outside)
			r->levels[level].outside++;
		else
			add_point(f, &r->levels[level], &place);
	}
}

/* ---- what is shown ---- */

static int64_t mean_share(const struct page_out *p, int i, bool is_placed)
{
	const struct quadrant_counts *mean =
		&p->report->quadrant_asked.means[i].counts;

	return share_of(is_placed ? mean->placed : mean->studying,
			mean->graduates);
}

static void write_level_row(const struct page_out *p, int i)
{
	const struct report_level *level = &p->report->levels[i];

	put(p, "<tr><th scope=\"row\">", level_name(p, i), "");
	if (!p->report->quadrant_asked.means[i].is_all && level->count)
		buf_text(p->out, " *");
	buf_text(p->out, "</th>");
	put_number(p, number_text(p, mean_share(p, i, true), PLOT_SHARE));
	put_number(p, number_text(p, mean_share(p, i, false), PLOT_SHARE));
	for (int q = 0; q < PLOT_CORNERS; q++)
		put_number(p, number_text(
			p, (int64_t)level->corners[in_order[q]], PLOT_COUNT));
	put_number(p, number_text(p, (int64_t)level->outside, PLOT_COUNT));
	buf_text(p->out, "</tr>\n");
}

static void write_levels(const struct page_out *p)
{
	static const struct words heads[] = {
		{ "层次", "Level" }, { "平均落实率", "Mean placed" },
		{ "平均升学率", "Mean further study" }, { "Q1", "Q1" },
		{ "Q2", "Q2" }, { "Q3", "Q3" }, { "Q4", "Q4" },
		{ "未列示", "Not shown" },
	};

	buf_text(p->out, "<table>\n");
	write_heads(p, heads, COUNT_OF(heads), 1);
	for (int i = 0; i < QUADRANT_LEVELS; i++)
		if (p->report->levels[i].count || p->report->levels[i].outside)
			write_level_row(p, i);
	buf_text(p->out, "</table>\n");
}

static void write_named(const struct page_out *p, int i)
{
	static const struct words heads[] = {
		{ "图中标名的专业", "Named in the plot" },
		{ "象限", "Quadrant" }, { "毕业生", "Graduates" },
		{ "落实率", "Placed" }, { "升学率", "Further study" },
	};
	const struct report_level *level = &p->report->levels[i];

	put(p, "<table>\n<caption>", level_name(p, i), "</caption>\n");
	write_heads(p, heads, COUNT_OF(heads), 2);
	for (size_t k = 0; k < level->count * PLOT_CORNERS; k++) {
		size_t at = k % level->count;
		const struct plot_point *point = &level->points[at];

		if (!point->is_named ||
		    point->corner != in_order[k / level->count])
			continue;
		put(p, "<tr><th scope=\"row\">", point->label, "</th>");
		put(p, "<td>", quadrant_names[point->corner], "</td>");
		put_number(p, number_text(p, level->counts[at].graduates,
					  PLOT_COUNT));
		put_number(p, number_text(p, point->y, PLOT_SHARE));
		put_number(p, number_text(p, point->x, PLOT_SHARE));
		buf_text(p->out, "</tr>\n");
	}
	buf_text(p->out, "</table>\n");
}

static const char *mean_text(const struct page_out *p, int64_t share)
{
	return arena_print(p->flow->mem, "%s %s", say(p, "平均", "Mean"),
			   number_text(p, share, PLOT_SHARE));
}

static void write_level(const struct page_out *p, int i)
{
	const struct report_level *level = &p->report->levels[i];
	struct plot_scatter plot = {
		.id = arena_print(p->flow->mem, "quadrant-%s",
				  quadrant_level_words[i]),
		.title = arena_print(p->flow->mem, say(
			p, "专业象限：%s", "The quadrant: %s"),
			level_name(p, i)),
		.about = say(p, "每点为一个专业，横轴为升学率，"
				"纵轴为去向落实率，虚线为联合体该层次的平均值；"
				"全部数值见上方所列地址。",
			     "A dot for each specialty by further study and "
			     "by placement; dashed lines are the consortium's "
			     "means of the level. The list above has all "
			     "numbers."),
		.x_name = say(p, "升学率 →", "Further study →"),
		.y_name = say(p, "↑ 去向落实率", "↑ Placed"),
		.mean_x = mean_share(p, i, false),
		.mean_y = mean_share(p, i, true),
		.points = level->points, .count = level->count
	};

	plot.mean_x_name = mean_text(p, plot.mean_x);
	plot.mean_y_name = mean_text(p, plot.mean_y);
	for (int corner = 0; corner < PLOT_CORNERS; corner++)
		plot.corners[corner] = quadrant_names[corner];
	buf_text(p->out, "<figure>\n");
	plot_points(p->out, &plot);
	write_named(p, i);
	buf_text(p->out, "</figure>\n");
}

static void write_note(const struct page_out *p)
{
	const struct quadrant_query *q = &p->report->quadrant_query;

	buf_print(p->out, "<p class=\"note\">%s%" PRId64 "–%" PRId64 "%s"
		  "<br/><code>/v1/statistics/quadrant?year=%" PRId64
		  "</code></p>\n", say(p, "届别 ", "Cohorts "),
		  q->year - QUADRANT_YEARS + 1, q->year, say(p,
		"。Q1 两项均不低于平均，Q2 仅落实率，Q3 仅升学率，"
		"Q4 两项均低于平均。人数过少或可由此推算的专业未列示；"
		"带 * 的平均值仅含列示的专业。图中每象限只标出离平均值最远、"
		"且不与其他内容重叠的至多三个专业名称。全部专业：",
		". Q1: both at the mean or above, Q2: placement alone, Q3: "
		"further study alone, Q4: neither. Specialties of too few "
		"graduates, and those by which they could be reckoned, are not "
		"shown; a mean with * is of those that are. Of each quadrant "
		"the three at most that are furthest from the mean have their "
		"names, where these lie on nothing else. All of them: "),
		  q->year);
}

void write_quadrant(const struct page_out *p)
{
	size_t count = 0;

	for (int i = 0; i < QUADRANT_LEVELS; i++)
		count += p->report->levels[i].count;
	put(p, "<h2 id=\"quadrant\">", say(p, "专业象限：落实与升学",
		"The quadrant: placement and further study"), "</h2>\n");
	if (count == 0) {
		put(p, "<p>", say(p, "没有数据。", "There is nothing to show."),
		    "</p>\n");
		return;
	}
	write_note(p);
	write_levels(p);
	for (int i = 0; i < QUADRANT_LEVELS; i++)
		if (p->report->levels[i].count)
			write_level(p, i);
}
