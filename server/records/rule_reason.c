/* rule_reason.c - see rule_reason.h. */
#include "records/rule_reason.h"

#include "records/members.h"

const struct field rule_reason_shape[] = {
	TEXT(struct rule_reason, rule, 1, 40, REQUIRED),
	TEXT(struct rule_reason, reason, 1, 500, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_TEXT, "rule" },
	{ MEMBER_TEXT, "level" },
	{ MEMBER_TEXT, "subject_kind" },
	{ MEMBER_UUID, "subject_id" },
	{ MEMBER_UUID, "enterprise_id" },
	{ MEMBER_TEXT, "enterprise_name" },
	{ MEMBER_UUID, "school_id" },
	{ MEMBER_TEXT, "school_name" },
	{ MEMBER_TEXT, "reason" },
	{ MEMBER_TEXT, "given_by" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_END, NULL }
};

void rule_reason_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}
