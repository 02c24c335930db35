/*
 * POST /v1/consortia/{consortium_id}/policy - the next version, from now on
 * or from a later day: what held in the past stays as it was.
 */
#include "endpoints/policy_steps.h"
#include "records/policy.h"

static flow_step check_policy, make_policy, reply_made;

const struct endpoint create_policy = {
	.operation = "createPolicy",
	.method = "POST",
	.path = "/v1/consortia/{consortium_id}/policy",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.body = policy_new_shape,
	.body_bytes = sizeof(struct policy_new),
	.steps = { check_policy, make_policy, reply_made },
};

static const struct constraint_flaw refusals[] = {
	{ "policy_pkey", "#", "duplicate",
	  "another version was made at the same moment",
	  "同一时刻已有另一版本", FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next check_policy(struct flow *f)
{
	const struct policy_new *p = f->body;

	if (!path_is_own_consortium(f))
		return FLOW_FAIL;
	policy_check(p, &f->flaws);
	if (!p->valid_from)
		return f->flaws.count ? fail_flaws(f) : FLOW_NEXT;
	return ask_one(f, SQL_TIME_IS_PAST, P_TEXT(p->valid_from));
}

/* NULL, for the usual, where it is not given. */
static struct asked given_int(const struct flow *f, const char *name,
			      int64_t value)
{
	return shape_has(policy_new_shape, &f->body_seen, name) ?
	       P_INT(value) : P_NULL;
}

static enum flow_next make_policy(struct flow *f)
{
	const struct policy_new *p = f->body;
	const struct policy_weights *w = &p->weights;
	const struct policy_tier_points *t = &p->tier_points;
	const struct policy_place_points *l = &p->place_points;
	const struct policy_education_points *e = &p->education_points;

	if (p->valid_from && rows_bool(f->rows, 0, 0))
		flaws_add(&f->flaws, "#/valid_from", "out-of-range",
			  "must not be past", "不能早于当前时间");
	if (f->flaws.count)
		return fail_flaws(f);
	explain_constraints(f, refusals);
	return tell(f, SQL_POLICY_CREATE, P_CONSORTIUM(f),
		    P_TEXT(p->valid_from), P_INT(w->specialty),
		    P_INT(w->skills), P_INT(w->education), P_INT(w->place),
		    P_INT(w->period), P_INT(w->pay), P_INT(t->same_specialty),
		    P_INT(t->same_class), P_INT(t->class_or_tie),
		    P_INT(t->same_category), P_INT(t->none),
		    P_INT(l->same_county), P_INT(l->same_city),
		    P_INT(l->same_province), P_INT(l->willing_to_move),
		    P_INT(l->away), P_INT(e->as_asked),
		    P_INT(e->one_level_above), P_INT(e->two_levels_above),
		    P_INT(p->neutral_points), P_INT(p->intern_months_max),
		    P_INT(p->intern_week_minutes_max), P_INT(p->floor_mille),
		    P_INT(p->staff_cap_mille),
		    P_INT(p->post_category_cap_mille),
		    P_TEXT(p->cross_category), P_INT(p->proposed_wishes),
		    P_TEXT(p->note), P_ACCOUNT(f),
		    given_int(f, "invitations_per_day",
			      p->invitations_per_day),
		    given_int(f, "invitations_per_student",
			      p->invitations_per_student),
		    given_int(f, "interviews_per_application",
			      p->interviews_per_application),
		    P_TEXT(p->counted_lists));
}

static enum flow_next reply_made(struct flow *f)
{
	char id[UUID_TEXT_BYTES];

	uuid_text(&f->actor.consortium_id, id);
	reply_location(f, "/v1/consortia/%s/policy?version=%s", id,
		       rows_text(f->rows, 0, POLICY_VERSION_COLUMN));
	return reply_policy(f, 201);
}
