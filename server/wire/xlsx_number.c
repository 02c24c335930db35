/*
 * xlsx_number.c - numbers as spreadsheets show them, in decimal digits all the
 * way: what a double made of 0.1 shall not come out of it.
 */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "wire/xlsx_private.h"

enum { DIGITS_MAX = 15, ROOM = 40, EXPONENT_MAX = 30, DAY_SECONDS = 86400,
       SERIAL_MAX = 2958465 /* 9999-12-31 */ };

/* digits * 10^exponent; digits has neither 0 in front nor behind. */
struct decimal {
	bool is_negative;
	char digits[ROOM];
	int count;
	int64_t exponent;
};

static void add_digit(struct decimal *d, char digit, bool is_fraction)
{
	if (d->count == 0 && digit == '0') {
		d->exponent -= is_fraction;
		return;
	}
	if (d->count < ROOM - 2) {
		d->digits[d->count++] = digit;
		d->exponent -= is_fraction;
	} else {
		d->exponent += !is_fraction;
	}
}

static const char *read_digits(struct decimal *d, const char *at,
			       bool is_fraction)
{
	for (; *at >= '0' && *at <= '9'; at++)
		add_digit(d, *at, is_fraction);
	return at;
}

static void strip_zeros(struct decimal *d)
{
	while (d->count && d->digits[d->count - 1] == '0') {
		d->count--;
		d->exponent++;
	}
}

/* [-]12.34[E[+-]5] and nothing behind it. */
static bool read_decimal(struct decimal *d, const char *at)
{
	const char *first;
	int64_t exponent = 0;

	*d = (struct decimal){ .is_negative = *at == '-' };
	at += *at == '-' || *at == '+';
	first = at;
	at = read_digits(d, at, false);
	if (*at == '.')
		at = read_digits(d, at + 1, true);
	if (at == first || (at == first + 1 && *first == '.'))
		return false;
	if (*at == 'e' || *at == 'E') {
		at += at[1] == '+' ? 2 : 1;
		if (!text_to_int(at, &exponent) || exponent > 400 ||
		    exponent < -400)
			return false;
		at = "";
	}
	d->exponent += exponent;
	strip_zeros(d);
	return !*at;
}

/* A double has some 15 digits for sure; those behind are noise. */
static void round_off(struct decimal *d)
{
	int at = DIGITS_MAX;
	bool is_up;

	if (d->count <= DIGITS_MAX)
		return;
	is_up = d->digits[at] >= '5';
	d->exponent += d->count - DIGITS_MAX;
	d->count = DIGITS_MAX;
	while (is_up && at > 0 && d->digits[at - 1] == '9')
		d->digits[--at] = '0';
	if (is_up && at > 0)
		d->digits[at - 1]++;
	if (is_up && at == 0) {
		memmove(d->digits + 1, d->digits, DIGITS_MAX);
		d->digits[0] = '1';
		d->count++;
	}
	strip_zeros(d);
}

static const char *plain(struct arena *mem, const struct decimal *d)
{
	char *out = arena_array(mem, char, 2 * ROOM + EXPONENT_MAX + 8);
	char *to = out;
	int whole = d->count + (int)d->exponent;

	if (!d->count)
		return "0";
	if (d->is_negative)
		*to++ = '-';
	if (whole <= 0)
		*to++ = '0';
	for (int i = 0; i < d->count || i < whole; i++) {
		if (i == 0 && whole <= 0) {
			*to++ = '.';
			for (int k = whole; k < 0; k++)
				*to++ = '0';
		} else if (i == whole) {
			*to++ = '.';
		}
		*to++ = i < d->count ? d->digits[i] : '0';
	}
	return out;
}

/* Days since 1970 of a serial number; Excel has a 29 February 1900. */
static bool serial_days(int64_t serial, bool is_1904, int32_t *days)
{
	enum { FROM_1904 = -24107, FROM_1900 = -25569 };

	if (serial < 1 || serial > SERIAL_MAX || (!is_1904 && serial == 60))
		return false;
	*days = (int32_t)serial + (is_1904 ? FROM_1904 :
				   serial < 60 ? FROM_1900 + 1 : FROM_1900);
	return true;
}

/* The seconds of the day that the digits behind the point say. */
static int64_t day_seconds(const struct decimal *d)
{
	int64_t billionths = 0;
	int whole = d->count + (int)d->exponent;

	for (int i = whole; i < whole + 9; i++)
		billionths = 10 * billionths +
			     (i >= 0 && i < d->count ? d->digits[i] - '0' : 0);
	return (billionths * DAY_SECONDS + 500000000) / 1000000000;
}

static int64_t whole_part(const struct decimal *d)
{
	int whole = d->count + (int)d->exponent;
	int64_t value = 0;

	for (int i = 0; i < whole; i++)
		value = 10 * value + (i < d->count ? d->digits[i] - '0' : 0);
	return value;
}

/* NULL: no such day. */
static const char *date(struct arena *mem, const struct decimal *d,
			bool is_1904)
{
	int64_t serial, seconds;
	char day[CLOCK_TEXT_BYTES];
	int32_t days;

	if (d->is_negative || d->count + d->exponent > 7)
		return NULL;
	seconds = day_seconds(d);
	serial = whole_part(d) + seconds / DAY_SECONDS;
	seconds %= DAY_SECONDS;
	if (serial == 0)
		return arena_print(mem, "%02d:%02d:%02d", (int)seconds / 3600,
				   (int)seconds / 60 % 60, (int)seconds % 60);
	if (!serial_days(serial, is_1904, &days))
		return NULL;
	clock_date_text(days, day);
	if (!seconds)
		return arena_print(mem, "%s", day);
	return arena_print(mem, "%s %02d:%02d:%02d", day, (int)seconds / 3600,
			   (int)seconds / 60 % 60, (int)seconds % 60);
}

const char *xlsx_number(struct arena *mem, const char *text,
			struct xlsx_style style, bool is_1904, bool *is_long)
{
	struct decimal d;
	const char *out = NULL;
	size_t bytes;

	*is_long = false;
	if (!read_decimal(&d, text))
		return NULL;
	round_off(&d);
	*is_long = d.count && d.count + d.exponent > DIGITS_MAX;
	if (*is_long || d.exponent < -EXPONENT_MAX)
		return *is_long ? NULL : "0";
	if (style.look == LOOK_DATE)
		out = date(mem, &d, is_1904);
	if (out)
		return out;
	out = plain(mem, &d);
	bytes = strlen(out);
	if (style.look == LOOK_ZEROS && text_is_digits(out) &&
	    bytes < style.zeros)
		return arena_print(mem, "%.*s%s", style.zeros - (int)bytes,
				   "00000000000000000000000000000000", out);
	return out;
}
