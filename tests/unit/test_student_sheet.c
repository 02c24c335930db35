/* Cells as schools write them, and what becomes of them. */
#include "unit.h"

#include "base/text.h"
#include "records/student_sheet.h"

static struct catalogue_entry entries[] = {
	{ "学前教育", "370101", "bachelor" },
	{ "学前教育", "570102", "associate" },
	{ "机电技术应用", "660301", "secondary" },
};
static const char *codes[] = { "370101", "570102", "660301" };
static const struct catalogue catalogue = { entries, codes,
					    COUNT_OF(entries), NULL };

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
	struct flaws flaws;
	size_t i = 0;

	while (i < row.count && !text_same(row.cells[i].name, column))
		i++;
	row.cells[i] = (struct param){ column, text };
	row.count += i == row.count;
	flaws_init(&flaws, mem);
	student_sheet_read(&row, &catalogue, "associate", &r.s, &flaws);
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
	assert_null(catalogue_code(&catalogue, "学前教育", "secondary"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ARENA(test_dates),
		WITH_ARENA(test_years),
		WITH_ARENA(test_sexes),
		WITH_ARENA(test_lists),
		WITH_ARENA(test_specialties),
	};

	return cmocka_run_group_tests_name("student_sheet", tests, NULL, NULL);
}
