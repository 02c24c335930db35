/*
 * PUT /v1/postings/by-ref/{ref_system}/{ref} - an enterprise's system says
 * what a posting is by now: a draft is made, or the posting replaced as a
 * whole, whatever its state. What changes nothing writes nothing.
 */
#include "base/text.h"
#include "endpoints/posting_steps.h"

enum { BODY_MAX_BYTES = 256 * 1024 };

/* Columns of schema/queries/posting_new.sql. */
enum { VERSION, CREATED_AT };

struct putting {
	struct uuid id;
	bool is_new;
};

struct name {
	const char *ref_system, *ref;
};

/* As posting_new_shape has them. */
static const struct field name_shape[] = {
	TEXT(struct name, ref_system, 1, 64, REQUIRED | TRIMMED),
	TEXT(struct name, ref, 1, 128, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

static flow_step read_name, find_by_ref, put_posting, reply_put,
	name_unknown;

const struct endpoint put_posting_by_ref = {
	.operation = "putPostingByRef",
	.method = "PUT",
	.path = "/v1/postings/by-ref/{ref_system}/{ref}",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct putting),
	.body_max_bytes = BODY_MAX_BYTES,
	.body = posting_new_shape,
	.body_bytes = sizeof(struct posting),
	.steps = { read_name, find_by_ref, put_posting, reply_put,
		   name_unknown },
};

/* What the body says of it must be what the path says. */
static void take_name(struct flow *f, const char *member, const char *name,
		      const char **said)
{
	if (*said && !text_same(*said, name))
		flaws_add(&f->flaws, arena_print(f->mem, "#/%s", member),
			  "inconsistent", "must be as in the path",
			  "必须与路径中的一致");
	*said = name;
}

static enum flow_next read_name(struct flow *f)
{
	struct posting *p = f->body;
	struct shape_seen seen;
	struct name name;
	const struct param params[] = {
		{ "ref_system", path_text(f, "ref_system") },
		{ "ref", path_text(f, "ref") },
	};

	shape_params(name_shape,
		     &(struct shape_into){ &name, &seen, &f->flaws },
		     params, COUNT_OF(params));
	if (f->flaws.count)
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	take_name(f, "ref_system", name.ref_system, &p->ref_system);
	take_name(f, "ref", name.ref, &p->ref);
	return FLOW_NEXT;
}

static enum flow_next find_by_ref(struct flow *f)
{
	struct posting *p = f->body;

	fields_settle(posting_new_shape, &f->body_seen, p);
	if (!p->description)
		p->description = "";
	posting_check_whole(p, &f->flaws);
	return ask(f, SQL_POSTING_BY_REF, P_CONSORTIUM(f), P_OWNER(f),
		   P_TEXT(p->ref_system), P_TEXT(p->ref));
}

static enum flow_next replace(struct flow *f)
{
	struct putting *s = f->state;
	struct broken_rule rule = { .law = LAW_NONE };
	struct posting old;

	fields_from_row(posting_new_shape, &old, f->mem,
			(struct row_from){ f->rows, 0, POSTING_FIELDS });
	if (!text_same(rows_text(f->rows, 0, POSTING_STATE), "draft"))
		rule = check_changed_posting(f, f->body, &old);
	if (f->flaws.count)
		return fail_posting(f, rule);
	if (fields_same(posting_new_shape, f->body, &old))
		return reply_posting(f, 200);
	s->id = rows_uuid(f->rows, 0, POSTING_ID);
	return tell_posting(f, &(struct posting_write){
		.sql = SQL_POSTING_CHANGE, .lane = DB_WRITE, .id = &s->id,
		.posting = f->body,
		.version = rows_int(f->rows, 0, POSTING_VERSION) });
}

static enum flow_next put_posting(struct flow *f)
{
	struct putting *s = f->state;

	if (rows_count(f->rows))
		return replace(f);
	if (f->flaws.count)
		return fail_flaws(f);
	s->is_new = true;
	s->id = uuid_new();
	return tell_posting(f, &(struct posting_write){
		.sql = SQL_POSTING_NEW, .lane = DB_WRITE, .id = &s->id,
		.posting = f->body });
}

static enum flow_next reply_put(struct flow *f)
{
	struct putting *s = f->state;

	if (rows_count(f->rows) == 0)
		return ask_unknown(f, f->body);
	if (!s->is_new)
		return reply_posting(f, 200);
	return reply_posting_made(f, &(struct posting_made){
		.id = &s->id, .enterprise_id = &f->actor.owner_id,
		.version = rows_int(f->rows, 0, VERSION),
		.created_at = rows_text(f->rows, 0, CREATED_AT) });
}

static enum flow_next name_unknown(struct flow *f)
{
	return fail_unknown(f, FAULT_CONFLICT);
}
