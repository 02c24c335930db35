/*
 * GET /v1/postings/{posting_id}/suggestions - the specialties that the text of
 * one's posting demands, with the words that say so. Nothing is applied.
 */
#include "endpoints/posting_steps.h"
#include "records/suggestion.h"

struct suggesting {
	struct posting posting;
	struct specialty_names names;
	struct suggestions found;
};

static flow_step find_own, find_names, take_names, reply_suggestions;

const struct endpoint list_suggestions = {
	.operation = "listSuggestions",
	.method = "GET",
	.path = "/v1/postings/{posting_id}/suggestions",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct suggesting),
	.steps = { find_own, find_names, take_names, reply_suggestions },
};

static enum flow_next find_own(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "posting_id", &id))
		return FLOW_FAIL;
	return ask_one(f, SQL_POSTING_BY_ID, P_CONSORTIUM(f), P_UUID(&id),
		       P_OWNER(f));
}

static enum flow_next find_names(struct flow *f)
{
	struct suggesting *s = f->state;
	struct uuid owner = rows_uuid(f->rows, 0, POSTING_ENTERPRISE_ID);

	if (!uuid_same(&owner, &f->actor.owner_id))
		return fail(f, FAULT_NOT_FOUND, "%s", "");
	fields_from_row(posting_new_shape, &s->posting, f->mem,
			(struct row_from){ f->rows, 0, POSTING_FIELDS });
	return flow_ask(f, (struct asking){ DB_READ, FAULT_NONE,
					    SQL_SPECIALTY_NAMES }, NULL, 0);
}

/* On the pool. */
static enum flow_next read_texts(struct flow *f)
{
	struct suggesting *s = f->state;
	const struct suggesting_text texts[] = {
		{ "title", s->posting.title },
		{ "description", s->posting.description },
	};

	s->found = suggestions_find(f->mem, &s->names, texts, COUNT_OF(texts));
	return FLOW_NEXT;
}

static enum flow_next take_names(struct flow *f)
{
	struct suggesting *s = f->state;

	s->names = specialty_names_from_rows(f->mem, f->rows);
	return ponder(f, read_texts);
}

static enum flow_next reply_suggestions(struct flow *f)
{
	struct suggesting *s = f->state;
	struct suggestion_terms terms = { &s->posting.targets,
					  s->posting.min_education };
	struct json_writer *w = reply_json(f, 200);

	json_object(w);
	json_key(w, "items");
	json_array(w);
	for (size_t i = 0; i < s->found.count; i++)
		suggestion_write(w, &s->found.at[i], &terms);
	json_end(w);
	json_end(w);
	return FLOW_DONE;
}
