/* school.c - schools, from the body in and to the reply out. */
#include "records/school.h"

#include "base/text.h"
#include "records/codes.h"
#include "records/members.h"

const char *const school_kind_words[] = { "secondary", "technician",
					  "associate", "bachelor", NULL };

const struct field school_new_shape[] = {
	CODE(struct school_new, uscc, 18, 18, code_check_uscc, NULLABLE),
	CODE(struct school_new, code, 10, 10, code_check_school, NULLABLE),
	TEXT(struct school_new, name, 1, 100, REQUIRED | TRIMMED | ONE_LINE),
	CODE(struct school_new, division_code, 6, 6, code_check_division,
	     REQUIRED),
	ENUM(struct school_new, kind, school_kind_words, REQUIRED),
	END_OF_FIELDS
};

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_TEXT, "uscc" },
	{ MEMBER_TEXT, "code" },
	{ MEMBER_TEXT, "name" },
	{ MEMBER_TEXT, "division_code" },
	{ MEMBER_TEXT, "kind" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "updated_at" },
	{ MEMBER_END, NULL }
};

void school_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

const char *school_level(const char *kind)
{
	return text_same(kind, "technician") ? "secondary" : kind;
}
