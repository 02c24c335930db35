/* student.c - students, from the body in and to the reply out. */
#include "records/student.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "records/codes.h"
#include "records/members.h"

enum { CHINA_OFFSET_MS = 8 * 3600 * 1000, DAY_MS = 86400 * 1000 };

const char *const student_state_words[] = { "active", "graduated", "left",
					    NULL };
const char *const student_sex_words[] = { "female", "male", NULL };

/* Both tables differ in what is required only. */
#define STUDENT_FIELDS(required)                                               \
	CODE(struct student_new, student_number, 1, 32, student_check_number,  \
	     CASED | (required)),                                              \
	TEXT(struct student_new, name, 1, 50, TRIMMED | ONE_LINE |             \
	     (required)),                                                      \
	TIDY_CODE(struct student_new, specialty_code, 6, 6,                    \
		  code_check_specialty, code_tidy_specialty, (required)),      \
	INT(struct student_new, entry_year, 2000, 2100, (required)),           \
	DATE(struct student_new, birth_date, (required)),                      \
	ENUM(struct student_new, sex, student_sex_words, NULLABLE),            \
	DATE(struct student_new, graduates_on, NULLABLE),                      \
	TEXT(struct student_new, class_name, 1, 100,                           \
	     NULLABLE | TRIMMED | ONE_LINE),                                   \
	CODE(struct student_new, home_division_code, 6, 6,                     \
	     code_check_division, NULLABLE),                                   \
	TEXTS(struct student_new, willing_division_codes, 50, 6,               \
	      code_check_division, DISTINCT),                                  \
	BOOL(struct student_new, is_willing_anywhere, OPTIONAL),               \
	INT(struct student_new, pay_min_fen, 0, 100000000, NULLABLE),          \
	DATE(struct student_new, available_from, NULLABLE),                    \
	DATE(struct student_new, available_to, NULLABLE),                      \
	TEXTS(struct student_new, skills, 50, 50, NULL,                        \
	      DISTINCT | TRIMMED | ONE_LINE),                                  \
	TEXTS(struct student_new, certificates, 50, 50, NULL,                  \
	      DISTINCT | TRIMMED | ONE_LINE),                                  \
	END_OF_FIELDS

const struct field student_new_shape[] = { STUDENT_FIELDS(REQUIRED) };
const struct field student_patch_shape[] = { STUDENT_FIELDS(OPTIONAL) };

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_UUID, "school_id" },
	{ MEMBER_TEXT, "school_name" },
	{ MEMBER_TEXT, "student_number" },
	{ MEMBER_TEXT, "name" },
	{ MEMBER_TEXT, "specialty_code" },
	{ MEMBER_TEXT, "specialty_name" },
	{ MEMBER_TEXT, "level" },
	{ MEMBER_INT, "entry_year" },
	{ MEMBER_TEXT, "graduates_on" },
	{ MEMBER_TEXT, "class_name" },
	{ MEMBER_TEXT, "birth_date" },
	{ MEMBER_TEXT, "sex" },
	{ MEMBER_TEXT, "home_division_code" },
	{ MEMBER_TEXTS, "willing_division_codes" },
	{ MEMBER_BOOL, "is_willing_anywhere" },
	{ MEMBER_INT, "pay_min_fen" },
	{ MEMBER_TEXT, "available_from" },
	{ MEMBER_TEXT, "available_to" },
	{ MEMBER_TEXTS, "skills" },
	{ MEMBER_TEXTS, "certificates" },
	{ MEMBER_TEXT, "state" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "updated_at" },
	{ MEMBER_END, NULL }
};

void student_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

const char *student_check_number(const char *text)
{
	static const char letters[] = "0123456789"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz._/-";

	return text[strspn(text, letters)] ?
		       "must have letters, digits and . _ / - only" : NULL;
}

static void add(struct flaws *flaws, const char *prefix, const char *member,
		const struct flaw *what)
{
	flaws_add(flaws, arena_print(flaws->mem, "%s%s", prefix, member),
		  what->code, what->english, what->chinese);
}

/* Days since 1970-01-01, by the calendar in China. */
static int32_t today(void)
{
	return (int32_t)((clock_wall_ms() + CHINA_OFFSET_MS) / DAY_MS);
}

int student_age(const char *birth_date)
{
	int32_t days;

	must(clock_date(birth_date, &days));
	return (int)code_age(days, today());
}

static int64_t year_of(const char *date)
{
	return (date[0] - '0') * 1000 + (date[1] - '0') * 100 +
	       (date[2] - '0') * 10 + (date[3] - '0');
}

static void check_birth(const char *date, const char *prefix,
			struct flaws *flaws)
{
	static const struct flaw too_old = {
		.code = "out-of-range",
		.english = "must not be before 1940-01-01",
		.chinese = "不能早于 1940-01-01"
	};
	static const struct flaw too_young = {
		.code = "out-of-range",
		.english = "must be of somebody of 14 years or more",
		.chinese = "不满 14 周岁"
	};
	if (strcmp(date, "1940-01-01") < 0)
		add(flaws, prefix, "birth_date", &too_old);
	if (student_age(date) < STUDENT_AGE_MIN)
		add(flaws, prefix, "birth_date", &too_young);
}

static void check_entry(int64_t year, const char *prefix, struct flaws *flaws)
{
	static const struct flaw too_far = {
		.code = "out-of-range",
		.english = "must not be later than next year",
		.chinese = "不能晚于明年"
	};
	char date[CLOCK_TEXT_BYTES];

	clock_date_text(today(), date);
	if (year > year_of(date) + 1)
		add(flaws, prefix, "entry_year", &too_far);
}

void student_check(const struct student_new *s, const char *prefix,
		   struct flaws *flaws)
{
	static const struct flaw graduates_early = {
		.code = "inconsistent",
		.english = "must not be before entry_year",
		.chinese = "不能早于入学年份"
	};
	static const struct flaw ends_early = {
		.code = "inconsistent",
		.english = "must not be before available_from",
		.chinese = "不能早于 available_from"
	};

	if (s->birth_date)
		check_birth(s->birth_date, prefix, flaws);
	if (s->entry_year)
		check_entry(s->entry_year, prefix, flaws);
	if (s->graduates_on && s->entry_year &&
	    year_of(s->graduates_on) < s->entry_year)
		add(flaws, prefix, "graduates_on", &graduates_early);
	if (s->available_from && s->available_to &&
	    strcmp(s->available_to, s->available_from) < 0)
		add(flaws, prefix, "available_to", &ends_early);
}
