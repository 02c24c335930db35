/* A buffered sink with a digest. */
#include "matcher/files/sink.h"
#include "matcher/insist.h"

#include <string.h>

void match_sink_init(struct match_sink *sink,
		     bool (*write)(void *to, const char *bytes, size_t count),
		     void *to)
{
	sink->write = write;
	sink->to = to;
	sink->has_failed = false;
	sink->used = 0;
	match_sha256_init(&sink->digest);
}

static void flush(struct match_sink *sink)
{
	if (!sink->used || sink->has_failed)
		return;
	match_sha256_add(&sink->digest, sink->buffer, sink->used);
	sink->has_failed = !sink->write(sink->to, sink->buffer, sink->used);
	sink->used = 0;
}

void match_sink_bytes(struct match_sink *sink, const char *bytes, size_t count)
{
	MATCH_INSIST(count <= sizeof(sink->buffer));
	if (count > sizeof(sink->buffer) - sink->used)
		flush(sink);
	if (sink->has_failed)
		return;
	memcpy(sink->buffer + sink->used, bytes, count);
	sink->used += count;
}

void match_sink_text(struct match_sink *sink, const char *text)
{
	match_sink_bytes(sink, text, strlen(text));
}

void match_sink_number(struct match_sink *sink, uint64_t number)
{
	char digits[20];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + number % 10);
	while (number /= 10);
	match_sink_bytes(sink, digits + at, sizeof(digits) - at);
}

void match_sink_signed(struct match_sink *sink, int64_t number)
{
	if (number < 0)
		match_sink_text(sink, "-");
	match_sink_number(sink,
			  number < 0 ? -(uint64_t)number : (uint64_t)number);
}

void match_sink_id(struct match_sink *sink, struct match_id id)
{
	char quoted[2 * MATCH_ID_BYTES_MAX + 2];
	size_t used = 0;

	MATCH_INSIST(id.bytes <= MATCH_ID_BYTES_MAX);
	quoted[used++] = '"';
	for (uint32_t i = 0; i < id.bytes; i++) {
		if (id.text[i] == '"' || id.text[i] == '\\')
			quoted[used++] = '\\';
		quoted[used++] = id.text[i];
	}
	quoted[used++] = '"';
	match_sink_bytes(sink, quoted, used);
}

bool match_sink_finish(struct match_sink *sink, char sha256[MATCH_SHA256_HEX])
{
	uint8_t digest[MATCH_SHA256_BYTES];

	flush(sink);
	match_sha256_finish(&sink->digest, digest);
	if (sha256)
		match_sha256_hex(digest, sha256);
	return !sink->has_failed;
}
