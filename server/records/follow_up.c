/* follow_up.c - see follow_up.h. */
#include "records/follow_up.h"

#include "base/base.h"
#include "records/codes.h"
#include "records/graduate_destination.h"
#include "records/members.h"
#include "records/share.h"

const char *const follow_up_status_words[] = {
	"coming", "due", "overdue", "missed", "entered", "answered", NULL
};

const char *const follow_up_months_words[] = { "6", "12", "18", "24", NULL };

const struct field follow_up_shape[] = {
	CODE(struct follow_up_new, code, 2, 2, destination_check_code,
	     REQUIRED),
	TEXT(struct follow_up_new, employer_name, 1, 100,
	     NULLABLE | TRIMMED | ONE_LINE),
	CODE(struct follow_up_new, employer_uscc, 18, 18, code_check_uscc,
	     NULLABLE),
	CODE(struct follow_up_new, unit_nature_code, 2, 2,
	     code_check_unit_nature, NULLABLE),
	CODE(struct follow_up_new, industry_code, 1, 4, code_check_industry,
	     NULLABLE),
	CODE(struct follow_up_new, division_code, 6, 6, code_check_division,
	     NULLABLE),
	CODE(struct follow_up_new, occupation_code, 10, 10,
	     code_check_occupation, NULLABLE),
	ENUM(struct follow_up_new, pay_band, pay_band_words, NULLABLE),
	BOOL(struct follow_up_new, is_aligned, NULLABLE),
	ENUM(struct follow_up_new, evidence_kind, evidence_kind_words,
	     NULLABLE),
	CODE(struct follow_up_new, evidence_sha256, 64, 64,
	     destination_check_sha256, NULLABLE | CASED),
	END_OF_FIELDS
};

void follow_up_write(struct json_writer *w, const struct rows *rows, int row)
{
	static const struct member members[] = {
		{ MEMBER_UUID, "student_id" },
		{ MEMBER_INT, "months" },
		{ MEMBER_TEXT, "student_number" },
		{ MEMBER_TEXT, "student_name" },
		{ MEMBER_UUID, "school_id" },
		{ MEMBER_TEXT, "school_name" },
		{ MEMBER_TEXT, "specialty_code" },
		{ MEMBER_TEXT, "specialty_name" },
		{ MEMBER_TEXT, "level" },
		{ MEMBER_TEXT, "graduates_on" },
		{ MEMBER_TEXT, "due_on" },
		{ MEMBER_TEXT, "closes_on" },
		{ MEMBER_TEXT, "status" },
		{ MEMBER_TEXT, "code" },
		{ MEMBER_TEXT, "code_name" },
		{ MEMBER_TEXT, "employer_name" },
		{ MEMBER_TEXT, "employer_uscc" },
		{ MEMBER_TEXT, "unit_nature_code" },
		{ MEMBER_TEXT, "industry_code" },
		{ MEMBER_TEXT, "division_code" },
		{ MEMBER_TEXT, "occupation_code" },
		{ MEMBER_TEXT, "pay_band" },
		{ MEMBER_BOOL, "is_aligned" },
		{ MEMBER_TEXT, "evidence_kind" },
		{ MEMBER_TEXT, "evidence_sha256" },
		{ MEMBER_BOOL, "is_same_employer" },
		{ MEMBER_TIME, "acknowledged_at" },
		{ MEMBER_TIME, "verified_at" },
		{ MEMBER_TEXT, "evidence_level" },
		{ MEMBER_INT, "version" },
		{ MEMBER_TIME, "created_at" },
		{ MEMBER_TIME, "updated_at" },
		{ MEMBER_END, NULL }
	};

	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

/* In the order of the columns of follow_up_groups.sql. */
enum counted { GRADUATES, ANSWERED, EMPLOYED, LOCAL, ALIGNED, WAS_EMPLOYED,
	       WAS_EMPLOYED_ANSWERED, STILL_EMPLOYED, WAS_LOCAL,
	       WAS_LOCAL_ANSWERED, STILL_LOCAL, SAME_EMPLOYER };

static const struct {
	const char *name;
	enum counted numerator, denominator;
} rates[] = {
	{ "response", ANSWERED, GRADUATES },
	{ "employed_of_answered", EMPLOYED, ANSWERED },
	{ "employed_of_graduates", EMPLOYED, GRADUATES },
	{ "local_of_answered", LOCAL, ANSWERED },
	{ "local_of_graduates", LOCAL, GRADUATES },
	{ "aligned_of_answered", ALIGNED, ANSWERED },
	{ "still_employed_of_answered", STILL_EMPLOYED,
	  WAS_EMPLOYED_ANSWERED },
	{ "still_employed_of_all", STILL_EMPLOYED, WAS_EMPLOYED },
	{ "same_employer_of_answered", SAME_EMPLOYER, WAS_EMPLOYED_ANSWERED },
	{ "same_employer_of_all", SAME_EMPLOYER, WAS_EMPLOYED },
	{ "still_local_of_answered", STILL_LOCAL, WAS_LOCAL_ANSWERED },
	{ "still_local_of_all", STILL_LOCAL, WAS_LOCAL },
};

static int64_t count_at(const struct rows *rows, int row, enum counted what)
{
	return rows_int(rows, row, FOLLOW_UP_COUNTS + (int)what);
}

void follow_up_counts_write(struct json_writer *w, const struct rows *rows,
			    int row)
{
	json_member_int(w, "graduates", count_at(rows, row, GRADUATES));
	json_member_int(w, "answered", count_at(rows, row, ANSWERED));
	json_key(w, "rates");
	json_object(w);
	for (size_t i = 0; i < COUNT_OF(rates); i++)
		share_write(w, rates[i].name,
			    count_at(rows, row, rates[i].numerator),
			    count_at(rows, row, rates[i].denominator));
	json_end(w);
}

void follow_up_counts_write_hidden(struct json_writer *w)
{
	static const char *const names[] = { "graduates", "answered",
					     "rates" };

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		json_key(w, names[i]);
		json_null(w);
	}
}
