/* student_import_kind.c - students, as files bring them. */
#include "records/import.h"
#include "records/student_sheet.h"

static const struct flaw known = {
	.where = "student_number", .code = "duplicate",
	.english = "is a student of the school already",
	.chinese = "该学号已存在"
};
static const struct flaw unknown_division = {
	.where = "home_division_code", .code = "unknown-code",
	.english = "is in no official list", .chinese = "不在官方代码表中"
};
static const struct flaw backward = {
	.where = "graduates_on", .code = "inconsistent",
	.english = "must not be before entry_year",
	.chinese = "不能早于入学年份"
};
static const struct flaw *const refusals[] = { &unknown_division, &backward,
					       NULL };

static void read_student(const struct import_against *against,
			 const struct import_record *record,
			 struct import_values *out, struct flaws *flaws)
{
	struct student_new s;

	if (record->cells)
		student_sheet_read(record->cells, &against->catalogue,
				   against->level, &s, flaws);
	else
		student_sheet_read_line(&record->line, &against->catalogue,
					against->level, &s, flaws);
	out->key = s.student_number;
	if (!flaws->count)
		student_sheet_write(out->w, &s);
}

const struct import_kind student_import_kind = {
	.word = "students",
	.key = "student_number",
	.form = &student_sheet,
	.write = SQL_STUDENTS_IMPORT,
	.known = &known,
	.refusals = refusals,
	.read = read_student,
};
