/* forecasts_write.c - see forecasts.h: groups as JSON. */
#include "base/base.h"
#include "records/forecasts.h"

static const char *const method_names[MATCH_METHODS] = {
	[MATCH_NAIVE] = "naive",
	[MATCH_SMOOTH] = "smooth",
	[MATCH_TREND] = "trend",
	[MATCH_MEAN] = "mean",
};

/* What the pools of codes of 2, 4 and 6 digits are. */
static const char *const pool_names[3][MATCH_POOL_NONE + 1] = {
	{ "level", "level", "all", "none" },
	{ "category", "level", "all", "none" },
	{ "class", "category", "all", "none" },
};

static const char *pool_name(const struct forecasts *all, enum match_pool pool)
{
	return pool_names[all->digits / 2 - 1][pool];
}

static void write_null(struct json_writer *w, const char *name)
{
	json_key(w, name);
	json_null(w);
}

static void write_range(struct json_writer *w, int64_t count, int64_t low,
			int64_t high)
{
	json_member_int(w, "count", count);
	json_member_int(w, "low", low);
	json_member_int(w, "high", high);
}

static int64_t mille(int64_t exact)
{
	return exact * 1000 / MATCH_COUNT_ONE;
}

/* ---- a cohort ---- */

static void write_supply(struct json_writer *w, const struct match_stay *stay)
{
	json_key(w, "supply");
	json_object(w);
	write_range(w, stay->count, stay->low, stay->high);
	json_member_int(w, "leaving_millionths",
			stay->share * 1000000 / MATCH_SHARE_ONE);
	json_member_int(w, "past_students", stay->at_risk);
	json_member_int(w, "past_leavers", stay->lost);
	json_end(w);
}

static void write_demand(struct json_writer *w, const struct forecasts *all,
			 const struct match_ahead *ahead)
{
	json_key(w, "demand");
	json_object(w);
	write_range(w, ahead->count, ahead->low, ahead->high);
	json_key(w, "methods_mille");
	json_object(w);
	for (int m = 0; m < MATCH_METHODS; m++)
		json_member_int(w, method_names[m],
				mille(ahead->by_method[m]));
	json_end(w);
	json_member_text(w, "errors_of", pool_name(all, ahead->pool));
	json_member_int(w, "errors", ahead->errors);
	json_member_int(w, "own_errors", ahead->own);
	json_end(w);
}

/* Exact numbers as whole ones, away from each other. */
static int64_t down(int64_t exact)
{
	return exact >= 0 ? exact / MATCH_COUNT_ONE :
		-((-exact + MATCH_COUNT_ONE - 1) / MATCH_COUNT_ONE);
}

static void write_gap(struct json_writer *w, const struct match_ahead *ahead,
		      const struct match_stay *stay)
{
	int64_t gap = ahead->exact - stay->exact;

	json_key(w, "gap");
	json_object(w);
	write_range(w, ahead->count - stay->count,
		    down(gap - match_reach_of_both(ahead->below, stay->reach)),
		    -down(-gap - match_reach_of_both(ahead->above,
						     stay->reach)));
	json_end(w);
}

static void write_cohort(struct json_writer *w, const struct forecasts *all,
			 uint32_t group, int ahead)
{
	const struct match_forecast_item *demand = &all->demand[group];
	const struct match_survival_item *supply = &all->supply[group];
	int64_t listed = all->groups[group].listed_mille[ahead];

	json_object(w);
	json_member_int(w, "year", all->first + ahead);
	json_member_int(w, "enrolled", supply->enrolled[ahead]);
	json_member_int(w, "listed_mille", listed);
	json_member_int(w, "listed_less_enrolled",
			(listed + 500) / 1000 - supply->enrolled[ahead]);
	write_supply(w, &supply->stay[ahead]);
	if (demand->series.known) {
		write_demand(w, all, &demand->forecast.ahead[ahead]);
		write_gap(w, &demand->forecast.ahead[ahead],
			  &supply->stay[ahead]);
	} else {
		write_null(w, "demand");
		write_null(w, "gap");
	}
	json_end(w);
}

/* ---- a group ---- */

void forecasts_write_series(struct json_writer *w, const struct forecasts *all,
			    const struct match_series *series)
{
	json_array(w);
	for (int i = 0; i < series->years; i++) {
		if (!(series->known >> i & 1))
			continue;
		json_object(w);
		json_member_int(w, "year", all->demand_first + i);
		json_member_int(w, "openings", series->at[i]);
		json_end(w);
	}
	json_end(w);
}

static void write_method(struct json_writer *w, const struct forecasts *all,
			 const struct match_forecast *forecast)
{
	json_key(w, "weights");
	json_object(w);
	for (int m = 0; m < MATCH_METHODS; m++)
		json_member_int(w, method_names[m],
				forecast->weight_mille[m]);
	json_member_text(w, "errors_of", pool_name(all, forecast->pool));
	json_end(w);
}

void forecasts_write_group(struct json_writer *w, const struct forecasts *all,
			   uint32_t group)
{
	const struct forecast_group *g = &all->groups[group];
	const struct match_forecast_item *demand = &all->demand[group];

	json_object(w);
	json_member_text(w, "specialty", g->code);
	json_member_text(w, "specialty_name", g->name);
	json_member_text(w, "level", g->level);
	json_key(w, "cohorts");
	json_array(w);
	for (int ahead = 0; ahead < MATCH_AHEAD; ahead++)
		write_cohort(w, all, group, ahead);
	json_end(w);
	json_key(w, "series");
	forecasts_write_series(w, all, &demand->series);
	if (demand->series.known)
		write_method(w, all, &demand->forecast);
	else
		write_null(w, "weights");
	json_end(w);
}
