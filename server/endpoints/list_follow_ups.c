/* GET /v1/follow-ups - who is to be asked where he is, who was, and what he
 * said: a school's graduates, the consortium's, or one's own. */
#include "endpoints/filters.h"
#include "flow/flow.h"
#include "records/codes.h"
#include "records/follow_up.h"
#include "wire/sql.h"

struct follow_up_filter {
	int64_t year, month;		/* 0: not asked for */
	struct uuid school_id, student_id;
	const char *months, *specialty, *level, *sex, *division_code, *status;
};

static const char *const level_words[] = { "secondary", "associate",
					   "bachelor", NULL };
static const char *const sex_words[] = { "female", "male", "unknown", NULL };

static const struct field filter_shape[] = {
	INT(struct follow_up_filter, year, 2000, 2100, OPTIONAL),
	INT(struct follow_up_filter, month, 1, 12, OPTIONAL),
	ENUM(struct follow_up_filter, months, follow_up_months_words,
	     OPTIONAL),
	UUID(struct follow_up_filter, school_id, OPTIONAL),
	TIDY_CODE(struct follow_up_filter, specialty, 2, 6,
		  code_check_specialty_target, code_tidy_specialty, OPTIONAL),
	ENUM(struct follow_up_filter, level, level_words, OPTIONAL),
	ENUM(struct follow_up_filter, sex, sex_words, OPTIONAL),
	CODE(struct follow_up_filter, division_code, 6, 6,
	     code_check_division, OPTIONAL),
	UUID(struct follow_up_filter, student_id, OPTIONAL),
	ENUM(struct follow_up_filter, status, follow_up_status_words,
	     OPTIONAL),
	END_OF_FIELDS
};

static flow_step check_filter, find_follow_ups, reply_follow_ups;

const struct endpoint list_follow_ups = {
	.operation = "listFollowUps",
	.method = "GET",
	.path = "/v1/follow-ups",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.query = filter_shape,
	.query_bytes = sizeof(struct follow_up_filter),
	.is_paged = true,
	.steps = { check_filter, find_follow_ups, reply_follow_ups },
};

static enum flow_next check_filter(struct flow *f)
{
	const struct follow_up_filter *q = f->query;
	struct filters filters = { .specialty = q->specialty,
				   .division_code = q->division_code,
				   .school_id = q->school_id };

	return find_unknown_filters(f, &filters);
}

static enum flow_next find_follow_ups(struct flow *f)
{
	const struct follow_up_filter *q = f->query;

	if (!filters_are_known(f))
		return FLOW_FAIL;
	return ask(f, SQL_FOLLOW_UPS_LIST, P_CONSORTIUM(f), P_OWNER(f),
		   q->year ? P_INT(q->year) : P_NULL,
		   P_TEXT(q->months), P_UUID(&q->school_id),
		   P_TEXT(q->specialty),
		   P_UUID(&q->student_id), P_TEXT(q->status), P_AFTER(f, 0),
		   P_AFTER(f, 1), PAGE_ROWS(f),
		   q->month ? P_INT(q->month) : P_NULL, P_TEXT(q->level),
		   P_TEXT(q->sex), P_TEXT(q->division_code));
}

static enum flow_next reply_follow_ups(struct flow *f)
{
	return reply_page(f, follow_up_write, FOLLOW_UP_ID_COLUMN,
			  FOLLOW_UP_MONTHS_COLUMN);
}
