/* policy_steps.c - see policy_steps.h. */
#include "endpoints/policy_steps.h"

#include "records/policy.h"
#include "wire/sql.h"

bool path_is_own_consortium(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "consortium_id", &id))
		return false;
	return uuid_same(&id, &f->actor.consortium_id) ||
	       fail(f, FAULT_NOT_FOUND, "%s", "") != FLOW_FAIL;
}

static struct texts industries_of(struct flow *f, const struct policy_new *p)
{
	const struct policy_floor *floors = p->floors.at;
	struct texts codes = { NULL, p->floors.count };

	codes.at = arena_array(f->mem, const char *, codes.count + 1);
	for (size_t i = 0; i < codes.count; i++)
		codes.at[i] = floors[i].industry_code ?
			      floors[i].industry_code : "";
	return codes;
}

enum flow_next check_policy(struct flow *f)
{
	const struct policy_new *p = f->body;
	struct texts industries = industries_of(f, p);

	if (!path_is_own_consortium(f))
		return FLOW_FAIL;
	policy_check(p, &f->flaws);
	return ask(f, SQL_POLICY_FLAWS, P_TEXT(p->valid_from),
		   P_TEXTS(&industries));
}

bool policy_is_sound(struct flow *f)
{
	for (int i = 1; i < rows_count(f->rows); i++)
		flaws_add(&f->flaws,
			  arena_print(f->mem, "#/floors/%s/industry_code",
				      rows_text(f->rows, i, 1)),
			  "unknown-code", "is not in the official list",
			  "不在官方代码表中");
	if (rows_bool(f->rows, 0, 0))
		flaws_add(&f->flaws, "#/valid_from", "out-of-range",
			  "must not be past", "不能早于当前时间");
	return f->flaws.count == 0;
}

enum flow_next reply_policy(struct flow *f, int status)
{
	reply_etag(f, rows_int(f->rows, 0, POLICY_VERSION_COLUMN));
	policy_write(reply_json(f, status), f->rows, 0);
	return FLOW_DONE;
}
