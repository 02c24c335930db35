/* GET /v1/complaints - one's own, or all for the office; newest first. */
#include "endpoints/complaint_steps.h"

struct complaint_filter {
	struct uuid enterprise_id, student_id;
	const char *state, *made_from, *made_to;
	bool is_open;
};

static const struct field filter_shape[] = {
	UUID(struct complaint_filter, enterprise_id, OPTIONAL),
	UUID(struct complaint_filter, student_id, OPTIONAL),
	ENUM(struct complaint_filter, state, complaint_state_words, OPTIONAL),
	DATE(struct complaint_filter, made_from, OPTIONAL),
	DATE(struct complaint_filter, made_to, OPTIONAL),
	BOOL(struct complaint_filter, is_open, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_complaints, reply_complaints;

const struct endpoint list_complaints = {
	.operation = "listComplaints",
	.method = "GET",
	.path = "/v1/complaints",
	.allow = READERS_OF_COMPLAINTS,
	.query = filter_shape,
	.query_bytes = sizeof(struct complaint_filter),
	.is_paged = true,
	.steps = { find_complaints, reply_complaints },
};

static enum flow_next find_complaints(struct flow *f)
{
	const struct complaint_filter *q = f->query;
	bool is_asked = shape_has(filter_shape, &f->query_seen, "is_open");

	return ask(f, SQL_COMPLAINTS_LIST, P_CONSORTIUM(f), P_OWNER(f),
		   P_UUID(&q->enterprise_id), P_UUID(&q->student_id),
		   P_TEXT(q->state), P_AFTER(f, 0), PAGE_ROWS(f),
		   P_TEXT(q->made_from), P_TEXT(q->made_to),
		   is_asked ? P_BOOL(q->is_open) : P_NULL);
}

static enum flow_next reply_complaints(struct flow *f)
{
	return reply_page(f, complaint_write, COMPLAINT_ID_COLUMN);
}
