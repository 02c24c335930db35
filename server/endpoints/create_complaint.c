/*
 * POST /v1/complaints - a student complains of an enterprise, or an enterprise
 * of a student who applied there or was placed.
 */
#include "endpoints/complaint_steps.h"

struct complaint_new {
	struct uuid student_id, enterprise_id;
	const char *subject, *text;
};

static const struct field complaint_new_shape[] = {
	UUID(struct complaint_new, student_id, OPTIONAL),
	UUID(struct complaint_new, enterprise_id, OPTIONAL),
	ENUM(struct complaint_new, subject, complaint_subject_words, REQUIRED),
	TEXT(struct complaint_new, text, 1, 5000, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

static flow_step make, find_made, reply_made;

const struct endpoint create_complaint = {
	.operation = "createComplaint",
	.method = "POST",
	.path = "/v1/complaints",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN, [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct complaint_at),
	.body = complaint_new_shape,
	.body_bytes = sizeof(struct complaint_new),
	.is_transaction = true,
	.steps = { make, find_made, reply_made },
};

static bool is_by_student(const struct flow *f)
{
	return f->actor.role == ROLE_STUDENT;
}

/* One's own id goes without saying; the other's must be said. */
static void check_sides(struct flow *f)
{
	const struct complaint_new *b = f->body;
	bool is_student = is_by_student(f);
	const struct uuid *mine = is_student ? &b->student_id :
					       &b->enterprise_id;
	const struct uuid *other = is_student ? &b->enterprise_id :
						&b->student_id;

	if (!uuid_is_nil(mine) && !uuid_same(mine, &f->actor.owner_id))
		flaws_add(&f->flaws, is_student ? "#/student_id" :
						  "#/enterprise_id",
			  "not-allowed", "is not you", "不是本人");
	if (uuid_is_nil(other))
		flaws_add(&f->flaws, is_student ? "#/enterprise_id" :
						  "#/student_id",
			  "required", "is required", "必填");
}

static enum flow_next make(struct flow *f)
{
	const struct complaint_new *b = f->body;
	struct complaint_at *s = f->state;
	bool is_student = is_by_student(f);

	check_sides(f);
	if (f->flaws.count)
		return fail_flaws(f);
	s->id = uuid_new();
	return tell(f, SQL_COMPLAINT_CREATE, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_TEXT(is_student ? "student" : "enterprise"),
		    P_UUID(is_student ? &f->actor.owner_id : &b->student_id),
		    P_UUID(is_student ? &b->enterprise_id :
					&f->actor.owner_id),
		    P_TEXT(b->subject), P_TEXT(b->text), P_ACCOUNT(f));
}

static enum flow_next find_made(struct flow *f)
{
	if (rows_count(f->rows) > 0)
		return find_complaint(f);
	if (is_by_student(f))
		flaws_add(&f->flaws, "#/enterprise_id", "not-found",
			  "is no enterprise here", "没有这个企业");
	else
		flaws_add(&f->flaws, "#/student_id", "not-found",
			  "is nobody who applied to you or was placed",
			  "不是向本企业申请或被安排的学生");
	return fail_flaws(f);
}

static enum flow_next reply_made(struct flow *f)
{
	reply_location(f, "/v1/complaints/%s",
		       rows_text(f->rows, 0, COMPLAINT_ID_COLUMN));
	reply_etag(f, rows_int(f->rows, 0, COMPLAINT_VERSION_COLUMN));
	complaint_write_whole(reply_json(f, 201), f->rows, 0);
	return FLOW_DONE;
}
