/*
 * POST /v1/rounds/{round_id}/appeals - a student, the school for its student,
 * or an enterprise about its posting says what is wrong with a published round.
 */
#include "endpoints/appeal_steps.h"

struct appeal_new {
	struct uuid student_id, posting_id;
	const char *grounds, *text;
};

static const struct field appeal_new_shape[] = {
	UUID(struct appeal_new, student_id, OPTIONAL),
	UUID(struct appeal_new, posting_id, OPTIONAL),
	ENUM(struct appeal_new, grounds, appeal_grounds_words, REQUIRED),
	TEXT(struct appeal_new, text, 1, 5000, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

static flow_step make, reply_made;

const struct endpoint create_appeal = {
	.operation = "createAppeal",
	.method = "POST",
	.path = "/v1/rounds/{round_id}/appeals",
	.allow = PARTIES_OF_APPEALS,
	.state_bytes = sizeof(struct appeal_at),
	.body = appeal_new_shape,
	.body_bytes = sizeof(struct appeal_new),
	.is_transaction = true,
	.steps = { make, find_appeal, reply_made },
};

static const struct constraint_flaw refusals[] = {
	{ "appeal_student_is_ones_own", "#/student_id", "not-found",
	  "is not you, or no student of yours", "不是本人，也不是本校学生",
	  FAULT_BAD_BODY },
	{ "appeal_posting_is_ones_own", "#/posting_id", "not-found",
	  "is no internship of yours", "不是本企业的实习岗位", FAULT_BAD_BODY },
	{ "appeal_one_open", "#", "duplicate",
	  "an appeal in this matter is open already", "就此事项已有未决申诉",
	  FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

/* A student's own id goes without saying. */
static void check_matter(struct flow *f)
{
	struct appeal_new *b = f->body;
	bool is_enterprise = f->actor.role == ROLE_ENTERPRISE;
	const struct uuid *matter = is_enterprise ? &b->posting_id :
						    &b->student_id;
	const struct uuid *other = is_enterprise ? &b->student_id :
						   &b->posting_id;

	if (f->actor.role == ROLE_STUDENT && uuid_is_nil(&b->student_id))
		b->student_id = f->actor.owner_id;
	if (uuid_is_nil(matter))
		flaws_add(&f->flaws, is_enterprise ? "#/posting_id" :
						     "#/student_id",
			  "required", "is required", "必填");
	if (!uuid_is_nil(other))
		flaws_add(&f->flaws, is_enterprise ? "#/student_id" :
						     "#/posting_id",
			  "not-allowed", "is not what you appeal about",
			  "不属于您可申诉的事项");
}

static const char *maker_of(const struct flow *f)
{
	switch (f->actor.role) {
	case ROLE_STUDENT:
		return "student";
	case ROLE_SCHOOL:
		return "school";
	default:
		return "enterprise";
	}
}

static enum flow_next make(struct flow *f)
{
	const struct appeal_new *b = f->body;
	struct appeal_at *s = f->state;

	if (!path_uuid(f, "round_id", &s->round_id))
		return FLOW_FAIL;
	check_matter(f);
	if (f->flaws.count)
		return fail_flaws(f);
	s->id = uuid_new();
	explain_constraints(f, refusals);
	return tell(f, SQL_APPEAL_CREATE, P_CONSORTIUM(f), P_UUID(&s->round_id),
		    P_UUID(&s->id), P_TEXT(maker_of(f)),
		    P_UUID(&f->actor.owner_id), P_UUID(&b->student_id),
		    P_UUID(&b->posting_id), P_TEXT(b->grounds),
		    P_TEXT(b->text), P_ACCOUNT(f));
}

static enum flow_next reply_made(struct flow *f)
{
	reply_location(f, "/v1/rounds/%s/appeals/%s", path_text(f, "round_id"),
		       rows_text(f->rows, 0, APPEAL_ID_COLUMN));
	reply_etag(f, rows_int(f->rows, 0, APPEAL_VERSION_COLUMN));
	appeal_write_whole(reply_json(f, 201), f->rows, 0);
	return FLOW_DONE;
}
