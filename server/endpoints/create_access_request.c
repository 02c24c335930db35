/*
 * POST /v1/access-requests - ask a colleague who is responsible to let one read
 * what is sealed of minors (rule 5.8): of one student, or of all whom one's
 * house may know.
 */
#include "endpoints/access_request_steps.h"

struct asking_access {
	struct uuid student_id;
	const char *reason;
};

static const struct field asking_shape[] = {
	UUID(struct asking_access, student_id, NULLABLE),
	TEXT(struct asking_access, reason, 1, 500, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

static flow_step make_request, reply_made;

const struct endpoint create_access_request = {
	.operation = "createAccessRequest",
	.method = "POST",
	.path = "/v1/access-requests",
	.allow = STAFF,
	.state_bytes = sizeof(struct access_request_at),
	.body = asking_shape,
	.body_bytes = sizeof(struct asking_access),
	.steps = { make_request, reply_made },
};

static enum flow_next make_request(struct flow *f)
{
	const struct asking_access *in = f->body;
	struct access_request_at *s = f->state;

	s->id = uuid_new();
	return tell(f, SQL_ACCESS_REQUEST_MAKE, P_CONSORTIUM(f), P_ID(&s->id),
		    P_ACCOUNT(f), P_UUID(&in->student_id), P_TEXT(in->reason));
}

static enum flow_next reply_made(struct flow *f)
{
	if (rows_count(f->rows) == 0) {
		flaws_add(&f->flaws, "#/student_id", "not-found",
			  "is not known here", "没有这个值");
		return fail_flaws(f);
	}
	access_request_write(reply_json(f, 201), f->rows, 0);
	return FLOW_DONE;
}
