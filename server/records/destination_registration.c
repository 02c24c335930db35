/* destination_registration.c - see destination_registration.h. */
#include "records/destination_registration.h"

#include "records/members.h"

/* First those of the official layout in its order, then ours. The id of the
 * row is the cursor and is not shown: a registration has none. */
static const struct member members[] = {
	{ MEMBER_SKIP, NULL },
	{ MEMBER_TEXT, "student_number" },
	{ MEMBER_TEXT, "student_name" },
	{ MEMBER_TEXT, "sex" },
	{ MEMBER_TEXT, "home_division_name" },
	{ MEMBER_TEXT, "home_division_code" },
	{ MEMBER_TEXT, "specialty_name" },
	{ MEMBER_TEXT, "specialty_code" },
	{ MEMBER_TEXT, "graduates_on" },
	{ MEMBER_TEXT, "code" },
	{ MEMBER_TEXT, "code_name" },
	{ MEMBER_TEXT, "employer_name" },
	{ MEMBER_TEXT, "employer_uscc" },
	{ MEMBER_TEXT, "unit_nature_code" },
	{ MEMBER_TEXT, "unit_nature_name" },
	{ MEMBER_TEXT, "industry_name" },
	{ MEMBER_TEXT, "division_code" },
	{ MEMBER_TEXT, "division_name" },
	{ MEMBER_TEXT, "industry_code" },
	{ MEMBER_TEXT, "occupation_code" },
	{ MEMBER_TEXT, "started_on" },
	{ MEMBER_TEXT, "pay_band" },
	{ MEMBER_BOOL, "is_aligned" },
	{ MEMBER_TEXT, "evidence_kind" },
	{ MEMBER_TEXT, "evidence_sha256" },
	{ MEMBER_END, NULL }
};

void destination_registration_write(struct json_writer *w,
				    const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}
