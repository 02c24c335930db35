/* invitation.c - invitations on their way out. */
#include "records/invitation.h"

#include "records/members.h"

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_UUID, "posting_id" },
	{ MEMBER_TEXT, "posting_title" },
	{ MEMBER_TEXT, "posting_kind" },
	{ MEMBER_TEXT, "posting_state" },
	{ MEMBER_UUID, "enterprise_id" },
	{ MEMBER_TEXT, "enterprise_name" },
	{ MEMBER_UUID, "student_id" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_UUID, "application_id" },
	{ MEMBER_END, NULL }
};

void invitation_write(struct json_writer *w, const struct rows *rows,
		      int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}
