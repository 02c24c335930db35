/*
 * GET /v1/rounds/{round_id}/enterprises/{enterprise_id}/explanation - seats,
 * cutoffs, floors and caps of an enterprise in a round, and why a floor is
 * short, from the run's documents as `duikou-matcher explain` reads them.
 */
#include "endpoints/enterprise_steps.h"
#include "endpoints/explaining.h"
#include "endpoints/ranking.h"
#include "records/explained_firm.h"
#include "wire/sql.h"

struct firm_page {
	struct explaining run;		/* first: of find_explained_run */
	struct uuid enterprise_id;
	struct explained_firm told;
};

static flow_step find_owner, explain_run, find_names, reply_explanation;

const struct endpoint get_enterprise_explanation = {
	.operation = "getEnterpriseExplanation",
	.method = "GET",
	.path = "/v1/rounds/{round_id}/enterprises/{enterprise_id}/explanation",
	.allow = READERS_OF_AN_ENTERPRISE,
	.deadline_ms = 20000,
	.state_bytes = sizeof(struct firm_page),
	.query = explaining_query,
	.query_bytes = sizeof(struct explaining_query),
	.steps = { find_owner, find_explained_run, explain_run, find_names,
		   reply_explanation },
};

static enum flow_next find_owner(struct flow *f)
{
	struct firm_page *s = f->state;

	if (!path_enterprise(f, &s->enterprise_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_ENTERPRISE_OWNED, P_CONSORTIUM(f),
		       P_ID(&s->enterprise_id), P_OWNER(f));
}

/* On the explainer's thread. */
static enum flow_next explain(struct flow *f)
{
	struct firm_page *s = f->state;
	struct match_error error = { .text = "" };
	const struct match_why *why = explained_run(f);

	if (!why)
		return FLOW_FAIL;
	if (!explained_firm_ask(&s->told, f->mem, why, &s->enterprise_id,
				&error))
		return fail(f, FAULT_BUG, "explaining: %s", error.text);
	return FLOW_NEXT;
}

static enum flow_next explain_run(struct flow *f)
{
	take_explained_run(f);
	return ponder_explained(f, explain);
}

static enum flow_next find_names(struct flow *f)
{
	struct firm_page *s = f->state;

	return ask(f, SQL_RUN_NODES, P_CONSORTIUM(f), P_UUIDS(&s->told.nodes));
}

static enum flow_next reply_explanation(struct flow *f)
{
	struct firm_page *s = f->state;
	struct json_writer *w;

	reply_language(f);
	w = reply_json(f, 200);
	json_object(w);
	explaining_members(w, &s->run);
	json_member_uuid(w, "enterprise_id", &s->enterprise_id);
	json_member_bool(w, "is_in_run", s->told.is_there);
	explained_firm_write(w, f->mem, &s->told, f->rows,
			     ranking_language(f));
	json_end(w);
	return FLOW_DONE;
}
