/*
 * The request target: origin-form, absolute-form, and "*" for OPTIONS; what
 * host, path and query may look like; taking out the percent-encoding.
 */
#include <arpa/inet.h>
#include <string.h>

#include "flow/http_grammar.h"
#include "flow/http_head.h"

/* Paths that the target leaves to be understood. */
static const char root_path[] = "/";
static const char asterisk[] = "*";

/* The byte of a "%xx" at the front of rest, or -1. */
static int encoded_byte(const char *rest, size_t count)
{
	int high;
	int low;

	if (count < 3)
		return -1;
	high = http_hex_value((unsigned char)rest[1]);
	low = http_hex_value((unsigned char)rest[2]);
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

static bool is_port(struct http_span text)
{
	unsigned port = 0;

	for (size_t i = 0; i < text.count; i++) {
		if (!http_is_digit((unsigned char)text.at[i]))
			return false;
		port = port * 10 + (unsigned)(text.at[i] - '0');
		if (port > 65535)
			return false;
	}
	return true;
}

/* How long is the "[address]" at the front? 0: it is none. */
static size_t ip_literal_bytes(struct http_span text)
{
	const char *end = memchr(text.at, ']', text.count);
	char address[INET6_ADDRSTRLEN];
	struct in6_addr parsed;
	size_t count;

	if (!end)
		return 0;
	count = (size_t)(end - text.at) - 1;
	if (count >= sizeof(address))
		return 0;
	memcpy(address, text.at + 1, count);
	address[count] = '\0';
	return inet_pton(AF_INET6, address, &parsed) == 1 ? count + 2 : 0;
}

/* How long is the reg-name (or IPv4 address) at the front? */
static size_t reg_name_bytes(struct http_span text)
{
	size_t i = 0;

	while (i < text.count) {
		if (http_is_name_byte((unsigned char)text.at[i]))
			i++;
		else if (text.at[i] == '%' &&
			 encoded_byte(text.at + i, text.count - i) > 0)
			i += 3;
		else
			break;
	}
	return i;
}

bool http_is_host(struct http_span text)
{
	size_t host_bytes;

	if (text.count == 0)
		return false;
	host_bytes = text.at[0] == '[' ? ip_literal_bytes(text)
				       : reg_name_bytes(text);
	text.at += host_bytes;
	text.count -= host_bytes;
	if (host_bytes == 0)
		return false;
	if (text.count == 0)
		return true;
	return text.at[0] == ':' &&
	       is_port((struct http_span){text.at + 1, text.count - 1});
}

/*
 * What an encoded byte may not be in a path. An encoded slash would be a
 * slash to one reader and a letter to the next; no id of ours has one.
 */
static enum http_flaw check_encoded_in_path(int byte)
{
	if (byte < 0)
		return HTTP_FLAW_BAD_PERCENT;
	if (byte == 0)
		return HTTP_FLAW_ENCODED_NUL;
	if (byte == '/' || byte == '\\')
		return HTTP_FLAW_ENCODED_SLASH;
	if (byte < 0x20 || byte == 0x7f)
		return HTTP_FLAW_ENCODED_CONTROL;
	return HTTP_SOUND;
}

static bool is_dot_segment(size_t byte_count, size_t dot_count)
{
	return byte_count == dot_count && (dot_count == 1 || dot_count == 2);
}

/* The byte at the start of `rest` as itself or %xx: its flaw, and its width. */
static enum http_flaw read_path_byte(struct http_span rest, int *c,
				     size_t *width)
{
	*c = (unsigned char)rest.at[0];
	*width = 1;
	if (*c == '%') {
		*c = encoded_byte(rest.at, rest.count);
		*width = 3;
		return check_encoded_in_path(*c);
	}
	return http_is_path_byte((unsigned char)*c) || *c == '/'
		       ? HTTP_SOUND
		       : HTTP_FLAW_BAD_TARGET;
}

static enum http_flaw check_path(struct http_span path)
{
	size_t segment_bytes = 0;
	size_t segment_dots = 0;
	size_t i = 1;

	while (i < path.count) {
		struct http_span rest = {path.at + i, path.count - i};
		enum http_flaw flaw;
		size_t width;
		int c;

		flaw = read_path_byte(rest, &c, &width);
		if (flaw != HTTP_SOUND)
			return flaw;
		if (c == '/' && is_dot_segment(segment_bytes, segment_dots))
			return HTTP_FLAW_DOT_SEGMENT;
		segment_bytes = c == '/' ? 0 : segment_bytes + 1;
		segment_dots = c == '/' ? 0 : segment_dots + (c == '.');
		i += width;
	}
	return is_dot_segment(segment_bytes, segment_dots)
		       ? HTTP_FLAW_DOT_SEGMENT
		       : HTTP_SOUND;
}

static enum http_flaw check_query(struct http_span query)
{
	size_t i = 0;

	while (i < query.count) {
		unsigned char c = (unsigned char)query.at[i];
		int byte;

		if (http_is_path_byte(c) || c == '/' || c == '?') {
			i++;
			continue;
		}
		if (c != '%')
			return HTTP_FLAW_BAD_TARGET;
		byte = encoded_byte(query.at + i, query.count - i);
		if (byte <= 0)
			return byte < 0 ? HTTP_FLAW_BAD_PERCENT
					: HTTP_FLAW_ENCODED_NUL;
		i += 3;
	}
	return HTTP_SOUND;
}

/* Take scheme and host off an absolute-form target. */
static bool cut_authority(struct http_head *head, struct http_span *rest)
{
	static const char *const schemes[] = {"http://", "https://"};
	size_t count = 0;

	for (size_t i = 0; i < 2; i++) {
		size_t scheme_bytes = strlen(schemes[i]);
		struct http_span front = {rest->at, scheme_bytes};

		if (rest->count < scheme_bytes ||
		    !http_span_is_nocase(front, schemes[i]))
			continue;
		rest->at += scheme_bytes;
		rest->count -= scheme_bytes;
		while (count < rest->count && rest->at[count] != '/' &&
		       rest->at[count] != '?')
			count++;
		head->host = (struct http_span){rest->at, count};
		rest->at += count;
		rest->count -= count;
		return http_is_host(head->host);
	}
	return false;
}

static void cut_query(struct http_head *head, struct http_span *rest)
{
	const char *mark = memchr(rest->at, '?', rest->count);

	if (!mark)
		return;
	head->has_query = true;
	head->query.at = mark + 1;
	head->query.count = rest->count - (size_t)(mark + 1 - rest->at);
	rest->count = (size_t)(mark - rest->at);
}

enum http_flaw http_target_read(struct http_head *head)
{
	struct http_span rest = head->target;
	bool is_options = http_span_is(head->method, "OPTIONS");
	enum http_flaw flaw;

	if (is_options && http_span_is(rest, asterisk)) {
		head->path = rest;
		return HTTP_SOUND;
	}
	if (rest.count == 0)
		return HTTP_FLAW_BAD_TARGET;
	if (rest.at[0] != '/' && !cut_authority(head, &rest))
		return HTTP_FLAW_BAD_TARGET;
	cut_query(head, &rest);
	head->path = rest;
	/* RFC 9112 3.2.4: a whole server is named by an empty path. */
	if (rest.count == 0 && is_options && !head->has_query)
		head->path.at = asterisk;
	else if (rest.count == 0)
		head->path.at = root_path;
	if (rest.count == 0)
		head->path.count = 1;
	flaw = check_path(head->path);
	return flaw == HTTP_SOUND ? check_query(head->query) : flaw;
}

size_t http_percent_decode(struct http_span from, bool plus_is_blank, char *to)
{
	size_t count = 0;
	size_t i = 0;

	while (i < from.count) {
		int byte = (unsigned char)from.at[i];
		size_t width = 1;

		if (byte == '%') {
			byte = encoded_byte(from.at + i, from.count - i);
			width = 3;
		} else if (byte == '+' && plus_is_blank) {
			byte = ' ';
		}
		to[count++] = (char)byte;
		i += width;
	}
	return count;
}
