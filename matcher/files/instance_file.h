/*
 * An instance as a JSON document, format "duikou-placement/1".
 *
 * from   docs/placement.md, "The instance"
 */
#ifndef MATCHER_FILES_INSTANCE_FILE_H
#define MATCHER_FILES_INSTANCE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/error.h"
#include "matcher/files/sink.h"
#include "matcher/files/source.h"
#include "matcher/instance.h"
#include "matcher/sha256.h"

#define MATCH_INSTANCE_FORMAT "duikou-placement/1"

/*
 * Read and check a whole instance.
 *
 * in     hash_key as for match_builder_init
 * out    instance is given to the caller; sha256 names the document's bytes
 * fails  any match_status; the text says line, column and JSON pointer where it
 *        can, else the ids. instance is then empty
 * mem    the instance and its ids, never the document
 */
bool match_instance_read(struct match_source source, const uint64_t hash_key[2],
			 struct match_instance *instance,
			 char sha256[MATCH_SHA256_HEX],
			 struct match_error *error) MATCH_MUST_CHECK;

/*
 * Write an instance in the one layout that it has: the same instance, the same
 * bytes. The sink is left for match_sink_finish.
 */
void match_instance_write(const struct match_instance *instance,
			  struct match_sink *sink);

/* What names that document, without keeping it. */
void match_instance_digest(const struct match_instance *instance,
			   char sha256[MATCH_SHA256_HEX]);

#endif
