/*
 * PUT /v1/students/{student_id}/contact - how to reach a student; null forgets
 * it. Enterprises see it only while it is disclosed to them.
 */
#include "endpoints/contact.h"
#include "flow/seals.h"
#include "records/codes.h"
#include "wire/sql.h"

struct contact_new {
	const char *phone;
};

static const struct field contact_shape[] = {
	CODE(struct contact_new, phone, 11, 11, code_check_mobile,
	     REQUIRED | NULLABLE),
	END_OF_FIELDS
};

static flow_step keep_contact;

const struct endpoint put_contact = {
	.operation = "putContact",
	.method = "PUT",
	.path = "/v1/students/{student_id}/contact",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN },
	.body = contact_shape,
	.body_bytes = sizeof(struct contact_new),
	.steps = { keep_contact, reply_contact },
};

static enum flow_next keep_contact(struct flow *f)
{
	const struct contact_new *b = f->body;
	const char *sealed = NULL, *hash = NULL;
	struct sealed_place place = { .column = STUDENT_PHONE };
	struct uuid id;

	if (!path_uuid(f, "student_id", &id))
		return FLOW_FAIL;
	place.row = &id;
	if (b->phone && !seals_are_there(f))
		return fail(f, FAULT_NO_KEY, "%s", "");
	if (b->phone) {
		sealed = seal(f, place, b->phone);
		hash = seal_hash(f, place, b->phone);
	}
	return tell_or(f, FAULT_NOT_FOUND, SQL_CONTACT_PUT, P_CONSORTIUM(f),
		       P_UUID(&id), P_OWNER(f), P_TEXT(sealed), P_TEXT(hash),
		       P_ACCOUNT(f));
}
