/*
 * POST /v1/postings/{posting_id}/publish - a draft, or one that was closed or
 * has expired, becomes public until closes_at. Every rule it breaks is named.
 */
#include "base/text.h"
#include "endpoints/posting_steps.h"
#include "endpoints/reasons.h"
#include "records/cooperation.h"

struct publication {
	const char *closes_at;
	struct objects reasons;
};

struct publishing {
	struct uuid id;
};

static const struct field publication_shape[] = {
	TIME(struct publication, closes_at, REQUIRED),
	RULE_REASONS(struct publication),
	END_OF_FIELDS
};

/* Columns of schema/queries/posting_to_publish.sql after the posting's. */
enum { IS_VERIFIED = POSTING_COLUMNS, IS_CLOSING_LATER, COOPERATION,
       INDUSTRY = COOPERATION + 9 };

static flow_step find_posting, publish, reply_published;

const struct endpoint publish_posting = {
	.operation = "publishPosting",
	.method = "POST",
	.path = "/v1/postings/{posting_id}/publish",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct publishing),
	.body = publication_shape,
	.body_bytes = sizeof(struct publication),
	.steps = { find_posting, publish, reply_published },
};

static enum flow_next find_posting(struct flow *f)
{
	struct publishing *s = f->state;
	const struct publication *in = f->body;

	if (!path_uuid(f, "posting_id", &s->id))
		return FLOW_FAIL;
	return ask_one(f, SQL_POSTING_TO_PUBLISH, P_CONSORTIUM(f),
		       P_UUID(&s->id), P_OWNER(f), P_TEXT(in->closes_at));
}

/* Broken with a reason given: kept. */
static struct broken_rule check(struct flow *f, struct reasons_kept *kept)
{
	const struct publication *in = f->body;
	struct broken_rule rule, of_school;
	struct posting p;
	struct posting_facts facts = {
		.is_verified = rows_bool(f->rows, 0, IS_VERIFIED),
		.industry_code = rows_text(f->rows, 0, INDUSTRY),
		.excused = reasons_given(f, &in->reasons),
	};

	fields_from_row(posting_new_shape, &p, f->mem,
			(struct row_from){ f->rows, 0, POSTING_FIELDS });
	if (!rows_bool(f->rows, 0, IS_CLOSING_LATER))
		flaws_add(&f->flaws, "#/closes_at", "out-of-range",
			  "must be after now", "必须晚于当前时间");
	reasons_keep(f, &in->reasons, posting_warnings(f->mem, &p, &facts),
		     kept);
	rule = posting_check_public(&p, &facts, &f->flaws);
	of_school = cooperation_check_public(
		&p, (struct row_from){ f->rows, 0, COOPERATION }, &f->flaws);
	return rule.law != LAW_NONE ? rule : of_school;
}

static enum flow_next publish(struct flow *f)
{
	struct publishing *s = f->state;
	const struct publication *in = f->body;
	struct broken_rule rule;
	struct reasons_kept kept;

	if (text_same(rows_text(f->rows, 0, POSTING_STATE), "published"))
		return fail(f, FAULT_BAD_STATE, "%s",
			    "the posting is published already");
	rule = check(f, &kept);
	if (f->flaws.count)
		return fail_posting(f, rule);
	explain_constraints(f, posting_refusals);
	return tell_or(f, FAULT_CONFLICT, SQL_POSTING_PUBLISH, P_CONSORTIUM(f),
		       P_UUID(&s->id), P_OWNER(f), P_ACCOUNT(f),
		       P_INT(rows_int(f->rows, 0, POSTING_VERSION)),
		       P_TEXT(in->closes_at), P_REASONS(&kept));
}

static enum flow_next reply_published(struct flow *f)
{
	return reply_posting(f, 200);
}
