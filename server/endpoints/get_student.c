/*
 * GET /v1/students/{student_id} - a student's profile: for the student, the
 * school and the office. An enterprise sees candidates instead, without names.
 */
#include "flow/flow.h"
#include "records/student.h"

static flow_step find_student, reply_student;

const struct endpoint get_student = {
	.operation = "getStudent",
	.method = "GET",
	.path = "/v1/students/{student_id}",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN,
		   [ROLE_SCHOOL] = SCOPE_OWN,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.steps = { find_student, reply_student },
};

static enum flow_next find_student(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "student_id", &id))
		return FLOW_FAIL;
	return ask_one(f, SQL_STUDENT_BY_ID, P_CONSORTIUM(f), P_ID(&id),
		       P_OWNER(f));
}

static enum flow_next reply_student(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, STUDENT_VERSION_COLUMN));
	student_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
