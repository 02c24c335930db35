/*
 * GET /v1/students/{student_id}/disclosures - to which enterprises a student's
 * name and contact were given, for what, and since when.
 */
#include "flow/flow.h"
#include "records/disclosure.h"
#include "wire/sql.h"

static flow_step find_student, find_disclosures, reply_disclosures;

struct disclosures_of {
	struct uuid student_id;
};

const struct endpoint list_disclosures = {
	.operation = "listDisclosures",
	.method = "GET",
	.path = "/v1/students/{student_id}/disclosures",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct disclosures_of),
	.is_paged = true,
	.steps = { find_student, find_disclosures, reply_disclosures },
};

static enum flow_next find_student(struct flow *f)
{
	struct disclosures_of *s = f->state;

	if (!path_uuid(f, "student_id", &s->student_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_STUDENT_OWNER, P_CONSORTIUM(f),
		       P_UUID(&s->student_id), P_OWNER(f));
}

static enum flow_next find_disclosures(struct flow *f)
{
	struct disclosures_of *s = f->state;

	return ask(f, SQL_DISCLOSURES_OF_STUDENT, P_CONSORTIUM(f),
		   P_UUID(&s->student_id), P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_disclosures(struct flow *f)
{
	return reply_page(f, disclosure_write, DISCLOSURE_ID_COLUMN);
}
