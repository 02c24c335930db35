/* disclosure.c - disclosures on their way out. */
#include "records/disclosure.h"

#include "records/members.h"

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_UUID, "student_id" },
	{ MEMBER_UUID, "enterprise_id" },
	{ MEMBER_TEXT, "enterprise_name" },
	{ MEMBER_TEXT, "purpose" },
	{ MEMBER_TEXTS, "kinds" },
	{ MEMBER_TIME, "since" },
	{ MEMBER_TIME, "ended_at" },
	{ MEMBER_TEXT, "ended_because" },
	{ MEMBER_INT, "version" },
	{ MEMBER_END, NULL }
};

void disclosure_write(struct json_writer *w, const struct rows *rows,
		      int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}
