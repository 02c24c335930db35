/*
 * GET /v1/statistics/supply-demand - students who graduate against openings
 * that are asked for, by whatever is asked: a school's own supply against the
 * whole demand; the consortium's without what would tell of a small group.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "endpoints/filters.h"
#include "endpoints/supply_demand_steps.h"
#include "records/codes.h"
#include "wire/sql.h"

static const char *check_dimension(const char *text);

static const char *const level_words[] = { "secondary", "associate",
					   "bachelor", NULL };

static const struct field query_shape[] = {
	TEXTS(struct supply_demand_query, by, 6, 12, check_dimension,
	      DISTINCT | CASED),
	INT(struct supply_demand_query, year, 2000, 2100, OPTIONAL),
	UUID(struct supply_demand_query, school_id, OPTIONAL),
	TIDY_CODE(struct supply_demand_query, specialty, 2, 6,
		  code_check_specialty_target, code_tidy_specialty, OPTIONAL),
	ENUM(struct supply_demand_query, level, level_words, OPTIONAL),
	CODE(struct supply_demand_query, division_code, 6, 6,
	     code_check_division, OPTIONAL),
	END_OF_FIELDS
};

static flow_step check_query, find_parts, find_groups;

const struct endpoint get_supply_demand = {
	.operation = "getSupplyDemand",
	.method = "GET",
	.path = "/v1/statistics/supply-demand",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.deadline_ms = 10000,
	.state_bytes = sizeof(struct supply_demand_asked),
	.query = query_shape,
	.query_bytes = sizeof(struct supply_demand_query),
	.rate = RATE_SEARCH,
	.steps = { check_query, find_parts, find_groups, reply_supply_demand },
};

static const char *check_dimension(const char *text)
{
	static const char *const dimensions[] = {
		"year", "specialty", "class", "category", "level", "district",
		"occupation", NULL
	};

	for (int i = 0; dimensions[i]; i++)
		if (text_same(text, dimensions[i]))
			return NULL;
	return "is nothing to count by";
}

static void check_by(struct flow *f)
{
	const struct supply_demand_query *q = f->query;
	int kinds = texts_have(&q->by, "specialty") +
		    texts_have(&q->by, "class") +
		    texts_have(&q->by, "category");

	if (kinds > 1)
		flaws_add(&f->flaws, "by", "inconsistent",
			  "names one of specialty, class and category",
			  "specialty、class、category 只能选一项");
	if (texts_have(&q->by, "occupation") &&
	    kinds + texts_have(&q->by, "level") +
		    texts_have(&q->by, "district"))
		flaws_add(&f->flaws, "by", "inconsistent",
			  "occupation goes with the year alone",
			  "occupation 只能与 year 同时选择");
}

/* By the calendar in China. */
static int64_t this_year(void)
{
	char day[CLOCK_TEXT_BYTES];

	clock_rfc3339(clock_wall_ms() + 8 * 3600 * 1000, day);
	return strtoll(day, NULL, 10);
}

/* Of one year, or of all if it counts by year and none is asked for. */
static void settle(struct flow *f)
{
	const struct supply_demand_query *q = f->query;
	struct supply_demand_asked *s = f->state;
	bool is_all = texts_have(&q->by, "year") && !q->year;

	s->is_whole = f->actor.scope == SCOPE_OWN;
	s->is_by_occupation = texts_have(&q->by, "occupation");
	s->first = is_all ? 0 : q->year ? q->year : this_year();
	s->last = is_all ? 9999 : s->first;
}

static enum flow_next check_query(struct flow *f)
{
	const struct supply_demand_query *q = f->query;
	struct filters filters = { .specialty = q->specialty,
				   .division_code = q->division_code,
				   .school_id = q->school_id };

	check_by(f);
	if (f->flaws.count)
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	settle(f);
	return find_unknown_filters(f, &filters);
}

/* With the year before, to compare with. */
#define YEARS(s) P_INT((s)->first ? (s)->first - 1 : 0), P_INT((s)->last)

static enum flow_next find_parts(struct flow *f)
{
	const struct supply_demand_asked *s = f->state;

	if (!filters_are_known(f))
		return FLOW_FAIL;
	if (s->is_whole || s->is_by_occupation)
		return FLOW_NEXT;
	return ask(f, SQL_SUPPLY_DEMAND_PARTS, P_CONSORTIUM(f),
		   P_INT(s->first), P_INT(s->last));
}

/* The narrowest that groups are made by, or narrowed down to. */
static const char *find_cut(const struct supply_demand_query *q)
{
	static const struct { const char *name; size_t digits; } cuts[] = {
		{ "specialty", 6 }, { "class", 4 }, { "category", 2 },
	};
	size_t digits = q->specialty ? strlen(q->specialty) : 0;

	for (size_t i = 0; i < COUNT_OF(cuts); i++)
		if (digits == cuts[i].digits ||
		    texts_have(&q->by, cuts[i].name))
			return cuts[i].name;
	return q->level || texts_have(&q->by, "level") ? "level" : "whole";
}

static enum flow_next find_groups(struct flow *f)
{
	const struct supply_demand_query *q = f->query;
	struct supply_demand_asked *s = f->state;

	judge_supply_demand(f);
	if (s->is_by_occupation)
		return ask(f, SQL_SUPPLY_DEMAND_OCCUPATIONS, P_CONSORTIUM(f),
			   YEARS(s), P_TEXT(q->specialty), P_TEXT(q->level),
			   P_TEXT(q->division_code),
			   P_INT(GROUPS_MAX + 1));
	return ask(f, SQL_SUPPLY_DEMAND_GROUPS, P_CONSORTIUM(f), P_OWNER(f),
		   YEARS(s), P_UUID(&q->school_id), P_TEXT(q->specialty),
		   P_TEXT(q->level), P_TEXT(q->division_code),
		   P_TEXTS(&q->by), P_INT(GROUPS_MAX + 1),
		   P_TEXT(find_cut(q)));
}
