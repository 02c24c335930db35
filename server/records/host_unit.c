/* host_unit.c - see host_unit.h. */
#include "records/host_unit.h"

#include "records/members.h"

const struct field host_unit_shape[] = {
	DATE(struct host_unit_new, decided_on, REQUIRED),
	DATE(struct host_unit_new, published_on, NULLABLE),
	TEXT(struct host_unit_new, published_at, 1, 500,
	     NULLABLE | TRIMMED | ONE_LINE),
	DATE(struct host_unit_new, visited_on, NULLABLE),
	TEXT(struct host_unit_new, visit_report, 1, 5000, NULLABLE | TRIMMED),
	BOOL(struct host_unit_new, is_honest, REQUIRED),
	BOOL(struct host_unit_new, is_safe, REQUIRED),
	BOOL(struct host_unit_new, is_equipped, REQUIRED),
	END_OF_FIELDS
};

static const struct member members[] = {
	{ MEMBER_UUID, "school_id" },
	{ MEMBER_UUID, "enterprise_id" },
	{ MEMBER_TEXT, "enterprise_name" },
	{ MEMBER_TEXT, "decided_on" },
	{ MEMBER_TEXT, "published_on" },
	{ MEMBER_TEXT, "published_at" },
	{ MEMBER_TEXT, "visited_on" },
	{ MEMBER_TEXT, "visit_report" },
	{ MEMBER_BOOL, "is_honest" },
	{ MEMBER_BOOL, "is_safe" },
	{ MEMBER_BOOL, "is_equipped" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "updated_at" },
	{ MEMBER_END, NULL }
};

void host_unit_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}
