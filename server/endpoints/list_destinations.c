/* GET /v1/destinations - graduates and where they went: a school's own, the
 * consortium's, or those whom an enterprise is asked about. */
#include <string.h>

#include "base/text.h"
#include "endpoints/destination_steps.h"
#include "endpoints/filters.h"
#include "records/codes.h"

static const char *check_code_or_none(const char *text);
static const char *check_place(const char *text);

static const char *const level_words[] = { "secondary", "associate",
					   "bachelor", NULL };

static const struct field filter_shape[] = {
	INT(struct destination_filter, year, 2000, 2100, OPTIONAL),
	INT(struct destination_filter, month, 1, 12, OPTIONAL),
	UUID(struct destination_filter, school_id, OPTIONAL),
	TIDY_CODE(struct destination_filter, specialty, 2, 6,
		  code_check_specialty_target, code_tidy_specialty, OPTIONAL),
	ENUM(struct destination_filter, level, level_words, OPTIONAL),
	ENUM(struct destination_filter, sex, destination_sex_words, OPTIONAL),
	CODE(struct destination_filter, division_code, 6, 6,
	     code_check_division, OPTIONAL),
	CODE(struct destination_filter, code, 2, 4, check_code_or_none,
	     CASED),
	ENUM(struct destination_filter, state, destination_state_words,
	     OPTIONAL),
	ENUM(struct destination_filter, evidence, evidence_level_words,
	     OPTIONAL),
	CODE(struct destination_filter, workplace, 2, 6, check_place, OPTIONAL),
	END_OF_FIELDS
};

static flow_step check_filter, find_destinations, reply_destinations;

const struct endpoint list_destinations = {
	.operation = "listDestinations",
	.method = "GET",
	.path = "/v1/destinations",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.query = filter_shape,
	.query_bytes = sizeof(struct destination_filter),
	.is_paged = true,
	.steps = { check_filter, find_destinations, reply_destinations },
};

static const char *check_code_or_none(const char *text)
{
	return text_same(text, "none") ? NULL : destination_check_code(text);
}

/* The beginning of a division: province, prefecture, county. */
static const char *check_place(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	if (text[digits] || digits % 2)
		return "must have 2, 4 or 6 digits";
	return NULL;
}

static enum flow_next check_filter(struct flow *f)
{
	const struct destination_filter *q = f->query;
	struct filters filters = { .specialty = q->specialty,
				   .division_code = q->division_code,
				   .school_id = q->school_id };

	return find_unknown_filters(f, &filters);
}

static struct asked asked_number(int64_t number)
{
	return number ? P_INT(number) : P_NULL;
}

static enum flow_next find_destinations(struct flow *f)
{
	const struct destination_filter *q = f->query;

	if (!filters_are_known(f))
		return FLOW_FAIL;
	return ask(f, SQL_DESTINATIONS_LIST, P_CONSORTIUM(f), P_OWNER(f),
		   asked_number(q->year), asked_number(q->month),
		   P_UUID(&q->school_id), P_TEXT(q->specialty),
		   P_TEXT(q->level), P_TEXT(q->sex),
		   P_TEXT(q->division_code), P_TEXT(q->code),
		   P_TEXT(q->state), P_TEXT(q->evidence),
		   P_TEXT(q->workplace), P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_destinations(struct flow *f)
{
	return reply_page(f, destination_write, DESTINATION_ID_COLUMN);
}
