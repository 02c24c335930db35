/*
 * GET /v1/statistics/employment - where graduates went, counted, and the rates
 * by the official formulas, by whatever is asked: a school's own, all of it;
 * the consortium's without what would tell of a small group.
 */
#include "base/text.h"
#include "endpoints/employment_steps.h"
#include "endpoints/filters.h"
#include "records/codes.h"
#include "records/graduate_destination.h"

static const char *const level_words[] = { "secondary", "associate",
					   "bachelor", NULL };
static const char *const sex_words[] = { "female", "male", "unknown", NULL };

static const struct field query_shape[] = {
	TEXTS(struct employment_query, by, 6, 12, employment_check_dimension,
	      DISTINCT | CASED),
	INT(struct employment_query, year, 2000, 2100, OPTIONAL),
	INT(struct employment_query, month, 1, 12, OPTIONAL),
	UUID(struct employment_query, school_id, OPTIONAL),
	TIDY_CODE(struct employment_query, specialty, 2, 6,
		  code_check_specialty_target, code_tidy_specialty, OPTIONAL),
	ENUM(struct employment_query, level, level_words, OPTIONAL),
	ENUM(struct employment_query, sex, sex_words, OPTIONAL),
	CODE(struct employment_query, division_code, 6, 6,
	     code_check_division, OPTIONAL),
	ENUM(struct employment_query, evidence, evidence_level_words,
	     OPTIONAL),
	TIME(struct employment_query, as_of, OPTIONAL),
	END_OF_FIELDS
};

static flow_step check_query, find_parts, find_groups;

const struct endpoint get_employment = {
	.operation = "getEmployment",
	.method = "GET",
	.path = "/v1/statistics/employment",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.deadline_ms = 10000,
	.state_bytes = sizeof(struct employment_asked),
	.query = query_shape,
	.query_bytes = sizeof(struct employment_query),
	.rate = RATE_SEARCH,
	.steps = { check_query, find_parts, find_groups, reply_employment },
};

static enum flow_next check_query(struct flow *f)
{
	const struct employment_query *q = f->query;
	struct filters filters = { .specialty = q->specialty,
				   .division_code = q->division_code,
				   .school_id = q->school_id };

	if (!employment_is_asked_well(f))
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	return find_unknown_filters(f, &filters);
}

static enum flow_next find_parts(struct flow *f)
{
	return filters_are_known(f) ? find_employment_parts(f) : FLOW_FAIL;
}

/* 0 for all, else the place of the level from 1 on. */
static int64_t least_evidence(const struct employment_query *q)
{
	int64_t at = 0;

	while (q->evidence && !text_same(q->evidence,
					 evidence_level_words[at]))
		at++;
	return q->evidence ? at + 1 : 0;
}

static enum flow_next find_groups(struct flow *f)
{
	const struct employment_query *q = f->query;
	struct employment_asked *s = f->state;
	const char *part = employment_part(q);

	/* By more than one of them, or a school's by sex or month: each row. */
	if (!part || (s->is_whole && !text_same(part, "place")))
		part = "cell";
	judge_employment(f);
	return ask(f, SQL_EMPLOYMENT_GROUPS, P_CONSORTIUM(f), P_OWNER(f),
		   EMPLOYMENT_YEARS(q), EMPLOYMENT_FILTERS(q),
		   P_INT(least_evidence(q)), P_TEXT(q->as_of),
		   P_TEXTS(&s->by), P_TEXT(part),
		   P_INT(GROUPS_MAX + 1));
}
