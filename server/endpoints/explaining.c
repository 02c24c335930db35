/* explaining.c - see explaining.h. */
#include "endpoints/explaining.h"

#include "flow/explainer.h"
#include "wire/sql.h"

const struct field explaining_query[] = {
	UUID(struct explaining_query, run_id, OPTIONAL),
	END_OF_FIELDS
};

enum flow_next ask_run(struct flow *f, const struct uuid *run_id)
{
	struct explaining *s = f->state;

	if (!path_uuid(f, "round_id", &s->round_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_RUN_TO_EXPLAIN, P_CONSORTIUM(f),
		       P_UUID(&s->round_id), P_UUID(run_id),
		       P_BOOL(f->actor.scope == SCOPE_ALL));
}

enum flow_next find_explained_run(struct flow *f)
{
	const struct explaining_query *q = f->query;

	return ask_run(f, &q->run_id);
}

static const char *kept(struct flow *f, int column)
{
	return rows_is_null(f->rows, 0, column) ? NULL :
	       arena_text(f->mem, rows_text(f->rows, 0, column),
			  rows_bytes(f->rows, 0, column));
}

void take_explained_run(struct flow *f)
{
	struct explaining *s = f->state;

	s->run_id = rows_uuid(f->rows, 0, 0);
	s->mode = kept(f, 1);
	s->is_published = rows_bool(f->rows, 0, 2);
	s->seed = kept(f, 3);
	s->seed_sha256 = kept(f, 4);
}

const struct match_why *explained_run(struct flow *f)
{
	struct explaining *s = f->state;
	struct fault fault;
	const struct match_why *why =
		explainer_run(f->loop->service->explainer,
			      &f->actor.consortium_id, &s->run_id, &fault);

	if (!why)
		(void)fail(f, fault.kind, "%s", fault.detail);
	return why;
}

void explaining_members(struct json_writer *w, const struct explaining *s)
{
	json_member_uuid(w, "round_id", &s->round_id);
	json_member_uuid(w, "run_id", &s->run_id);
	json_member_text(w, "mode", s->mode);
	json_member_bool(w, "is_published", s->is_published);
}
