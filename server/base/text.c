/* text.c - bytes in, answers out; nothing here allocates. */
#include "base/text.h"

#include <string.h>

bool text_same(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

bool text_starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* Overlong forms, surrogates and what lies beyond U+10FFFF show here. */
static bool is_second_good(unsigned char lead, unsigned char second)
{
	unsigned char low = 0x80, high = 0xBF;

	if (lead == 0xE0)
		low = 0xA0;
	else if (lead == 0xED)
		high = 0x9F;
	else if (lead == 0xF0)
		low = 0x90;
	else if (lead == 0xF4)
		high = 0x8F;
	return second >= low && second <= high;
}

/* Bytes of the sequence that starts at `at`, or 0 if it is not well formed. */
static size_t utf8_sequence(const unsigned char *at, size_t left)
{
	unsigned char lead = at[0];
	size_t bytes;

	if (lead < 0x80)
		return lead ? 1 : 0;
	if (lead < 0xC2 || lead > 0xF4)
		return 0;
	bytes = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
	if (left < bytes || !is_second_good(lead, at[1]))
		return 0;
	for (size_t i = 2; i < bytes; i++)
		if ((at[i] & 0xC0) != 0x80)
			return 0;
	return bytes;
}

bool text_is_utf8(const char *at, size_t bytes)
{
	const unsigned char *p = (const unsigned char *)at;
	size_t step;

	for (; bytes; p += step, bytes -= step) {
		step = utf8_sequence(p, bytes);
		if (!step)
			return false;
	}
	return true;
}

size_t text_scalars(const char *at, size_t bytes)
{
	size_t count = 0;

	for (size_t i = 0; i < bytes; i++)
		count += ((unsigned char)at[i] & 0xC0) != 0x80;
	return count;
}

bool text_to_int(const char *text, int64_t *out)
{
	bool is_negative = *text == '-';
	int64_t value = 0;

	text += is_negative;
	if (!text_is_digits(text))
		return false;
	for (; *text; text++) {
		int digit = *text - '0';

		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_sub_overflow(value, digit, &value))
			return false;
	}
	/* Summed below zero, where the range is one longer. */
	if (!is_negative && __builtin_sub_overflow(0, value, &value))
		return false;
	*out = value;
	return true;
}

char *text_put_count(char *to, uint64_t number)
{
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	memcpy(to, digits + at, sizeof(digits) - at);
	to += sizeof(digits) - at;
	*to = '\0';
	return to;
}

char *text_put(char *to, const char *text)
{
	size_t bytes = strlen(text);

	memcpy(to, text, bytes + 1);
	return to + bytes;
}

bool text_is_digits(const char *text)
{
	if (!*text)
		return false;
	for (; *text; text++)
		if (*text < '0' || *text > '9')
			return false;
	return true;
}

void text_hex(const void *at, size_t bytes, char *out)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *p = at;

	for (size_t i = 0; i < bytes; i++) {
		*out++ = digits[p[i] >> 4];
		*out++ = digits[p[i] & 15];
	}
	*out = '\0';
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool text_unhex(const char *hex, void *out, size_t bytes)
{
	unsigned char *p = out;

	for (size_t i = 0; i < bytes; i++) {
		int high = hex_value(hex[2 * i]);
		int low = high < 0 ? -1 : hex_value(hex[2 * i + 1]);

		if (low < 0)
			return false;
		p[i] = (unsigned char)(high << 4 | low);
	}
	return hex[2 * bytes] == '\0';
}
