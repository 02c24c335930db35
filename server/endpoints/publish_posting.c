/*
 * POST /v1/postings/{posting_id}/publish - a draft, or one that was closed or
 * has expired, becomes public until closes_at. Every rule it breaks is named.
 */
#include "base/text.h"
#include "endpoints/posting_steps.h"
#include "records/cooperation.h"

struct publishing {
	struct uuid id;
};

/* Columns of schema/queries/posting_to_publish.sql after the posting's. */
enum { IS_VERIFIED = POSTING_COLUMNS, IS_CLOSING_LATER, COOPERATION };

static flow_step find_posting, publish, reply_published;

const struct endpoint publish_posting = {
	.operation = "publishPosting",
	.method = "POST",
	.path = "/v1/postings/{posting_id}/publish",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct publishing),
	.body = posting_publication_shape,
	.body_bytes = sizeof(struct posting_publication),
	.steps = { find_posting, publish, reply_published },
};

static enum flow_next find_posting(struct flow *f)
{
	struct publishing *s = f->state;
	const struct posting_publication *in = f->body;

	if (!path_uuid(f, "posting_id", &s->id))
		return FLOW_FAIL;
	return ask_one(f, SQL_POSTING_TO_PUBLISH, P_CONSORTIUM(f),
		       P_UUID(&s->id), P_OWNER(f), P_TEXT(in->closes_at));
}

static struct broken_rule check(struct flow *f)
{
	struct broken_rule rule, of_school;
	struct posting p;

	fields_from_row(posting_new_shape, &p, f->mem,
			(struct row_from){ f->rows, 0, POSTING_FIELDS });
	if (!rows_bool(f->rows, 0, IS_CLOSING_LATER))
		flaws_add(&f->flaws, "#/closes_at", "out-of-range",
			  "must be after now", "必须晚于当前时间");
	rule = posting_check_public(&p, rows_bool(f->rows, 0, IS_VERIFIED),
				    &f->flaws);
	of_school = cooperation_check_public(
		&p, (struct row_from){ f->rows, 0, COOPERATION }, &f->flaws);
	return rule.law != LAW_NONE ? rule : of_school;
}

static enum flow_next publish(struct flow *f)
{
	struct publishing *s = f->state;
	const struct posting_publication *in = f->body;
	struct broken_rule rule;

	if (text_same(rows_text(f->rows, 0, POSTING_STATE), "published"))
		return fail(f, FAULT_BAD_STATE, "%s",
			    "the posting is published already");
	rule = check(f);
	if (f->flaws.count)
		return fail_posting(f, rule);
	explain_constraints(f, posting_refusals);
	return tell_or(f, FAULT_CONFLICT, SQL_POSTING_PUBLISH, P_CONSORTIUM(f),
		       P_UUID(&s->id), P_OWNER(f), P_ACCOUNT(f),
		       P_INT(rows_int(f->rows, 0, POSTING_VERSION)),
		       P_TEXT(in->closes_at));
}

static enum flow_next reply_published(struct flow *f)
{
	return reply_posting(f, 200);
}
