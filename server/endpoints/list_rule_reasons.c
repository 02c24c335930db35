/* GET /v1/rule-reasons - why rules of kind warn were passed over; newest first:
 * an enterprise's or school's own, all for the office. */
#include "flow/flow.h"
#include "records/rule_reason.h"

struct reason_filter {
	const char *rule;
	struct uuid subject_id;
	const char *recorded_from, *recorded_to;
};

static const struct field filter_shape[] = {
	TEXT(struct reason_filter, rule, 1, 40, OPTIONAL),
	UUID(struct reason_filter, subject_id, OPTIONAL),
	DATE(struct reason_filter, recorded_from, OPTIONAL),
	DATE(struct reason_filter, recorded_to, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_reasons, reply_reasons;

const struct endpoint list_rule_reasons = {
	.operation = "listRuleReasons",
	.method = "GET",
	.path = "/v1/rule-reasons",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.query = filter_shape,
	.query_bytes = sizeof(struct reason_filter),
	.is_paged = true,
	.steps = { find_reasons, reply_reasons },
};

static enum flow_next find_reasons(struct flow *f)
{
	const struct reason_filter *q = f->query;

	return ask(f, SQL_RULE_REASONS_LIST, P_CONSORTIUM(f), P_OWNER(f),
		   P_TEXT(q->rule), P_UUID(&q->subject_id), P_AFTER(f, 0),
		   PAGE_ROWS(f), P_TEXT(q->recorded_from),
		   P_TEXT(q->recorded_to));
}

static enum flow_next reply_reasons(struct flow *f)
{
	return reply_page(f, rule_reason_write, RULE_REASON_ID_COLUMN);
}
