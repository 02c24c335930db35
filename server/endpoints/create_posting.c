/* POST /v1/postings - an enterprise drafts a posting of its own. */
#include "endpoints/posting_steps.h"

enum { BODY_MAX_BYTES = 256 * 1024 };

/* Columns of schema/queries/posting_new.sql. */
enum { VERSION, CREATED_AT };

struct creation {
	struct uuid id;
};

static flow_step make_posting, reply_made, name_unknown;

const struct endpoint create_posting = {
	.operation = "createPosting",
	.method = "POST",
	.path = "/v1/postings",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct creation),
	.body_max_bytes = BODY_MAX_BYTES,
	.body = posting_new_shape,
	.body_bytes = sizeof(struct posting),
	.steps = { make_posting, reply_made, name_unknown },
};

static enum flow_next make_posting(struct flow *f)
{
	struct creation *s = f->state;
	struct posting *p = f->body;

	fields_settle(posting_new_shape, &f->body_seen, p);
	posting_check_whole(p, &f->flaws);
	if (f->flaws.count)
		return fail_flaws(f);
	if (!p->description)
		p->description = "";
	s->id = uuid_new();
	return tell_posting(f, &(struct posting_write){
		.sql = SQL_POSTING_NEW, .lane = DB_GROUPED, .id = &s->id,
		.posting = p });
}

static enum flow_next reply_made(struct flow *f)
{
	struct creation *s = f->state;
	struct posting_made made = { .id = &s->id,
				     .enterprise_id = &f->actor.owner_id };

	if (rows_count(f->rows) == 0)
		return ask_unknown(f, f->body);
	made.version = rows_int(f->rows, 0, VERSION);
	made.created_at = rows_text(f->rows, 0, CREATED_AT);
	return reply_posting_made(f, &made);
}

static enum flow_next name_unknown(struct flow *f)
{
	return fail_unknown(f, FAULT_CONFLICT);
}
