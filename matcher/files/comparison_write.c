/*
 * The one layout of a comparison: a member or an entry of a list has a line of
 * its own. What is said of each mode stands under the mode's word.
 */
#include "matcher/files/comparison_file.h"

struct writing {
	const struct match_report *report;
	const struct match_instance *instance;
	const struct match_comparison *comparison; /* the one at hand */
	struct match_sink *sink;
};

static void write_text(struct writing *w, const char *text)
{
	match_sink_text(w->sink, text);
}

static void write_number(struct writing *w, const char *name, int64_t number)
{
	match_sink_text(w->sink, name);
	match_sink_signed(w->sink, number);
}

static void write_seats(struct writing *w, const char *name, uint32_t seats)
{
	write_text(w, name);
	if (seats == MATCH_NO_CAP)
		write_text(w, "null");
	else
		match_sink_number(w->sink, seats);
}

static void write_id(struct writing *w, const char *name,
		     const struct match_ids *ids, uint32_t number)
{
	match_sink_text(w->sink, name);
	match_sink_id(w->sink, match_ids_at(ids, number));
}

static void write_mean(struct writing *w, const char *name, int64_t sum,
		       int64_t count)
{
	if (count) {
		write_number(w, name, match_mean_hundredths(sum, count));
		return;
	}
	write_text(w, name);
	write_text(w, "null");
}

static void write_tally(struct writing *w, const struct match_tally *tally)
{
	const struct match_objective *sums = &tally->objective;

	write_number(w, "{\"shortfall\": ", sums->shortfall);
	write_number(w, ", \"placed\": ", sums->placed);
	write_number(w, ", \"unplaced\": ", tally->places[0]);
	write_number(w, ", \"score\": ", sums->score);
	write_mean(w, ", \"mean_score_hundredths\": ", sums->score,
		   sums->placed);
	write_mean(w, ", \"mean_choice_hundredths\": ", tally->place_sum,
		   sums->placed);
	write_number(w,
		     ", \"blocking_pairs\": ", (int64_t)tally->blocking.pairs);
	write_number(w, ", \"blocking_students\": ", tally->blocking.students);
	write_text(w, "}");
}

static void write_prices(struct writing *w)
{
	const struct match_tally *of = w->comparison->of;
	const struct match_tally *optimal = &of[MATCH_OPTIMAL];
	const struct match_opinion *opinion = &w->comparison->opinion;
	struct match_objective price =
		match_given_up(&of[MATCH_STABLE], optimal);

	write_number(w, ",\n  \"price_of_stability\": {\"shortfall\": ",
		     price.shortfall);
	write_number(w, ", \"placed\": ", price.placed);
	write_number(w, ", \"score\": ", price.score);
	write_number(w, "},\n  \"price_of_optimality\": {\"blocking_pairs\": ",
		     (int64_t)optimal->blocking.pairs);
	write_number(w,
		     ", \"blocking_students\": ", optimal->blocking.students);
	write_number(w, "},\n  \"students\": {\"same\": ", opinion->same);
	write_number(w, ", \"prefer_stable\": ", opinion->first);
	write_number(w, ", \"prefer_optimal\": ", opinion->second);
	write_text(w, "}");
}

static void write_bucket(struct writing *w, uint32_t bucket)
{
	write_number(w, "{\"from\": ", match_bucket_at(bucket).first);
	write_number(w, ", \"to\": ", match_bucket_at(bucket).last);
}

static void write_places(struct writing *w, uint32_t bucket,
			 const struct match_tally *tally)
{
	int64_t count = tally->places[bucket];

	write_number(w, "{\"students\": ", count);
	write_number(w, ", \"share_ten_thousandths\": ",
		     match_share_of(count, w->instance->students.count));
	write_text(w, "}");
}

static void write_listers(struct writing *w, uint32_t bucket,
			  const struct match_tally *tally)
{
	const struct match_listers *listers = &tally->listers[bucket];

	write_number(w, "{\"placed\": ", listers->placed);
	write_number(w, ", \"first_choice\": ", listers->at_first);
	write_number(w, ", \"score\": ", listers->score);
	write_mean(w, ", \"mean_score_hundredths\": ", listers->score,
		   listers->placed);
	write_text(w, "}");
}

static void write_gain(struct writing *w, const char *name, bool is_there,
		       const struct match_gain *gain)
{
	write_text(w, name);
	if (!is_there) {
		write_text(w, "null");
		return;
	}
	write_number(w, "{\"shortfall\": ", gain->shortfall);
	write_number(w, ", \"placed\": ", gain->placed);
	write_number(w, ", \"score\": ", gain->score);
	write_text(w, "}");
}

static void write_root(struct writing *w, uint32_t i,
		       const struct match_tally *tally)
{
	const struct match_margin *more = &tally->roots[i].more;

	write_number(w, "{\"placed\": ", tally->roots[i].placed);
	write_number(w, ", \"shortfall\": ", tally->roots[i].shortfall);
	if (tally == &w->comparison->of[MATCH_OPTIMAL]) {
		write_gain(w, ", \"one_more\": {\"seat\": ", more->has_seat,
			   &more->seat);
		write_gain(w, ", \"floor\": ", more->has_floor, &more->floor);
		write_text(w, "}");
	}
	write_text(w, "}");
}

/* The same of each mode, and the end of what it is a part of. */
static void write_modes(struct writing *w, uint32_t i,
			void (*write)(struct writing *w, uint32_t i,
				      const struct match_tally *tally))
{
	for (int mode = 0; mode < MATCH_MODES; mode++) {
		write_text(w, ", \"");
		write_text(w, match_mode_word((enum match_mode)mode));
		write_text(w, "\": ");
		write(w, i, &w->comparison->of[mode]);
	}
	write_text(w, "}");
}

static void write_distributions(struct writing *w)
{
	const struct match_comparison *comparison = w->comparison;
	const char *before = "\n   ";

	write_text(w, ",\n  \"choices\": [");
	for (uint32_t i = 1; i < comparison->bucket_count; i++) {
		write_text(w, i > 1 ? ",\n   " : "\n   ");
		write_bucket(w, i);
		write_modes(w, i, write_places);
	}
	write_text(w, comparison->bucket_count > 1 ? "\n  ]" : "]");
	write_text(w, ",\n  \"list_lengths\": [");
	for (uint32_t i = 0; i < comparison->bucket_count; i++) {
		if (!comparison->list_lengths[i])
			continue;
		write_text(w, before);
		write_bucket(w, i);
		write_number(w,
			     ", \"students\": ", comparison->list_lengths[i]);
		write_modes(w, i, write_listers);
		before = ",\n   ";
	}
	write_text(w, comparison->bucket_count ? "\n  ]" : "]");
}

static void write_roots(struct writing *w)
{
	const struct match_tally *of = w->comparison->of;
	uint32_t count = of->root_count;

	write_text(w, ",\n  \"roots\": [");
	for (uint32_t i = 0; i < count; i++) {
		const struct match_root *root = &of->roots[i];

		write_id(w, i ? ",\n   {\"id\": " : "\n   {\"id\": ",
			 &w->instance->groups, root->group);
		write_number(w, ", \"lower\": ", root->lower);
		write_seats(w, ", \"upper\": ", root->upper);
		write_modes(w, i, write_root);
	}
	write_text(w, count ? "\n  ]" : "]");
	write_number(w, ",\n  \"placed_outside\": {\"stable\": ",
		     of[MATCH_STABLE].placed_outside);
	write_number(w, ", \"optimal\": ", of[MATCH_OPTIMAL].placed_outside);
	write_text(w, "}");
}

static void write_comparison(struct writing *w, const char *name,
			     const char *sha256,
			     const struct match_comparison *comparison)
{
	w->comparison = comparison;
	write_text(w, name);
	write_text(w, "{\n  \"instance_sha256\": \"");
	write_text(w, sha256);
	write_text(w, "\",\n  \"stable\": ");
	write_tally(w, &comparison->of[MATCH_STABLE]);
	write_text(w, ",\n  \"optimal\": ");
	write_tally(w, &comparison->of[MATCH_OPTIMAL]);
	write_prices(w);
	write_distributions(w);
	write_roots(w);
	write_text(w, "\n }");
}

static void write_change(struct writing *w, const struct match_change *change)
{
	static const char *const numbers[] = {
		[MATCH_SET_CAP] = ", \"number\": \"upper\"",
		[MATCH_SET_FLOOR] = ", \"number\": \"lower\"",
		[MATCH_SET_CAPACITY] = ", \"number\": \"capacity\"",
	};

	if (change->kind == MATCH_SET_CAPACITY)
		write_id(w, "{\"posting\": ", &w->instance->postings,
			 change->node);
	else
		write_id(w, "{\"group\": ", &w->instance->groups, change->node);
	write_text(w, numbers[change->kind]);
	write_seats(w, ", \"before\": ", change->before);
	write_seats(w, ", \"after\": ", change->after);
	write_text(w, "}");
}

/* What the change does to one mode: after less before. */
static void write_effect(struct writing *w, enum match_mode mode)
{
	const struct match_report *report = w->report;
	const struct match_tally *before = &report->before.of[mode];
	const struct match_tally *after = &report->after.of[mode];
	const struct match_opinion *opinion = &report->effect[mode];

	write_number(w, "{\"shortfall\": ",
		     after->objective.shortfall - before->objective.shortfall);
	write_number(w, ", \"placed\": ",
		     after->objective.placed - before->objective.placed);
	write_number(w, ", \"score\": ",
		     after->objective.score - before->objective.score);
	write_number(w, ", \"same\": ", opinion->same);
	write_number(w, ", \"prefer_before\": ", opinion->first);
	write_number(w, ", \"prefer_after\": ", opinion->second);
	write_text(w, "}");
}

static void write_after(struct writing *w)
{
	const struct match_report *report = w->report;

	if (!report->change_count) {
		write_text(w, ",\n \"after\": null,\n \"effect\": null");
		return;
	}
	write_comparison(w, ",\n \"after\": ", report->sha256_after,
			 &report->after);
	write_text(w, ",\n \"effect\": {\n  \"stable\": ");
	write_effect(w, MATCH_STABLE);
	write_text(w, ",\n  \"optimal\": ");
	write_effect(w, MATCH_OPTIMAL);
	write_text(w, "\n }");
}

void match_comparison_write(const struct match_report *report,
			    struct match_sink *sink)
{
	const struct match_instance *in = report->instance;
	struct writing w = {report, in, NULL, sink};

	write_text(&w, "{\n \"format\": \"" MATCH_COMPARISON_FORMAT "\"");
	write_number(&w, ",\n \"counts\": {\"students\": ", in->students.count);
	write_number(&w,
		     ", \"choices\": ", in->choice_start[in->students.count]);
	write_number(&w, ", \"postings\": ", in->postings.count);
	write_number(&w, ", \"groups\": ", in->groups.count);
	write_text(&w, "},\n \"changes\": [");
	for (uint32_t i = 0; i < report->change_count; i++) {
		write_text(&w, i ? ",\n  " : "\n  ");
		write_change(&w, &report->changes[i]);
	}
	write_text(&w, report->change_count ? "\n ]" : "]");
	write_comparison(&w, ",\n \"before\": ", report->sha256_before,
			 &report->before);
	write_after(&w);
	write_text(&w, "\n}\n");
}
