/* enterprise.c - enterprises, from the body in and to the reply out. */
#include "records/enterprise.h"

#include "records/codes.h"
#include "records/members.h"
#include "records/rule_reason.h"
#include "records/password.h"

const char *const enterprise_state_words[] = { "unverified", "verified",
					       "rejected", "suspended", NULL };

/* What an enterprise says of itself, and may mend later. */
#define DECLARED(flags_)                                                       \
	TEXT(struct enterprise_new, name, 1, 100,                              \
	     flags_ | TRIMMED | ONE_LINE),                                     \
		CODE(struct enterprise_new, industry_code, 1, 4,               \
		     code_check_industry, flags_),                             \
		CODE(struct enterprise_new, division_code, 6, 6,               \
		     code_check_division, flags_),                             \
		CODE(struct enterprise_new, unit_nature_code, 2, 2,            \
		     code_check_unit_nature, NULLABLE),                        \
		TEXT(struct enterprise_new, address, 1, 200,                   \
		     NULLABLE | TRIMMED | ONE_LINE),                           \
		INT(struct enterprise_new, staff_count, 0, STAFF_MAX, flags_), \
		DATE(struct enterprise_new, staff_counted_on, flags_)

const struct field enterprise_new_shape[] = {
	TEXT(struct enterprise_new, consortium, 1, 32, REQUIRED),
	CODE(struct enterprise_new, uscc, 18, 18, code_check_uscc, REQUIRED),
	DECLARED(REQUIRED),
	CODE(struct enterprise_new, login_name, 3, 64, code_check_login,
	     REQUIRED | CASED),
	TEXT(struct enterprise_new, password, PASSWORD_LEAST, PASSWORD_MOST,
	     REQUIRED),
	END_OF_FIELDS
};

const struct field enterprise_sheet_shape[] = {
	CODE(struct enterprise_new, uscc, 18, 18, code_check_uscc, REQUIRED),
	DECLARED(REQUIRED),
	END_OF_FIELDS
};

const struct field enterprise_patch_shape[] = {
	DECLARED(OPTIONAL),
	BOOL(struct enterprise_new, postings_are_public, OPTIONAL),
	RULE_REASONS(struct enterprise_new),
	END_OF_FIELDS
};

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_TEXT, "uscc" },
	{ MEMBER_TEXT, "name" },
	{ MEMBER_TEXT, "industry_code" },
	{ MEMBER_TEXT, "industry_name" },
	{ MEMBER_TEXT, "unit_nature_code" },
	{ MEMBER_TEXT, "division_code" },
	{ MEMBER_TEXT, "division_name" },
	{ MEMBER_TEXT, "address" },
	{ MEMBER_TEXT, "state" },
	{ MEMBER_INT, "staff_count" },
	{ MEMBER_TEXT, "staff_counted_on" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "updated_at" },
	{ MEMBER_BOOL, "postings_are_public" },
	{ MEMBER_END, NULL }
};

void enterprise_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}
