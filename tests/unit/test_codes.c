/*
 * Official codes: public company codes, synthetic persons, and every single
 * wrong character.
 */
#include "unit.h"

#include "base/clock.h"
#include "base/text.h"
#include "records/codes.h"
#include "wire/reasons.h"

struct wrong { const char *text, *reason; };

typedef const char *check(const char *text);

static void expect_wrong(check *f, const struct wrong *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *reason = f(cases[i].text);

		assert_non_null(reason);
		assert_non_null(strstr(reason, cases[i].reason));
		/* Every reason has its own words in Chinese. */
		assert_string_not_equal(reason_chinese(reason), "格式不正确");
	}
}

static const char *const companies[] = {
	"914403001922038216", "91110000802100433B", "91330100799655058B",
	"9144030071526726XG", "91110108551385082Q", "91440300192317458F",
	"91440400192548256N",
};

static void test_uscc(void **state)
{
	static const struct wrong wrong[] = {
		{ "", "18 characters" },
		{ "91520000714307791T", "check digit" },
		{ "9144030019220382", "18 characters" },
		{ "9144030019220382166", "18 characters" },
		{ "91110108551385082q", "never has" },
		{ "9111O108551385082Q", "never has" },
		{ "91A10108551385082Q", "never has" },
		{ "9111010855138508ZQ", "never has" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(companies); i++)
		assert_null(code_check_uscc(companies[i]));
	expect_wrong(code_check_uscc, wrong, COUNT_OF(wrong));
}

static void test_uscc_every_mistype(void **state)
{
	char code[19] = "9144030071526726XG";

	(void)state;
	for (size_t i = 0; i < 18; i++) {
		char was = code[i];

		for (char c = '0'; c <= 'Z'; c++) {
			code[i] = c;
			assert_int_equal(!code_check_uscc(code), c == was);
		}
		code[i] = was;
	}
}

static void test_enterprise_codes(void **state)
{
	static const char *const industries[] = { "A", "T", "01", "341",
						  "3411" };
	static const struct wrong no_industries[] = {
		{ "", "industry" },	 { "U", "industry" },
		{ "AB", "industry" },	 { "3", "industry" },
		{ "34111", "industry" }, { "C34", "industry" },
		{ "a", "industry" },
	};
	static const struct wrong no_natures[] = {
		{ "", "2 digits" }, { "1", "2 digits" }, { "100", "2 digits" },
		{ "1A", "2 digits" },
	};
	static const char *const logins[] = { "hr", "0", "a.b_c@d+e-f" };
	static const struct wrong no_logins[] = {
		{ "", "small letters" },   { "Hr", "small letters" },
		{ ".hr", "small letters" }, { "h r", "small letters" },
		{ "\xe5\x8e\x82", "small letters" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(industries); i++)
		assert_null(code_check_industry(industries[i]));
	for (size_t i = 0; i < COUNT_OF(logins); i++)
		assert_null(code_check_login(logins[i]));
	assert_null(code_check_unit_nature("39"));
	expect_wrong(code_check_industry, no_industries,
		     COUNT_OF(no_industries));
	expect_wrong(code_check_unit_nature, no_natures,
		     COUNT_OF(no_natures));
	expect_wrong(code_check_login, no_logins, COUNT_OF(no_logins));
}

static void test_age(void **state)
{
	static const struct { const char *birth, *on; int age; } cases[] = {
		{ "2008-02-29", "2024-02-28", 15 },
		{ "2008-02-29", "2024-02-29", 16 },
		{ "2008-02-29", "2026-02-28", 17 },
		{ "2008-02-29", "2026-03-01", 18 },
		{ "2010-11-23", "2026-11-22", 15 },
		{ "2010-11-23", "2026-11-23", 16 },
		{ "1999-12-31", "2000-01-01", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int32_t birth, on;

		assert_true(clock_date(cases[i].birth, &birth));
		assert_true(clock_date(cases[i].on, &on));
		assert_int_equal(code_age(birth, on), cases[i].age);
	}
}

static void test_specialty(void **state)
{
	static const struct { const char *code, *level; } good[] = {
		{ "210101", "bachelor" },  { "399999", "bachelor" },
		{ "410101", "associate" }, { "590101", "associate" },
		{ "610101", "secondary" }, { "790101", "secondary" },
	};
	static const struct wrong wrong[] = {
		{ "", "specialty" },	   { "7102", "specialty" },
		{ "71020", "specialty" },  { "7102011", "specialty" },
		{ "110101", "specialty" }, { "400101", "specialty" },
		{ "600101", "specialty" }, { "200101", "specialty" },
		{ "800101", "specialty" }, { "71020A", "specialty" },
		{ "710201K", "specialty" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		assert_null(code_check_specialty(good[i].code));
		assert_string_equal(code_specialty_level(good[i].code),
				    good[i].level);
	}
	expect_wrong(code_check_specialty, wrong, COUNT_OF(wrong));
	assert_null(code_specialty_level("800101"));
}

static void test_specialty_targets(void **state)
{
	static const struct wrong wrong[] = {
		{ "", "category" }, { "7", "category" }, { "710", "category" },
		{ "80", "category" }, { "71020", "category" },
	};

	(void)state;
	assert_null(code_check_specialty_target("71"));
	assert_null(code_check_specialty_target("7102"));
	assert_null(code_check_specialty_target("710201"));
	expect_wrong(code_check_specialty_target, wrong, COUNT_OF(wrong));
}

static void test_tidy(void **state)
{
	static const struct { const char *in, *out; } cases[] = {
		{ "510201K", "510201" }, { "510201k", "510201" },
		{ "510201", "510201" },  { "510201KK", "510201KK" },
		{ "51020K", "51020K" },  { "5102K", "5102K" }, { "", "" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char *text = arena_text(*state, cases[i].in,
					strlen(cases[i].in));

		code_tidy_specialty(text);
		assert_string_equal(text, cases[i].out);
	}
}

static void test_others(void **state)
{
	static const struct wrong divisions[] = {
		{ "", "6 digits" }, { "44010", "6 digits" },
		{ "0440103", "6 digits" }, { "940103", "6 digits" },
		{ "040103", "6 digits" }, { "44O103", "6 digits" },
	};
	static const struct wrong occupations[] = {
		{ "", "occupation" }, { "6310101", "occupation" },
		{ "9-31-01-01", "occupation" }, { "6-31-01", "occupation" },
		{ "6-31-01-011", "occupation" }, { "0-31-01-01", "occupation" },
	};
	static const struct wrong mobiles[] = {
		{ "", "mobile" }, { "12800000000", "mobile" },
		{ "1380000000", "mobile" }, { "138000000000", "mobile" },
		{ "+8613800000", "mobile" }, { "23800000000", "mobile" },
	};
	static const struct wrong schools[] = {
		{ "", "school" }, { "123456", "school" },
		{ "411101000A", "school" }, { "41110100011", "school" },
	};

	(void)state;
	assert_null(code_check_division("440103"));
	assert_null(code_check_occupation("6-31-01-01"));
	assert_null(code_check_mobile("13800000000"));
	assert_null(code_check_mobile("19999999999"));
	assert_null(code_check_school("4111010001"));
	assert_null(code_check_school("10001"));
	expect_wrong(code_check_division, divisions, COUNT_OF(divisions));
	expect_wrong(code_check_occupation, occupations,
		     COUNT_OF(occupations));
	expect_wrong(code_check_mobile, mobiles, COUNT_OF(mobiles));
	expect_wrong(code_check_school, schools, COUNT_OF(schools));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_uscc),
		cmocka_unit_test(test_uscc_every_mistype),
		cmocka_unit_test(test_age),
		cmocka_unit_test(test_specialty),
		cmocka_unit_test(test_specialty_targets),
		WITH_ARENA(test_tidy),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_enterprise_codes),
	};

	return cmocka_run_group_tests_name("codes", tests, NULL, NULL);
}
