/*
 * Where bytes go, and their SHA-256 on the way. Failure is sticky, so writers
 * of documents look once, at the end.
 */
#ifndef MATCHER_FILES_SINK_H
#define MATCHER_FILES_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "matcher/error.h"
#include "matcher/ids.h"
#include "matcher/sha256.h"

struct match_sink {
	bool (*write)(void *to, const char *bytes, size_t count);
	void *to;
	struct match_sha256 digest;
	bool has_failed;
	size_t used;
	char buffer[16384];
};

void match_sink_init(struct match_sink *sink,
		     bool (*write)(void *to, const char *bytes, size_t count),
		     void *to);

/* At most as many as the buffer holds. */
void match_sink_bytes(struct match_sink *sink, const char *bytes, size_t count);

void match_sink_text(struct match_sink *sink, const char *text);
void match_sink_number(struct match_sink *sink, uint64_t number);
void match_sink_signed(struct match_sink *sink, int64_t number);

/* A JSON string; id is sound, so only quote and backslash need care. */
void match_sink_id(struct match_sink *sink, struct match_id id);

/*
 * Flush.
 *
 * out    sha256 of all that was written, unless NULL
 * fails  false: some write failed
 */
bool match_sink_finish(struct match_sink *sink,
		       char sha256[MATCH_SHA256_HEX]) MATCH_MUST_CHECK;

#endif
