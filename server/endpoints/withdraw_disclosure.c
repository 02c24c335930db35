/*
 * POST /v1/disclosures/{disclosure_id}/withdraw - the student withdraws the
 * consent: the enterprise no longer sees name and contact. As easy as giving
 * it (rule 5.4): no reason is asked.
 */
#include "flow/flow.h"
#include "records/disclosure.h"
#include "wire/sql.h"

static flow_step withdraw_it, find_withdrawn, reply_withdrawn;

struct withdrawing {
	struct uuid id;
};

const struct endpoint withdraw_disclosure = {
	.operation = "withdrawDisclosure",
	.method = "POST",
	.path = "/v1/disclosures/{disclosure_id}/withdraw",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN },
	.state_bytes = sizeof(struct withdrawing),
	.is_transaction = true,
	.steps = { withdraw_it, find_withdrawn, reply_withdrawn },
};

static enum flow_next withdraw_it(struct flow *f)
{
	struct withdrawing *s = f->state;

	if (!path_uuid(f, "disclosure_id", &s->id))
		return FLOW_FAIL;
	return tell_or(f, FAULT_NOT_FOUND, SQL_DISCLOSURE_WITHDRAW,
		       P_CONSORTIUM(f), P_UUID(&s->id), P_OWNER(f),
		       P_ACCOUNT(f));
}

static enum flow_next find_withdrawn(struct flow *f)
{
	struct withdrawing *s = f->state;

	if (rows_bool(f->rows, 0, 0))
		return fail(f, FAULT_BAD_STATE, "%s",
			    "the consent has ended already");
	return ask_one(f, SQL_DISCLOSURE_BY_ID, P_CONSORTIUM(f),
		       P_UUID(&s->id), P_OWNER(f));
}

static enum flow_next reply_withdrawn(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, DISCLOSURE_VERSION_COLUMN));
	disclosure_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
