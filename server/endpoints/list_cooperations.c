/* GET /v1/schools/{school_id}/cooperations - the order classes and
 * apprenticeships that enterprises propose to a school. */
#include "flow/flow.h"
#include "records/cooperation.h"
#include "wire/sql.h"

struct cooperation_filter {
	const char *state, *kind;
};

static const char *const kind_words[] = { "apprenticeship", "order_class",
					  NULL };

static const struct field filter_shape[] = {
	ENUM(struct cooperation_filter, state, cooperation_state_words,
	     OPTIONAL),
	ENUM(struct cooperation_filter, kind, kind_words, OPTIONAL),
	END_OF_FIELDS
};

struct cooperations_of {
	struct uuid school_id;
};

static flow_step find_school, find_cooperations, reply_cooperations;

const struct endpoint list_cooperations = {
	.operation = "listCooperations",
	.method = "GET",
	.path = "/v1/schools/{school_id}/cooperations",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.query = filter_shape,
	.query_bytes = sizeof(struct cooperation_filter),
	.state_bytes = sizeof(struct cooperations_of),
	.is_paged = true,
	.steps = { find_school, find_cooperations, reply_cooperations },
};

static enum flow_next find_school(struct flow *f)
{
	struct cooperations_of *s = f->state;
	struct uuid *id = &s->school_id;

	if (!path_uuid(f, "school_id", id))
		return FLOW_FAIL;
	if (f->actor.scope == SCOPE_OWN && !uuid_same(id, &f->actor.owner_id))
		return fail(f, FAULT_NOT_FOUND, "%s", "");
	return ask_one(f, SQL_SCHOOL_BY_ID, P_CONSORTIUM(f), P_ID(id));
}

static enum flow_next find_cooperations(struct flow *f)
{
	const struct cooperation_filter *q = f->query;
	struct cooperations_of *s = f->state;

	return ask(f, SQL_COOPERATIONS_OF_SCHOOL, P_CONSORTIUM(f),
		   P_UUID(&s->school_id), P_TEXT(q->state), P_TEXT(q->kind),
		   P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_cooperations(struct flow *f)
{
	return reply_page(f, cooperation_write, COOPERATION_ID_COLUMN);
}
