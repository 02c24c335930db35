/*
 * Codes, divisions, days and the policy's limits, by example and by walking
 * through every day.
 */
#include "checks.h"

#include "matcher/align.h"

#include <time.h>

static void test_specialty_from_text(void **state)
{
	(void)state;
	assert_int_equal(match_specialty_from_text("510203"), 510203);
	assert_int_equal(match_specialty_from_text("7102"), 7102);
	assert_int_equal(match_specialty_from_text("21"), 21);
	assert_int_equal(match_specialty_from_text("590199"), 590199);
	assert_int_equal(match_specialty_from_text("79"), 79);

	static const char *const bad[] = {
		"",	   "5",	      "510",	    "51020",
		"5102031", "401",     "40",	    "600101",
		"20",	   "80",      "810101",	    "51020a",
		" 510203", "510203 ", "-51",	    "+51",
		"051020",  "0510203", "4295477499", "99999999999999999999"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(match_specialty_from_text(bad[i]), 0);
}

static void test_occupation_from_text(void **state)
{
	(void)state;
	assert_int_equal(match_occupation_from_text("4-04-05-01"), 4040501);
	assert_int_equal(match_occupation_from_text("1-01-00-01"), 1010001);
	assert_int_equal(match_occupation_from_text("6-29-99-90"), 6299990);

	static const char *const bad[] = {"",
					  "4",
					  "4-04-05-0",
					  "4-04-05-011",
					  "4-04-05-01 ",
					  "0-04-05-01",
					  "4040501",
					  "4-4-05-01",
					  "4-04_05-01",
					  "a-04-05-01"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(match_occupation_from_text(bad[i]), 0);
}

static void test_folding(void **state)
{
	(void)state;
	assert_int_equal(match_specialty_category(710203), 31);
	assert_int_equal(match_specialty_category(5102), 31);
	assert_int_equal(match_specialty_category(31), 31);
	assert_int_equal(match_specialty_category(600101), 0);
	assert_int_equal(match_specialty_class(710203), 3102);
	assert_int_equal(match_specialty_class(3102), 3102);
	assert_int_equal(match_specialty_class(51), 0);
	assert_int_equal(match_specialty_level(710203),
			 MATCH_EDUCATION_SECONDARY);
	assert_int_equal(match_specialty_level(51), MATCH_EDUCATION_ASSOCIATE);
	assert_int_equal(match_specialty_level(3102), MATCH_EDUCATION_BACHELOR);
	assert_int_equal(match_specialty_level(0), MATCH_EDUCATION_NONE);
}

static void test_tiers(void **state)
{
	static const struct {
		uint32_t specialty;
		uint32_t target;
		enum match_tier tier;
	} rows[] = {
		{510203, 510203, MATCH_TIER_SAME},
		{510203, 510201, MATCH_TIER_CLASS_AND_LEVEL},
		{510203, 5102, MATCH_TIER_CLASS_AND_LEVEL},
		{510203, 710201, MATCH_TIER_CLASS_OR_TIE},
		{510203, 310203, MATCH_TIER_CLASS_OR_TIE},
		{510203, 7102, MATCH_TIER_CLASS_OR_TIE},
		{510203, 510101, MATCH_TIER_CATEGORY},
		{510203, 5101, MATCH_TIER_CATEGORY},
		{510203, 51, MATCH_TIER_CATEGORY},
		{510203, 31, MATCH_TIER_CATEGORY},
		{510203, 71, MATCH_TIER_CATEGORY},
		{510203, 710101, MATCH_TIER_CATEGORY},
		{510203, 52, MATCH_TIER_NONE},
		{510203, 530203, MATCH_TIER_NONE},
		{510203, 0, MATCH_TIER_NONE},
		{510203, 510, MATCH_TIER_NONE},
		{5102, 5102, MATCH_TIER_NONE}, /* no student has a class */
		{0, 510203, MATCH_TIER_NONE},
		{0, 0, MATCH_TIER_NONE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(
			match_specialty_tier(rows[i].specialty, rows[i].target),
			rows[i].tier);
}

static void test_ties(void **state)
{
	static const struct match_tie at[] = {{510201, 4040501},
					      {510203, 2021001},
					      {510203, 4040501},
					      {510203, 4040502},
					      {710201, 4040501}};

	(void)state;
	for (size_t count = 0; count <= 5; count++) {
		struct match_ties ties = {at, count};

		for (size_t i = 0; i < 5; i++)
			assert_int_equal(
				match_specialty_is_tied(&ties, at[i].specialty,
							at[i].occupation),
				i < count);
		assert_false(match_specialty_is_tied(&ties, 510202, 4040501));
		assert_false(match_specialty_is_tied(&ties, 510203, 4040500));
	}
	assert_false(match_specialty_is_tied(NULL, 510203, 4040501));
}

static void test_division_shared(void **state)
{
	static const struct {
		uint32_t a;
		uint32_t b;
		enum match_place place;
	} rows[] = {
		{320505, 320505, MATCH_PLACE_COUNTY},
		{320505, 320506, MATCH_PLACE_CITY},
		{320505, 320500, MATCH_PLACE_CITY},
		{320500, 320500, MATCH_PLACE_CITY},
		{320505, 320111, MATCH_PLACE_PROVINCE},
		{320505, 320000, MATCH_PLACE_PROVINCE},
		{320000, 320000, MATCH_PLACE_PROVINCE},
		{320505, 330105, MATCH_PLACE_AWAY},
		{310115, 310101, MATCH_PLACE_CITY},
		{310115, 310000, MATCH_PLACE_CITY},
		{500101, 500230, MATCH_PLACE_CITY},
		{419001, 419001, MATCH_PLACE_COUNTY},
		{429004, 429005, MATCH_PLACE_PROVINCE},
		{429004, 429000, MATCH_PLACE_PROVINCE},
		{429000, 429000, MATCH_PLACE_PROVINCE},
		{110101, 110102, MATCH_PLACE_CITY},
		{110000, 110101, MATCH_PLACE_CITY},
		{120101, 120000, MATCH_PLACE_CITY},
		{0, 0, MATCH_PLACE_AWAY},
		{320505, 0, MATCH_PLACE_AWAY},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(match_division_shared(rows[i].a, rows[i].b),
				 rows[i].place);
		assert_int_equal(match_division_shared(rows[i].b, rows[i].a),
				 rows[i].place);
	}
}

static void test_division_is_in(void **state)
{
	(void)state;
	assert_true(match_division_is_in(320505, 320505));
	assert_true(match_division_is_in(320505, 320500));
	assert_true(match_division_is_in(320505, 320000));
	assert_true(match_division_is_in(500230, 500100));
	assert_true(match_division_is_in(429004, 429000));
	assert_false(match_division_is_in(320500, 320505));
	assert_false(match_division_is_in(320000, 320500));
	assert_false(match_division_is_in(320505, 320506));
	assert_false(match_division_is_in(320605, 320500));
	assert_false(match_division_is_in(0, 320000));
	assert_false(match_division_is_in(320505, 0));
}

static void test_division_from_text(void **state)
{
	(void)state;
	assert_int_equal(match_division_from_text("320505"), 320505);
	assert_int_equal(match_division_from_text("320000"), 320000);
	assert_int_equal(match_division_from_text("110000"), 110000);
	assert_int_equal(match_division_from_text("429019"), 429019);
	assert_int_equal(match_division_province(320505), 320000);
	assert_int_equal(match_division_province(0), 0);

	static const char *const bad[] = {"",
					  "32",
					  "32050",
					  "3205055",
					  "32050a",
					  "320005",
					  "320505a",
					  "020505",
					  "000000",
					  " 320505",
					  "99999999999999999999"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(match_division_from_text(bad[i]), 0);
}

/* Every day of three centuries, against the C library's calendar. */
static void test_days_against_libc(void **state)
{
	int32_t last = match_day_from_text("2199-12-31");

	(void)state;
	assert_int_equal(match_day_from_text("1970-01-01"), 0);
	for (int32_t day = match_day_from_text("1900-01-01"); day <= last;
	     day++) {
		time_t seconds = (time_t)day * 86400;
		struct match_date date = match_date_from_day(day);
		struct tm tm;

		assert_non_null(gmtime_r(&seconds, &tm));
		assert_int_equal(date.year, tm.tm_year + 1900);
		assert_int_equal(date.month, tm.tm_mon + 1);
		assert_int_equal(date.day, tm.tm_mday);
		assert_int_equal(match_day_from_date(date), day);
	}
}

static void test_date_from_text(void **state)
{
	struct match_date date = {1, 2, 3};

	(void)state;
	assert_true(match_date_from_text("2024-02-29", &date));
	assert_int_equal(date.year * 10000 + date.month * 100 + date.day,
			 20240229);
	assert_true(match_date_from_text("2199-12-29", &date));
	assert_true(match_date_from_text("1900-01-29", &date));

	static const char *const bad[] = {"",
					  "2023-02-29",
					  "1900-02-29",
					  "2024-13-01",
					  "2024-00-01",
					  "2024-01-00",
					  "2024-04-31",
					  "2024-1-01",
					  "2024-01-1",
					  "2024-01-011",
					  "2024/01/01",
					  "24-01-01",
					  "1899-12-31",
					  "2200-01-01",
					  "2024-01",
					  "2024-01-",
					  "2024-01-01 ",
					  "+024-01-01",
					  "2024-a1-01",
					  "2024-0:-01",
					  "2024-01-0/"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_false(match_date_from_text(bad[i], &date));
		assert_int_equal(match_day_from_text(bad[i]), MATCH_NO_DAY);
	}
	assert_int_equal(date.day, 29);
}

static int age(const char *birth, const char *day)
{
	struct match_date date;

	assert_true(match_date_from_text(birth, &date));
	return match_age_on(date, match_day_from_text(day));
}

static void test_age(void **state)
{
	(void)state;
	assert_int_equal(age("2008-09-01", "2024-08-31"), 15);
	assert_int_equal(age("2008-09-01", "2024-09-01"), 16);
	assert_int_equal(age("2008-02-29", "2024-02-28"), 15);
	assert_int_equal(age("2008-02-29", "2024-02-29"), 16);
	assert_int_equal(age("2008-02-29", "2025-02-28"), 16);
	assert_int_equal(age("2008-02-29", "2025-03-01"), 17);
	assert_int_equal(age("2008-12-31", "2008-12-31"), 0);
	assert_int_equal(age("2030-01-01", "2024-01-01"), 0);
}

static int months(const char *from, const char *to)
{
	return match_months_begun(match_day_from_text(from),
				  match_day_from_text(to));
}

static void test_months(void **state)
{
	(void)state;
	assert_int_equal(months("2026-03-01", "2026-08-31"), 6);
	assert_int_equal(months("2026-03-01", "2026-09-01"), 7);
	assert_int_equal(months("2026-09-15", "2027-03-14"), 6);
	assert_int_equal(months("2026-09-15", "2027-03-15"), 7);
	assert_int_equal(months("2026-03-01", "2026-03-01"), 1);
}

static void test_first_day(void **state)
{
	struct match_posting posting = {
		.from = MATCH_NO_DAY,
		/* 2026-03-01 15:59:59 and 16:00:00 UTC: midnight in UTC+8 */
		.published_us = INT64_C(1772380799) * 1000000,
	};

	(void)state;
	assert_int_equal(match_first_day(&posting),
			 match_day_from_text("2026-03-01"));
	posting.published_us += 1000000;
	assert_int_equal(match_first_day(&posting),
			 match_day_from_text("2026-03-02"));
	posting.from = 5;
	assert_int_equal(match_first_day(&posting), 5);
}

static void test_policy_check(void **state)
{
	const struct match_policy sound = match_policy_defaults();
	struct match_policy policy = sound;

	(void)state;
	assert_int_equal(match_policy_check(&sound), MATCH_POLICY_SOUND);
	policy.weight[MATCH_PART_PAY]++;
	assert_int_equal(match_policy_check(&policy), MATCH_POLICY_WEIGHT_SUM);
	policy = sound;
	policy.tier_points[4] = 4001;
	assert_int_equal(match_policy_check(&policy), MATCH_POLICY_TIER_POINTS);
	policy = sound;
	policy.place_points[0] = 10001;
	assert_int_equal(match_policy_check(&policy),
			 MATCH_POLICY_PLACE_POINTS);
	policy = sound;
	policy.education_points[2] = 10001;
	assert_int_equal(match_policy_check(&policy),
			 MATCH_POLICY_EDUCATION_POINTS);
	policy = sound;
	policy.neutral_points = 10001;
	assert_int_equal(match_policy_check(&policy),
			 MATCH_POLICY_NEUTRAL_POINTS);
	policy = sound;
	policy.cross_category = (enum match_action)2;
	assert_int_equal(match_policy_check(&policy),
			 MATCH_POLICY_CROSS_CATEGORY);
	policy = sound;
	policy.intern_months_max = 0;
	assert_int_equal(match_policy_check(&policy), MATCH_POLICY_MONTHS);
	policy = sound;
	policy.intern_week_minutes_max = 2641;
	assert_int_equal(match_policy_check(&policy), MATCH_POLICY_WEEK);
}

/* The outermost values that are still sound. */
static void test_policy_at_its_limits(void **state)
{
	struct match_policy policy = match_policy_defaults();

	(void)state;
	policy.neutral_points = 10000;
	policy.education_points[2] = 10000;
	policy.tier_points[4] = policy.tier_points[3];
	policy.intern_months_max = 36;
	policy.intern_week_minutes_max = 2640;
	policy.cross_category = MATCH_WARN;
	assert_int_equal(match_policy_check(&policy), MATCH_POLICY_SOUND);
	policy.neutral_points = 0;
	policy.intern_months_max = 1;
	policy.intern_week_minutes_max = 1;
	assert_int_equal(match_policy_check(&policy), MATCH_POLICY_SOUND);
	policy.intern_week_minutes_max = 0;
	assert_int_equal(match_policy_check(&policy), MATCH_POLICY_WEEK);
	policy.intern_months_max = 37;
	assert_int_equal(match_policy_check(&policy), MATCH_POLICY_MONTHS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_specialty_from_text),
		cmocka_unit_test(test_occupation_from_text),
		cmocka_unit_test(test_folding),
		cmocka_unit_test(test_tiers),
		cmocka_unit_test(test_ties),
		cmocka_unit_test(test_division_shared),
		cmocka_unit_test(test_division_is_in),
		cmocka_unit_test(test_division_from_text),
		cmocka_unit_test(test_days_against_libc),
		cmocka_unit_test(test_date_from_text),
		cmocka_unit_test(test_age),
		cmocka_unit_test(test_months),
		cmocka_unit_test(test_first_day),
		cmocka_unit_test(test_policy_check),
		cmocka_unit_test(test_policy_at_its_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
