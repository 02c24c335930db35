/* Cells as schools write them, and what becomes of them. */
#include "unit.h"

#include <string.h>

#include "base/text.h"
#include "records/import.h"
#include "records/specialty_reading.h"
#include "records/specialty_text.h"
#include "records/student.h"
#include "wire/fold.h"

static struct catalogue_entry entries[] = {
	{ "分析检验技术", "470208", "associate", false },
	{ "学前教育", "370101", "bachelor", false },
	{ "学前教育", "570102", "associate", false },
	{ "数字媒体技术", "510204", "associate", false },
	{ "数字媒体艺术设计", "550103", "associate", true },
	{ "机械制造及自动化", "460104", "associate", false },
	{ "机电技术应用", "660301", "secondary", false },
	{ "油气储运", "620401", "secondary", false },
	{ "油气储运技术", "420401", "associate", false },
};
static const char *codes[] = { "370101", "420401", "460104", "470208",
			       "510204", "550103", "570102", "620401",
			       "660301" };
static struct catalogue_alias aliases[] = { { "矿山", "4201" } };
static struct catalogue_mapping mappings[] = { { "学前保育", "570102" } };
static struct import_against against = {
	.catalogue = { .by_name = entries, .codes = codes,
		       .count = COUNT_OF(entries), .aliases = aliases,
		       .alias_count = 1, .mappings = mappings,
		       .mapping_count = 1 },
	.level = "associate"
};

struct read {
	struct student_new s;
	const char *flaws;
};

/* A sound row in which one cell, or none, is another. */
static struct read read_with(struct arena *mem, const char *column,
			     const char *text)
{
	struct csv_row row = {
		.cells = { { "student_number", "A1" }, { "name", "周晓" },
			   { "specialty_name", "机电技术应用" },
			   { "entry_year", "2024" },
			   { "birth_date", "2006-03-14" } },
		.count = 5
	};
	struct read r = { .flaws = "" };
	struct sheet_record record = { .cells = &row };
	struct sheet_said said;
	struct flaws flaws, notes;
	struct import_found found = { &flaws, &notes, NULL };
	size_t i = 0;

	while (i < row.count && !text_same(row.cells[i].name, column))
		i++;
	row.cells[i] = (struct param){ column, text };
	row.count += i == row.count;
	flaws_init(&flaws, mem);
	flaws_init(&notes, mem);
	assert_true(sheet_read(&student_import_kind.sheet, &record, &r.s,
			       &said, &flaws));
	student_import_kind.settle(&against, &r.s, &said, &found);
	for (const struct flaw *flaw = flaws.first; flaw; flaw = flaw->next)
		r.flaws = arena_print(mem, "%s%s%s %s", r.flaws,
				      *r.flaws ? "|" : "", flaw->where,
				      flaw->code);
	return r;
}

static void test_dates(void **state)
{
	static const char *const good[][2] = {
		{ "2006-03-14", "2006-03-14" }, { "2006-3-4", "2006-03-04" },
		{ "2006/12/4", "2006-12-04" }, { "2006.3.14", "2006-03-14" },
		{ "2006年3月14日", "2006-03-14" },
		{ "2006年3月14", "2006-03-14" },
		{ "２００６／３／１４", "2006-03-14" },
		{ "20060314", "2006-03-14" },
		{ "2006-03-14 00:00:00", "2006-03-14" },
		{ "2006/3/14 0:00", "2006-03-14" },
	};
	static const char *const bad[] = {
		"2006", "2006-3", "2006-13-01", "2006-02-30", "06/3/14",
		"3/14/2006", "2006-003-14", "2006-3-14x", "2006-3-",
		"2006/3/14 8:30", "38790", "20060230", "200603141",
	};

	for (size_t i = 0; i < COUNT_OF(good); i++) {
		struct read r = read_with(*state, "birth_date", good[i][0]);

		assert_string_equal(r.flaws, "");
		assert_string_equal(r.s.birth_date, good[i][1]);
	}
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_string_equal(
			read_with(*state, "birth_date", bad[i]).flaws,
			"birth_date malformed");
}

static void test_years(void **state)
{
	static const char *const good[] = { "2024", "2024级", "2024級",
					    "2024年", " ２０２４ " };
	static const char *const bad[] = { "24级", "2024届", "2024.0", "" };

	for (size_t i = 0; i < COUNT_OF(good); i++)
		assert_int_equal(read_with(*state, "entry_year", good[i])
					 .s.entry_year, 2024);
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_string_equal(
			read_with(*state, "entry_year", bad[i]).flaws,
			"entry_year wrong-type");
}

static void test_sexes(void **state)
{
	static const char *const words[][2] = {
		{ "男", "male" }, { "女", "female" }, { "女性", "female" },
		{ "Male", "male" }, { "FEMALE", "female" }, { "f", "female" },
	};

	for (size_t i = 0; i < COUNT_OF(words); i++)
		assert_string_equal(read_with(*state, "sex", words[i][0]).s.sex,
				    words[i][1]);
	assert_string_equal(read_with(*state, "sex", "1").flaws,
			    "sex not-a-choice");
}

static void test_lists(void **state)
{
	struct read r = read_with(*state, "skills", "，焊接、 CAD;钳工 ；,");

	assert_string_equal(r.flaws, "");
	assert_int_equal(r.s.skills.count, 3);
	assert_string_equal(r.s.skills.at[0], "焊接");
	assert_string_equal(r.s.skills.at[1], "CAD");
	assert_string_equal(r.s.skills.at[2], "钳工");
	assert_int_equal(read_with(*state, "skills", "、").s.skills.count, 0);
}

static void test_specialties(void **state)
{
	static const char *const cases[][4] = {
		{ "specialty_name", "机电技术应用", "660301", "" },
		{ "specialty_name", "学前教育", "570102", "" },
		{ "specialty_name", "学前", NULL,
		  "specialty_name unknown-code" },
		{ "specialty_code", "660301", "660301", "" },
		{ "specialty_code", "660301k", "660301", "" },
		{ "specialty_code", "570102", "570102",
		  "specialty_name inconsistent" },
		{ "specialty_code", "669999", "669999",
		  "specialty_code unknown-code" },
		{ "specialty_code", "11", NULL, "specialty_code too-short" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct read r = read_with(*state, cases[i][0], cases[i][1]);

		assert_string_equal(r.flaws, cases[i][3]);
		if (cases[i][2])
			assert_string_equal(r.s.specialty_code, cases[i][2]);
		else
			assert_null(r.s.specialty_code);
	}
}

/* What a name, or (if it is none) a class, is read as, and why. */
static const struct {
	const char *name, *class_name, *level, *code, *because;
	const char *first;	/* suggestion */
} meanings[] = {
	{ "學前教育", NULL, "associate", "570102", "catalogue", NULL },
	{ "学前教育", NULL, "secondary", NULL, NULL, "370101" },
	{ "学前教育（中职）", NULL, "associate", NULL, NULL, "370101" },
	{ "学前教育(本科)", NULL, "associate", "370101", "decoration",
	  NULL },
	{ "学前教育【书法方向】专业", "24学前1班(五年制)", "associate",
	  "570102", "decoration", NULL },
	{ "学前保育", NULL, "associate", "570102", "mapping", NULL },
	{ "学前保育（五年制）", NULL, "associate", "570102", "mapping",
	  NULL },
	{ "机械制造与自动化", NULL, "associate", "460104",
	  "conjunction", NULL },
	{ "分析检验", NULL, "associate", "470208", "ending", NULL },
	{ "分析检验", NULL, "secondary", NULL, NULL, "470208" },
	{ "数字媒体", NULL, "associate", NULL, NULL, "510204" },
	{ "数字媒体", "23数字媒体艺术设计2班", "associate", NULL, NULL,
	  "550103" },
	{ "油气储运", NULL, "associate", NULL, NULL, "420401" },
	{ "油气储运", NULL, "secondary", "620401", "catalogue", NULL },
	{ "机电技术应用", NULL, "associate", "660301", "catalogue",
	  NULL },
	{ "矿山", NULL, "associate", NULL, NULL, NULL },
	{ "制造自动化", NULL, "associate", NULL, NULL, "460104" },
	{ "炼金术", NULL, "associate", NULL, NULL, NULL },
	{ "()", NULL, "associate", NULL, NULL, NULL },
	{ NULL, "2024级学前教育（3）班", "associate", "570102", "class",
	  NULL },
	{ NULL, "24分析检验1班", "associate", "470208", "class", NULL },
	{ NULL, "24学前保育1班", "associate", "570102", "mapping",
	  NULL },
	{ NULL, "24数媒1班", "associate", NULL, NULL, "550103" },
	{ NULL, "2401班", "associate", NULL, NULL, NULL },
	{ NULL, NULL, "associate", NULL, NULL, NULL },
};

static void check_meaning(const struct specialty_meaning *m, size_t k)
{
	const char *first = "[{\"code\":\"";

	if (meanings[k].code) {
		assert_int_equal(m->doubt, SPECIALTY_CERTAIN);
		assert_string_equal(m->entry->code, meanings[k].code);
		assert_string_equal(specialty_because_words[m->because],
				    meanings[k].because);
		return;
	}
	assert_int_not_equal(m->doubt, SPECIALTY_CERTAIN);
	if (meanings[k].first)
		assert_memory_equal(m->suggestions + strlen(first),
				    meanings[k].first, 6);
	else
		assert_null(m->suggestions);
}

/* Twice: what is kept from the first time is the same. */
static void test_meanings(void **state)
{
	struct catalogue c = against.catalogue;

	catalogue_fold(&c, *state);
	specialty_reading_begin(&c, *state);
	for (size_t i = 0; i < 2 * COUNT_OF(meanings); i++) {
		size_t k = i % COUNT_OF(meanings);
		struct specialty_said said = { meanings[k].name,
					       meanings[k].class_name,
					       meanings[k].level };
		struct specialty_meaning m;

		specialty_read(&c, *state, &said, &m);
		check_meaning(&m, k);
	}
}

static void test_classes(void **state)
{
	static const char *const cases[][2] = {
		{ "24机电1班", "机电" },
		{ "21机电一体化1班(五年制)", "机电一体化" },
		{ "2024级软件技术(1)班", "软件技术" }, { "软件2401", "软件" },
		{ "护理三班", "护理" }, { "24秋电商(3+2)二班", "电商" },
		{ "2401班", "" }, { "1", "" }, { "", "" }, { "班", "班" },
		{ "24-1", "" }, { "软件技术专业2班", "软件技术" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_string_equal(specialty_text_of_class(*state,
							    cases[i][0]),
				    cases[i][1]);
	assert_null(specialty_text_level("24护理1班(中高职贯通)"));
	assert_string_equal(specialty_text_level("护理（中职）"),
			    "secondary");
	assert_string_equal(specialty_text_level("护理大专"), "associate");
}

static void test_times_and_money(void **state)
{
	static const struct {
		sheet_tidy_cell *tidy;
		const char *text, *tidied;
	} cases[] = {
		{ sheet_tidy_time, "2027/1/31", "2027-01-31T23:59:59+08:00" },
		{ sheet_tidy_time, "2027-01-31 18:00",
		  "2027-01-31T18:00:00+08:00" },
		{ sheet_tidy_time, "2027年1月31日 8:30",
		  "2027-01-31T08:30:00+08:00" },
		{ sheet_tidy_time, "2027-01-31T18:00:05Z",
		  "2027-01-31T18:00:05Z" },
		{ sheet_tidy_time, "soon", "soon" },
		{ sheet_tidy_fen, "3500", "350000" },
		{ sheet_tidy_fen, "¥3,500.5元/月", "350050" },
		{ sheet_tidy_fen, "3500.25", "350025" },
		{ sheet_tidy_fen, "3500.255", "3500.255" },
		{ sheet_tidy_fen, "面议", "面议" },
		{ sheet_tidy_fen, "-1", "-1" }, { sheet_tidy_fen, "", "" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_string_equal(cases[i].tidy(*state, cases[i].text),
				    cases[i].tidied);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ARENA(test_dates),
		WITH_ARENA(test_years),
		WITH_ARENA(test_sexes),
		WITH_ARENA(test_lists),
		WITH_ARENA(test_specialties),
		WITH_ARENA(test_meanings),
		WITH_ARENA(test_classes),
		WITH_ARENA(test_times_and_money),
	};

	assert_true(fold_open());
	return cmocka_run_group_tests_name("student_import_kind", tests, NULL,
					   NULL);
}
