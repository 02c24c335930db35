/*
 * The head reader, and the chunk decoder on what follows and on the input
 * itself: whole, byte by byte and cut in two anywhere, the answer must be the
 * same; and what is called sound must keep the promises of the headers.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "flow/http_chunk.h"
#include "flow/http_head.h"

enum {
	ALL_CUTS_UP_TO_BYTES = 300, /* beyond, some sixty cuts are tried */
	MOVES_UP_TO_BYTES = 300,    /* a move reads again: quadratic */
};

/* The first piece, and how long all after it are. */
struct cut {
	size_t first_bytes;
	size_t next_bytes;
	bool moves; /* to new memory with each piece */
};

struct outcome {
	enum http_read read;
	enum http_flaw flaw;
	size_t used_bytes;
	size_t found_bytes;
	uint64_t found_hash;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void add_found(struct outcome *outcome, struct http_span span)
{
	for (size_t i = 0; i < span.count; i++)
		outcome->found_hash =
			(outcome->found_hash ^ (unsigned char)span.at[i]) *
			1099511628211U;
	outcome->found_bytes += span.count;
}

/* Where one text ends matters too. */
static void add_text(struct outcome *outcome, struct http_span span)
{
	add_found(outcome, span);
	add_found(outcome, (struct http_span){"\n", 1});
}

static void add_head(struct outcome *outcome, const struct http_head *head)
{
	char truths[6] = {
		(char)('0' + head->has_query),
		(char)('0' + head->is_http_1_0),
		(char)('0' + head->wants_close),
		(char)('0' + head->wants_continue),
		(char)('0' + head->is_chunked),
		(char)('0' + head->has_length),
	};

	outcome->used_bytes = head->head_bytes;
	add_text(outcome, head->method);
	add_text(outcome, head->target);
	add_text(outcome, head->path);
	add_text(outcome, head->query);
	add_text(outcome, head->host);
	add_text(outcome, (struct http_span){truths, sizeof(truths)});
	add_text(outcome, (struct http_span){(const char *)&head->length_bytes,
					     sizeof(head->length_bytes)});
	for (size_t i = 0; i < head->field_count; i++) {
		add_text(outcome, head->fields[i].name);
		add_text(outcome, head->fields[i].value);
	}
}

static void check_text(struct http_span span, unsigned char from,
		       unsigned char to)
{
	for (size_t i = 0; i < span.count; i++) {
		unsigned char c = (unsigned char)span.at[i];

		must((c >= from && c <= to && c != 0x7f) || c == '\t');
	}
}

static void check_decoded(struct http_span span)
{
	char *decoded = malloc(span.count + 1);
	size_t count = http_percent_decode(span, true, decoded);

	must(count <= span.count);
	must(!memchr(decoded, '\0', count));
	free(decoded);
}

static void check_sound(const struct http_head *head)
{
	must(head->head_bytes <= HTTP_HEAD_MAX_BYTES);
	must(head->field_count <= HTTP_FIELDS_MAX);
	must(head->target.count <= HTTP_TARGET_MAX_BYTES);
	must(head->method.count > 0 &&
	     head->method.count <= HTTP_METHOD_MAX_BYTES);
	must(head->path.at[0] == '/' || http_span_is(head->path, "*"));
	must(head->host.count > 0 || head->is_http_1_0);
	must(!head->is_chunked || (!head->has_length && !head->is_http_1_0));
	check_text(head->method, '!', '~');
	check_text(head->target, '!', '~');
	check_text(head->host, '!', '~');
	check_decoded(head->path);
	check_decoded(head->query);
	for (size_t i = 0; i < head->field_count; i++) {
		must(head->fields[i].name.count > 0);
		check_text(head->fields[i].name, '!', '~');
		check_text(head->fields[i].value, ' ', 0xff);
	}
}

/* Moved to a copy of its bytes, the head says the same. */
static void check_move(struct http_head *head, const struct outcome *before)
{
	struct outcome after = {.read = before->read, .flaw = before->flaw};
	char *copy = malloc(head->head_bytes);

	memcpy(copy, head->bytes, head->head_bytes);
	http_head_move(head, copy);
	add_head(&after, head);
	must(memcmp(&after, before, sizeof(after)) == 0);
	free(copy);
}

static size_t end_of_piece(const struct cut *cut, size_t so_far, size_t size)
{
	size_t piece = so_far == 0 ? cut->first_bytes : cut->next_bytes;

	return piece < size - so_far ? so_far + piece : size;
}

static struct outcome read_head(const uint8_t *data, size_t size,
				const struct cut *cut)
{
	struct outcome outcome;
	struct http_head head;
	char *old = NULL;
	char *bytes = NULL;
	size_t end = 0;

	memset(&outcome, 0, sizeof(outcome));
	http_head_reset(&head);
	do {
		end = end_of_piece(cut, end, size);
		if (!bytes || cut->moves) {
			old = bytes;
			/* Exactly so much, for the sanitizer to guard. */
			bytes = malloc(cut->moves ? end + !end : size + !size);
			memcpy(bytes, data, cut->moves ? end : size);
		}
		outcome.read = http_head_read(&head, bytes, end);
		free(old);
		old = NULL;
	} while (outcome.read == HTTP_MORE && end < size);
	outcome.flaw = head.flaw;
	if (outcome.read == HTTP_DONE) {
		check_sound(&head);
		add_head(&outcome, &head);
		check_move(&head, &outcome);
	}
	must((outcome.read == HTTP_BAD) == (outcome.flaw != HTTP_SOUND));
	free(bytes);
	return outcome;
}

static struct outcome read_chunks(const uint8_t *data, size_t size,
				  const struct cut *cut)
{
	struct http_chunk chunk;
	struct outcome outcome;
	size_t end = 0;

	memset(&outcome, 0, sizeof(outcome));
	http_chunk_reset(&chunk);
	while (outcome.read == HTTP_MORE && outcome.used_bytes < size) {
		struct http_span rest;
		struct http_span found;
		size_t used;

		if (outcome.used_bytes == end)
			end = end_of_piece(cut, end, size);
		rest.at = (const char *)data + outcome.used_bytes;
		rest.count = end - outcome.used_bytes;
		outcome.read = http_chunk_read(&chunk, rest, &used, &found);
		must(used <= rest.count && (used > 0 || rest.count == 0));
		outcome.used_bytes += used;
		add_found(&outcome, found);
	}
	outcome.flaw = chunk.flaw;
	must((outcome.read == HTTP_BAD) == (outcome.flaw != HTTP_SOUND));
	return outcome;
}

typedef struct outcome reader(const uint8_t *data, size_t size,
			      const struct cut *cut);

static struct outcome read_every_way(reader *read, const uint8_t *data,
				     size_t size)
{
	struct cut whole = {size, size, false};
	struct cut bytewise = {1, 1, size <= MOVES_UP_TO_BYTES};
	struct outcome first = read(data, size, &whole);
	struct outcome other = read(data, size, &bytewise);
	size_t stride = size <= ALL_CUTS_UP_TO_BYTES ? 1 : size / 60;

	must(memcmp(&first, &other, sizeof(first)) == 0);
	for (size_t at = 1; at < size; at += stride) {
		struct cut in_two = {at, size, at % 2 == 0};

		other = read(data, size, &in_two);
		must(memcmp(&first, &other, sizeof(first)) == 0);
	}
	return first;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct outcome head = read_every_way(read_head, data, size);

	if (head.read == HTTP_DONE)
		read_every_way(read_chunks, data + head.used_bytes,
			       size - head.used_bytes);
	read_every_way(read_chunks, data, size);
	return 0;
}
