/*
 * POST /v1/applications/{application_id}/interviews - the enterprise calls the
 * student to an interview: when, and where, or by which link.
 */
#include "endpoints/application_steps.h"

struct interview_new {
	const char *at, *place, *note;
};

static const struct field interview_new_shape[] = {
	TIME(struct interview_new, at, REQUIRED),
	TEXT(struct interview_new, place, 1, 200,
	     REQUIRED | TRIMMED | ONE_LINE),
	TEXT(struct interview_new, note, 1, 2000, NULLABLE | TRIMMED),
	END_OF_FIELDS
};

static flow_step call, reply_called;

const struct endpoint create_interview = {
	.operation = "createInterview",
	.method = "POST",
	.path = "/v1/applications/{application_id}/interviews",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct applying),
	.body = interview_new_shape,
	.body_bytes = sizeof(struct interview_new),
	.is_transaction = true,
	.steps = { call, find_application, reply_called },
};

static const struct constraint_flaw refusals[] = {
	{ "interview_is_ahead", "#/at", "out-of-range", "must be after now",
	  "必须晚于当前时间", FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next call(struct flow *f)
{
	const struct interview_new *b = f->body;
	struct applying *s = f->state;
	struct uuid id = uuid_new();

	if (!path_uuid(f, "application_id", &s->id))
		return FLOW_FAIL;
	explain_constraints(f, refusals);
	return tell(f, SQL_APPLICATION_INTERVIEW, P_CONSORTIUM(f),
		    P_UUID(&s->id), P_OWNER(f), P_UUID(&id), P_TEXT(b->at),
		    P_TEXT(b->place), P_TEXT(b->note), P_ACCOUNT(f));
}

static enum flow_next reply_called(struct flow *f)
{
	struct json_writer *w;

	reply_etag(f, rows_int(f->rows, 0, APPLICATION_VERSION_COLUMN));
	w = reply_json(f, 201);
	json_object(w);
	application_members(w, f->rows, 0);
	application_story(w, f->rows, 0);
	json_end(w);
	return FLOW_DONE;
}
