/*
 * GET /v1/rounds/{round_id}/enterprises/{enterprise_id}/students - whom a round
 * places with an enterprise; names as far as they are disclosed to it.
 */
#include "endpoints/enterprise_steps.h"
#include "endpoints/explaining.h"
#include "records/round_page.h"
#include "wire/sql.h"

struct taken_query {
	struct uuid run_id, posting_id;
};

static const struct field query_shape[] = {
	UUID(struct taken_query, run_id, OPTIONAL),
	UUID(struct taken_query, posting_id, OPTIONAL),
	END_OF_FIELDS
};

struct taken_of {
	struct explaining run;		/* first: of ask_run */
	struct uuid enterprise_id;
};

static flow_step find_owner, find_run, find_students, reply_students;

const struct endpoint list_round_students_of_enterprise = {
	.operation = "listRoundStudentsOfEnterprise",
	.method = "GET",
	.path = "/v1/rounds/{round_id}/enterprises/{enterprise_id}/students",
	.allow = READERS_OF_AN_ENTERPRISE,
	.state_bytes = sizeof(struct taken_of),
	.query = query_shape,
	.query_bytes = sizeof(struct taken_query),
	.is_paged = true,
	.steps = { find_owner, find_run, find_students, reply_students },
};

static enum flow_next find_owner(struct flow *f)
{
	struct taken_of *s = f->state;

	if (!path_enterprise(f, &s->enterprise_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_ENTERPRISE_OWNED, P_CONSORTIUM(f),
		       P_ID(&s->enterprise_id), P_OWNER(f));
}

static enum flow_next find_run(struct flow *f)
{
	const struct taken_query *q = f->query;

	return ask_run(f, &q->run_id);
}

static enum flow_next find_students(struct flow *f)
{
	const struct taken_query *q = f->query;
	struct taken_of *s = f->state;

	take_explained_run(f);
	return ask(f, SQL_ROUND_STUDENTS_OF_ENTERPRISE, P_CONSORTIUM(f),
		   P_UUID(&s->run.run_id), P_ID(&s->enterprise_id), P_OWNER(f),
		   P_UUID(&q->posting_id), P_AFTER(f, 0), P_AFTER(f, 1),
		   P_AFTER(f, 2), PAGE_ROWS(f));
}

static enum flow_next reply_students(struct flow *f)
{
	return reply_page(f, round_taken_write, TAKEN_POSTING, TAKEN_SCORE,
			  TAKEN_STUDENT);
}
