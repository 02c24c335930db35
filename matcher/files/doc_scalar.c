/*
 * Texts and numbers, byte by byte, so that the edge of the buffer is nothing
 * special.
 */
#include <string.h>

#include "matcher/files/doc_bytes.h"
#include "matcher/files/doc_read.h"

static bool add_byte(struct doc_reader *r, int byte)
{
	if (r->text_bytes == DOC_TEXT_MAX)
		return doc_refuse(r, "the text is over %d bytes", DOC_TEXT_MAX);
	r->text[r->text_bytes++] = (char)byte;
	return true;
}

static bool add_character(struct doc_reader *r, uint32_t c)
{
	if (c < 0x80)
		return add_byte(r, (int)c);
	if (c < 0x800)
		return add_byte(r, (int)(0xc0 | c >> 6)) &&
		       add_byte(r, (int)(0x80 | (c & 63)));
	if (c < 0x10000)
		return add_byte(r, (int)(0xe0 | c >> 12)) &&
		       add_byte(r, (int)(0x80 | (c >> 6 & 63))) &&
		       add_byte(r, (int)(0x80 | (c & 63)));
	return add_byte(r, (int)(0xf0 | c >> 18)) &&
	       add_byte(r, (int)(0x80 | (c >> 12 & 63))) &&
	       add_byte(r, (int)(0x80 | (c >> 6 & 63))) &&
	       add_byte(r, (int)(0x80 | (c & 63)));
}

static int hex_value(int byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	if (byte >= 'a' && byte <= 'f')
		return byte - 'a' + 10;
	if (byte >= 'A' && byte <= 'F')
		return byte - 'A' + 10;
	return -1;
}

static bool read_hex4(struct doc_reader *r, uint32_t *value)
{
	*value = 0;
	for (int i = 0; i < 4; i++) {
		int byte = doc_look(r), digit = hex_value(byte);

		if (digit < 0)
			return doc_refuse_byte(r, byte, "a hexadecimal digit");
		*value = *value << 4 | (uint32_t)digit;
		r->at++;
	}
	return true;
}

/* After "\u": one escape, or the two of a pair beyond U+FFFF. */
static bool read_unicode(struct doc_reader *r)
{
	uint32_t high, low;
	const char *rest = "\\u";

	if (!read_hex4(r, &high))
		return false;
	if (high < 0xd800 || high > 0xdfff)
		return add_character(r, high);
	for (; high < 0xdc00 && *rest && doc_look(r) == *rest; rest++)
		r->at++;
	if (*rest)
		return doc_refuse(r, "a surrogate stands alone");
	if (!read_hex4(r, &low))
		return false;
	if (low < 0xdc00 || low > 0xdfff)
		return doc_refuse(r, "a surrogate stands alone");
	return add_character(r, 0x10000 + ((high - 0xd800) << 10) +
					(low - 0xdc00));
}

static bool read_escape(struct doc_reader *r)
{
	static const char names[] = "\"\\/bfnrt";
	static const char values[] = "\"\\/\b\f\n\r\t";
	int byte = doc_look(r);
	const char *found;

	if (byte == 'u') {
		r->at++;
		return read_unicode(r);
	}
	found = byte > 0 ? strchr(names, byte) : NULL;
	if (!found)
		return doc_refuse_byte(r, byte, "an escape of RFC 8259");
	r->at++;
	return add_byte(r, values[found - names]);
}

bool doc_rest_of_text(struct doc_reader *r)
{
	r->text_bytes = 0;
	for (;;) {
		int byte = doc_look(r);

		if (byte < 0x20)
			return doc_refuse_byte(r, byte,
					       "the rest of a text, without "
					       "control characters");
		r->at++;
		if (byte == '"')
			return true;
		if (byte == '\\' ? !read_escape(r) : !add_byte(r, byte))
			return false;
	}
}

/* Digits up to max; RFC 8259 has no leading zero. */
static bool read_digits(struct doc_reader *r, uint64_t max, uint64_t *number)
{
	int byte = doc_look(r), first = byte;
	uint32_t count = 0;

	*number = 0;
	for (; byte >= '0' && byte <= '9'; byte = doc_look(r)) {
		uint64_t digit = (uint64_t)(byte - '0');

		if (*number > (max - digit) / 10 || digit > max)
			return doc_refuse(r, "the number is over %llu",
					  (unsigned long long)max);
		*number = *number * 10 + digit;
		count++;
		r->at++;
	}
	if (!count)
		return doc_refuse_byte(r, byte, "a whole number");
	if (byte == '.' || byte == 'e' || byte == 'E')
		return doc_refuse(r, "a whole number has no fraction or "
				     "exponent here");
	if (first == '0' && count > 1)
		return doc_refuse(r, "a number has no leading zero");
	return byte != DOC_FAILED;
}

bool doc_number(struct doc_reader *r, uint64_t max, uint64_t *number)
{
	if (doc_look_past_space(r) == '-')
		return doc_refuse(r, "the number must be from 0 to %llu",
				  (unsigned long long)max);
	return read_digits(r, max, number);
}

bool doc_signed(struct doc_reader *r, int64_t *number)
{
	bool is_negative = doc_look_past_space(r) == '-';
	uint64_t size;

	if (is_negative)
		r->at++;
	if (!read_digits(r, INT64_MAX, &size))
		return false;
	if (is_negative && !size)
		return doc_refuse(r, "-0 is not a whole number");
	*number = is_negative ? -(int64_t)size : (int64_t)size;
	return true;
}
