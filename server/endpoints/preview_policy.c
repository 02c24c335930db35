/*
 * POST /v1/consortia/{consortium_id}/policy/preview - what the policy of the
 * body would do to every enterprise's quota. Nothing is stored.
 */
#include "endpoints/policy_steps.h"
#include "records/policy.h"
#include "records/policy_preview.h"
#include "wire/sql.h"

enum { DEADLINE_MS = 10000 };

struct preview_choice {
	bool all;
};

static const struct field choice_shape[] = {
	BOOL(struct preview_choice, all, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_preview, reply_preview;

const struct endpoint preview_policy = {
	.operation = "previewPolicy",
	.method = "POST",
	.path = "/v1/consortia/{consortium_id}/policy/preview",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.deadline_ms = DEADLINE_MS,
	.body = policy_new_shape,
	.body_bytes = sizeof(struct policy_new),
	.query = choice_shape,
	.query_bytes = sizeof(struct preview_choice),
	.is_paged = true,
	.steps = { check_policy, find_preview, reply_preview },
};

static enum flow_next find_preview(struct flow *f)
{
	const struct preview_choice *q = f->query;

	if (!policy_is_sound(f))
		return fail_flaws(f);
	return ask(f, SQL_POLICY_PREVIEW, P_CONSORTIUM(f),
		   P_TEXT(policy_columns(f->body, &f->body_seen, f->mem)),
		   P_ACCOUNT(f), P_BOOL(q->all), P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_preview(struct flow *f)
{
	struct json_writer *w = reply_json(f, 200);
	bool is_empty = rows_is_null(f->rows, 0, POLICY_PREVIEW_ID_COLUMN);

	json_object(w);
	policy_preview_totals(w, f->rows);
	json_key(w, "items");
	json_array(w);
	for (int i = 0; !is_empty && i < page_rows(f); i++)
		policy_preview_write(w, f->rows, i);
	return page_end_rows(f, (const int[]){ POLICY_PREVIEW_ID_COLUMN }, 1);
}
