/*
 * The character classes of RFC 9110 and RFC 3986, and the readers that a
 * request head is made of. Private to flow/http_*.c.
 */
#ifndef FLOW_HTTP_GRAMMAR_H
#define FLOW_HTTP_GRAMMAR_H

#include <stdbool.h>
#include <string.h>

#include "flow/http_head.h"

static inline bool http_is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static inline bool http_is_alpha(unsigned char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

static inline bool http_is_blank(unsigned char c)
{
	return c == ' ' || c == '\t';
}

/* -1 if c is no hexadecimal digit. */
static inline int http_hex_value(unsigned char c)
{
	if (http_is_digit(c))
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* tchar, RFC 9110 5.6.2 */
static inline bool http_is_token_byte(unsigned char c)
{
	return http_is_alpha(c) || http_is_digit(c) || c == '-' ||
	       (c != '\0' && strchr("!#$%&'*+.^_`|~", c));
}

/* unreserved and sub-delims, RFC 3986 2.2-2.3 */
static inline bool http_is_name_byte(unsigned char c)
{
	return http_is_alpha(c) || http_is_digit(c) ||
	       (c != '\0' && strchr("-._~!$&'()*+,;=", c));
}

/* pchar without pct-encoded, RFC 3986 3.3 */
static inline bool http_is_path_byte(unsigned char c)
{
	return http_is_name_byte(c) || c == ':' || c == '@';
}

/* Is it one token (of a letter at least)? */
bool http_is_token(struct http_span text);

/* uri-host [":" port], not empty; RFC 9110 7.2 without IPvFuture. */
bool http_is_host(struct http_span text);

/* Split head->target into host, path and query, and check all of them. */
enum http_flaw http_target_read(struct http_head *head);

#endif
