/* idempotency.c - the steps around a card's own where a key is given. */
#include "flow/idempotency.h"

#include <string.h>

#include "base/text.h"
#include "flow/flow_private.h"

static flow_step claim, look, keep, kept;

flow_step *const idempotency_arrival[] = { claim, look, NULL };
flow_step *const idempotency_closing[] = { keep, kept, NULL };

/* Columns of schema/queries/idempotency_claim.sql. */
enum { IS_MINE, IS_NEW, IS_SAME, STATUS, HEADERS, BODY };

static bool is_plain(char c, bool is_quoted)
{
	return (c > ' ' && c <= '~') || (is_quoted && c == ' ');
}

bool idempotency_parse(const char *value, size_t bytes, char *key)
{
	bool is_quoted = bytes >= 2 && value[0] == '"' &&
			 value[bytes - 1] == '"';
	size_t at = is_quoted, end = bytes - is_quoted, used = 0;

	while (at < end) {
		bool is_escape = is_quoted && value[at] == '\\';

		if (is_quoted && value[at] == '"')
			return false;
		if (is_escape && ++at == end)
			return false;
		if (is_escape && value[at] != '"' && value[at] != '\\')
			return false;
		if (!is_plain(value[at], is_quoted))
			return false;
		key[used++] = value[at++];
	}
	key[used] = '\0';
	return used >= 1 && used <= IDEMPOTENCY_KEY_MAX;
}

bool idempotency_read_key(struct flow_private *own)
{
	struct flow *f = &own->flow;
	size_t bytes;
	const char *value = flow_header(own, "idempotency-key", &bytes);

	if (!value || strcmp(f->endpoint->method, "POST") != 0)
		return true;
	own->idempotency_key = arena_zeroed(f->mem, 1, bytes + 1);
	if (!idempotency_parse(value, bytes, own->idempotency_key)) {
		flaws_add(&f->flaws, "header:Idempotency-Key", "malformed",
			  "must be 1 to 255 visible ASCII characters",
			  "必须是 1 至 255 个可见 ASCII 字符");
		return fault_set(&own->fault, FAULT_BAD_REQUEST, "%s", "");
	}
	if (f->actor.role == ROLE_NOBODY)
		own->idempotency_key = NULL;
	return true;
}

static const char *fingerprint(struct flow *f)
{
	const struct http_exchange *exchange = f->own->exchange;
	const struct http_head *head = exchange->head;
	const char *line = arena_print(
		f->mem, "%.*s %.*s", (int)head->method.count, head->method.at,
		(int)head->target.count, head->target.at);
	uint8_t hash[SHA256_BYTES];
	char *hex = arena_zeroed(f->mem, 1, SHA256_BYTES * 2 + 1);

	crypto_hmac_sha256((struct bytes){ line, strlen(line) },
			   (struct bytes){ exchange->body,
					   exchange->body_bytes }, hash);
	text_hex(hash, SHA256_BYTES, hex);
	return hex;
}

static enum flow_next claim(struct flow *f)
{
	return tell_or(f, FAULT_BUG, SQL_IDEMPOTENCY_CLAIM, P_CONSORTIUM(f),
		       P_ACCOUNT(f), P_TEXT(f->endpoint->operation),
		       P_TEXT(f->own->idempotency_key),
		       P_TEXT(fingerprint(f)));
}

/* "Name: value" lines, as keep wrote them. */
static void replay_headers(struct flow *f, const char *lines)
{
	char *at = arena_text(f->mem, lines, strlen(lines));

	while (*at) {
		char *end = strchr(at, '\n'), *colon = strchr(at, ':');

		must(end && colon && colon < end);
		*end = *colon = '\0';
		if (strcmp(at, "Content-Type") == 0)
			f->own->media_type = colon + 2;
		else if (strcmp(at, "ETag") == 0)
			f->own->etag_text = colon + 2;
		else
			reply_header(f, at, colon + 2);
		at = end + 1;
	}
}

static enum flow_next replay(struct flow *f)
{
	enum flow_next next = reply_bytes(
		f, (int)rows_int(f->rows, 0, STATUS), NULL,
		rows_text(f->rows, 0, BODY), rows_bytes(f->rows, 0, BODY));

	replay_headers(f, rows_text(f->rows, 0, HEADERS));
	reply_header(f, "Idempotency-Replayed", "true");
	f->own->is_kept = true;
	return next;
}

/* A key that is neither ours nor answered yet was answered while we asked. */
static enum flow_next look(struct flow *f)
{
	if (!rows_bool(f->rows, 0, IS_MINE))
		return fail(f, FAULT_IN_PROGRESS, "%s", "");
	if (rows_bool(f->rows, 0, IS_NEW))
		return climb(f, f->endpoint->steps);
	if (rows_is_null(f->rows, 0, STATUS))
		return fail(f, FAULT_IN_PROGRESS, "%s", "");
	if (!rows_bool(f->rows, 0, IS_SAME))
		return fail(f, FAULT_KEY_REUSED, "%s", "");
	return replay(f);
}

static const char *kept_headers(struct flow *f)
{
	struct flow_private *own = f->own;
	const char *lines = "";

	if (own->media_type)
		lines = arena_print(f->mem, "Content-Type: %s\n",
				    own->media_type);
	if (own->etag >= 0)
		lines = arena_print(f->mem, "%sETag: \"v%lld\"\n", lines,
				    (long long)own->etag);
	else if (own->etag_text)
		lines = arena_print(f->mem, "%sETag: %s\n", lines,
				    own->etag_text);
	for (size_t i = 0; i < own->header_count; i++)
		lines = arena_print(f->mem, "%s%s: %s\n", lines,
				    own->headers[i].name,
				    own->headers[i].value);
	return lines;
}

/* The body has to be text for PostgreSQL: UTF-8 without NUL, as JSON is. */
static enum flow_next keep(struct flow *f)
{
	struct flow_private *own = f->own;

	must(own->status < 500);
	buf_byte(&own->out, '\0');
	own->out.used--;
	must(strlen(own->out.at) == own->out.used);
	own->is_kept = true;
	return tell(f, SQL_IDEMPOTENCY_KEEP, P_CONSORTIUM(f), P_ACCOUNT(f),
		    P_TEXT(f->endpoint->operation),
		    P_TEXT(own->idempotency_key), P_INT(own->status),
		    P_TEXT(kept_headers(f)), P_TEXT(own->out.at));
}

static enum flow_next kept(struct flow *f)
{
	(void)f;
	return FLOW_DONE;
}
