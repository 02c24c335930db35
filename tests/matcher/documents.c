/* Sinks and sources over memory. */
#include "documents.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matcher/files/instance_file.h"
#include "matcher/files/result_file.h"
#include "matcher/insist.h"
#include "matcher/place.h"

static const uint64_t key[2] = {3, 4};

void document_free(struct document *document)
{
	free(document->text);
	memset(document, 0, sizeof(*document));
}

void document_add(struct document *document, const char *text, size_t bytes)
{
	if (document->bytes + bytes + 1 > document->room) {
		document->room = 2 * (document->bytes + bytes) + 64;
		document->text = realloc(document->text, document->room);
		MATCH_INSIST(document->text);
	}
	memcpy(document->text + document->bytes, text, bytes);
	document->bytes += bytes;
	document->text[document->bytes] = '\0';
}

static bool add(void *to, const char *bytes, size_t count)
{
	document_add(to, bytes, count);
	return true;
}

void document_from_instance(struct document *document,
			    const struct match_instance *instance,
			    char sha256[MATCH_SHA256_HEX])
{
	struct match_sink sink;

	match_sink_init(&sink, add, document);
	match_instance_write(instance, &sink);
	MATCH_INSIST(match_sink_finish(&sink, sha256));
}

void document_from_result(struct document *document,
			  const struct match_instance *instance,
			  const struct match_result *result)
{
	struct match_sink sink;

	match_sink_init(&sink, add, document);
	match_result_write(instance, result, &sink);
	MATCH_INSIST(match_sink_finish(&sink, NULL));
}

bool document_from_file(struct document *document, const char *path)
{
	FILE *file = fopen(path, "rb");
	char bytes[4096];
	size_t count;

	if (!file)
		return false;
	while ((count = fread(bytes, 1, sizeof(bytes), file)) > 0)
		document_add(document, bytes, count);
	MATCH_INSIST(!ferror(file));
	fclose(file);
	return true;
}

/* A source of three bytes a time, so that every text crosses its edge. */
static bool drip(void *from, char *bytes, size_t room, size_t *count)
{
	MATCH_INSIST(room >= 3);
	return match_memory_source_read(from, bytes, 3, count);
}

bool document_to_instance(const char *text, size_t bytes,
			  struct match_instance *instance,
			  char sha256[MATCH_SHA256_HEX],
			  struct match_error *error)
{
	struct match_memory_source memory = {text, bytes};

	return match_instance_read((struct match_source){drip, &memory}, key,
				   instance, sha256, error);
}

bool document_to_result(const char *text, size_t bytes,
			const struct match_instance *instance,
			struct match_result *result, struct match_error *error)
{
	struct match_memory_source memory = {text, bytes};

	return match_result_read((struct match_source){drip, &memory}, instance,
				 result, error);
}

bool document_to_previous(const char *text, size_t bytes,
			  const struct match_instance *instance,
			  struct match_result *previous,
			  struct match_error *error)
{
	struct match_memory_source memory = {text, bytes};

	return match_previous_read((struct match_source){drip, &memory},
				   instance, previous, error);
}

/* Write a result of the solver, and free it. */
static void tell(struct document *document,
		 const struct match_instance *instance, const char *sha256,
		 struct match_result *result)
{
	snprintf(result->instance_sha256, sizeof(result->instance_sha256), "%s",
		 sha256);
	document_from_result(document, instance, result);
	match_result_free(result);
}

void document_place(struct document *document,
		    const struct match_instance *instance, const char *sha256)
{
	struct match_result result;
	struct match_error error;

	MATCH_INSIST(match_place_stable(instance, &result, &error));
	tell(document, instance, sha256, &result);
}

void document_place_optimal(struct document *document,
			    const struct match_instance *instance,
			    const char *sha256)
{
	struct match_result result;
	struct match_error error;

	MATCH_INSIST(match_place_optimal(instance, &result, &error));
	tell(document, instance, sha256, &result);
}
