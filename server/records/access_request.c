/* access_request.c - see access_request.h. */
#include "records/access_request.h"

#include "records/members.h"

const char *const access_request_state_words[] = {
	"requested", "approved", "refused", "ended", NULL
};

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_UUID, "account_id" },
	{ MEMBER_TEXT, "display_name" },
	{ MEMBER_UUID, "student_id" },
	{ MEMBER_TEXT, "reason" },
	{ MEMBER_TEXT, "state" },
	{ MEMBER_UUID, "decided_by" },
	{ MEMBER_TIME, "approved_until" },
	{ MEMBER_TEXT, "refused_because" },
	{ MEMBER_TIME, "ended_at" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_END, NULL }
};

void access_request_write(struct json_writer *w, const struct rows *rows,
			  int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}
