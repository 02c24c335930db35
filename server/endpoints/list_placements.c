/* GET /v1/placements - who is placed where, newest first. */
#include <stddef.h>

#include "flow/flow.h"
#include "records/placement.h"
#include "wire/sql.h"

struct placement_filter {
	struct uuid round_id, posting_id, enterprise_id, student_id;
	const char *state, *started_from, *started_to, *aligned, *kept, *broke;
};

static const char *const near_words[] = { "specialty", "class", "category",
					  "any", NULL };
/* Those that schema/migrations looks for when an internship begins. */
static const char *const rule_words[] = { "first-year", "age-at-start",
					  "agreement", "insurance", NULL };
static const char *const broken_words[] = { "first-year", "age-at-start",
					    "agreement", "insurance", "any",
					    NULL };

static const struct field filter_shape[] = {
	UUID(struct placement_filter, round_id, OPTIONAL),
	UUID(struct placement_filter, posting_id, OPTIONAL),
	UUID(struct placement_filter, enterprise_id, OPTIONAL),
	UUID(struct placement_filter, student_id, OPTIONAL),
	ENUM(struct placement_filter, state, placement_state_words, OPTIONAL),
	DATE(struct placement_filter, started_from, OPTIONAL),
	DATE(struct placement_filter, started_to, OPTIONAL),
	ENUM(struct placement_filter, aligned, near_words, OPTIONAL),
	ENUM(struct placement_filter, kept, rule_words, OPTIONAL),
	ENUM(struct placement_filter, broke, broken_words, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_placements, reply_placements;

const struct endpoint list_placements = {
	.operation = "listPlacements",
	.method = "GET",
	.path = "/v1/placements",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN,
		   [ROLE_ENTERPRISE] = SCOPE_OWN,
		   [ROLE_SCHOOL] = SCOPE_OWN,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.query = filter_shape,
	.query_bytes = sizeof(struct placement_filter),
	.is_paged = true,
	.steps = { find_placements, reply_placements },
};

static enum flow_next find_placements(struct flow *f)
{
	const struct placement_filter *q = f->query;

	return ask(f, SQL_PLACEMENTS_LIST, P_CONSORTIUM(f), P_OWNER(f),
		   P_UUID(&q->round_id), P_UUID(&q->posting_id),
		   P_UUID(&q->enterprise_id), P_UUID(&q->student_id),
		   P_TEXT(q->state), P_AFTER(f, 0),
		   PAGE_ROWS(f), P_TEXT(q->started_from),
		   P_TEXT(q->started_to), P_TEXT(q->aligned), P_TEXT(q->kept),
		   P_TEXT(q->broke));
}

static enum flow_next reply_placements(struct flow *f)
{
	return reply_page(f, placement_write, PLACEMENT_ID_COLUMN);
}
