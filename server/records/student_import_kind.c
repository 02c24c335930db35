/*
 * student_import_kind.c - students, as files bring them: a specialty may be
 * named in the place of its code, or only be in the name of the class.
 */
#include "base/text.h"
#include "records/codes.h"
#include "records/import.h"
#include "records/specialty_reading.h"
#include "records/student.h"

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

static const struct sheet_tidy tidies[] = {
	{ "birth_date", sheet_tidy_date },
	{ "graduates_on", sheet_tidy_date },
	{ "entry_year", sheet_tidy_year },
	{ "sex", sheet_tidy_sex },
	{ "skills", sheet_tidy_list },
	{ "certificates", sheet_tidy_list },
	{ NULL, NULL }
};

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

/* What is certain, but was not written so, is told with the row. */
static void note_meaning(const struct specialty_meaning *meaning,
			 const struct student_new *s, struct flaws *notes)
{
	static const struct {
		const char *english, *chinese;
	} reasons[] = {
		[BECAUSE_MAPPING] = { "as the school has mapped it",
				      "依据本校的对应设置" },
		[BECAUSE_DECORATION] = { "without what stands around the name",
					 "去掉名称之外的说明后与目录一致" },
		[BECAUSE_CONJUNCTION] = { "but for a conjunction",
					  "仅连接词不同" },
		[BECAUSE_ENDING] = { "but for the ending 技术",
				     "仅缺少词尾“技术”" },
		[BECAUSE_CLASS] = { "from the name of the class",
				    "取自班级名称" },
	};
	const struct catalogue_entry *entry = meaning->entry;
	const char *where = s->specialty_name ? "specialty_name" :
						"class_name";

	if (meaning->because == BECAUSE_CATALOGUE)
		return;
	flaws_add(notes, where, "mapped",
		  arena_print(notes->mem, "was read as %s %s, %s", entry->code,
			      entry->name, reasons[meaning->because].english),
		  arena_print(notes->mem, "识别为 %s %s（%s）", entry->code,
			      entry->name, reasons[meaning->because].chinese));
	flaws_suggest(notes, arena_print(notes->mem,
		"[{\"code\":\"%s\",\"name\":\"%s\",\"level\":\"%s\","
		"\"because\":\"%s\"}]", entry->code, entry->name,
		entry->level, specialty_because_words[meaning->because]));
}

static void blame_meaning(const struct specialty_meaning *meaning,
			  const struct student_new *s, struct flaws *flaws)
{
	if (!s->specialty_name)
		flaws_add(flaws, "specialty_code", "required",
			  "or specialty_name is required",
			  "专业代码与专业名称至少填写一项");
	else if (meaning->doubt == SPECIALTY_ELSEWHERE)
		flaws_add(flaws, "specialty_name", "inconsistent",
			  "is no name of the school's level, and it is not "
			  "certain which one is meant: give specialty_code",
			  "不是本校层次的专业名称，请填写专业代码");
	else
		flaws_add(flaws, "specialty_name", "unknown-code",
			  "is no name of the national catalogue",
			  "不是国家专业目录中的名称");
	if (meaning->suggestions)
		flaws_suggest(flaws, meaning->suggestions);
}

static void find_code(const struct import_against *against,
		      struct student_new *s, struct flaws *flaws,
		      struct flaws *notes)
{
	struct specialty_said said = { s->specialty_name, s->class_name,
				       against->level };
	struct specialty_meaning meaning;

	specialty_read(&against->catalogue, flaws->mem, &said, &meaning);
	if (meaning.doubt != SPECIALTY_CERTAIN) {
		blame_meaning(&meaning, s, flaws);
		return;
	}
	s->specialty_code = meaning.entry->code;
	note_meaning(&meaning, s, notes);
}

static void settle_student(const struct import_against *against, void *record,
			   const struct sheet_said *said,
			   struct import_found *found)
{
	const struct catalogue *catalogue = &against->catalogue;
	struct student_new *s = record;
	struct flaws *flaws = found->flaws;

	if (!sheet_says(said, "specialty_code")) {
		/* A name that is there but no name has its flaw already. */
		if (s->specialty_name || !sheet_says(said, "specialty_name"))
			find_code(against, s, flaws, found->notes);
	} else if (s->specialty_code) {
		if (!catalogue_has_code(catalogue, s->specialty_code))
			flaws_add(flaws, "specialty_code", "unknown-code",
				  "is in no official list",
				  "不在国家专业目录中");
		else if (s->specialty_name)
			check_name(catalogue, s, flaws);
	}
	student_check(s, "", flaws);
	found->key = s->student_number;
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

static void write_student(struct json_writer *w, const void *record)
{
	const struct student_new *s = record;

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

const struct import_kind student_import_kind = {
	.word = "students",
	.key = "student_number",
	.sheet = { columns, sheet_shape, tidies, sizeof(struct student_new) },
	.needs_catalogue = true,
	.write = SQL_STUDENTS_IMPORT,
	.known = &known,
	.refusals = refusals,
	.settle = settle_student,
	.put = write_student,
};
