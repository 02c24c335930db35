/*
 * A strict pull reader for JSON documents of a known shape, from RFC 8259.
 *
 * The reader meets only what its caller asks for: an object with members from a
 * table, an array of one kind of item, a text, a whole number, null. Anything
 * else is refused where it stands: unknown and repeated members, depth beyond
 * the shape, fractions, invalid UTF-8, texts beyond DOC_TEXT_MAX, bytes after
 * the document. So memory is bounded by what the caller keeps.
 *
 * Every function returns false after a failure, and the error then says line,
 * column and JSON pointer.
 */
#ifndef MATCHER_FILES_DOC_READ_H
#define MATCHER_FILES_DOC_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "matcher/error.h"
#include "matcher/files/source.h"
#include "matcher/ids.h"
#include "matcher/sha256.h"

#define DOC_TEXT_MAX MATCH_ID_BYTES_MAX
#define DOC_DEPTH_MAX 8
#define DOC_MEMBERS_MAX 32
#define DOC_BYTES_MAX (UINT64_C(1) << 36) /* 64 GiB */

struct doc_reader {
	struct match_source source; /* kept */
	struct match_error *error;  /* kept */
	struct match_sha256 digest; /* of every byte taken from the source */
	const char *at, *end;
	uint64_t byte_count; /* taken from the source so far */
	uint64_t line;
	uint64_t line_start; /* byte_count where the line began */
	int depth;
	struct doc_step {
		const char *member; /* NULL: an item of an array */
		uint64_t index;
	} path[DOC_DEPTH_MAX];
	char text[DOC_TEXT_MAX]; /* the last text read, not terminated */
	uint32_t text_bytes;
	char buffer[65536];
};

void doc_init(struct doc_reader *reader, struct match_source source,
	      struct match_error *error);

struct doc_member {
	const char *name;
	bool is_optional;
	bool (*read)(struct doc_reader *reader, void *into);
};

/*
 * Read an object, calling the reader of each member as it comes.
 *
 * in     members ends with a NULL name; at most DOC_MEMBERS_MAX
 */
bool doc_object(struct doc_reader *reader, const struct doc_member *members,
		void *into) MATCH_MUST_CHECK;

bool doc_array(struct doc_reader *reader,
	       bool (*item)(struct doc_reader *reader, void *into),
	       void *into) MATCH_MUST_CHECK;

/* Read a text into reader->text; control characters are refused. */
bool doc_text(struct doc_reader *reader) MATCH_MUST_CHECK;

/* The last text read. Lives until the next doc_text or member name. */
struct match_id doc_last_text(const struct doc_reader *reader);

/* A whole number without fraction or exponent, from 0 to max. */
bool doc_number(struct doc_reader *reader, uint64_t max,
		uint64_t *number) MATCH_MUST_CHECK;

/* The same with a sign; -0 is refused. */
bool doc_signed(struct doc_reader *reader, int64_t *number) MATCH_MUST_CHECK;

/*
 * Read null if it comes next.
 *
 * out    *is_null: it was there; else nothing was read
 */
bool doc_null(struct doc_reader *reader, bool *is_null) MATCH_MUST_CHECK;

/* The word true, and nothing else: what is not so is left out. */
bool doc_true(struct doc_reader *reader, bool *truth) MATCH_MUST_CHECK;

/*
 * The end of the document: white space, then nothing.
 *
 * out    sha256 of the document's bytes, all of them
 */
bool doc_end(struct doc_reader *reader,
	     char sha256[MATCH_SHA256_HEX]) MATCH_MUST_CHECK;

/* Refuse what was just read; the text follows the place. Returns false. */
bool doc_refuse(struct doc_reader *reader, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Put the place before an error that somebody else filled. Returns false. */
bool doc_refuse_placed(struct doc_reader *reader);

#endif
