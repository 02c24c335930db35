/* identity_provider_steps.c - see identity_provider_steps.h. */
#include "endpoints/identity_provider_steps.h"

#include "flow/seals.h"

const struct constraint_flaw identity_provider_refusals[] = {
	{ "identity_provider_consortium_id_school_id_issuer_client_id_key",
	  "#/client_id", "duplicate", "is registered already", "已经登记",
	  FAULT_CONFLICT },
	{ "identity_provider_names_somebody", "#/student_claim", "required",
	  "one claim at least must name a student or a member of the staff",
	  "至少须有一个声明指明学生或教职工", FAULT_BAD_BODY },
	{ "identity_provider_makes_students_accounts", "#/makes_accounts",
	  "inconsistent", "needs a claim that names students",
	  "需要指明学生的声明", FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

enum flow_next find_identity_provider(struct flow *f)
{
	struct provider_at *s = f->state;

	if (!path_uuid(f, "provider_id", &s->id))
		return FLOW_FAIL;
	return ask_one(f, SQL_IDENTITY_PROVIDER_BY_ID, P_CONSORTIUM(f),
		       P_ID(&s->id), P_OWNER(f));
}

bool seal_client_secret(struct flow *f, const struct uuid *id,
			const char **sealed)
{
	const struct identity_provider_new *in = f->body;

	*sealed = NULL;
	if (!in->client_secret)
		return true;
	if (!seals_are_there(f))
		return fail(f, FAULT_NO_KEY, "%s", "") != FLOW_FAIL;
	*sealed = seal(f, (struct sealed_place){ PROVIDER_SECRET, id },
		       in->client_secret);
	return true;
}

enum flow_next reply_identity_provider(struct flow *f, int status)
{
	reply_etag(f, rows_int(f->rows, 0, PROVIDER_VERSION_COLUMN));
	identity_provider_write(reply_json(f, status), f->rows, 0);
	return FLOW_DONE;
}
