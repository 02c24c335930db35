/* enterprise_steps.c - see enterprise_steps.h. */
#include "endpoints/enterprise_steps.h"

#include "base/text.h"

bool path_enterprise(struct flow *f, struct uuid *out)
{
	if (!path_uuid(f, "enterprise_id", out))
		return false;
	return f->actor.scope == SCOPE_ALL ||
	       uuid_same(out, &f->actor.owner_id) ||
	       fail(f, FAULT_NOT_FOUND, "%s", "") != FLOW_FAIL;
}

enum flow_next find_enterprise(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "enterprise_id", &id))
		return FLOW_FAIL;
	return ask_one(f, SQL_ENTERPRISE_BY_ID, P_CONSORTIUM(f), P_ID(&id),
		       P_SEES_ALL(f), P_OWNER(f));
}

static const struct {
	const char *code, *english, *chinese;
} meanings[] = {
	{ "unknown-code", "is in no official list", "不在官方代码表中" },
	{ "not-found", "is not known here", "没有这个值" },
	{ "duplicate", "is taken already", "已被使用" },
	{ "out-of-range", "must not be in the future", "不能晚于今天" },
};

static void add_flaw(struct flow *f, const char *where, const char *code)
{
	size_t i = 0;

	while (!text_same(meanings[i].code, code))
		must(++i < COUNT_OF(meanings));
	flaws_add(&f->flaws, where, meanings[i].code, meanings[i].english,
		  meanings[i].chinese);
}

bool rows_have_no_flaw(struct flow *f)
{
	bool is_conflict = f->flaws.count == 0;

	for (int i = 0; i < rows_count(f->rows); i++) {
		const char *code = rows_text(f->rows, i, 1);

		add_flaw(f, rows_text(f->rows, i, 0), code);
		is_conflict = is_conflict && text_same(code, "duplicate");
	}
	if (f->flaws.count)
		(void)fail(f, is_conflict ? FAULT_CONFLICT : FAULT_BAD_BODY,
			   "%s", "");
	return f->flaws.count == 0;
}

void check_staff_day(struct flow *f, const char *staff_counted_on)
{
	if (shape_has(f->endpoint->body, &f->body_seen, "staff_count") &&
	    !staff_counted_on)
		flaws_add(&f->flaws, "#/staff_counted_on", "required",
			  "is required with staff_count",
			  "与 staff_count 一起必填");
}

struct texts cleared_members(struct flow *f)
{
	const struct field *table = f->endpoint->body;
	struct texts cleared = { NULL, 0 };
	size_t count = 0;

	while (table[count].name)
		count++;
	cleared.at = arena_array(f->mem, const char *, count);
	for (const struct field *m = table; m->name; m++)
		if (shape_is_null(table, &f->body_seen, m->name))
			cleared.at[cleared.count++] = m->name;
	return cleared;
}

struct asked patched_int(const struct flow *f, const char *name,
			 int64_t value)
{
	return shape_has(f->endpoint->body, &f->body_seen, name) ?
	       P_INT(value) : P_NULL;
}

struct asked patched_bool(const struct flow *f, const char *name, bool value)
{
	return shape_has(f->endpoint->body, &f->body_seen, name) ?
	       P_BOOL(value) : P_NULL;
}

enum flow_next reply_enterprise(struct flow *f, int status)
{
	reply_etag(f, rows_int(f->rows, 0, ENTERPRISE_VERSION_COLUMN));
	enterprise_write(reply_json(f, status), f->rows, 0);
	return FLOW_DONE;
}
