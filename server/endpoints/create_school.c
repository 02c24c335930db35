/* POST /v1/schools - the office enters a school of the consortium. */
#include "flow/flow.h"
#include "records/school.h"

static flow_step make_school, reply_made;

const struct endpoint create_school = {
	.operation = "createSchool",
	.method = "POST",
	.path = "/v1/schools",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.body = school_new_shape,
	.body_bytes = sizeof(struct school_new),
	.steps = { make_school, reply_made },
};

static const struct constraint_flaw refusals[] = {
	{ "school_consortium_id_uscc_key", "#/uscc", "duplicate",
	  "is another school's", "已属于另一所学校", FAULT_CONFLICT },
	{ "school_consortium_id_code_key", "#/code", "duplicate",
	  "is another school's", "已属于另一所学校", FAULT_CONFLICT },
	{ "school_division_code_fkey", "#/division_code", "unknown-code",
	  "is no division", "没有这个行政区划代码", FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next make_school(struct flow *f)
{
	const struct school_new *b = f->body;
	struct uuid id = uuid_new();

	if (!b->uscc && !b->code) {
		flaws_add(&f->flaws, "#/uscc", "required",
			  "or code is required", "与 code 至少填写一项");
		return fail_flaws(f);
	}
	explain_constraints(f, refusals);
	return tell(f, SQL_SCHOOL_CREATE, P_CONSORTIUM(f), P_UUID(&id),
		    P_TEXT(b->uscc), P_TEXT(b->code), P_TEXT(b->name),
		    P_TEXT(b->division_code), P_TEXT(b->kind), P_ACCOUNT(f));
}

static enum flow_next reply_made(struct flow *f)
{
	reply_location(f, "/v1/schools/%s",
		       rows_text(f->rows, 0, SCHOOL_ID_COLUMN));
	reply_etag(f, rows_int(f->rows, 0, SCHOOL_VERSION_COLUMN));
	school_write(reply_json(f, 201), f->rows, 0);
	return FLOW_DONE;
}
