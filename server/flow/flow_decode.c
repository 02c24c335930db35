/*
 * flow_decode.c - query, body and If-Match into the structs the card named.
 * Everything is looked at before anything is refused, so that one answer
 * lists every flaw of a kind.
 */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "flow/flow_private.h"

enum { PARAMS_MAX = 64, LIMIT_USUAL = 50, LIMIT_MAX = 200 };

static const struct field no_fields[] = { END_OF_FIELDS };

struct params {
	struct param at[PARAMS_MAX];
	size_t count;
};

static char *decoded(struct flow *f, struct http_span from)
{
	char *to = arena_zeroed(f->mem, 1, from.count + 1);

	http_percent_decode(from, true, to);
	return to;
}

static bool split_query(struct flow *f, struct http_span query,
			struct params *out)
{
	while (query.count) {
		const char *end = memchr(query.at, '&', query.count);
		size_t bytes = end ? (size_t)(end - query.at) : query.count;
		const char *equals = memchr(query.at, '=', bytes);
		size_t name = equals ? (size_t)(equals - query.at) : bytes;
		struct param *p = &out->at[out->count];

		if (bytes && out->count == PARAMS_MAX)
			return false;
		if (bytes) {
			struct http_span value = { query.at + name + 1,
						   bytes - name - 1 };

			p->name = decoded(f, (struct http_span){ query.at,
								 name });
			p->value = equals ? decoded(f, value) : "";
			out->count++;
		}
		query.at += bytes + (end != NULL);
		query.count -= bytes + (end != NULL);
	}
	return true;
}

static void read_limit(struct flow *f, const char *value)
{
	if (!text_to_int(value, &f->page.limit) || f->page.limit < 1 ||
	    f->page.limit > LIMIT_MAX)
		flaws_add(&f->flaws, "limit", "out-of-range",
			  "must be a number from 1 to 200",
			  "必须是 1 到 200 之间的整数");
}

/* limit and after are the driver's; the rest is left for the card's table. */
static void take_page(struct flow *f, struct params *params)
{
	size_t left = 0;
	bool has_limit = false, has_after = false;

	f->page.limit = LIMIT_USUAL;
	for (size_t i = 0; i < params->count; i++) {
		const struct param *p = &params->at[i];

		if (text_same(p->name, "limit") && !has_limit) {
			has_limit = true;
			read_limit(f, p->value);
		} else if (text_same(p->name, "after") && !has_after) {
			has_after = true;
			if (!page_read_after(f, p->value))
				flaws_add(&f->flaws, "after", "malformed",
					  "is not a cursor of this list",
					  "不是此列表的游标");
		} else {
			params->at[left++] = *p;
		}
	}
	params->count = left;
}

static bool read_query(struct flow *f)
{
	const struct endpoint *card = f->endpoint;
	struct params params = { .count = 0 };
	struct shape_into into = { .seen = &f->query_seen,
				   .flaws = &f->flaws };

	if (card->query_bytes)
		f->query = arena_zeroed(f->mem, 1, card->query_bytes);
	into.out = f->query;
	if (!split_query(f, f->own->exchange->head->query, &params))
		return fault_set(&f->own->fault, FAULT_BAD_PARAMETER, "%s",
				 "too many parameters");
	if (f->own->export)
		export_set_page(f);
	else if (card->is_paged)
		take_page(f, &params);
	shape_params(card->query ? card->query : no_fields, &into, params.at,
		     params.count);
	if (f->flaws.count)
		return fault_set(&f->own->fault, FAULT_BAD_PARAMETER, "%s",
				 "");
	return true;
}

/* The media type itself, without blanks and parameters. */
static bool type_is(const char *header, size_t bytes, const char *type)
{
	size_t name = 0, want = strlen(type);

	while (name < bytes && header[name] != ';')
		name++;
	while (name && (header[name - 1] == ' ' || header[name - 1] == '\t'))
		name--;
	return name == want && strncasecmp(header, type, want) == 0;
}

static bool type_is_one_of(const char *header, size_t bytes, struct arena *mem,
			   const char *types)
{
	while (*types) {
		size_t length = strcspn(types, " ");

		if (type_is(header, bytes, arena_text(mem, types, length)))
			return true;
		types += length + strspn(types + length, " ");
	}
	return false;
}

bool body_is(const struct flow *f, const char *media_type)
{
	return type_is(f->raw_type, strlen(f->raw_type), media_type);
}

/* JSON is UTF-8; a charset that says otherwise is refused. */
static bool charset_fits(struct flow *f, const char *header, size_t bytes)
{
	const char *text = arena_text(f->mem, header, bytes);
	const char *charset = strcasestr(text, "charset=");

	return !charset || strncasecmp(charset + 8, "utf-8", 5) == 0 ||
	       strncasecmp(charset + 8, "\"utf-8\"", 7) == 0;
}

static bool check_type(struct flow *f)
{
	const struct endpoint *card = f->endpoint;
	size_t bytes;
	const char *header = flow_header(f->own, "content-encoding", &bytes);
	const char *want = card->media_type ? card->media_type :
			   card->is_merge_patch ? MERGE_PATCH_MEDIA_TYPE :
						  "application/json";

	if (card->is_merge_patch)
		f->own->refusal = (struct http_header){
			"Accept-Patch", MERGE_PATCH_MEDIA_TYPE };

	if (header)
		return fault_set(&f->own->fault, FAULT_BAD_MEDIA_TYPE, "%s",
				 "Content-Encoding is not accepted");
	header = flow_header(f->own, "content-type", &bytes);
	if (!header || !type_is_one_of(header, bytes, f->mem, want) ||
	    (!card->media_type && !charset_fits(f, header, bytes)))
		return fault_set(&f->own->fault, FAULT_BAD_MEDIA_TYPE,
				 "Content-Type must be %s", want);
	f->own->refusal.name = NULL;
	f->raw_type = arena_text(f->mem, header, bytes);
	return true;
}

static bool read_json(struct flow *f)
{
	const struct endpoint *card = f->endpoint;
	const struct http_exchange *exchange = f->own->exchange;
	struct shape_into into = { .seen = &f->body_seen,
				   .flaws = &f->flaws };
	const char *why = "";

	f->body = arena_zeroed(f->mem, 1, card->body_bytes);
	into.out = f->body;
	if (!shape_body(card->body, &into, exchange->body ? exchange->body : "",
			exchange->body_bytes, &why))
		return fault_set(&f->own->fault, FAULT_BAD_JSON, "%s", why);
	if (f->flaws.count)
		return fault_set(&f->own->fault, FAULT_BAD_BODY, "%s", "");
	return true;
}

static bool read_body(struct flow *f)
{
	const struct endpoint *card = f->endpoint;
	const struct http_exchange *exchange = f->own->exchange;

	if (!card->body && !card->media_type) {
		if (!exchange->body_bytes)
			return true;
		return fault_set(&f->own->fault, FAULT_BAD_REQUEST, "%s",
				 "this operation takes no body");
	}
	if (!check_type(f))
		return false;
	if (card->body)
		return read_json(f);
	f->raw = exchange->body ? exchange->body : "";
	f->raw_bytes = exchange->body_bytes;
	return true;
}

/* "v12", or "v12-gzip" as it came packed: of the same version. */
static bool version_of(struct flow *f, const char *etag, size_t bytes)
{
	enum { PACKED_BYTES = sizeof("-gzip") - 1 };
	char *digits;

	if (bytes < 4 || memcmp(etag, "\"v", 2) != 0 ||
	    etag[bytes - 1] != '"')
		return false;
	digits = arena_text(f->mem, etag + 2, bytes - 3);
	bytes -= 3;
	if (bytes > PACKED_BYTES &&
	    text_same(digits + bytes - PACKED_BYTES, "-gzip"))
		digits[bytes - PACKED_BYTES] = '\0';
	return text_is_digits(digits) && text_to_int(digits, &f->if_match);
}

/* The only ETags there are; any other is not current. */
static bool read_if_match(struct flow *f)
{
	size_t bytes;
	const char *header = flow_header(f->own, "if-match", &bytes);

	if (!f->endpoint->is_conditional)
		return true;
	if (!header)
		return fault_set(&f->own->fault, FAULT_NO_VERSION, "%s", "");
	if (!version_of(f, header, bytes))
		return fault_set(&f->own->fault, FAULT_STALE, "%s",
				 "If-Match must be one ETag, such as \"v1\"");
	return true;
}

bool flow_decode(struct flow *f)
{
	flaws_init(&f->flaws, f->mem);
	return read_query(f) && read_if_match(f) && read_body(f);
}

const char *path_text(struct flow *f, const char *name)
{
	return route_param(&f->own->route, name);
}

bool path_uuid(struct flow *f, const char *name, struct uuid *out)
{
	if (uuid_parse(path_text(f, name), out))
		return true;
	return fault_set(&f->own->fault, FAULT_NOT_FOUND, "%s", "");
}
