/* Dates and times as RFC 3339 and PostgreSQL write them. */
#include "unit.h"

#include "base/clock.h"

static void test_dates(void **state)
{
	static const struct { const char *text; int32_t days; } good[] = {
		{ "1970-01-01", 0 },	  { "1969-12-31", -1 },
		{ "2000-02-29", 11016 },  { "2000-03-01", 11017 },
		{ "2024-02-29", 19782 },  { "2026-11-23", 20780 },
		{ "1900-02-28", -25509 }, { "1900-03-01", -25508 },
		{ "9999-12-31", 2932896 }, { "0001-01-01", -719162 },
	};
	static const char *const bad[] = {
		"", "2026-11-2", "2026-11-233", "2026/11/23", "2026-1-23",
		"20261123", "2026-00-01", "2026-13-01", "2026-11-00",
		"2026-11-31", "2023-02-29", "1900-02-29", "2100-02-29",
		"0000-01-01", "-026-11-23", "2026-11-2a", " 2026-11-23",
		"2026-11-23T",
	};
	char text[CLOCK_TEXT_BYTES];
	int32_t days = 7;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(clock_date(bad[i], &days));
	assert_int_equal(days, 7);
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		assert_true(clock_date(good[i].text, &days));
		assert_int_equal(days, good[i].days);
		clock_date_text(days, text);
		if (good[i].text[0] != '0')
			assert_string_equal(text, good[i].text);
	}
}

/* Every day from 1600 to 2400 there and back, one after the other. */
static void test_every_day(void **state)
{
	char text[CLOCK_TEXT_BYTES];
	int32_t first, last, days;

	(void)state;
	assert_true(clock_date("1600-01-01", &first));
	assert_true(clock_date("2400-12-31", &last));
	for (int32_t day = first; day <= last; day++) {
		clock_date_text(day, text);
		assert_true(clock_date(text, &days));
		assert_int_equal(days, day);
	}
}

static void test_rfc3339(void **state)
{
	static const char *const good[] = {
		"2026-11-23T20:48:00Z", "2026-11-23T20:48:00+08:00",
		"2026-11-23T20:48:00.1Z", "2026-11-23T00:00:00-00:00",
		"2026-11-23T23:59:59.123456789-03:30",
	};
	static const char *const bad[] = {
		"", "2026-11-23", "2026-11-23T20:48:00", "2026-11-23T20:48Z",
		"2026-11-23 20:48:00Z", "2026-11-23T24:00:00Z",
		"2026-11-23T20:60:00Z", "2026-11-23T20:48:60Z",
		"2026-02-30T20:48:00Z", "2026-11-23T20:48:00.Z",
		"2026-11-23T20:48:00.1234567890Z", "2026-11-23T20:48:00+8:00",
		"2026-11-23T20:48:00+0800", "2026-11-23T20:48:00+15:00",
		"2026-11-23T20:48:00+08:60", "2026-11-23T20:48:00ZZ",
		"2026-11-23T20:48:00+08:000", "2026-11-23t20:48:00z",
		"2026-11-23T20:48:00.123456789+08:000", "now", "infinity",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++)
		assert_true(clock_is_rfc3339(good[i]));
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(clock_is_rfc3339(bad[i]));
}

static void test_wall(void **state)
{
	static const struct { int64_t ms; const char *text; } cases[] = {
		{ 0, "1970-01-01T00:00:00.000Z" },
		{ 1, "1970-01-01T00:00:00.001Z" },
		{ -1, "1969-12-31T23:59:59.999Z" },
		{ -1000, "1969-12-31T23:59:59.000Z" },
		{ 1795466880123, "2026-11-23T20:48:00.123Z" },
	};
	char text[CLOCK_TEXT_BYTES];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		clock_rfc3339(cases[i].ms, text);
		assert_string_equal(text, cases[i].text);
		assert_true(clock_is_rfc3339(text));
	}
}

static void test_running(void **state)
{
	int64_t then = clock_ms();

	(void)state;
	for (int i = 0; i < 1000; i++) {
		int64_t now = clock_ms();

		assert_true(now >= then);
		then = now;
	}
	assert_true(clock_wall_ms() > 1700000000000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_every_day),
		cmocka_unit_test(test_rfc3339),
		cmocka_unit_test(test_wall),
		cmocka_unit_test(test_running),
	};

	return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
