/*
 * POST /v1/applications - a student applies to an open posting, and thereby
 * tells its enterprise who he is: hence the consent (rule 5.3). Every rule
 * that forbids the pair is named.
 */
#include "endpoints/application_steps.h"
#include "records/match_input.h"

struct application_new {
	struct uuid posting_id;
	bool consent;
	const char *message;
};

static const struct field application_new_shape[] = {
	UUID(struct application_new, posting_id, REQUIRED),
	BOOL(struct application_new, consent, REQUIRED),
	TEXT(struct application_new, message, 1, 2000, NULLABLE | TRIMMED),
	END_OF_FIELDS
};

static flow_step check_consent, find_myself, find_open, apply, find_made,
	reply_made;

const struct endpoint create_application = {
	.operation = "createApplication",
	.method = "POST",
	.path = "/v1/applications",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN },
	.state_bytes = sizeof(struct applying),
	.body = application_new_shape,
	.body_bytes = sizeof(struct application_new),
	.is_transaction = true,
	.steps = { check_consent, find_pair_ties, find_myself, find_open,
		   apply, find_made, reply_made },
};

static const struct constraint_flaw refusals[] = {
	{ "application_one_open", "#/posting_id", "duplicate",
	  "you have an application to this posting", "您已申请该岗位",
	  FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next check_consent(struct flow *f)
{
	const struct application_new *b = f->body;

	if (!b->consent) {
		flaws_add(&f->flaws, "#/consent", "not-allowed",
			  "whoever applies gives name and contact to the "
			  "enterprise, and must consent to that",
			  "申请即向该企业提供姓名和联系方式，须经本人同意");
		return fail_law_uncounted(f, LAW_CONSENT);
	}
	return find_policy(f);
}

static enum flow_next find_myself(struct flow *f)
{
	struct applying *s = f->state;
	struct uuids one = { &s->matching.student_id, 1 };

	match_ties_from_rows(&s->matching.ties, f->mem, f->rows);
	s->matching.student_id = f->actor.owner_id;
	return ask(f, SQL_MATCH_STUDENTS, P_CONSORTIUM(f), P_UUIDS(&one));
}

static enum flow_next find_open(struct flow *f)
{
	const struct application_new *b = f->body;
	struct applying *s = f->state;
	struct uuids one = { &s->matching.posting_id, 1 };

	if (rows_count(f->rows) == 0)
		return fail(f, FAULT_BAD_STATE, "%s",
			    "the student is not active");
	take_student(f);
	s->matching.posting_id = b->posting_id;
	return ask(f, SQL_MATCH_POSTINGS_SOME, P_CONSORTIUM(f),
		   P_UUIDS(&one));
}

static enum flow_next apply(struct flow *f)
{
	const struct application_new *b = f->body;
	struct applying *s = f->state;
	struct match_terms terms = matching_terms(f);

	if (rows_count(f->rows) == 0) {
		flaws_add(&f->flaws, "#/posting_id", "not-found",
			  "is no open posting here", "没有这个开放的岗位");
		return fail_flaws(f);
	}
	take_posting(f);
	match_align(&terms, &s->matching.student, &s->matching.posting,
		    &s->fit);
	if (!s->fit.is_eligible)
		return fail_ineligible(f, "#/posting_id");
	s->id = uuid_new();
	explain_constraints(f, refusals);
	return tell(f, SQL_APPLICATION_CREATE, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_UUID(&s->matching.student_id),
		    P_UUID(&s->matching.posting_id), P_TEXT(b->message),
		    P_INT(s->fit.score), P_INT(s->fit.policy_version),
		    P_ACCOUNT(f));
}

static enum flow_next find_made(struct flow *f)
{
	if (rows_count(f->rows) == 0)
		return fail(f, FAULT_BAD_STATE, "%s",
			    "the enterprise is not verified or the posting "
			    "has closed");
	return find_application(f);
}

static enum flow_next reply_made(struct flow *f)
{
	reply_location(f, "/v1/applications/%s",
		       rows_text(f->rows, 0, APPLICATION_ID_COLUMN));
	reply_etag(f, rows_int(f->rows, 0, APPLICATION_VERSION_COLUMN));
	application_write(reply_json(f, 201), f->rows, 0);
	return FLOW_DONE;
}
