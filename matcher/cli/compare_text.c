/*
 * Tables of the outcomes at hand: the two modes, or before and after in each.
 * The words are in compare_words.def.
 */
#include "matcher/cli/compare_text.h"

#include <string.h>

#include "matcher/cli/lang.h"
#include "matcher/cli/table.h"

enum phrase {
#define PHRASE(NAME, ENGLISH, CHINESE) SAY_##NAME,
#include "matcher/cli/compare_words.def"
#undef PHRASE
};

static const char *const texts[][2] = {
#define PHRASE(NAME, ENGLISH, CHINESE) \
	[SAY_##NAME] = {[MATCH_CHINESE] = CHINESE, [MATCH_ENGLISH] = ENGLISH},
#include "matcher/cli/compare_words.def"
#undef PHRASE
};

/* The outcomes at hand, from left to right. */
struct telling {
	const struct match_report *report;
	enum match_language language;
	struct match_sink *sink;
	const struct match_tally *of[2 * MATCH_MODES];
	uint32_t of_count;
	uint32_t head_rows; /* of a table */
	bool has_changed;
};

#define SAY(TELLING, PHRASE, ...) \
	say(TELLING, SAY_##PHRASE, (const struct hole[]){__VA_ARGS__})

static void say(const struct telling *t, enum phrase phrase,
		const struct hole *hole)
{
	say_with_holes(t->sink, texts[phrase][t->language],
		       texts[SAY_NONE][t->language], hole);
}

static void say_plainly(const struct telling *t, enum phrase phrase)
{
	match_sink_text(t->sink, texts[phrase][t->language]);
}

static void put(const struct telling *t, struct cell *cell, enum phrase phrase)
{
	cell_text(cell, texts[phrase][t->language]);
}

/* The head over each outcome, which has `step` columns from `first` on. */
static void put_head(const struct telling *t, uint32_t row, struct cell *first,
		     uint32_t step)
{
	static const enum phrase modes[] = {SAY_STABLE, SAY_OPTIMAL};
	uint32_t each = t->has_changed ? 2 : 1;

	for (uint32_t i = 0; i < t->of_count; i++)
		if (row == 1)
			put(t, first + i * step,
			    i % 2 ? SAY_AFTER : SAY_BEFORE);
		else if (i % each == 0)
			put(t, first + i * step, modes[i / each]);
}

static void put_mean(struct cell *cell, int64_t sum, int64_t count)
{
	if (count)
		cell_hundredths(cell, match_mean_hundredths(sum, count));
	else
		cell_text(cell, "-");
}

static void put_figure(const struct match_tally *tally, enum phrase figure,
		       struct cell *cell)
{
	const struct match_objective *sums = &tally->objective;

	if (figure == SAY_SHORTFALL)
		cell_number(cell, sums->shortfall);
	else if (figure == SAY_PLACED)
		cell_number(cell, sums->placed);
	else if (figure == SAY_UNPLACED)
		cell_number(cell, tally->places[0]);
	else if (figure == SAY_SCORE)
		cell_number(cell, sums->score);
	else if (figure == SAY_MEAN_SCORE)
		put_mean(cell, sums->score, sums->placed);
	else if (figure == SAY_MEAN_CHOICE)
		put_mean(cell, tally->place_sum, sums->placed);
	else if (figure == SAY_BLOCKING_PAIRS)
		cell_number(cell, (int64_t)tally->blocking.pairs);
	else
		cell_number(cell, tally->blocking.students);
}

static bool fill_figures(const void *of, uint32_t row, struct cell *cells)
{
	const struct telling *t = of;
	enum phrase figure;

	if (row < t->head_rows) {
		put_head(t, row, cells + 1, 1);
		return true;
	}
	figure = (enum phrase)(SAY_SHORTFALL + row - t->head_rows);
	put(t, cells, figure);
	for (uint32_t i = 0; i < t->of_count; i++)
		put_figure(t->of[i], figure, cells + 1 + i);
	return true;
}

static void put_bucket(struct cell *cell, uint32_t bucket)
{
	struct match_bucket range = match_bucket_at(bucket);

	cell_number(cell, range.first);
	if (range.last == range.first)
		return;
	cell_text(cell, "-");
	cell_number(cell, range.last);
}

/* Those who got nothing come last. */
static bool fill_places(const void *of, uint32_t row, struct cell *cells)
{
	const struct telling *t = of;
	uint32_t bucket = row - t->head_rows + 1;
	int64_t all = t->report->instance->students.count;

	if (row < t->head_rows) {
		if (!row)
			put(t, cells, SAY_CHOICE);
		put_head(t, row, cells + 1, 2);
		return true;
	}
	if (bucket < t->report->before.bucket_count) {
		put_bucket(cells, bucket);
	} else {
		put(t, cells, SAY_NOTHING_RECEIVED);
		bucket = 0;
	}
	for (uint32_t i = 0; i < t->of_count; i++) {
		int64_t count = t->of[i]->places[bucket];

		cell_number(cells + 1 + 2 * i, count);
		cell_hundredths(cells + 2 + 2 * i, match_share_of(count, all));
		cell_text(cells + 2 + 2 * i, "%");
	}
	return true;
}

static void put_listers(const struct telling *t, uint32_t bucket,
			struct cell *cells)
{
	put_bucket(cells, bucket);
	cell_number(cells + 1, t->report->before.list_lengths[bucket]);
	for (uint32_t i = 0; i < t->of_count; i++) {
		const struct match_listers *group = &t->of[i]->listers[bucket];
		struct cell *own = cells + 2 + 3 * i;

		cell_number(own, group->placed);
		cell_number(own + 1, group->at_first);
		put_mean(own + 2, group->score, group->placed);
	}
}

static bool fill_listers(const void *of, uint32_t row, struct cell *cells)
{
	const struct telling *t = of;
	uint32_t bucket = row - t->head_rows - 1;

	if (row > t->head_rows) {
		put_listers(t, bucket, cells);
		return t->report->before.list_lengths[bucket] > 0;
	}
	if (row < t->head_rows) {
		put_head(t, row, cells + 2, 3);
		return true;
	}
	put(t, cells, SAY_LIST_LENGTH);
	put(t, cells + 1, SAY_STUDENTS);
	for (uint32_t i = 0; i < t->of_count; i++) {
		put(t, cells + 2 + 3 * i, SAY_PLACED);
		put(t, cells + 3 + 3 * i, SAY_FIRST_CHOICE);
		put(t, cells + 4 + 3 * i, SAY_MEAN_SCORE);
	}
	return true;
}

static void put_seats(const struct telling *t, struct cell *cell,
		      uint32_t seats)
{
	if (seats == MATCH_NO_CAP)
		put(t, cell, SAY_NONE);
	else
		cell_number(cell, seats);
}

static bool is_root_changed(const struct telling *t, uint32_t root)
{
	for (uint32_t i = 0; i + 1 < t->of_count; i += 2) {
		const struct match_root *before = &t->of[i]->roots[root];
		const struct match_root *after = &t->of[i + 1]->roots[root];

		if (before->lower != after->lower ||
		    before->upper != after->upper ||
		    before->placed != after->placed ||
		    before->shortfall != after->shortfall)
			return true;
	}
	return false;
}

/* A number that the change changes is told twice: 2>3. */
static void put_both(const struct telling *t, struct cell *cell,
		     uint32_t before, uint32_t after)
{
	put_seats(t, cell, before);
	if (before == after)
		return;
	cell_text(cell, ">");
	put_seats(t, cell, after);
}

static bool put_root(const struct telling *t, uint32_t root, struct cell *cells)
{
	const struct match_instance *in = t->report->instance;
	const struct match_root *before = &t->of[0]->roots[root];
	const struct match_root *after = &t->of[t->has_changed]->roots[root];

	if (t->has_changed && !is_root_changed(t, root))
		return false;
	cell_id(cells, match_ids_at(&in->groups, before->group));
	put_both(t, cells + 1, before->lower, after->lower);
	put_both(t, cells + 2, before->upper, after->upper);
	for (uint32_t i = 0; i < t->of_count; i++) {
		cell_number(cells + 3 + 2 * i, t->of[i]->roots[root].placed);
		cell_number(cells + 4 + 2 * i, t->of[i]->roots[root].shortfall);
	}
	return true;
}

static bool is_outside_told(const struct telling *t)
{
	for (uint32_t i = 0; i < t->of_count; i += 1 + t->has_changed)
		if (t->has_changed ? t->of[i]->placed_outside !=
					     t->of[i + 1]->placed_outside
				   : t->of[i]->placed_outside > 0)
			return true;
	return false;
}

static bool put_outside(const struct telling *t, struct cell *cells)
{
	put(t, cells, SAY_OUTSIDE);
	for (uint32_t i = 0; i < t->of_count; i++)
		cell_number(cells + 3 + 2 * i, t->of[i]->placed_outside);
	return is_outside_told(t);
}

static bool fill_roots(const void *of, uint32_t row, struct cell *cells)
{
	const struct telling *t = of;
	uint32_t root = row - t->head_rows - 1;

	if (row > t->head_rows)
		return root < t->of[0]->root_count ? put_root(t, root, cells)
						   : put_outside(t, cells);
	if (row < t->head_rows) {
		put_head(t, row, cells + 3, 2);
		return true;
	}
	put(t, cells, SAY_ROOT);
	put(t, cells + 1, SAY_FLOOR);
	put(t, cells + 2, SAY_CAP);
	for (uint32_t i = 0; i < t->of_count; i++) {
		put(t, cells + 3 + 2 * i, SAY_PLACED);
		put(t, cells + 4 + 2 * i, SAY_SHORT);
	}
	return true;
}

/* Of mode optimal: of[0..each) are of mode stable. */
static const struct match_gain *seat_of(const struct telling *t, uint32_t i,
					uint32_t root)
{
	uint32_t each = t->has_changed ? 2 : 1;

	return &t->of[each + i]->roots[root].more.seat;
}

/* Is there anything to tell of a root: a gain, or one that changes? */
static bool has_gain(const struct telling *t, uint32_t root)
{
	static const struct match_gain nothing = {0, 0, 0, 0};

	return memcmp(seat_of(t, 0, root),
		      t->has_changed ? seat_of(t, 1, root) : &nothing,
		      sizeof(nothing)) != 0;
}

static bool put_gains(const struct telling *t, uint32_t root,
		      struct cell *cells)
{
	cell_id(cells, match_ids_at(&t->report->instance->groups,
				    t->of[0]->roots[root].group));
	for (uint32_t i = 0; i <= t->has_changed; i++) {
		const struct match_gain *seat = seat_of(t, i, root);

		cell_number(cells + 1 + 3 * i, seat->shortfall);
		cell_number(cells + 2 + 3 * i, seat->placed);
		cell_number(cells + 3 + 3 * i, seat->score);
	}
	return has_gain(t, root);
}

static bool fill_gains(const void *of, uint32_t row, struct cell *cells)
{
	const struct telling *t = of;
	uint32_t head_rows = 1 + t->has_changed;

	if (row >= head_rows)
		return put_gains(t, row - head_rows, cells);
	for (uint32_t i = 0; i <= t->has_changed; i++) {
		if (row + 1 < head_rows) {
			put(t, cells + 1 + 3 * i, i ? SAY_AFTER : SAY_BEFORE);
			continue;
		}
		put(t, cells + 1 + 3 * i, SAY_SHORTFALL);
		put(t, cells + 2 + 3 * i, SAY_PLACED);
		put(t, cells + 3 + 3 * i, SAY_SCORE);
	}
	if (row + 1 == head_rows)
		put(t, cells, SAY_ROOT);
	return true;
}

static void tell_change(const struct telling *t,
			const struct match_change *change)
{
	static const enum phrase phrases[] = {
		[MATCH_SET_CAP] = SAY_CHANGE_CAP,
		[MATCH_SET_FLOOR] = SAY_CHANGE_FLOOR,
		[MATCH_SET_CAPACITY] = SAY_CHANGE_CAPACITY,
	};
	const struct match_instance *in = t->report->instance;
	const struct match_ids *ids = change->kind == MATCH_SET_CAPACITY
					      ? &in->postings
					      : &in->groups;
	const struct hole holes[] = {
		ID(*ids, change->node),
		NUMBER_OR_NONE(change->after != MATCH_NO_CAP, change->after),
		NUMBER_OR_NONE(change->before != MATCH_NO_CAP, change->before),
	};

	say(t, phrases[change->kind], holes);
}

static void tell_prices(const struct telling *t,
			const struct match_comparison *of)
{
	const struct match_tally *optimal = &of->of[MATCH_OPTIMAL];
	struct match_objective price =
		match_given_up(&of->of[MATCH_STABLE], optimal);

	SAY(t, PRICE_OF_STABILITY, NUMBER(price.shortfall),
	    NUMBER(price.placed), NUMBER(price.score));
	SAY(t, PRICE_OF_OPTIMALITY, COUNT(optimal->blocking.pairs),
	    COUNT(optimal->blocking.students));
	SAY(t, OPINION, COUNT(of->opinion.same), COUNT(of->opinion.first),
	    COUNT(of->opinion.second));
}

static void tell_effect(const struct telling *t, enum match_mode mode)
{
	static const enum phrase phrases[] = {SAY_EFFECT_STABLE,
					      SAY_EFFECT_OPTIMAL};
	const struct match_report *report = t->report;
	const struct match_objective *from = &report->before.of[mode].objective;
	const struct match_objective *to = &report->after.of[mode].objective;
	const struct match_opinion *opinion = &report->effect[mode];
	const struct hole holes[] = {NUMBER(to->shortfall - from->shortfall),
				     NUMBER(to->placed - from->placed),
				     NUMBER(to->score - from->score)};

	say(t, phrases[mode], holes);
	SAY(t, EFFECT_OPINION, COUNT(opinion->same), COUNT(opinion->first),
	    COUNT(opinion->second));
}

static void tell_what_if(const struct telling *t)
{
	say_plainly(t, SAY_PRICES_BEFORE);
	tell_prices(t, &t->report->before);
	say_plainly(t, SAY_PRICES_AFTER);
	tell_prices(t, &t->report->after);
	say_plainly(t, SAY_EFFECT);
	tell_effect(t, MATCH_STABLE);
	tell_effect(t, MATCH_OPTIMAL);
}

static void tell_table(const struct telling *t, uint32_t row_count,
		       uint32_t column_count,
		       bool (*fill)(const void *of, uint32_t row,
				    struct cell *cells))
{
	const struct table table = {row_count, column_count, t, fill};

	match_sink_text(t->sink, "\n");
	print_table(&table, t->sink);
}

static bool is_any_root_told(const struct telling *t)
{
	if (!t->has_changed || is_outside_told(t))
		return true;
	for (uint32_t i = 0; i < t->of[0]->root_count; i++)
		if (is_root_changed(t, i))
			return true;
	return false;
}

static void tell_gains(const struct telling *t)
{
	uint32_t root = 0;

	while (root < t->of[0]->root_count && !has_gain(t, root))
		root++;
	if (root == t->of[0]->root_count)
		return;
	say_plainly(t, SAY_ONE_MORE);
	tell_table(t, 1 + t->has_changed + t->of[0]->root_count,
		   t->has_changed ? 7 : 4, fill_gains);
}

static void tell_tables(const struct telling *t)
{
	const struct match_comparison *before = &t->report->before;

	tell_table(t, t->head_rows + before->bucket_count, 1 + 2 * t->of_count,
		   fill_places);
	tell_table(t, t->head_rows + 1 + before->bucket_count,
		   2 + 3 * t->of_count, fill_listers);
	if (!is_any_root_told(t)) {
		say_plainly(t, SAY_NO_CHANGED_ROOTS);
		return;
	}
	if (t->has_changed)
		say_plainly(t, SAY_CHANGED_ROOTS);
	tell_table(t, t->head_rows + 2 + t->of[0]->root_count,
		   3 + 2 * t->of_count, fill_roots);
	say_plainly(t, SAY_SHORT_NOTE);
}

static void look_at(struct telling *t)
{
	for (int mode = 0; mode < MATCH_MODES; mode++) {
		t->of[t->of_count++] = &t->report->before.of[mode];
		if (t->has_changed)
			t->of[t->of_count++] = &t->report->after.of[mode];
	}
}

void tell_comparison(const struct match_report *report,
		     enum match_language language, struct match_sink *sink)
{
	const struct match_instance *in = report->instance;
	struct telling t = {.report = report,
			    .language = language,
			    .sink = sink,
			    .head_rows = report->change_count ? 2 : 1,
			    .has_changed = report->change_count > 0};

	look_at(&t);
	SAY(&t, COUNTS, COUNT(in->students.count),
	    COUNT(in->choice_start[in->students.count]),
	    COUNT(in->postings.count), COUNT(in->groups.count),
	    COUNT(t.of[0]->root_count));
	if (t.has_changed)
		say_plainly(&t, SAY_CHANGES);
	for (uint32_t i = 0; i < report->change_count; i++)
		tell_change(&t, &report->changes[i]);
	tell_table(&t, t.head_rows + 1 + SAY_BLOCKING_STUDENTS - SAY_SHORTFALL,
		   1 + t.of_count, fill_figures);
	say_plainly(&t, SAY_PRICES);
	if (t.has_changed)
		tell_what_if(&t);
	else
		tell_prices(&t, &report->before);
	tell_tables(&t);
	tell_gains(&t);
}
