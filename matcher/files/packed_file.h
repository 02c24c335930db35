/*
 * An instance in its binary form: the twin of the JSON document, read at the
 * speed of memory.
 *
 * from   docs/placement.md, "The binary form"
 */
#ifndef MATCHER_FILES_PACKED_FILE_H
#define MATCHER_FILES_PACKED_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "matcher/error.h"
#include "matcher/files/sink.h"
#include "matcher/instance.h"
#include "matcher/sha256.h"

/* A whole file, borrowed: mapped by the caller, or in memory. */
struct match_packed {
	const void *bytes;
	size_t count;
};

#define MATCH_PACKED_SIGN_BYTES 4

/* Do these bytes begin a file of this form? No JSON document begins so. */
bool match_packed_is(const void *bytes, size_t count);

/*
 * Read and check a whole instance. What is kept is copied first and checked
 * then, so that bytes that change meanwhile do no harm.
 *
 * in     hash_key as for match_builder_init
 * out    instance is given to the caller; sha256 is what the file says of the
 *        JSON document that it was made from
 * fails  any match_status but MATCH_NOT_READ; instance is then empty
 * mem    of the order of the file, once its lengths and checksum are right
 */
bool match_packed_read(struct match_packed file, const uint64_t hash_key[2],
		       struct match_instance *instance,
		       char sha256[MATCH_SHA256_HEX],
		       struct match_error *error) MATCH_MUST_CHECK;

/*
 * Write: the same instance and sha256, the same bytes. The sink is left for
 * match_sink_finish.
 *
 * in     sha256 is that of the JSON document that the instance came from
 */
void match_packed_write(const struct match_instance *instance,
			const char sha256[MATCH_SHA256_HEX],
			struct match_sink *sink);

#endif
