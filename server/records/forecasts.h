/*
 * forecasts.h - what the next three cohorts bring, what will be asked for, and
 * what lies between, of each specialty, class or category.
 *
 * from  docs/forecasts.md; schema/queries/forecast_series.sql
 */
#ifndef RECORDS_FORECASTS_H
#define RECORDS_FORECASTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "matcher/forecast.h"
#include "matcher/survival.h"
#include "wire/json_write.h"
#include "wire/rows.h"

/* A specialty, class or category. */
struct forecast_group {
	const char *code, *name, *level;
	int64_t listed_mille[MATCH_AHEAD];	/* by talent-demand lists */
	bool is_taught;		/* students in a year that was looked at */
};

struct forecasts {
	int64_t first;			/* the year of the first cohort */
	int64_t demand_first;		/* of the series; 0: there is none */
	struct forecast_group *groups;	/* by code */
	/* Of each group: */
	struct match_forecast_item *demand;
	struct match_survival_item *supply;
	uint32_t count;
	struct match_series unnamed;	/* what names no specialty */
	uint32_t pool_count;
	int digits;			/* of a code: 6, 4 or 2 */
};

/* From the rows; every text is copied to mem. */
void forecasts_from_rows(struct forecasts *all, struct arena *mem,
			 const struct rows *rows);

/* Forecasts them, which takes up to some tens of ms. */
void forecasts_make(struct forecasts *all);

/* One group, as a value. */
void forecasts_write_group(struct json_writer *w, const struct forecasts *all,
			   uint32_t group);
/* The years and openings of a series, as a value. */
void forecasts_write_series(struct json_writer *w, const struct forecasts *all,
			    const struct match_series *series);

#endif
