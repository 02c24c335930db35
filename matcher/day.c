/*
 * Calendar arithmetic. Days are found by counting in eras of 400 years, which
 * begin on 1 March so that a leap day is the last of its year. Callers give
 * dates that exist; only the readers of text doubt what they get.
 */
#include "matcher/day.h"

#include "matcher/insist.h"

enum { DAYS_PER_ERA = 146097, DAYS_TO_1970 = 719468 };

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in_month(int year, int month)
{
	static const uint8_t days[] = {31, 28, 31, 30, 31, 30,
				       31, 31, 30, 31, 30, 31};

	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* The number written in digits, or -1. */
static int read_digits(const char *text, int count)
{
	int number = 0;

	for (int i = 0; i < count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		number = number * 10 + (text[i] - '0');
	}
	return number;
}

bool match_date_from_text(const char *text, struct match_date *date)
{
	int year = read_digits(text, 4);

	if (year < 1900 || year > 2199 || text[4] != '-')
		return false;

	int month = read_digits(text + 5, 2);

	if (month < 1 || month > 12 || text[7] != '-')
		return false;

	int day = read_digits(text + 8, 2);

	if (day < 1 || day > days_in_month(year, month) || text[10] != '\0')
		return false;
	date->year = (int16_t)year;
	date->month = (uint8_t)month;
	date->day = (uint8_t)day;
	return true;
}

int32_t match_day_from_date(struct match_date date)
{
	MATCH_INSIST(date.month >= 1 && date.month <= 12);

	int year = date.month > 2 ? date.year : date.year - 1;
	int era = year / 400;
	int year_of_era = year % 400;
	int months_from_march = (date.month + 9) % 12;
	int day_of_year = (153 * months_from_march + 2) / 5 + date.day - 1;

	return era * DAYS_PER_ERA + year_of_era * 365 + year_of_era / 4 -
	       year_of_era / 100 + day_of_year - DAYS_TO_1970;
}

struct match_date match_date_from_day(int32_t day)
{
	int from_start = day + DAYS_TO_1970;

	MATCH_INSIST(from_start >= 0);

	int era = from_start / DAYS_PER_ERA;
	int day_of_era = from_start % DAYS_PER_ERA;
	int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
			   day_of_era / 146096) /
			  365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 -
					year_of_era / 100);
	int months_from_march = (5 * day_of_year + 2) / 153;
	int month = (months_from_march + 2) % 12 + 1;
	int year = era * 400 + year_of_era + (month <= 2 ? 1 : 0);

	return (struct match_date){
		.year = (int16_t)year,
		.month = (uint8_t)month,
		.day = (uint8_t)(day_of_year -
				 (153 * months_from_march + 2) / 5 + 1),
	};
}

int32_t match_day_from_text(const char *text)
{
	struct match_date date;

	if (!match_date_from_text(text, &date))
		return MATCH_NO_DAY;
	return match_day_from_date(date);
}

/* Whole months from one date to another; a day of the month must be reached. */
static int whole_months(struct match_date from, struct match_date to)
{
	int months = (to.year - from.year) * 12 + to.month - from.month;

	return to.day < from.day ? months - 1 : months;
}

int match_age_on(struct match_date birth, int32_t day)
{
	int months = whole_months(birth, match_date_from_day(day));

	return months >= 0 ? months / 12 : 0;
}

int match_months_begun(int32_t from, int32_t to)
{
	MATCH_INSIST(from <= to);
	return whole_months(match_date_from_day(from),
			    match_date_from_day(to)) +
	       1;
}
