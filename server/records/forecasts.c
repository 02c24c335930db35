/*
 * forecasts.c - see forecasts.h. The rows of a code stand together, that of its
 * name first; those of what names no specialty have an empty one.
 */
#include "records/forecasts.h"

#include <string.h>

#include "base/base.h"
#include "base/text.h"

/* Columns of forecast_series.sql. */
enum { CODE, NAME, LEVEL, YEAR, STUDENTS, THERE,
       LOST = THERE + MATCH_AHEAD, WORK = LOST + MATCH_AHEAD, LISTED };
/* And of its first row. */
enum { ABOUT_FIRST = YEAR, ABOUT_DEMAND_FIRST, ABOUT_DEMAND_LAST };

enum { MILLE = 1000 };

/* ---- reading ---- */

static const char *copy(struct arena *mem, const struct rows *rows, int row,
			int column)
{
	return arena_text(mem, rows_text(rows, row, column),
			  rows_bytes(rows, row, column));
}

/* A series of zeroes: the years from demand_first to the one before the first
 * cohort, of which those that have ended are known. */
static struct match_series no_openings(const struct forecasts *all,
				       const struct rows *rows)
{
	struct match_series series = { .years = 0 };
	int64_t last = rows_int(rows, 0, ABOUT_DEMAND_LAST);

	if (!all->demand_first || all->demand_first > last)
		return series;
	series.years = (uint8_t)(all->first - all->demand_first);
	must(series.years <= MATCH_SERIES_YEARS);
	for (int64_t year = all->demand_first;
	     year <= last && year < all->first; year++)
		series.known |= (uint16_t)(1 << (year - all->demand_first));
	return series;
}

/* Thousandths of openings as openings, halves up. */
static int64_t whole(int64_t mille)
{
	int64_t count = (mille + MILLE / 2) / MILLE;

	return count < MATCH_COUNT_MOST ? count : MATCH_COUNT_MOST;
}

static void read_openings(const struct forecasts *all,
			  struct match_series *series, const struct rows *rows,
			  int row)
{
	int64_t at = rows_int(rows, row, YEAR) - all->demand_first;

	if (at >= 0 && at < series->years && series->known >> at & 1)
		series->at[at] = whole(rows_int(rows, row, WORK));
}

static int64_t students(const struct rows *rows, int row, int column)
{
	int64_t count = rows_int(rows, row, column);

	return count < MATCH_ENROLLED_MOST ? count : MATCH_ENROLLED_MOST;
}

static void read_students(const struct forecasts *all,
			  struct match_survival_item *item,
			  const struct rows *rows, int row)
{
	int64_t year = rows_int(rows, row, YEAR), past = all->first - 1 - year;

	if (past < 0 && -past <= MATCH_AHEAD)
		item->enrolled[-past - 1] = students(rows, row, STUDENTS);
	if (past < 0 || past >= MATCH_COHORTS)
		return;
	for (int i = 0; i < MATCH_AHEAD; i++)
		item->past[past][i] = (struct match_loss){
			students(rows, row, THERE + i),
			students(rows, row, LOST + i)
		};
}

static void read_row(struct forecasts *all, uint32_t group,
		     const struct rows *rows, int row)
{
	struct forecast_group *g = &all->groups[group];
	int64_t ahead = rows_int(rows, row, YEAR) - all->first;

	read_openings(all, &all->demand[group].series, rows, row);
	read_students(all, &all->supply[group], rows, row);
	if (ahead >= 0 && ahead < MATCH_AHEAD)
		g->listed_mille[ahead] = rows_int(rows, row, LISTED);
	g->is_taught |= rows_int(rows, row, STUDENTS) > 0;
}

static void begin_group(struct forecasts *all, struct arena *mem,
			const struct rows *rows, int row)
{
	struct forecast_group *g = &all->groups[all->count];

	g->code = copy(mem, rows, row, CODE);
	g->name = rows_is_null(rows, row, NAME) ? NULL :
						  copy(mem, rows, row, NAME);
	g->level = rows_is_null(rows, row, LEVEL) ? NULL :
						    copy(mem, rows, row, LEVEL);
	all->demand[all->count].series = no_openings(all, rows);
	all->count++;
}

/* ---- pools ---- */

static bool shares(const char *a, const char *b, int digits)
{
	return strncmp(a, b, (size_t)digits) == 0;
}

/* The two wider groups of codes: of a specialty its class and category; of a
 * class its category, and of a category, its level. */
static bool is_together(const struct forecasts *all, uint32_t a, uint32_t b,
			int narrowness)
{
	const struct forecast_group *x = &all->groups[a], *y = &all->groups[b];
	int digits = all->digits - 2 * (narrowness + 1);

	return digits > 0 ? shares(x->code, y->code, digits) :
			    text_same(x->level, y->level);
}

/* The pool that the group shares with the one before it, or a new one: codes
 * that belong together stand together, and so do levels. */
static uint32_t pool_of(struct forecasts *all, uint32_t group, int narrowness)
{
	const struct match_forecast_item *last;

	if (group == 0 || !is_together(all, group - 1, group, narrowness))
		return all->pool_count++;
	last = &all->demand[group - 1];
	return narrowness ? last->pool_category : last->pool_class;
}

static void number_pools(struct forecasts *all)
{
	for (uint32_t i = 0; i < all->count; i++) {
		all->demand[i].pool_class = pool_of(all, i, 0);
		all->demand[i].pool_category = pool_of(all, i, 1);
		all->supply[i].pool_class = all->demand[i].pool_class;
		all->supply[i].pool_category = all->demand[i].pool_category;
	}
}

/* Does a row begin a code, with its name? */
static bool is_first(const struct rows *rows, int row)
{
	return rows_int(rows, row, YEAR) == 0;
}

static size_t count_codes(const struct rows *rows)
{
	size_t count = 0;

	for (int row = 1; row < rows_count(rows); row++)
		count += is_first(rows, row);
	return count;
}

void forecasts_from_rows(struct forecasts *all, struct arena *mem,
			 const struct rows *rows)
{
	size_t count = count_codes(rows);

	all->first = rows_int(rows, 0, ABOUT_FIRST);
	all->demand_first = rows_int(rows, 0, ABOUT_DEMAND_FIRST);
	all->groups = arena_array(mem, struct forecast_group, count);
	all->demand = arena_array(mem, struct match_forecast_item, count);
	all->supply = arena_array(mem, struct match_survival_item, count);
	all->unnamed = no_openings(all, rows);
	for (int row = 1; row < rows_count(rows); row++) {
		if (is_first(rows, row))
			begin_group(all, mem, rows, row);
		else if (rows_bytes(rows, row, CODE))
			read_row(all, all->count - 1, rows, row);
		else
			read_openings(all, &all->unnamed, rows, row);
	}
	number_pools(all);
}

void forecasts_make(struct forecasts *all)
{
	struct match_error error;

	must(match_survival(all->supply, all->count, all->pool_count, &error));
	if (all->count && all->demand[0].series.known)
		must(match_forecast(all->demand, all->count, all->pool_count,
				    &error));
}
