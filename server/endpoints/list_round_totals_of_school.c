/*
 * GET /v1/rounds/{round_id}/schools/{school_id}/totals - the same counted, by
 * specialty or by class.
 */
#include "base/text.h"
#include "endpoints/explaining_school.h"
#include "records/round_page.h"
#include "wire/sql.h"

struct totals_query {
	struct uuid run_id;
	const char *by;
};

static const struct field query_shape[] = {
	UUID(struct totals_query, run_id, OPTIONAL),
	ENUM(struct totals_query, by, round_totals_words, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_run, find_totals, reply_totals;

const struct endpoint list_round_totals_of_school = {
	.operation = "listRoundTotalsOfSchool",
	.method = "GET",
	.path = "/v1/rounds/{round_id}/schools/{school_id}/totals",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.deadline_ms = 10000,
	.state_bytes = sizeof(struct explaining_school),
	.query = query_shape,
	.query_bytes = sizeof(struct totals_query),
	.is_paged = true,
	.steps = { find_school_to_explain, find_run, find_totals,
		   reply_totals },
};

static enum flow_next find_run(struct flow *f)
{
	const struct totals_query *q = f->query;

	return ask_run(f, &q->run_id);
}

static enum flow_next find_totals(struct flow *f)
{
	const struct totals_query *q = f->query;
	struct explaining_school *s = f->state;

	take_explained_run(f);
	return ask(f, SQL_ROUND_TOTALS_OF_SCHOOL, P_CONSORTIUM(f),
		   P_UUID(&s->run.run_id), P_UUID(&s->school_id),
		   P_BOOL(q->by && text_same(q->by, "class")), P_AFTER(f, 0),
		   P_AFTER(f, 1), PAGE_ROWS(f));
}

static enum flow_next reply_totals(struct flow *f)
{
	return reply_page(f, round_totals_write, TOTALS_SPECIALTY,
			  TOTALS_CLASS);
}
