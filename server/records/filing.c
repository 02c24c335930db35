/* filing.c - see filing.h. */
#include "records/filing.h"

#include "records/members.h"

const struct field filing_shape[] = {
	TEXT(struct filing_new, consented_by, 1, 100,
	     REQUIRED | TRIMMED | ONE_LINE),
	TEXT(struct filing_new, consent_number, 1, 100,
	     REQUIRED | TRIMMED | ONE_LINE),
	DATE(struct filing_new, consented_on, REQUIRED),
	TEXT(struct filing_new, filed_with, 1, 100,
	     NULLABLE | TRIMMED | ONE_LINE),
	TEXT(struct filing_new, filing_number, 1, 100,
	     NULLABLE | TRIMMED | ONE_LINE),
	DATE(struct filing_new, filed_on, NULLABLE),
	END_OF_FIELDS
};

static const struct member members[] = {
	{ MEMBER_UUID, "placement_id" },
	{ MEMBER_BOOL, "is_needed" },
	{ MEMBER_TEXT, "consented_by" },
	{ MEMBER_TEXT, "consent_number" },
	{ MEMBER_TEXT, "consented_on" },
	{ MEMBER_TEXT, "filed_with" },
	{ MEMBER_TEXT, "filing_number" },
	{ MEMBER_TEXT, "filed_on" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "updated_at" },
	{ MEMBER_END, NULL }
};

void filing_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}
