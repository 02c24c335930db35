/* consortium.c - consortia on their way out. */
#include "records/consortium.h"

#include "records/members.h"

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_TEXT, "slug" },
	{ MEMBER_TEXT, "name" },
	{ MEMBER_TEXT, "division_code" },
	{ MEMBER_TEXT, "division_name" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_END, NULL }
};

void consortium_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}
