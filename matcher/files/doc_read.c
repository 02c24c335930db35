/*
 * The reader. One byte of look-ahead; texts and numbers cross the edge of the
 * buffer without care, since each byte is asked for by itself.
 */
#include "matcher/files/doc_read.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "matcher/files/doc_bytes.h"
#include "matcher/insist.h"

void doc_init(struct doc_reader *r, struct match_source source,
	      struct match_error *error)
{
	r->source = source;
	r->error = error;
	match_sha256_init(&r->digest);
	r->at = r->end = r->buffer;
	r->byte_count = 0;
	r->line = 1;
	r->line_start = 0;
	r->depth = 0;
	r->text_bytes = 0;
}

/* The JSON pointer of the value at hand; cut where room ends. */
static void print_path(const struct doc_reader *r, char *path, size_t room)
{
	size_t used = 0;

	path[0] = '\0';
	for (int i = 0; i < r->depth && used < room; i++) {
		const struct doc_step *step = &r->path[i];
		int count;

		if (step->member)
			count = snprintf(path + used, room - used, "/%s",
					 step->member);
		else
			count = snprintf(path + used, room - used, "/%llu",
					 (unsigned long long)step->index);
		used += count < 0 ? 0 : (size_t)count;
	}
}

bool doc_refuse_placed(struct doc_reader *r)
{
	uint64_t offset = r->byte_count - (uint64_t)(r->end - r->at);
	unsigned long long column = offset - r->line_start + 1;
	char path[200];

	if (r->error->status == MATCH_NO_MEMORY)
		return false;
	print_path(r, path, sizeof(path));
	match_error_place(r->error, "line %llu, column %llu%s%s: ",
			  (unsigned long long)r->line, column,
			  path[0] ? ", " : "", path);
	return false;
}

bool doc_refuse(struct doc_reader *r, const char *format, ...)
{
	va_list arguments;

	r->error->status = MATCH_MALFORMED;
	va_start(arguments, format);
	vsnprintf(r->error->text, sizeof(r->error->text), format, arguments);
	va_end(arguments);
	return doc_refuse_placed(r);
}

static bool refill(struct doc_reader *r, size_t *count)
{
	*count = 0;
	if (!r->source.read(r->source.from, r->buffer, sizeof(r->buffer),
			    count))
		return match_fail(r->error, MATCH_NOT_READ,
				  "reading failed after %llu bytes",
				  (unsigned long long)r->byte_count);
	MATCH_INSIST(*count <= sizeof(r->buffer));
	r->at = r->buffer;
	r->end = r->buffer + *count;
	r->byte_count += *count;
	match_sha256_add(&r->digest, r->buffer, *count);
	if (r->byte_count > DOC_BYTES_MAX)
		return match_fail(r->error, MATCH_TOO_LARGE,
				  "the document is over %llu bytes",
				  (unsigned long long)DOC_BYTES_MAX);
	return true;
}

int doc_look(struct doc_reader *r)
{
	size_t count;

	if (r->at < r->end)
		return (unsigned char)*r->at;
	if (!refill(r, &count))
		return DOC_FAILED;
	return count ? (unsigned char)*r->at : DOC_NO_MORE;
}

int doc_look_past_space(struct doc_reader *r)
{
	int byte;

	for (;;) {
		byte = doc_look(r);
		if (byte == '\n') {
			r->line++;
			r->line_start =
				r->byte_count - (uint64_t)(r->end - r->at) + 1;
		} else if (byte != ' ' && byte != '\t' && byte != '\r') {
			return byte;
		}
		r->at++;
	}
}

bool doc_refuse_byte(struct doc_reader *r, int byte, const char *wanted)
{
	if (byte == DOC_FAILED)
		return false;
	if (byte == DOC_NO_MORE)
		return doc_refuse(r, "the document ends where %s should be",
				  wanted);
	return doc_refuse(r, "here should be %s", wanted);
}

static bool take(struct doc_reader *r, char wanted, const char *name)
{
	int byte = doc_look_past_space(r);

	if (byte != wanted)
		return doc_refuse_byte(r, byte, name);
	r->at++;
	return true;
}

struct match_id doc_last_text(const struct doc_reader *r)
{
	return (struct match_id){r->text, r->text_bytes};
}

bool doc_text(struct doc_reader *r)
{
	if (!take(r, '"', "a text") || !doc_rest_of_text(r))
		return false;
	if (r->text_bytes && !match_id_is_sound(doc_last_text(r)))
		return doc_refuse(r, "the text is not UTF-8 without control "
				     "characters");
	return true;
}

static const struct doc_member *find_member(const struct doc_reader *r,
					    const struct doc_member *members)
{
	for (; members->name; members++)
		if (strlen(members->name) == r->text_bytes &&
		    !memcmp(members->name, r->text, r->text_bytes))
			return members;
	return NULL;
}

/* The name and colon of a member; it must be known and new. */
static bool read_name(struct doc_reader *r, const struct doc_member *members,
		      uint32_t *seen, const struct doc_member **found)
{
	uint32_t bit;

	if (!doc_text(r))
		return false;
	*found = find_member(r, members);
	if (!*found)
		return doc_refuse(r, "there is no member \"%.*s\" here",
				  MATCH_ID(doc_last_text(r)));
	MATCH_INSIST(*found - members < DOC_MEMBERS_MAX);
	bit = UINT32_C(1) << (*found - members);
	if (*seen & bit)
		return doc_refuse(r, "member \"%s\" is there twice",
				  (*found)->name);
	*seen |= bit;
	return take(r, ':', "a colon");
}

static bool require(struct doc_reader *r, const struct doc_member *members,
		    uint32_t seen)
{
	for (int i = 0; members[i].name; i++)
		if (!members[i].is_optional && !(seen & UINT32_C(1) << i))
			return doc_refuse(r, "member \"%s\" is missing",
					  members[i].name);
	return true;
}

/*
 * Between elements: is there another one? Takes the comma or the bracket.
 */
static bool go_on(struct doc_reader *r, char close, bool is_first,
		  bool *has_more)
{
	int byte = doc_look_past_space(r);

	*has_more = byte != close;
	if (byte == close) {
		r->at++;
		return true;
	}
	if (is_first)
		return true;
	if (byte != ',')
		return doc_refuse_byte(r, byte,
				       close == ']' ? "a comma or ]"
						    : "a comma or }");
	r->at++;
	return true;
}

bool doc_object(struct doc_reader *r, const struct doc_member *members,
		void *into)
{
	const struct doc_member *found;
	bool has_more, is_first = true;
	uint32_t seen = 0;

	MATCH_INSIST(r->depth < DOC_DEPTH_MAX);
	if (!take(r, '{', "an object"))
		return false;
	for (;; is_first = false) {
		if (!go_on(r, '}', is_first, &has_more))
			return false;
		if (!has_more)
			return require(r, members, seen);
		if (!read_name(r, members, &seen, &found))
			return false;
		r->path[r->depth++] = (struct doc_step){found->name, 0};
		if (!found->read(r, into))
			return false;
		r->depth--;
	}
}

bool doc_array(struct doc_reader *r,
	       bool (*item)(struct doc_reader *reader, void *into), void *into)
{
	struct doc_step *step = &r->path[r->depth];
	bool has_more;

	MATCH_INSIST(r->depth < DOC_DEPTH_MAX);
	if (!take(r, '[', "an array"))
		return false;
	*step = (struct doc_step){NULL, 0};
	for (;; step->index++) {
		if (!go_on(r, ']', !step->index, &has_more))
			return false;
		if (!has_more)
			return true;
		r->depth++;
		if (!item(r, into))
			return false;
		r->depth--;
	}
}

static bool read_literal(struct doc_reader *r, const char *word)
{
	for (const char *next = word; *next; next++) {
		int byte = doc_look(r);

		if (byte != *next)
			return doc_refuse_byte(r, byte, word);
		r->at++;
	}
	return true;
}

bool doc_null(struct doc_reader *r, bool *is_null)
{
	*is_null = doc_look_past_space(r) == 'n';
	return !*is_null || read_literal(r, "null");
}

bool doc_true(struct doc_reader *r, bool *truth)
{
	*truth = doc_look_past_space(r) == 't';
	return read_literal(r, "true");
}

bool doc_end(struct doc_reader *r, char sha256[MATCH_SHA256_HEX])
{
	uint8_t digest[MATCH_SHA256_BYTES];
	int byte = doc_look_past_space(r);

	if (byte != DOC_NO_MORE)
		return doc_refuse_byte(r, byte, "the end of the document");
	match_sha256_finish(&r->digest, digest);
	match_sha256_hex(digest, sha256);
	return true;
}
