/*
 * json_write.h - JSON straight into the output buffer, no tree. Commas are
 * the writer's business: a member or item after another gets one.
 *
 *	json_object(w);
 *	json_member_uuid(w, "id", &p->id);
 *	json_key(w, "targets");
 *	json_array(w);
 *	json_text(w, "7101");
 *	json_end(w);
 *	json_end(w);
 *
 * Text must be valid UTF-8 (it came from PostgreSQL or was checked on entry).
 * Names are written as they are: they are ours, plain ASCII.
 */
#ifndef WIRE_JSON_WRITE_H
#define WIRE_JSON_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/uuid.h"

enum { JSON_DEPTH_MAX = 32 };

struct json_writer {
	struct buf *out;
	int depth;
	bool is_first, is_after_key;
	char closers[JSON_DEPTH_MAX];
};

void json_begin(struct json_writer *w, struct buf *out);

void json_open(struct json_writer *w, char opener);	/* '{' or '[' */
void json_end(struct json_writer *w);		/* of object or array */
void json_key(struct json_writer *w, const char *name);

void json_text(struct json_writer *w, const char *text);
void json_text_bytes(struct json_writer *w, const char *text, size_t bytes);
void json_int(struct json_writer *w, int64_t value);
void json_bool(struct json_writer *w, bool truth);
void json_uuid(struct json_writer *w, const struct uuid *id);
/* PostgreSQL's "2026-11-23 20:48:00.1+00" as RFC 3339; "" becomes null.
 * Years have four digits: shape.h lets no others in. */
void json_time(struct json_writer *w, const char *timestamptz);
/* PostgreSQL's array literal of text, {a,"b c"}, as an array of strings. */
void json_text_array(struct json_writer *w, const char *literal);
/* Ready-made JSON, trusted: exactly one value. */
void json_raw(struct json_writer *w, const char *json, size_t bytes);

/*
 * Inline, because jansson has functions of these names: a symbol of ours
 * would take their place inside that library. (A file cannot include both.)
 */
static inline void json_object(struct json_writer *w)
{
	json_open(w, '{');
}

static inline void json_array(struct json_writer *w)
{
	json_open(w, '[');
}

static inline void json_null(struct json_writer *w)
{
	json_raw(w, "null", 4);
}

/* The member forms: key and value in one call; NULL text becomes null. */
void json_member_text(struct json_writer *w, const char *name,
		      const char *text);
void json_member_int(struct json_writer *w, const char *name, int64_t value);
void json_member_bool(struct json_writer *w, const char *name, bool truth);
void json_member_uuid(struct json_writer *w, const char *name,
		      const struct uuid *id);	/* nil becomes null */
void json_member_time(struct json_writer *w, const char *name,
		      const char *timestamptz);
void json_member_null(struct json_writer *w, const char *name);

#endif
