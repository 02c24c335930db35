/*
 * scopes.h - how far an API key goes: "postings:read" is every GET below
 * /v1/postings that its owner may do, "postings:write" every other method. A
 * set of them is a number: bit 2i is reading resource i, bit 2i + 1 writing.
 */
#ifndef RECORDS_SCOPES_H
#define RECORDS_SCOPES_H

#include <stdbool.h>
#include <stdint.h>

/* NULL, or why it is no scope: the hook of TEXTS. */
const char *scope_check(const char *word);

/* Words with blanks between them, as PostgreSQL joins them; those that are no
 * scope any more are left out. */
uint64_t scopes_from_text(const char *text);

/* The one bit that an operation needs; 0: no key may do it.
 * in  path: as on the card, "/v1/postings/{posting_id}" */
uint64_t scope_of(const char *method, const char *path);

/* "postings:read"; in  one bit of scope_of */
enum { SCOPE_NAME_BYTES = 40 };
void scope_name(uint64_t scope, char out[SCOPE_NAME_BYTES]);

#endif
