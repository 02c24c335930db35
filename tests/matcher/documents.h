/*
 * Documents in memory, for tests: write, read, judge.
 */
#ifndef TESTS_MATCHER_DOCUMENTS_H
#define TESTS_MATCHER_DOCUMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "matcher/error.h"
#include "matcher/instance.h"
#include "matcher/result.h"
#include "matcher/sha256.h"
#include "matcher/verify.h"

struct document {
	char *text; /* terminated, beyond its bytes */
	size_t bytes, room;
};

void document_free(struct document *document);
void document_add(struct document *document, const char *text, size_t bytes);

/* All aborts are bugs of the test or of the writer. */
void document_from_instance(struct document *document,
			    const struct match_instance *instance,
			    char sha256[MATCH_SHA256_HEX]);
void document_from_result(struct document *document,
			  const struct match_instance *instance,
			  const struct match_result *result);
/* False: there is no such file. */
bool document_from_file(struct document *document, const char *path);

bool document_to_instance(const char *text, size_t bytes,
			  struct match_instance *instance,
			  char sha256[MATCH_SHA256_HEX],
			  struct match_error *error);
bool document_to_result(const char *text, size_t bytes,
			const struct match_instance *instance,
			struct match_result *result, struct match_error *error);

/* A result of an earlier form of the instance. */
bool document_to_previous(const char *text, size_t bytes,
			  const struct match_instance *instance,
			  struct match_result *previous,
			  struct match_error *error);

/* Place and write; the result document of an instance. */
void document_place(struct document *document,
		    const struct match_instance *instance, const char *sha256);
void document_place_optimal(struct document *document,
			    const struct match_instance *instance,
			    const char *sha256);

#endif
