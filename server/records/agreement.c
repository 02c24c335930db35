/* agreement.c - agreements on their way in and out. */
#include "records/agreement.h"

#include "records/rule_reason.h"

#include "records/members.h"

/* The words that the law bars are there to be refused by its name. */
static const char *const pay_every_words[] = { "week", "month", "quarter",
					       "end", NULL };
static const char *const pay_by_words[] = { "bank", "cash", "goods", "voucher",
					    "third_party", NULL };
static const char *const payer_words[] = { "school", "enterprise", "student",
					   NULL };

enum { FEN_MAX = 100000000, DAY_MINUTES_MAX = 1440, WEEK_MINUTES_MAX = 10080 };

/* What is agreed on; the body of a PUT has more behind it. */
#define TERMS								       \
	DATE(struct agreement_terms, period_start, REQUIRED),		       \
	DATE(struct agreement_terms, period_end, REQUIRED),		       \
	TEXT(struct agreement_terms, place, 1, 200, NULLABLE | TRIMMED),       \
	TEXT(struct agreement_terms, content, 1, 2000, NULLABLE | TRIMMED),    \
	TEXT(struct agreement_terms, board_and_lodging, 1, 500,		       \
	     NULLABLE | TRIMMED),					       \
	INT(struct agreement_terms, day_minutes, 1, DAY_MINUTES_MAX, NULLABLE),\
	INT(struct agreement_terms, week_minutes, 1, WEEK_MINUTES_MAX,	       \
	    NULLABLE),							       \
	TEXT(struct agreement_terms, rest_days, 1, 200, NULLABLE | TRIMMED),   \
	INT(struct agreement_terms, pay_fen, 0, FEN_MAX, NULLABLE),	       \
	INT(struct agreement_terms, pay_standard_fen, 1, FEN_MAX, NULLABLE),   \
	INT(struct agreement_terms, lowest_grade_fen, 1, FEN_MAX, NULLABLE),   \
	ENUM(struct agreement_terms, pay_every, pay_every_words, NULLABLE),    \
	ENUM(struct agreement_terms, pay_by, pay_by_words, NULLABLE),	       \
	TEXT(struct agreement_terms, protection, 1, 2000, NULLABLE | TRIMMED), \
	TEXT(struct agreement_terms, insurance_company, 1, 100,		       \
	     NULLABLE | TRIMMED | ONE_LINE),				       \
	TEXT(struct agreement_terms, insurance_policy, 1, 64,		       \
	     NULLABLE | TRIMMED | ONE_LINE),				       \
	DATE(struct agreement_terms, insurance_from, NULLABLE),		       \
	DATE(struct agreement_terms, insurance_to, NULLABLE),		       \
	ENUM(struct agreement_terms, insurance_paid_by, payer_words, NULLABLE),\
	TEXT(struct agreement_terms, accident_handling, 1, 2000,	       \
	     NULLABLE | TRIMMED),					       \
	TEXT(struct agreement_terms, assessment, 1, 2000, NULLABLE | TRIMMED), \
	TEXT(struct agreement_terms, breach, 1, 2000, NULLABLE | TRIMMED),     \
	TEXT(struct agreement_terms, school_supervisor, 1, 50,		       \
	     NULLABLE | TRIMMED | ONE_LINE),				       \
	TEXT(struct agreement_terms, enterprise_supervisor, 1, 50,	       \
	     NULLABLE | TRIMMED | ONE_LINE)

const struct field agreement_terms_shape[] = { TERMS, END_OF_FIELDS };
const struct field agreement_put_shape[] = {
	TERMS, RULE_REASONS(struct agreement_terms), END_OF_FIELDS
};

static const struct member members[] = {
	{ MEMBER_UUID, "placement_id" },
	{ MEMBER_TEXT, "placement_state" },
	{ MEMBER_INT, "version" },
	{ MEMBER_INT, "edition" },
	{ MEMBER_INT, "latest_edition" },
	{ MEMBER_INT, "signed_edition" },
	{ MEMBER_JSON, "terms" },
	{ MEMBER_TEXT, "sha256" },
	{ MEMBER_TEXTS, "missing" },
	{ MEMBER_JSON, "signatures" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TEXT, "proposed_by" },
	{ MEMBER_END, NULL }
};

void agreement_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}
