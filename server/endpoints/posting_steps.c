/* posting_steps.c - see posting_steps.h. */
#include "endpoints/posting_steps.h"

#include "base/text.h"

enum { FIRST_FIELD = 4, PARAMS = 32 };

const struct constraint_flaw posting_refusals[] = {
	{ "posting_by_ref", "#/ref", "duplicate",
	  "another posting of the enterprise has this reference",
	  "该企业的另一岗位已使用此编号", FAULT_CONFLICT },
	{ "posting_enterprise_is_verified", "#/enterprise_id", "not-allowed",
	  "the enterprise is not verified by the office",
	  "企业尚未通过核验", FAULT_RULE_BROKEN },
	{ "posting_closes_after_publication", "#/closes_at", "out-of-range",
	  "must be after now", "必须晚于当前时间", FAULT_BAD_BODY },
	{ "posting_cooperation_keeps_kind", "#/kind", "not-allowed",
	  "is what a school was asked to hold", "已向学校提出合作，不能更改",
	  FAULT_CONFLICT },
	{ "posting_agreed_stays", "#", "not-allowed",
	  "what the school agreed to stays while the posting is published",
	  "岗位发布期间，与学校约定的内容不能更改", FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

const struct field posting_publication_shape[] = {
	TIME(struct posting_publication, closes_at, REQUIRED),
	END_OF_FIELDS
};

static struct asked asked_field(const struct field *field, const void *slot)
{
	switch (field->kind) {
	case FIELD_INT:
		return *(const int64_t *)slot == INT_NONE ?
		       P_NULL : P_INT(*(const int64_t *)slot);
	case FIELD_UUID:
		return P_UUID(slot);
	case FIELD_TEXTS:
		return P_TEXTS(slot);
	default:
		return P_TEXT(*(const char *const *)slot);
	}
}

enum flow_next tell_posting(struct flow *f, const struct posting_write *write)
{
	struct asked params[PARAMS] = { P_CONSORTIUM(f), P_UUID(write->id),
					P_UUID(&f->actor.owner_id),
					P_ACCOUNT(f) };
	int count = FIRST_FIELD;

	for (const struct field *field = posting_new_shape; field->name;
	     field++)
		params[count++] = asked_field(
			field, (const char *)write->posting + field->offset);
	if (write->version)
		params[count++] = P_INT(write->version);
	must(count <= PARAMS);
	explain_constraints(f, posting_refusals);
	return flow_ask(f, (struct asking){ write->lane, FAULT_NONE,
					    write->sql }, params, count);
}

enum flow_next ask_unknown(struct flow *f, const struct posting *posting)
{
	return ask(f, SQL_POSTING_UNKNOWN, P_CONSORTIUM(f),
		   P_UUID(&f->actor.owner_id), P_TEXTS(&posting->targets),
		   P_TEXT(posting->occupation_code),
		   P_TEXT(posting->division_code),
		   P_UUID(&posting->post_category_id));
}

void blame_unknown_name(struct flaws *flaws, const struct rows *rows, int row,
			int column)
{
	const char *member = rows_text(rows, row, column);
	const char *where = rows_is_null(rows, row, column + 1) ?
		arena_print(flaws->mem, "#/%s", member) :
		arena_print(flaws->mem, "#/%s/%s", member,
			    rows_text(rows, row, column + 1));

	if (text_same(member, "post_category_id"))
		flaws_add(flaws, where, "not-found",
			  "is no post category of the enterprise",
			  "不是本企业的岗位类别");
	else
		flaws_add(flaws, where, "unknown-code",
			  "is not in the official list", "不在官方代码表中");
}

enum flow_next fail_unknown(struct flow *f, enum fault_kind fault)
{
	for (int i = 0; i < rows_count(f->rows); i++)
		blame_unknown_name(&f->flaws, f->rows, i, 0);
	if (rows_count(f->rows))
		return fail_flaws(f);
	return fail(f, fault, "%s", "the posting has changed meanwhile");
}

struct broken_rule check_changed_posting(struct flow *f,
					 const struct posting *new,
					 const struct posting *old)
{
	struct posting_facts facts = { .is_verified = true };

	facts.excused = posting_warnings(f->mem, old, &facts);
	return posting_check_public(new, &facts, &f->flaws);
}

enum flow_next fail_posting(struct flow *f, struct broken_rule rule)
{
	return rule.law != LAW_NONE ? fail_rule(f, rule) : fail_flaws(f);
}

enum flow_next reply_posting_made(struct flow *f,
				  const struct posting_made *made)
{
	char id[UUID_TEXT_BYTES];

	uuid_text(made->id, id);
	reply_location(f, "/v1/postings/%s", id);
	reply_etag(f, made->version);
	posting_write_made(reply_json(f, 201), f->body, made);
	return FLOW_DONE;
}

enum flow_next reply_posting(struct flow *f, int status)
{
	reply_etag(f, rows_int(f->rows, 0, POSTING_VERSION));
	posting_write(reply_json(f, status), f->rows, 0);
	return FLOW_DONE;
}
