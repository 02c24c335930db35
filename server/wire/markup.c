/* markup.c - see markup.h. */
#include "wire/markup.h"

#include <string.h>

static const char *entity_of(unsigned char byte)
{
	switch (byte) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	case '\t':
	case '\n':
	case '\r':
		return NULL;
	default:
		return byte < ' ' || byte == 0x7f ? "\xef\xbf\xbd" : NULL;
	}
}

void markup_text(struct buf *out, const char *text)
{
	const char *from = text;

	for (; *text; text++) {
		const char *entity = entity_of((unsigned char)*text);

		if (!entity)
			continue;
		buf_bytes(out, from, (size_t)(text - from));
		buf_text(out, entity);
		from = text + 1;
	}
	buf_bytes(out, from, (size_t)(text - from));
}

void markup_json(struct buf *out, const char *json, size_t bytes)
{
	const char *end = json + bytes;

	while (json < end) {
		const char *bracket = memchr(json, '<', (size_t)(end - json));
		const char *until = bracket ? bracket : end;

		buf_bytes(out, json, (size_t)(until - json));
		if (bracket)
			buf_text(out, "\\u003c");
		json = bracket ? bracket + 1 : end;
	}
}
