/* GET /v1/applications - who applied where, newest first. */
#include "endpoints/application_steps.h"

struct application_filter {
	struct uuid posting_id, enterprise_id, student_id;
	const char *state;
};

static const struct field filter_shape[] = {
	UUID(struct application_filter, posting_id, OPTIONAL),
	UUID(struct application_filter, enterprise_id, OPTIONAL),
	UUID(struct application_filter, student_id, OPTIONAL),
	ENUM(struct application_filter, state, application_state_words,
	     OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_applications, reply_applications;

const struct endpoint list_applications = {
	.operation = "listApplications",
	.method = "GET",
	.path = "/v1/applications",
	.allow = READERS_OF_APPLICATIONS,
	.query = filter_shape,
	.query_bytes = sizeof(struct application_filter),
	.is_paged = true,
	.steps = { find_applications, reply_applications },
};

/* A write, as the reading of one is. */
static enum flow_next find_applications(struct flow *f)
{
	const struct application_filter *q = f->query;

	return tell(f, SQL_APPLICATIONS_LIST, P_CONSORTIUM(f), P_OWNER(f),
		    P_UUID(&q->posting_id), P_UUID(&q->enterprise_id),
		    P_UUID(&q->student_id), P_TEXT(q->state), P_AFTER(f, 0),
		    PAGE_ROWS(f), P_ACCOUNT(f));
}

static enum flow_next reply_applications(struct flow *f)
{
	return reply_page(f, application_write, APPLICATION_ID_COLUMN);
}
