/*
 * POST /v1/destination-freezes - a cohort as it is reported: what changes
 * later says why, and the figures of this moment can be told again.
 */
#include "flow/flow.h"
#include "records/graduate_destination.h"
#include "wire/sql.h"

struct freeze_new {
	struct uuid school_id;
	int64_t graduation_year;
	const char *stage;
};

static const char *const stage_words[] = { "august", "december", NULL };

static const struct field freeze_shape[] = {
	UUID(struct freeze_new, school_id, OPTIONAL),
	INT(struct freeze_new, graduation_year, 2000, 2100, REQUIRED),
	ENUM(struct freeze_new, stage, stage_words, REQUIRED),
	END_OF_FIELDS
};

struct freezing {
	struct uuid id;
};

static flow_step freeze, find_freeze, reply_freeze;

const struct endpoint create_destination_freeze = {
	.operation = "createDestinationFreeze",
	.method = "POST",
	.path = "/v1/destination-freezes",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct freezing),
	.body = freeze_shape,
	.body_bytes = sizeof(struct freeze_new),
	.is_transaction = true,
	.steps = { freeze, find_freeze, reply_freeze },
};

static const struct constraint_flaw refusals[] = {
	{ "destination_freeze_once", "#", "duplicate",
	  "the cohort was frozen for this day already",
	  "该届数据在该时点已冻结", FAULT_CONFLICT },
	{ "destination_freeze_has_come", "#/stage", "out-of-range",
	  "its day has not come", "尚未到该时点", FAULT_BAD_BODY },
	{ "destination_freeze_school_fkey", "#/school_id", "not-found",
	  "is no school of the consortium", "不是联合体内的学校",
	  FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

/* The actor's own school, or the one that the office names. */
static bool find_school(struct flow *f, struct uuid *school)
{
	const struct freeze_new *b = f->body;
	bool is_named = !uuid_is_nil(&b->school_id);

	*school = f->actor.scope == SCOPE_OWN ? f->actor.owner_id :
						b->school_id;
	if (f->actor.scope == SCOPE_OWN && is_named &&
	    !uuid_same(&b->school_id, school))
		flaws_add(&f->flaws, "#/school_id", "not-found",
			  "is not your school", "不是本校");
	if (f->actor.scope != SCOPE_OWN && !is_named)
		flaws_add(&f->flaws, "#/school_id", "required",
			  "is required", "必须填写");
	return f->flaws.count == 0;
}

static enum flow_next freeze(struct flow *f)
{
	const struct freeze_new *b = f->body;
	struct freezing *s = f->state;
	struct uuid school;

	if (!find_school(f, &school))
		return fail_flaws(f);
	s->id = uuid_new();
	explain_constraints(f, refusals);
	return tell(f, SQL_DESTINATION_FREEZE, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_UUID(&school), P_INT(b->graduation_year),
		    P_TEXT(b->stage), P_ACCOUNT(f));
}

static enum flow_next find_freeze(struct flow *f)
{
	struct freezing *s = f->state;

	return ask_one(f, SQL_DESTINATION_FREEZES_LIST, P_CONSORTIUM(f),
		       P_NULL, P_UUID(&s->id), P_NULL, P_NULL, P_INT(1));
}

static enum flow_next reply_freeze(struct flow *f)
{
	reply_location(f, "/v1/destination-freezes?graduation_year=%s",
		       rows_text(f->rows, 0, 3));
	destination_freeze_write(reply_json(f, 201), f->rows, 0);
	return FLOW_DONE;
}
