/*
 * The request head: lines, request line, fields, and how the body is framed.
 * Line by line, so that every cut of the bytes gives the same answer. What
 * the target and the host may look like is in http_target.c.
 */
#include "flow/http_head.h"

#include <string.h>

#include "flow/http_grammar.h"

/* "METHOD SP target SP HTTP/1.1 CRLF" */
enum {
	REQUEST_LINE_MAX_BYTES =
		HTTP_METHOD_MAX_BYTES + 1 + HTTP_TARGET_MAX_BYTES + 1 + 8 + 2,
};

void http_head_reset(struct http_head *head)
{
	memset(head, 0, sizeof(*head));
}

bool http_span_is(struct http_span span, const char *text)
{
	size_t count = strlen(text);

	return span.count == count && memcmp(span.at, text, count) == 0;
}

static unsigned char lower(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

bool http_span_is_nocase(struct http_span span, const char *text)
{
	size_t i;

	for (i = 0; i < span.count && text[i] != '\0'; i++)
		if (lower((unsigned char)span.at[i]) !=
		    lower((unsigned char)text[i]))
			return false;
	return i == span.count && text[i] == '\0';
}

bool http_is_token(struct http_span text)
{
	for (size_t i = 0; i < text.count; i++)
		if (!http_is_token_byte((unsigned char)text.at[i]))
			return false;
	return text.count > 0;
}

/* The text before the first byte of that kind, which is taken off too. */
static bool cut_at(struct http_span *rest, char mark, struct http_span *part)
{
	const char *found = memchr(rest->at, mark, rest->count);

	if (!found)
		return false;
	part->at = rest->at;
	part->count = (size_t)(found - rest->at);
	rest->at = found + 1;
	rest->count -= part->count + 1;
	return true;
}

static struct http_span trimmed(struct http_span text)
{
	while (text.count > 0 && http_is_blank((unsigned char)text.at[0])) {
		text.at++;
		text.count--;
	}
	while (text.count > 0 &&
	       http_is_blank((unsigned char)text.at[text.count - 1]))
		text.count--;
	return text;
}

static enum http_flaw read_version(struct http_head *head,
				   struct http_span text)
{
	if (http_span_is(text, "HTTP/1.1"))
		return HTTP_SOUND;
	if (http_span_is(text, "HTTP/1.0")) {
		head->is_http_1_0 = true;
		head->wants_close = true;
		return HTTP_SOUND;
	}
	if (text.count == 8 && memcmp(text.at, "HTTP/", 5) == 0 &&
	    http_is_digit((unsigned char)text.at[5]) && text.at[6] == '.' &&
	    http_is_digit((unsigned char)text.at[7]))
		return HTTP_FLAW_UNKNOWN_VERSION;
	return HTTP_FLAW_BAD_VERSION;
}

static enum http_flaw read_request_line(struct http_head *head,
					struct http_span line)
{
	enum http_flaw flaw;

	if (line.count == 0)
		return HTTP_FLAW_EMPTY_LINE_FIRST;
	if (!cut_at(&line, ' ', &head->method))
		return HTTP_FLAW_BAD_REQUEST_LINE;
	if (!http_is_token(head->method))
		return HTTP_FLAW_BAD_METHOD;
	/* CONNECT has a form of target of its own, and is not for us. */
	if (head->method.count > HTTP_METHOD_MAX_BYTES ||
	    http_span_is(head->method, "CONNECT"))
		return HTTP_FLAW_UNKNOWN_METHOD;
	if (!cut_at(&line, ' ', &head->target))
		return HTTP_FLAW_BAD_REQUEST_LINE;
	flaw = read_version(head, line);
	if (flaw != HTTP_SOUND)
		return flaw;
	if (head->target.count > HTTP_TARGET_MAX_BYTES)
		return HTTP_FLAW_TARGET_TOO_LONG;
	return http_target_read(head);
}

static enum http_flaw read_host(struct http_head *head, struct http_span value)
{
	if (head->has_host)
		return HTTP_FLAW_TWO_HOSTS;
	if (!http_is_host(value))
		return HTTP_FLAW_BAD_HOST;
	head->has_host = true;
	/* RFC 9112 3.2.2: a host in the target overrules the field. */
	if (head->host.count == 0)
		head->host = value;
	return HTTP_SOUND;
}

static enum http_flaw read_length(struct http_head *head,
				  struct http_span value)
{
	uint64_t length = 0;

	if (head->has_length)
		return HTTP_FLAW_TWO_CONTENT_LENGTHS;
	if (value.count == 0)
		return HTTP_FLAW_BAD_CONTENT_LENGTH;
	for (size_t i = 0; i < value.count; i++) {
		unsigned char c = (unsigned char)value.at[i];

		if (!http_is_digit(c))
			return HTTP_FLAW_BAD_CONTENT_LENGTH;
		/* Beyond all limits is a sound number, but too large. */
		if (__builtin_mul_overflow(length, 10, &length) ||
		    __builtin_add_overflow(length, c - '0', &length))
			length = UINT64_MAX;
	}
	head->has_length = true;
	head->length_bytes = length;
	return HTTP_SOUND;
}

static enum http_flaw read_encoding(struct http_head *head,
				    struct http_span value)
{
	if (head->has_encoding)
		return HTTP_FLAW_TWO_TRANSFER_ENCODINGS;
	if (!http_span_is_nocase(value, "chunked"))
		return HTTP_FLAW_UNKNOWN_TRANSFER_ENCODING;
	head->has_encoding = true;
	head->is_chunked = true;
	return HTTP_SOUND;
}

static enum http_flaw read_connection(struct http_head *head,
				      struct http_span value)
{
	bool is_last = false;

	while (!is_last) {
		struct http_span option;

		is_last = !cut_at(&value, ',', &option);
		option = trimmed(is_last ? value : option);
		/* RFC 9110 5.6.1: empty elements of a list are nothing. */
		if (option.count == 0)
			continue;
		if (!http_is_token(option))
			return HTTP_FLAW_BAD_CONNECTION;
		if (http_span_is_nocase(option, "close"))
			head->wants_close = true;
	}
	return HTTP_SOUND;
}

static enum http_flaw read_expectation(struct http_head *head,
				       struct http_span value)
{
	/* RFC 9110 10.1.1: HTTP/1.0 knows no expectations. */
	if (head->is_http_1_0)
		return HTTP_SOUND;
	if (!http_span_is_nocase(value, "100-continue"))
		return HTTP_FLAW_UNKNOWN_EXPECTATION;
	head->wants_continue = true;
	return HTTP_SOUND;
}

static const struct {
	const char *name;
	enum http_flaw (*read)(struct http_head *head, struct http_span value);
} known_fields[] = {
	{"host", read_host},
	{"content-length", read_length},
	{"transfer-encoding", read_encoding},
	{"connection", read_connection},
	{"expect", read_expectation},
};

static enum http_flaw bad_name(struct http_span name)
{
	/* Servers that trim here were the way in for smuggled requests. */
	if (name.count > 1 &&
	    http_is_blank((unsigned char)name.at[name.count - 1]))
		return HTTP_FLAW_SPACE_BEFORE_COLON;
	return HTTP_FLAW_BAD_FIELD_NAME;
}

static enum http_flaw read_field(struct http_head *head, struct http_span line)
{
	struct http_field field;
	size_t known_count = sizeof(known_fields) / sizeof(known_fields[0]);

	if (http_is_blank((unsigned char)line.at[0]))
		return HTTP_FLAW_FOLDED_FIELD;
	if (!cut_at(&line, ':', &field.name))
		return HTTP_FLAW_BAD_FIELD_NAME;
	if (!http_is_token(field.name))
		return bad_name(field.name);
	if (head->field_count == HTTP_FIELDS_MAX)
		return HTTP_FLAW_TOO_MANY_FIELDS;
	field.value = trimmed(line);
	head->fields[head->field_count++] = field;
	for (size_t i = 0; i < known_count; i++)
		if (http_span_is_nocase(field.name, known_fields[i].name))
			return known_fields[i].read(head, field.value);
	return HTTP_SOUND;
}

/* What only the whole head can tell. */
static enum http_flaw check_whole(const struct http_head *head)
{
	if (!head->has_host && !head->is_http_1_0)
		return HTTP_FLAW_NO_HOST;
	if (head->is_chunked && head->has_length)
		return HTTP_FLAW_LENGTH_AND_ENCODING;
	if (head->is_chunked && head->is_http_1_0)
		return HTTP_FLAW_ENCODING_IN_1_0;
	return HTTP_SOUND;
}

/* Is there room for a byte at that place, before its line has ended? */
static enum http_flaw check_room(const struct http_head *head, size_t at)
{
	if (!head->has_line && at >= REQUEST_LINE_MAX_BYTES)
		return HTTP_FLAW_TARGET_TOO_LONG;
	if (at >= HTTP_HEAD_MAX_BYTES)
		return HTTP_FLAW_HEAD_TOO_LARGE;
	return HTTP_SOUND;
}

/* A byte that may stand in a line at all? obs-text is for values only. */
static enum http_flaw check_byte(unsigned char c)
{
	if (c == '\n')
		return HTTP_FLAW_BARE_LF;
	if ((c < 0x20 && c != '\t') || c == 0x7f)
		return HTTP_FLAW_CONTROL_BYTE;
	return HTTP_SOUND;
}

static enum http_read bad(struct http_head *head, enum http_flaw flaw)
{
	head->flaw = flaw;
	return HTTP_BAD;
}

/* Go on to the end of the line; HTTP_DONE: it is behind scanned_bytes. */
static enum http_read scan_line(struct http_head *head, size_t count)
{
	const char *bytes = head->bytes;

	for (size_t i = head->scanned_bytes; i < count; i++) {
		enum http_flaw flaw = check_room(head, i);

		if (flaw == HTTP_SOUND && bytes[i] != '\r')
			flaw = check_byte((unsigned char)bytes[i]);
		if (flaw != HTTP_SOUND)
			return bad(head, flaw);
		if (bytes[i] != '\r') {
			head->scanned_bytes = i + 1;
			continue;
		}
		if (i + 1 == count)
			return HTTP_MORE;
		if (check_room(head, i + 1) != HTTP_SOUND)
			return bad(head, check_room(head, i + 1));
		if (bytes[i + 1] != '\n')
			return bad(head, HTTP_FLAW_BARE_CR);
		head->scanned_bytes = i + 2;
		return HTTP_DONE;
	}
	return HTTP_MORE;
}

enum http_read http_head_read(struct http_head *head, const char *bytes,
			      size_t count)
{
	if (head->flaw != HTTP_SOUND)
		return HTTP_BAD;
	if (head->bytes != bytes)
		http_head_reset(head);
	head->bytes = bytes;
	for (;;) {
		enum http_read read = scan_line(head, count);
		struct http_span line;
		enum http_flaw flaw;

		if (read != HTTP_DONE)
			return read;
		line.at = bytes + head->line_at;
		line.count = head->scanned_bytes - 2 - head->line_at;
		head->line_at = head->scanned_bytes;
		if (!head->has_line)
			flaw = read_request_line(head, line);
		else if (line.count > 0)
			flaw = read_field(head, line);
		else
			break;
		if (flaw != HTTP_SOUND)
			return bad(head, flaw);
		head->has_line = true;
	}
	head->head_bytes = head->scanned_bytes;
	head->flaw = check_whole(head);
	return head->flaw == HTTP_SOUND ? HTTP_DONE : HTTP_BAD;
}

/* A path that the target does not spell out lies outside of the head. */
static void move_span(struct http_span *span, const struct http_head *head,
		      const char *bytes)
{
	uintptr_t at = (uintptr_t)span->at;
	uintptr_t begin = (uintptr_t)head->bytes;

	if (at >= begin && at - begin <= head->head_bytes)
		span->at = bytes + (at - begin);
}

void http_head_move(struct http_head *head, const char *bytes)
{
	move_span(&head->method, head, bytes);
	move_span(&head->target, head, bytes);
	move_span(&head->path, head, bytes);
	move_span(&head->query, head, bytes);
	move_span(&head->host, head, bytes);
	for (size_t i = 0; i < head->field_count; i++) {
		move_span(&head->fields[i].name, head, bytes);
		move_span(&head->fields[i].value, head, bytes);
	}
	head->bytes = bytes;
}

size_t http_head_field(const struct http_head *head, const char *name,
		       struct http_span *value)
{
	size_t found_count = 0, length = strlen(name);

	for (size_t i = 0; i < head->field_count; i++) {
		if (head->fields[i].name.count != length ||
		    !http_span_is_nocase(head->fields[i].name, name))
			continue;
		if (found_count++ == 0)
			*value = head->fields[i].value;
	}
	return found_count;
}
