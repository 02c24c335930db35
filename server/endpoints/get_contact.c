/*
 * GET /v1/students/{student_id}/contact - how to reach a student. Staff need an
 * approval where he is a minor, and it is written down who read: so it writes.
 */
#include "endpoints/contact.h"
#include "flow/seals.h"
#include "wire/sql.h"

/* Columns of schema/queries/contact_of_student.sql. */
enum { STUDENT, PHONE, VERSION, MAY_READ };

static flow_step find_contact, show_contact;

const struct endpoint get_contact = {
	.operation = "getContact",
	.method = "GET",
	.path = "/v1/students/{student_id}/contact",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN },
	.steps = { find_contact, show_contact },
};

static enum flow_next find_contact(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "student_id", &id))
		return FLOW_FAIL;
	return tell_or(f, FAULT_NOT_FOUND, SQL_CONTACT_OF_STUDENT,
		       P_CONSORTIUM(f), P_UUID(&id), P_OWNER(f), P_ACCOUNT(f));
}

static enum flow_next show_contact(struct flow *f)
{
	return rows_bool(f->rows, 0, MAY_READ) ?
	       reply_contact(f) : fail_law_uncounted(f, LAW_MINOR_ACCESS);
}

enum flow_next reply_contact(struct flow *f)
{
	struct uuid id = rows_uuid(f->rows, 0, STUDENT);
	const char *phone = NULL;
	struct json_writer *w;

	if (!rows_is_null(f->rows, 0, PHONE))
		phone = unseal(f, (struct sealed_place){ STUDENT_PHONE, &id },
			       rows_text(f->rows, 0, PHONE));
	reply_etag(f, rows_int(f->rows, 0, VERSION));
	w = reply_json(f, 200);
	json_object(w);
	json_member_uuid(w, "student_id", &id);
	json_member_text(w, "phone", phone);
	json_end(w);
	return FLOW_DONE;
}
