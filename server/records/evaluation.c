/* evaluation.c - evaluations on their way out. */
#include "records/evaluation.h"

#include "records/members.h"

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_UUID, "placement_id" },
	{ MEMBER_TEXT, "made_by" },
	{ MEMBER_INT, "score" },
	{ MEMBER_TEXT, "text" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_END, NULL }
};

void evaluation_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}
