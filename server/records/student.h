/*
 * student.h - a student's profile: what the school enters, what the student
 * adds, and what must hold between its members.
 *
 * from  product.md, "Words"; schema/migrations/0003_people.sql
 */
#ifndef RECORDS_STUDENT_H
#define RECORDS_STUDENT_H

#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

struct student_new {
	const char *student_number, *name, *specialty_code;
	const char *specialty_name;	/* of spreadsheets only */
	int64_t entry_year;
	const char *graduates_on, *class_name, *birth_date, *sex;
	const char *home_division_code;
	struct texts willing_division_codes;
	bool is_willing_anywhere;
	int64_t pay_min_fen;
	const char *available_from, *available_to;
	struct texts skills, certificates;
};

/* The same members; of a patch none is required. */
extern const struct field student_new_shape[];
extern const struct field student_patch_shape[];
extern const char *const student_state_words[];
extern const char *const student_sex_words[];

/* The school's own number: letters, digits and ._/- */
const char *student_check_number(const char *text);

/*
 * What a table of fields cannot say: a birth date of somebody of 14 years or
 * more, years and dates in order. Members that are absent are not looked at.
 *
 * in     prefix comes before a member's name in `where`: "#/" or ""
 * from   rules.md 5.1; the constraints of the table student
 */
void student_check(const struct student_new *s, const char *prefix,
		   struct flaws *flaws);

/* Today, by the calendar in China. in  a date of the calendar */
enum { STUDENT_AGE_MIN = 14 };
int student_age(const char *birth_date);

/* The columns of schema/queries/student_*.sql that endpoints read. */
enum { STUDENT_ID_COLUMN = 0, STUDENT_VERSION_COLUMN = 22 };

/* A row of student_by_id.sql, students_list.sql, ... as a JSON object. */
void student_write(struct json_writer *w, const struct rows *rows, int row);

#endif
