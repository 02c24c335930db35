/*
 * POST /v1/specialty-lists - an edition of the three lists, drawn up by the
 * rule as it is now, with its evidence: a draft, the office's alone.
 */
#include "endpoints/specialty_edition_steps.h"
#include "endpoints/specialty_list_steps.h"

struct list_new {
	const char *name;
	int64_t year, policy_version;
};

struct making {
	struct specialty_drawing drawing;
	struct uuid id;
	const char *rule, *entries;
};

static const struct field list_new_shape[] = {
	TEXT(struct list_new, name, 1, 100, REQUIRED | TRIMMED | ONE_LINE),
	INT(struct list_new, year, 2000, 2100, OPTIONAL),
	INT(struct list_new, policy_version, 1, INT32_MAX, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_parts, write_down, keep, find_made, reply_made;

const struct endpoint create_specialty_list = {
	.operation = "createSpecialtyList",
	.method = "POST",
	.path = "/v1/specialty-lists",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.deadline_ms = 20000,
	.state_bytes = sizeof(struct making),
	.body = list_new_shape,
	.body_bytes = sizeof(struct list_new),
	.is_transaction = true,
	.steps = { find_parts, find_specialty_demand, draw_specialty_lists,
		   write_down, keep, find_made, reply_made },
};

static enum flow_next find_parts(struct flow *f)
{
	const struct list_new *b = f->body;
	struct making *s = f->state;

	s->drawing.year = b->year;
	s->drawing.policy_version = b->policy_version;
	return find_specialty_parts(f);
}

static enum flow_next write_all(struct flow *f)
{
	struct making *s = f->state;

	s->rule = specialty_rule_text(&s->drawing.parts.terms, f->mem);
	s->entries = specialty_entries_text(&s->drawing.parts,
					    &s->drawing.entries, f->mem);
	return FLOW_NEXT;
}

static enum flow_next write_down(struct flow *f)
{
	return ponder(f, write_all);
}

static enum flow_next keep(struct flow *f)
{
	const struct list_new *b = f->body;
	struct making *s = f->state;
	const struct specialty_parts *parts = &s->drawing.parts;

	s->id = uuid_new();
	return tell(f, SQL_SPECIALTY_LIST_CREATE, P_CONSORTIUM(f),
		    P_UUID(&s->id), P_TEXT(b->name), P_INT(parts->year),
		    parts->policy_version ? P_INT(parts->policy_version) :
					    P_NULL,
		    P_TEXT(s->rule), P_TEXT(s->entries), P_ACCOUNT(f));
}

static enum flow_next find_made(struct flow *f)
{
	struct making *s = f->state;

	return ask_one(f, SQL_SPECIALTY_LIST_BY_ID, P_CONSORTIUM(f),
		       P_UUID(&s->id), asking_role(f));
}

static enum flow_next reply_made(struct flow *f)
{
	reply_location(f, "/v1/specialty-lists/%s",
		       rows_text(f->rows, 0, SPECIALTY_LIST_ID_COLUMN));
	reply_etag(f, rows_int(f->rows, 0, SPECIALTY_LIST_VERSION_COLUMN));
	specialty_edition_write_whole(reply_json(f, 201), f->rows, 0);
	return FLOW_DONE;
}
