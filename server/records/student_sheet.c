/*
 * student_sheet.c - cells are tidied by the kind of their column, then go
 * through a table of fields like any parameter.
 */
#include "records/student_sheet.h"

#include <string.h>

#include "base/text.h"
#include "records/codes.h"
#include "records/sheet_line.h"
#include "wire/unicode.h"

typedef const char *tidy_cell(struct arena *mem, const char *text);

static const char *const number_names[] = { "学号", "學號", "学生学号", NULL };
static const char *const name_names[] = { "姓名", "学生姓名", NULL };
static const char *const code_names[] = { "专业代码", "專業代碼", "专业编码",
					  NULL };
static const char *const specialty_names[] = { "专业", "專業", "专业名称",
					       "專業名稱", "所学专业",
					       "specialty", NULL };
static const char *const entry_names[] = { "入学年份", "入學年份", "入学年度",
					   "年级", "年級", NULL };
static const char *const birth_names[] = { "出生日期", "出生年月日", NULL };
static const char *const sex_names[] = { "性别", "性別", NULL };
static const char *const graduation_names[] = { "毕业日期", "畢業日期",
						"预计毕业日期", NULL };
static const char *const class_names[] = { "班级", "班級", "班级名称",
					   "class", NULL };
static const char *const home_names[] = { "生源地代码", "户籍地代码",
					  "生源地行政区划代码", NULL };
static const char *const skill_names[] = { "技能", NULL };
static const char *const certificate_names[] = { "证书", "證書",
						 "职业资格证书", NULL };

static const struct csv_column columns[] = {
	{ "student_number", number_names, true },
	{ "name", name_names, true },
	{ "specialty_code", code_names, false },
	{ "specialty_name", specialty_names, false },
	{ "entry_year", entry_names, true },
	{ "birth_date", birth_names, true },
	{ "sex", sex_names, false },
	{ "graduates_on", graduation_names, false },
	{ "class_name", class_names, false },
	{ "home_division_code", home_names, false },
	{ "skills", skill_names, false },
	{ "certificates", certificate_names, false },
	{ NULL, NULL, false }
};

const struct csv_form student_sheet = {
	.columns = columns, .rows_max = STUDENT_SHEET_ROWS_MAX
};
const struct csv_form student_sheet_loose = {
	.columns = columns, .lets_others_be = true,
	.rows_max = STUDENT_SHEET_ROWS_MAX
};

static const struct field sheet_shape[] = {
	CODE(struct student_new, student_number, 1, 32, student_check_number,
	     CASED | REQUIRED),
	TEXT(struct student_new, name, 1, 50, TRIMMED | ONE_LINE | REQUIRED),
	TIDY_CODE(struct student_new, specialty_code, 6, 6,
		  code_check_specialty, code_tidy_specialty, NULLABLE),
	TEXT(struct student_new, specialty_name, 1, 100, NULLABLE | ONE_LINE),
	INT(struct student_new, entry_year, 2000, 2100, REQUIRED),
	DATE(struct student_new, birth_date, REQUIRED),
	ENUM(struct student_new, sex, student_sex_words, NULLABLE),
	DATE(struct student_new, graduates_on, NULLABLE),
	TEXT(struct student_new, class_name, 1, 100,
	     NULLABLE | TRIMMED | ONE_LINE),
	CODE(struct student_new, home_division_code, 6, 6,
	     code_check_division, NULLABLE),
	TEXTS(struct student_new, skills, 50, 50, NULL,
	      NULLABLE | DISTINCT | ONE_LINE),
	TEXTS(struct student_new, certificates, 50, 50, NULL,
	      NULLABLE | DISTINCT | ONE_LINE),
	END_OF_FIELDS
};

/* The digits at *at, `most` at most; how many there were. */
static size_t take_digits(const char **at, size_t most)
{
	size_t count = strspn(*at, "0123456789");

	count = count < most ? count : most;
	*at += count;
	return count;
}

/* Step over one of the words, "" included if it is among them. */
static bool take_word(const char **at, const char *const *words)
{
	for (; *words; words++)
		if (text_starts(*at, *words)) {
			*at += strlen(*words);
			return true;
		}
	return false;
}

/* 2006/3/14, 2006年3月14日, 20060314, 2006-03-14 00:00:00: 2006-03-14. What
 * is none of these is left for the check of dates to refuse. */
static const char *tidy_date(struct arena *mem, const char *text)
{
	static const char *const after_year[] = { "-", "/", ".", "年", NULL };
	static const char *const after_month[] = { "-", "/", ".", "月", NULL };
	static const char *const after_day[] = { "日", "号", " 00:00:00",
						 " 0:00:00", " 00:00",
						 " 0:00", "", NULL };
	const char *year = unicode_code(mem, text), *at = year, *month, *day;
	size_t month_digits, day_digits;

	if (strlen(year) == 8 && text_is_digits(year))
		return arena_print(mem, "%.4s-%.2s-%.2s", year, year + 4,
				   year + 6);
	if (take_digits(&at, 4) != 4 || !take_word(&at, after_year))
		return text;
	month = at;
	month_digits = take_digits(&at, 2);
	if (!month_digits || !take_word(&at, after_month))
		return text;
	day = at;
	day_digits = take_digits(&at, 2);
	if (!day_digits || !take_word(&at, after_day) || *at)
		return text;
	return arena_print(mem, "%.4s-%s%.*s-%s%.*s", year,
			   month_digits == 1 ? "0" : "", (int)month_digits,
			   month, day_digits == 1 ? "0" : "",
			   (int)day_digits, day);
}

/* 2024级, 2024年: 2024. */
static const char *tidy_year(struct arena *mem, const char *text)
{
	static const char *const marks[] = { "级", "級", "年", "", NULL };
	const char *year = unicode_code(mem, text), *at = year;

	if (take_digits(&at, 4) == 4 && take_word(&at, marks) && !*at)
		return arena_text(mem, year, 4);
	return text;
}

static const char *tidy_sex(struct arena *mem, const char *text)
{
	static const char *const words[][2] = {
		{ "男", "male" }, { "女", "female" }, { "男性", "male" },
		{ "女性", "female" }, { "MALE", "male" },
		{ "FEMALE", "female" }, { "M", "male" }, { "F", "female" },
	};
	char *word = unicode_code(mem, text);

	unicode_upper_ascii(word);
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (text_same(word, words[i][0]))
			return words[i][1];
	return text;
}

/* The item from..end behind the others, unless it is blank. */
static char *add_item(struct arena *mem, const char *from, const char *end,
		      char *to)
{
	const char *item = unicode_trim(
		mem, arena_text(mem, from, (size_t)(end - from)));
	size_t bytes = strlen(item);

	if (!bytes)
		return to;
	memcpy(to, item, bytes);
	to[bytes] = ',';
	return to + bytes + 1;
}

/* "焊接、CAD， 钳工": with single commas and without blanks around them. */
static const char *tidy_list(struct arena *mem, const char *text)
{
	static const char *const marks[] = { ",", "，", "、", ";", "；", NULL };
	char *all = arena_array(mem, char, strlen(text) + 2), *to = all;
	const char *from = text, *at = text;

	while (*at) {
		const char *end = at;

		if (take_word(&at, marks)) {
			to = add_item(mem, from, end, to);
			from = at;
		} else {
			at++;
		}
	}
	to = add_item(mem, from, at, to);
	if (to > all)
		to[-1] = '\0';
	return all;
}

static void tidy_cells(struct csv_row *row, struct arena *mem)
{
	static const struct {
		const char *column;
		tidy_cell *tidy;
	} tidies[] = {
		{ "birth_date", tidy_date }, { "graduates_on", tidy_date },
		{ "entry_year", tidy_year }, { "sex", tidy_sex },
		{ "skills", tidy_list }, { "certificates", tidy_list },
	};

	for (size_t i = 0; i < row->count; i++)
		for (size_t k = 0; k < COUNT_OF(tidies); k++)
			if (text_same(row->cells[i].name, tidies[k].column))
				row->cells[i].value = tidies[k].tidy(
					mem, row->cells[i].value);
}

/* A code and a name of the catalogue must not contradict each other; a name
 * that the school made up says nothing beside a code. */
static void check_name(const struct catalogue *catalogue,
		       const struct student_new *s, struct flaws *flaws)
{
	size_t count;
	const struct catalogue_entry *at;

	at = catalogue_of_name(catalogue, s->specialty_name, &count);
	for (size_t i = 0; i < count; i++)
		if (text_same(at[i].code, s->specialty_code))
			return;
	if (count)
		flaws_add(flaws, "specialty_name", "inconsistent",
			  "is the name of another code than specialty_code",
			  "与专业代码不一致");
}

static void blame_name(const struct catalogue *catalogue, const char *level,
		       const char *name, struct flaws *flaws)
{
	flaws_add(flaws, "specialty_name", "unknown-code",
		  "is no name of the national catalogue",
		  "不是国家专业目录中的名称");
	flaws_suggest(flaws, catalogue_near(catalogue, flaws->mem, name,
					    level));
}

static void find_code(const struct catalogue *catalogue, const char *level,
		      struct student_new *s, struct flaws *flaws)
{
	size_t count;

	s->specialty_code = catalogue_code(catalogue, s->specialty_name,
					   level);
	if (s->specialty_code)
		return;
	(void)catalogue_of_name(catalogue, s->specialty_name, &count);
	if (count)
		flaws_add(flaws, "specialty_name", "inconsistent",
			  "is on several levels, none of them the school's: "
			  "give specialty_code",
			  "该名称见于多个层次且均非本校层次，请填写专业代码");
	else
		blame_name(catalogue, level, s->specialty_name, flaws);
}

/* What the cells said, before the table of fields had its say. */
static bool has_cell(const struct csv_row *row, const char *column)
{
	for (size_t i = 0; i < row->count; i++)
		if (text_same(row->cells[i].name, column))
			return true;
	return false;
}

/* What the row said of the specialty, right or wrong. */
struct said {
	bool has_code, has_name;
};

static void settle_specialty(struct said said,
			     const struct catalogue *catalogue,
			     const char *level, struct student_new *s,
			     struct flaws *flaws)
{
	if (said.has_code) {
		if (!s->specialty_code)
			return;
		if (!catalogue_has_code(catalogue, s->specialty_code))
			flaws_add(flaws, "specialty_code", "unknown-code",
				  "is in no official list",
				  "不在国家专业目录中");
		else if (s->specialty_name)
			check_name(catalogue, s, flaws);
	} else if (s->specialty_name) {
		find_code(catalogue, level, s, flaws);
	} else if (!said.has_name) {
		flaws_add(flaws, "specialty_code", "required",
			  "or specialty_name is required",
			  "专业代码与专业名称至少填写一项");
	}
}

void student_sheet_read(struct csv_row *row, const struct catalogue *catalogue,
			const char *level, struct student_new *out,
			struct flaws *flaws)
{
	struct shape_seen seen;
	struct shape_into into = { .out = out, .seen = &seen, .flaws = flaws };

	struct said said = { has_cell(row, "specialty_code"),
			     has_cell(row, "specialty_name") };

	*out = (struct student_new){ .student_number = NULL };
	tidy_cells(row, flaws->mem);
	shape_params(sheet_shape, &into, row->cells, row->count);
	settle_specialty(said, catalogue, level, out, flaws);
	student_check(out, "", flaws);
}

static bool is_said(const struct shape_seen *seen, const char *name)
{
	return shape_has(sheet_shape, seen, name) &&
	       !shape_is_null(sheet_shape, seen, name);
}

void student_sheet_read_line(const struct sheet_line *line,
			     const struct catalogue *catalogue,
			     const char *level, struct student_new *out,
			     struct flaws *flaws)
{
	struct shape_seen seen = { 0 };
	struct said said;

	*out = (struct student_new){ .student_number = NULL };
	if (!sheet_line_read(line, sheet_shape, out, &seen, flaws))
		return;
	said = (struct said){ is_said(&seen, "specialty_code"),
			      is_said(&seen, "specialty_name") };
	settle_specialty(said, catalogue, level, out, flaws);
	student_check(out, "", flaws);
}

static void write_list(struct json_writer *w, const char *name,
		       const struct texts *list)
{
	if (!list->at)
		return;
	json_key(w, name);
	json_array(w);
	for (size_t i = 0; i < list->count; i++)
		json_text(w, list->at[i]);
	json_end(w);
}

void student_sheet_write(struct json_writer *w, const struct student_new *s)
{
	json_member_text(w, "student_number", s->student_number);
	json_member_text(w, "name", s->name);
	json_member_text(w, "specialty_code", s->specialty_code);
	json_member_int(w, "entry_year", s->entry_year);
	json_member_text(w, "graduates_on", s->graduates_on);
	json_member_text(w, "class_name", s->class_name);
	json_member_text(w, "birth_date", s->birth_date);
	json_member_text(w, "sex", s->sex);
	json_member_text(w, "home_division_code", s->home_division_code);
	write_list(w, "skills", &s->skills);
	write_list(w, "certificates", &s->certificates);
}
