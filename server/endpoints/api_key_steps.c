/* api_key_steps.c - see api_key_steps.h. */
#include "endpoints/api_key_steps.h"

#include "records/members.h"

void api_key_members(struct json_writer *w, const struct rows *rows, int row)
{
	static const struct member members[] = {
		{ MEMBER_UUID, "id" },
		{ MEMBER_TEXT, "name" },
		{ MEMBER_TEXTS, "scopes" },
		{ MEMBER_TEXT, "prefix" },
		{ MEMBER_TIME, "created_at" },
		{ MEMBER_UUID, "created_by" },
		{ MEMBER_TIME, "expires_at" },
		{ MEMBER_END, NULL }
	};

	_Static_assert(COUNT_OF(members) == API_KEY_COLUMNS + 1,
		       "a member for each column");
	members_write(w, members, rows, row);
}
