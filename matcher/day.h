/*
 * Calendar days as integers, so that no clock and no time zone comes in.
 */
#ifndef MATCHER_DAY_H
#define MATCHER_DAY_H

#include <stdbool.h>
#include <stdint.h>

/* A day is counted from 1970-01-01 = 0, in the proleptic Gregorian calendar. */
#define MATCH_NO_DAY INT32_MIN

/* year 0: not known. */
struct match_date {
	int16_t year;
	uint8_t month; /* 1..12 */
	uint8_t day;   /* 1..31 */
};

/*
 * Read YYYY-MM-DD, exactly ten characters, an existing day, years 1900..2199.
 *
 * fails  false; *date is then untouched
 */
bool match_date_from_text(const char *text, struct match_date *date);

/* in  date exists (match_date_from_text would take it) */
int32_t match_day_from_date(struct match_date date);

/* in  day is in the years 1900..2199 */
struct match_date match_date_from_day(int32_t day);

/* The day of YYYY-MM-DD, or MATCH_NO_DAY if the text is not such a day. */
int32_t match_day_from_text(const char *text);

/*
 * Whole years lived on a day: the birthday itself counts, and who was born on
 * 29 February turns on 1 March in common years.
 */
int match_age_on(struct match_date birth, int32_t day);

/*
 * The months begun in the days from..to, both counted: 1 March..31 August are
 * 6, one day more makes 7.
 *
 * in  from <= to
 */
int match_months_begun(int32_t from, int32_t to);

#endif
