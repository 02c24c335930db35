/* round_moves.c - see round_moves.h. */
#include "endpoints/round_moves.h"

#include "base/text.h"
#include "records/round.h"
#include "records/run_size.h"
#include "wire/sql.h"

const struct constraint_flaw round_refusals[] = {
	{ "round_window_in_order", "#/closes_at", "inconsistent",
	  "must be after opens_at", "必须晚于 opens_at", FAULT_BAD_BODY },
	{ "round_window_lasts", "#/closes_at", "inconsistent",
	  "has passed already", "时间已过", FAULT_BAD_BODY },
	{ "round_period_in_order", "#/period_end", "inconsistent",
	  "must be after period_start", "必须晚于 period_start",
	  FAULT_BAD_BODY },
	{ "round_period_after_wishes", "#/period_end", "inconsistent",
	  "must be after closes_at", "必须晚于 closes_at", FAULT_BAD_BODY },
	{ "round_follows_published", "#/follows", "not-found",
	  "is no published round here", "没有这个已公布的轮次",
	  FAULT_BAD_BODY },
	{ "round_follows_same_days", "#/period_start", "inconsistent",
	  "must be the days of the round that it follows",
	  "起止日期必须与上一轮相同", FAULT_BAD_BODY },
	{ "round_followed_once", "#/follows", "duplicate",
	  "is followed by another round already", "已有后续轮次",
	  FAULT_CONFLICT },
	{ "round_schedule_has_policy", "#/is_scheduled", "not-allowed",
	  "no policy will be in force at opens_at",
	  "到 opens_at 时联合体没有生效的政策", FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

enum flow_next find_round_to_move(struct flow *f)
{
	struct round_move *s = f->state;

	if (!path_uuid(f, "round_id", &s->round_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_ROUND_BY_ID, P_CONSORTIUM(f),
		       P_UUID(&s->round_id), P_BOOL(true));
}

bool round_is(struct flow *f, const char *from)
{
	struct round_move *s = f->state;
	const char *state = rows_text(f->rows, 0, ROUND_STATE_COLUMN);

	s->version = rows_int(f->rows, 0, ROUND_VERSION_COLUMN);
	if (text_same(state, from))
		return true;
	(void)fail(f, FAULT_BAD_STATE, "the round is %s, not %s", state, from);
	return false;
}

enum flow_next reply_moved_round(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, ROUND_VERSION_COLUMN));
	round_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}

enum flow_next ask_run_size(struct flow *f)
{
	struct round_move *s = f->state;

	return ask(f, SQL_RUN_SIZE, P_CONSORTIUM(f), P_UUID(&s->round_id));
}

bool run_fits(struct flow *f)
{
	const struct config *config = f->loop->service->config;
	struct run_size size = { rows_int(f->rows, 0, 0),
				 rows_int(f->rows, 0, 1),
				 rows_int(f->rows, 0, 2) };
	int64_t mib = run_mib(&size), seconds = run_seconds(&size);

	if (mib > config->run_mib)
		(void)fail_beyond(f, "the run would need more MiB of memory "
				     "than it may have", config->run_mib, mib);
	else if (seconds > config->run_s)
		(void)fail_beyond(f, "the run would take more seconds than "
				     "it may", config->run_s, seconds);
	return mib <= config->run_mib && seconds <= config->run_s;
}
