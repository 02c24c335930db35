/* placement_steps.c - see placement_steps.h. */
#include "endpoints/placement_steps.h"

const struct constraint_flaw placement_refusals[] = {
	{ "placement_posting_is_full", "#", "not-allowed",
	  "all openings of the posting are taken", "该岗位名额已满",
	  FAULT_CONFLICT },
	{ "placement_one_at_a_time", "#", "not-allowed",
	  "the student has a placement in these days",
	  "该学生在该时段内已有实习安排", FAULT_CONFLICT },
	{ "placement_one_proposed", "#", "duplicate",
	  "the same was proposed already", "已有相同的实习安排提议",
	  FAULT_CONFLICT },
	{ "placement_period_in_order", "#/period_end", "inconsistent",
	  "the last day is after the first", "结束日期必须晚于开始日期",
	  FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

bool path_placement(struct flow *f)
{
	struct placement_at *s = f->state;

	return path_uuid(f, "placement_id", &s->id);
}

enum flow_next move_placement(struct flow *f, const char *state,
			      const char *reason)
{
	struct placement_at *s = f->state;

	if (!path_placement(f))
		return FLOW_FAIL;
	explain_constraints(f, placement_refusals);
	return tell(f, SQL_PLACEMENT_MOVE, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_OWNER(f), P_TEXT(state), P_TEXT(reason), P_ACCOUNT(f));
}

enum flow_next ask_placement(struct flow *f, const struct uuid *id)
{
	return ask_one(f, SQL_PLACEMENT_BY_ID, P_CONSORTIUM(f), P_UUID(id),
		       P_OWNER(f));
}

enum flow_next find_placement(struct flow *f)
{
	struct placement_at *s = f->state;

	return ask_placement(f, &s->id);
}

static enum flow_next reply_whole(struct flow *f, int status)
{
	reply_etag(f, rows_int(f->rows, 0, PLACEMENT_VERSION_COLUMN));
	placement_write_whole(reply_json(f, status), f->rows, 0);
	return FLOW_DONE;
}

enum flow_next reply_placement(struct flow *f)
{
	return reply_whole(f, 200);
}

enum flow_next reply_new_placement(struct flow *f)
{
	reply_location(f, "/v1/placements/%s",
		       rows_text(f->rows, 0, PLACEMENT_ID_COLUMN));
	return reply_whole(f, 201);
}
