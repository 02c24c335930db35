/* post_category.c - post categories, from the body in and to the reply out. */
#include "records/post_category.h"

#include "records/codes.h"
#include "records/enterprise.h"
#include "records/members.h"
#include "records/rule_reason.h"

#define SHAPE(flags_)                                                          \
	TEXT(struct post_category_new, name, 1, 100,                           \
	     flags_ | TRIMMED | ONE_LINE),                                     \
		CODE(struct post_category_new, occupation_code, 10, 10,        \
		     code_check_occupation, NULLABLE),                         \
		INT(struct post_category_new, staff_count, 0, STAFF_MAX,       \
		    flags_),                                                   \
		DATE(struct post_category_new, staff_counted_on, flags_)

const struct field post_category_new_shape[] = {
	SHAPE(REQUIRED),
	END_OF_FIELDS
};

const struct field post_category_patch_shape[] = {
	SHAPE(OPTIONAL),
	RULE_REASONS(struct post_category_new),
	END_OF_FIELDS
};

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_UUID, "enterprise_id" },
	{ MEMBER_TEXT, "name" },
	{ MEMBER_TEXT, "occupation_code" },
	{ MEMBER_TEXT, "occupation_name" },
	{ MEMBER_INT, "staff_count" },
	{ MEMBER_TEXT, "staff_counted_on" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "updated_at" },
	{ MEMBER_END, NULL }
};

void post_category_write(struct json_writer *w, const struct rows *rows,
			 int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}
