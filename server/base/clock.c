/* clock.c - thin over the system's clocks; dates by civil-day arithmetic. */
#include "base/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static int64_t read_clock_us(clockid_t id)
{
	struct timespec t;

	must(clock_gettime(id, &t) == 0);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t clock_us(void)
{
	return read_clock_us(CLOCK_MONOTONIC);
}

int64_t clock_ms(void)
{
	return clock_us() / 1000;
}

int64_t clock_wall_ms(void)
{
	return read_clock_us(CLOCK_REALTIME) / 1000;
}

void clock_rfc3339(int64_t wall_ms, char out[CLOCK_TEXT_BYTES])
{
	int part = (int)(((wall_ms % 1000) + 1000) % 1000);
	time_t seconds = (wall_ms - part) / 1000;
	struct tm t;
	size_t used;

	gmtime_r(&seconds, &t);
	used = strftime(out, CLOCK_TEXT_BYTES, "%Y-%m-%dT%H:%M:%S", &t);
	snprintf(out + used, CLOCK_TEXT_BYTES - used, ".%03dZ", part);
}

/* Days since 1970-01-01; years begin in March, so that leap days end them. */
static int32_t days_of(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int era = (y >= 0 ? y : y - 399) / 400;
	int of_era = y - era * 400;
	int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year - 719468;
}

static bool two_digits(const char *at, int *out)
{
	if (at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9')
		return false;
	*out = (at[0] - '0') * 10 + at[1] - '0';
	return true;
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30,
				    31, 31, 30, 31, 30, 31 };
	bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && is_leap);
}

static bool date_at(const char *text, int32_t *out)
{
	int century, years, month, day, year;

	if (strnlen(text, 10) < 10 || !two_digits(text, &century) ||
	    !two_digits(text + 2, &years) || text[4] != '-' ||
	    !two_digits(text + 5, &month) || text[7] != '-' ||
	    !two_digits(text + 8, &day))
		return false;
	year = century * 100 + years;
	if (month < 1 || month > 12 || day < 1 ||
	    day > month_days(year, month) || year < 1)
		return false;
	*out = days_of(year, month, day);
	return true;
}

bool clock_date(const char *text, int32_t *days)
{
	return strnlen(text, 11) == 10 && date_at(text, days);
}

void clock_date_text(int32_t days, char out[CLOCK_TEXT_BYTES])
{
	time_t seconds = (time_t)days * 86400;
	struct tm t;

	gmtime_r(&seconds, &t);
	strftime(out, CLOCK_TEXT_BYTES, "%Y-%m-%d", &t);
}

/* "HH:MM" within its range, with `hours` as the top of the hour. */
static bool hour_minute(const char *at, int hours)
{
	int h, m;

	return two_digits(at, &h) && at[2] == ':' && two_digits(at + 3, &m) &&
	       h <= hours && m <= 59;
}

bool clock_is_rfc3339(const char *text)
{
	int32_t days;
	int second;
	const char *at;

	if (strnlen(text, 36) > 35 || !date_at(text, &days))
		return false;
	if (strlen(text) < 20 || text[10] != 'T' || !hour_minute(text + 11, 23))
		return false;
	if (text[16] != ':' || !two_digits(text + 17, &second) || second > 59)
		return false;
	at = text + 19;
	if (*at == '.') {
		size_t digits = strspn(at + 1, "0123456789");

		if (digits < 1 || digits > 9)
			return false;
		at += 1 + digits;
	}
	if (*at == 'Z')
		return at[1] == '\0';
	return (*at == '+' || *at == '-') && strlen(at) == 6 &&
	       hour_minute(at + 1, 14);
}
