/* quota_notice.c - see quota_notice.h. */
#include "records/quota_notice.h"

#include "records/members.h"

const char *const quota_notice_words[] = {
	"below-floor", "near-cap", "at-cap", "over-cap", NULL
};

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_UUID, "enterprise_id" },
	{ MEMBER_TEXT, "enterprise_name" },
	{ MEMBER_UUID, "post_category_id" },
	{ MEMBER_TEXT, "post_category_name" },
	{ MEMBER_TEXT, "kind" },
	{ MEMBER_INT, "seats" },
	{ MEMBER_INT, "present" },
	{ MEMBER_INT, "policy_version" },
	{ MEMBER_TIME, "began_at" },
	{ MEMBER_TIME, "ended_at" },
	{ MEMBER_TIME, "enterprise_acknowledged_at" },
	{ MEMBER_TIME, "office_acknowledged_at" },
	{ MEMBER_INT, "version" },
	{ MEMBER_END, NULL }
};

void quota_notice_write(struct json_writer *w, const struct rows *rows,
			int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}
