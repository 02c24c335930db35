/* log_steps.c - see log_steps.h. */
#include "endpoints/log_steps.h"

#include "base/text.h"

const struct field mark_shape[] = {
	ENUM(struct mark_text, mark, mark_words, REQUIRED),
	TEXT(struct mark_text, note, 1, 1000, NULLABLE | TRIMMED),
	END_OF_FIELDS
};

bool path_week(struct flow *f)
{
	struct log_at *s = f->state;
	const char *week = path_text(f, "week");

	if (!path_placement(f))
		return false;
	if (text_is_digits(week) && text_to_int(week, &s->week) &&
	    s->week >= 1 && s->week <= LOG_WEEK_MAX)
		return true;
	return fail(f, FAULT_NOT_FOUND, "%s", "") != FLOW_FAIL;
}

enum flow_next mark_log(struct flow *f, enum sql_id statement)
{
	const struct mark_text *b = f->body;
	struct log_at *s = f->state;

	if (!path_week(f))
		return FLOW_FAIL;
	return tell_or(f, FAULT_NOT_FOUND, statement, P_CONSORTIUM(f),
		       P_UUID(&s->placement.id), P_OWNER(f), P_INT(s->week),
		       P_TEXT(b->mark), P_TEXT(b->note), P_ACCOUNT(f));
}

enum flow_next find_log(struct flow *f)
{
	struct log_at *s = f->state;

	return ask_one(f, SQL_LOG_BY_WEEK, P_CONSORTIUM(f),
		       P_UUID(&s->placement.id), P_OWNER(f), P_INT(s->week));
}

static enum flow_next reply(struct flow *f, int status)
{
	reply_etag(f, rows_int(f->rows, 0, LOG_VERSION_COLUMN));
	log_write(reply_json(f, status), f->rows, 0);
	return FLOW_DONE;
}

enum flow_next reply_log(struct flow *f)
{
	return reply(f, 200);
}

enum flow_next reply_new_log(struct flow *f)
{
	reply_location(f, "/v1/placements/%s/logs/%s",
		       rows_text(f->rows, 0, LOG_PLACEMENT_COLUMN),
		       rows_text(f->rows, 0, LOG_WEEK_COLUMN));
	return reply(f, 201);
}
