/*
 * GET /v1/students/{student_id}/data - all that is kept of a student, in one
 * document that he may take elsewhere. Staff of the school need an approval
 * where he is a minor, and it is written down who read.
 */
#include "endpoints/contact.h"
#include "flow/seals.h"
#include "wire/sql.h"

/* Columns of schema/queries/student_data.sql. */
enum { STUDENT, PHONE, DATA, MAY_READ };

static flow_step find_data, reply_data;

const struct endpoint get_student_data = {
	.operation = "getStudentData",
	.method = "GET",
	.path = "/v1/students/{student_id}/data",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN },
	.steps = { find_data, reply_data },
};

static enum flow_next find_data(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "student_id", &id))
		return FLOW_FAIL;
	return tell_or(f, FAULT_NOT_FOUND, SQL_STUDENT_DATA, P_CONSORTIUM(f),
		       P_UUID(&id), P_OWNER(f), P_ACCOUNT(f));
}

static enum flow_next reply_data(struct flow *f)
{
	struct uuid id = rows_uuid(f->rows, 0, STUDENT);
	const char *phone = NULL;
	struct json_writer *w;

	if (!rows_bool(f->rows, 0, MAY_READ))
		return fail_law_uncounted(f, LAW_MINOR_ACCESS);
	if (!rows_is_null(f->rows, 0, PHONE))
		phone = unseal(f, (struct sealed_place){ STUDENT_PHONE, &id },
			       rows_text(f->rows, 0, PHONE));
	w = reply_json(f, 200);
	json_object(w);
	json_member_uuid(w, "student_id", &id);
	json_member_text(w, "phone", phone);
	json_key(w, "data");
	json_raw(w, rows_text(f->rows, 0, DATA), rows_bytes(f->rows, 0, DATA));
	json_end(w);
	return FLOW_DONE;
}
