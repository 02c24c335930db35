/*
 * POST /v1/postings/{posting_id}/invitations - the enterprise invites a
 * candidate to apply. That is the only way to turn to somebody who did not,
 * once for each posting, and as often as the policy says.
 */
#include "base/clock.h"
#include "base/text.h"
#include "endpoints/application_steps.h"
#include "records/invitation.h"
#include "records/match_input.h"

enum { DAY_S = 86400, CHINA_OFFSET_S = 8 * 3600 };

struct invitation_new {
	struct uuid student_id;
};

static const struct field invitation_new_shape[] = {
	UUID(struct invitation_new, student_id, REQUIRED),
	END_OF_FIELDS
};

static flow_step find_posting, find_own_policy, find_candidate, invite,
	find_made, reply_made;

const struct endpoint create_invitation = {
	.operation = "createInvitation",
	.method = "POST",
	.path = "/v1/postings/{posting_id}/invitations",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct applying),
	.body = invitation_new_shape,
	.body_bytes = sizeof(struct invitation_new),
	.is_transaction = true,
	.steps = { find_posting, find_own_policy, find_pair_ties,
		   find_candidate, invite, find_made, reply_made },
};

static const struct constraint_flaw refusals[] = {
	{ "invitation_consortium_id_posting_id_student_id_key",
	  "#/student_id", "duplicate", "is invited to this posting already",
	  "已邀请该学生", FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next find_posting(struct flow *f)
{
	struct applying *s = f->state;

	if (!path_uuid(f, "posting_id", &s->matching.posting_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_MATCH_POSTING, P_CONSORTIUM(f),
		       P_UUID(&s->matching.posting_id), P_OWNER(f),
		       P_BOOL(true));
}

static enum flow_next find_own_policy(struct flow *f)
{
	take_posting(f);
	return find_policy(f);
}

static enum flow_next find_candidate(struct flow *f)
{
	const struct invitation_new *b = f->body;
	struct applying *s = f->state;
	struct uuids one = { &s->matching.student_id, 1 };

	match_ties_from_rows(&s->matching.ties, f->mem, f->rows);
	s->matching.student_id = b->student_id;
	return ask(f, SQL_MATCH_STUDENTS, P_CONSORTIUM(f), P_UUIDS(&one));
}

/* Which rule stands against it is not told: it would tell of the student. */
static bool is_candidate(struct flow *f)
{
	struct applying *s = f->state;
	struct match_terms terms = matching_terms(f);

	if (rows_count(f->rows) > 0) {
		take_student(f);
		match_align(&terms, &s->matching.student,
			    &s->matching.posting, &s->fit);
	}
	if (s->fit.is_eligible)
		return true;
	flaws_add(&f->flaws, "#/student_id", "not-found",
		  "is no candidate of this posting", "不是该岗位的候选学生");
	return fail_flaws(f) != FLOW_FAIL;
}

static enum flow_next invite(struct flow *f)
{
	struct applying *s = f->state;

	if (!is_candidate(f))
		return FLOW_FAIL;
	s->id = uuid_new();
	explain_constraints(f, refusals);
	return tell(f, SQL_INVITATION_MAKE, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_UUID(&s->matching.posting_id), P_OWNER(f),
		    P_UUID(&s->matching.student_id), P_ACCOUNT(f));
}

/* Until the day ends in China. */
static int seconds_of_today(void)
{
	return DAY_S - (int)((clock_wall_ms() / 1000 + CHINA_OFFSET_S) % DAY_S);
}

static enum flow_next find_made(struct flow *f)
{
	struct applying *s = f->state;
	const char *word = rows_text(f->rows, 0, 0);

	if (text_same(word, "full"))
		return fail_later(f, seconds_of_today());
	if (text_same(word, "enough"))
		return fail(f, FAULT_BAD_STATE, "%s",
			    "the policy allows no more invitations of this "
			    "student within 30 days");
	if (text_same(word, "closed"))
		return fail(f, FAULT_BAD_STATE, "%s",
			    "the enterprise is not verified or the posting "
			    "has closed");
	return ask_one(f, SQL_INVITATION_BY_ID, P_CONSORTIUM(f),
		       P_UUID(&s->id));
}

static enum flow_next reply_made(struct flow *f)
{
	struct applying *s = f->state;
	char posting[UUID_TEXT_BYTES];

	uuid_text(&s->matching.posting_id, posting);
	reply_location(f, "/v1/postings/%s/invitations", posting);
	invitation_write(reply_json(f, 201), f->rows, 0);
	return FLOW_DONE;
}
