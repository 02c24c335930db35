/* graduate_destination.c - see graduate_destination.h. */
#include "records/graduate_destination.h"

#include <string.h>

#include "records/codes.h"
#include "records/members.h"

enum { EDITIONS_COLUMN = 33 };

const char *const destination_state_words[] = {
	"declared", "confirmed", "denied", "verified", "returned", NULL
};

/* The weakest first. */
const char *const evidence_level_words[] = {
	"declared", "employer", "document", "insurance_record", NULL
};

const char *const pay_band_words[] = {
	"below_2000", "below_4000", "below_6000", "below_8000", "below_10000",
	"from_10000", NULL
};

/* The first is there to be refused by name: rule 4.8. */
const char *const evidence_kind_words[] = {
	"internship_proof", "employment_agreement", "labour_contract",
	"employer_certificate", "insurance_record", "project_document",
	"enlistment_notice", "business_licence", "income_statement",
	"admission_notice", NULL
};

const char *destination_check_sha256(const char *text)
{
	return text[strspn(text, "0123456789abcdef")] ?
		       "must be lower-case hexadecimal digits" : NULL;
}

const char *destination_check_code(const char *text)
{
	return strlen(text) != 2 || text[strspn(text, "0123456789")] ?
		       "must be 2 digits" : NULL;
}

const struct field graduate_destination_shape[] = {
	CODE(struct graduate_destination, code, 2, 2, destination_check_code,
	     REQUIRED),
	TEXT(struct graduate_destination, employer_name, 1, 100,
	     NULLABLE | TRIMMED | ONE_LINE),
	CODE(struct graduate_destination, employer_uscc, 18, 18,
	     code_check_uscc, NULLABLE),
	CODE(struct graduate_destination, unit_nature_code, 2, 2,
	     code_check_unit_nature, NULLABLE),
	CODE(struct graduate_destination, industry_code, 1, 4,
	     code_check_industry, NULLABLE),
	CODE(struct graduate_destination, division_code, 6, 6,
	     code_check_division, NULLABLE),
	CODE(struct graduate_destination, occupation_code, 10, 10,
	     code_check_occupation, NULLABLE),
	DATE(struct graduate_destination, started_on, NULLABLE),
	ENUM(struct graduate_destination, pay_band, pay_band_words, NULLABLE),
	BOOL(struct graduate_destination, is_aligned, NULLABLE),
	ENUM(struct graduate_destination, evidence_kind, evidence_kind_words,
	     NULLABLE),
	CODE(struct graduate_destination, evidence_sha256, 64, 64,
	     destination_check_sha256, NULLABLE | CASED),
	BOOL(struct graduate_destination, is_employer_asked, OPTIONAL),
	TEXT(struct graduate_destination, reason, 1, 500, NULLABLE | TRIMMED),
	END_OF_FIELDS
};

static const struct member members[] = {
	{ MEMBER_UUID, "student_id" },
	{ MEMBER_TEXT, "student_number" },
	{ MEMBER_TEXT, "student_name" },
	{ MEMBER_UUID, "school_id" },
	{ MEMBER_TEXT, "school_name" },
	{ MEMBER_TEXT, "specialty_code" },
	{ MEMBER_TEXT, "specialty_name" },
	{ MEMBER_TEXT, "level" },
	{ MEMBER_TEXT, "sex" },
	{ MEMBER_TEXT, "graduates_on" },
	{ MEMBER_TEXT, "code" },
	{ MEMBER_TEXT, "code_name" },
	{ MEMBER_TEXT, "employer_name" },
	{ MEMBER_TEXT, "employer_uscc" },
	{ MEMBER_TEXT, "unit_nature_code" },
	{ MEMBER_TEXT, "industry_code" },
	{ MEMBER_TEXT, "division_code" },
	{ MEMBER_TEXT, "occupation_code" },
	{ MEMBER_TEXT, "started_on" },
	{ MEMBER_TEXT, "pay_band" },
	{ MEMBER_BOOL, "is_aligned" },
	{ MEMBER_TEXT, "evidence_kind" },
	{ MEMBER_TEXT, "evidence_sha256" },
	{ MEMBER_BOOL, "is_employer_asked" },
	{ MEMBER_TIME, "acknowledged_at" },
	{ MEMBER_TIME, "confirmed_at" },
	{ MEMBER_TIME, "verified_at" },
	{ MEMBER_TEXT, "evidence_level" },
	{ MEMBER_TEXT, "state" },
	{ MEMBER_BOOL, "is_frozen" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "updated_at" },
	{ MEMBER_END, NULL }
};

void destination_write(struct json_writer *w, const struct rows *rows,
		       int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

void destination_write_whole(struct json_writer *w, const struct rows *rows,
			     int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	member_json(w, "history", CELL(rows, row, EDITIONS_COLUMN));
	json_end(w);
}

void destination_freeze_write(struct json_writer *w, const struct rows *rows,
			      int row)
{
	static const struct member freeze[] = {
		{ MEMBER_UUID, "id" },
		{ MEMBER_UUID, "school_id" },
		{ MEMBER_TEXT, "school_name" },
		{ MEMBER_INT, "graduation_year" },
		{ MEMBER_TEXT, "stage" },
		{ MEMBER_TIME, "frozen_at" },
		{ MEMBER_TEXT, "frozen_by" },
		{ MEMBER_INT, "version" },
		{ MEMBER_END, NULL }
	};

	json_object(w);
	members_write(w, freeze, rows, row);
	json_end(w);
}
