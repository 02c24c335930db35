/* capacity_request.c - see capacity_request.h. */
#include "records/capacity_request.h"

#include "records/members.h"

const char *const capacity_request_state_words[] = {
	"requested", "approved", "refused", "withdrawn", NULL
};

const struct field capacity_request_new_shape[] = {
	UUID(struct capacity_request_new, posting_id, REQUIRED),
	INT(struct capacity_request_new, openings, 1, 10000, REQUIRED),
	TEXT(struct capacity_request_new, reason, 1, 500, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_UUID, "round_id" },
	{ MEMBER_UUID, "posting_id" },
	{ MEMBER_TEXT, "title" },
	{ MEMBER_UUID, "enterprise_id" },
	{ MEMBER_TEXT, "enterprise_name" },
	{ MEMBER_INT, "openings_before" },
	{ MEMBER_INT, "openings" },
	{ MEMBER_TEXT, "because" },
	{ MEMBER_TEXT, "state" },
	{ MEMBER_TEXT, "decided_because" },
	{ MEMBER_TIME, "decided_at" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "updated_at" },
	{ MEMBER_END, NULL }
};

void capacity_request_write(struct json_writer *w, const struct rows *rows,
			    int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}
