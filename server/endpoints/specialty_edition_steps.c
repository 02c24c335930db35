/* specialty_edition_steps.c - see specialty_edition_steps.h. */
#include "endpoints/specialty_edition_steps.h"

const char *const specialty_decision_words[] = { "restrict", "strengthen",
						 "upgrade", "none", NULL };

struct asked asking_role(const struct flow *f)
{
	return P_TEXT(f->actor.role == ROLE_OFFICE ? "office" :
		      f->actor.role == ROLE_SCHOOL ? "school" : "other");
}

struct asked asking_school(const struct flow *f)
{
	return P_UUID(f->actor.role == ROLE_SCHOOL ? &f->actor.owner_id :
						     NULL);
}

static const struct constraint_flaw refusals[] = {
	{ "specialty_list_comments_are_to_come", "#/comments_by",
	  "out-of-range", "must not be past", "不能早于当前时间",
	  FAULT_BAD_BODY },
	{ "specialty_list_comments_are_over", "#", "not-allowed",
	  "the time for comments is not over", "征求意见期尚未结束",
	  FAULT_CONFLICT },
	{ "specialty_list_is_answered", "#", "not-allowed",
	  "something that a school said waits for its answer",
	  "尚有学校意见未答复", FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

enum flow_next move_specialty_list(struct flow *f, const char *state,
				   const char *comments_by,
				   const char *reason)
{
	struct specialty_at *s = f->state;

	if (!path_uuid(f, "list_id", &s->list_id))
		return FLOW_FAIL;
	explain_constraints(f, refusals);
	return tell(f, SQL_SPECIALTY_LIST_MOVE, P_CONSORTIUM(f),
		    P_UUID(&s->list_id), P_TEXT(state), P_TEXT(comments_by),
		    P_TEXT(reason), P_ACCOUNT(f));
}

enum flow_next find_specialty_edition(struct flow *f)
{
	struct specialty_at *s = f->state;

	return ask_one(f, SQL_SPECIALTY_LIST_BY_ID, P_CONSORTIUM(f),
		       P_UUID(&s->list_id), asking_role(f));
}

enum flow_next open_specialty_edition(struct flow *f)
{
	struct specialty_at *s = f->state;

	return path_uuid(f, "list_id", &s->list_id) ?
	       find_specialty_edition(f) : FLOW_FAIL;
}

enum flow_next reply_specialty_edition(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, SPECIALTY_LIST_VERSION_COLUMN));
	specialty_edition_write_whole(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}

enum flow_next find_specialty_entry(struct flow *f)
{
	struct specialty_at *s = f->state;

	return ask_one(f, SQL_SPECIALTY_ENTRY_BY_ID, P_CONSORTIUM(f),
		       P_UUID(&s->list_id), P_UUID(&s->id), asking_role(f),
		       asking_school(f));
}

enum flow_next reply_specialty_entry(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, SPECIALTY_ENTRY_VERSION_COLUMN));
	specialty_kept_write_whole(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}

enum flow_next find_specialty_appeal(struct flow *f)
{
	struct specialty_at *s = f->state;

	return ask_one(f, SQL_SPECIALTY_APPEAL_BY_ID, P_CONSORTIUM(f),
		       P_UUID(&s->list_id), P_UUID(&s->id), P_OWNER(f));
}

enum flow_next reply_specialty_appeal(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, SPECIALTY_APPEAL_VERSION_COLUMN));
	specialty_appeal_write_whole(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
