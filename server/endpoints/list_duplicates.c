/*
 * GET /v1/postings/{posting_id}/duplicates - postings that say the same, or
 * nearly so: the enterprise's own, and the same text of others. Offered to the
 * enterprise and the office, with what is alike; nothing is done about it.
 */
#include "endpoints/posting_steps.h"
#include "records/duplicate.h"
#include "wire/sql.h"

struct looking {
	struct uuid id;
	struct posting posting;
	struct duplicates found;
};

static flow_step find_posting, find_candidates, compare, reply_found;

const struct endpoint list_duplicates = {
	.operation = "listDuplicates",
	.method = "GET",
	.path = "/v1/postings/{posting_id}/duplicates",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.deadline_ms = 10000,
	.state_bytes = sizeof(struct looking),
	.steps = { find_posting, find_candidates, compare, reply_found },
};

static enum flow_next find_posting(struct flow *f)
{
	struct looking *s = f->state;

	if (!path_uuid(f, "posting_id", &s->id))
		return FLOW_FAIL;
	return ask_one(f, SQL_POSTING_BY_ID, P_CONSORTIUM(f), P_UUID(&s->id),
		       P_UUID(&f->actor.owner_id));
}

static enum flow_next find_candidates(struct flow *f)
{
	struct looking *s = f->state;
	struct uuid owner = rows_uuid(f->rows, 0, POSTING_ENTERPRISE_ID);

	if (f->actor.scope == SCOPE_OWN &&
	    !uuid_same(&owner, &f->actor.owner_id))
		return fail(f, FAULT_NOT_FOUND, "%s", "");
	fields_from_row(posting_new_shape, &s->posting, f->mem,
			(struct row_from){ f->rows, 0, POSTING_FIELDS });
	return ask(f, SQL_POSTING_DUPLICATES, P_CONSORTIUM(f), P_UUID(&s->id),
		   P_INT(DUPLICATE_CANDIDATES_MAX + 1));
}

/* On the pool. */
static enum flow_next find_alike(struct flow *f)
{
	struct looking *s = f->state;

	s->found = duplicates_of(f->mem, &s->posting, f->rows);
	return FLOW_NEXT;
}

static enum flow_next compare(struct flow *f)
{
	return ponder(f, find_alike);
}

static enum flow_next reply_found(struct flow *f)
{
	struct looking *s = f->state;
	struct json_writer *w = reply_json(f, 200);

	json_object(w);
	duplicates_write(w, &s->found, f->rows);
	json_end(w);
	return FLOW_DONE;
}
