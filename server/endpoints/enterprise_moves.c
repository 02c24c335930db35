/* enterprise_moves.c - see enterprise_moves.h. */
#include "endpoints/enterprise_moves.h"

#include "base/text.h"

const struct field move_reason_shape[] = {
	TEXT(struct move_reason, reason, 1, 500, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

enum flow_next move_enterprise(struct flow *f, const char *state,
			       const char *reason)
{
	struct uuid id = rows_uuid(f->rows, 0, ENTERPRISE_ID_COLUMN);

	if (text_same(rows_text(f->rows, 0, ENTERPRISE_STATE_COLUMN), state))
		return fail(f, FAULT_BAD_STATE,
			    "the enterprise is %s already", state);
	return tell_or(f, FAULT_CONFLICT, SQL_ENTERPRISE_MOVE,
		       P_CONSORTIUM(f), P_ID(&id),
		       P_INT(rows_int(f->rows, 0, ENTERPRISE_VERSION_COLUMN)),
		       P_TEXT(state), P_TEXT(reason), P_ACCOUNT(f));
}

enum flow_next reply_moved(struct flow *f)
{
	return reply_enterprise(f, 200);
}
