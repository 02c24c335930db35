/*
 * page.c - cursors: the last row's sort key, its parts behind each other with
 * NULs between, behind a check that is bound to the operation. It keeps a cut
 * or foreign cursor out; it is no secret, since what a cursor can name is
 * only where in the actor's own list to go on.
 */
#include <string.h>

#include "base/text.h"
#include "flow/flow_private.h"

enum { CHECK_BYTES = 6, CURSOR_MAX_BYTES = 1024, PARTS_MAX = 3 };

static void check_of(const struct flow *f, const char *parts, size_t bytes,
		     uint8_t out[SHA256_BYTES])
{
	const char *operation = f->endpoint->operation;

	crypto_hmac_sha256((struct bytes){ operation, strlen(operation) },
			   (struct bytes){ parts, bytes }, out);
}

bool page_read_after(struct flow *f, const char *cursor)
{
	size_t length = strlen(cursor), bytes = length * 3 / 4;
	uint8_t check[SHA256_BYTES];
	char *all, *at, *end;

	if (length > CURSOR_MAX_BYTES)
		return false;
	all = arena_zeroed(f->mem, 1, length + 1);
	if (bytes <= CHECK_BYTES || !crypto_unbase64url(cursor, all, bytes) ||
	    all[bytes - 1] != '\0')
		return false;
	check_of(f, all + CHECK_BYTES, bytes - CHECK_BYTES, check);
	if (memcmp(check, all, CHECK_BYTES) != 0)
		return false;
	end = all + bytes;
	for (at = all + CHECK_BYTES; at < end; at += strlen(at) + 1) {
		if (f->page.after_count == PARTS_MAX ||
		    !text_is_utf8(at, strlen(at)))
			return false;
		f->page.after[f->page.after_count++] = at;
	}
	return true;
}

static char *cursor_of(struct flow *f, const char *const *parts, int count)
{
	size_t bytes = CHECK_BYTES;
	uint8_t check[SHA256_BYTES];
	char *all, *text;

	must(count >= 1 && count <= PARTS_MAX);
	for (int i = 0; i < count; i++)
		bytes += strlen(parts[i]) + 1;
	all = arena_zeroed(f->mem, 1, bytes);
	text = arena_zeroed(f->mem, 1, CRYPTO_BASE64_BYTES(bytes));
	bytes = CHECK_BYTES;
	for (int i = 0; i < count; i++) {
		memcpy(all + bytes, parts[i], strlen(parts[i]) + 1);
		bytes += strlen(parts[i]) + 1;
	}
	check_of(f, all + CHECK_BYTES, bytes - CHECK_BYTES, check);
	memcpy(all, check, CHECK_BYTES);
	crypto_base64url((struct bytes){ all, bytes }, text);
	return text;
}

/* The query as it came, but for `after`; each part followed by "&". */
static char *query_without_after(struct flow *f)
{
	struct http_span query = f->own->exchange->head->query;
	char *out = arena_zeroed(f->mem, 1, query.count + 2);
	size_t used = 0;

	while (query.count) {
		const char *end = memchr(query.at, '&', query.count);
		size_t bytes = end ? (size_t)(end - query.at) : query.count;

		if (bytes && (bytes < 6 ||
			      memcmp(query.at, "after=", 6) != 0)) {
			memcpy(out + used, query.at, bytes);
			used += bytes;
			out[used++] = '&';
		}
		query.at += bytes + (end != NULL);
		query.count -= bytes + (end != NULL);
	}
	return out;
}

void page_note(struct flow_private *own, const struct asked *params,
	       int count)
{
	struct flow *f = &own->flow;
	enum sql_id total = sql_totals[own->question.sql];
	bool is_page = false;

	if (!f->endpoint->is_paged || total == SQL_COUNT ||
	    !client_prefers(f, "count=exact"))
		return;
	own->counting = own->question;
	own->counting.sql = total;
	for (int i = 0; i < count; i++)
		if (params[i].kind == ASKED_AFTER ||
		    params[i].kind == ASKED_ROWS) {
			own->counting.params[i] = NULL;
			is_page |= params[i].kind == ASKED_ROWS;
		}
	own->is_countable = is_page;
}

int page_rows(const struct flow *f)
{
	int count = rows_count(f->rows);

	return count < (int)f->page.limit ? count : (int)f->page.limit;
}

struct json_writer *page_open(struct flow *f)
{
	struct json_writer *w = reply_json(f, 200);

	json_object(w);
	return w;
}

void page_items(struct json_writer *w)
{
	json_key(w, "items");
	json_array(w);
}

struct json_writer *page_begin(struct flow *f)
{
	struct json_writer *w = page_open(f);

	page_items(w);
	return w;
}

enum flow_next page_end(struct flow *f, const char *const *parts, int count)
{
	struct json_writer *w = &f->own->json;
	struct http_span path = f->own->exchange->head->path;
	const char *next;

	must(f->endpoint->is_paged);
	json_end(w);
	if (f->own->export) {
		export_keep_cursor(f, parts, count);
	} else if (parts) {
		next = arena_print(f->mem, "%.*s?%safter=%s", (int)path.count,
				   path.at, query_without_after(f),
				   cursor_of(f, parts, count));
		json_member_text(w, "next", next);
		reply_header(f, "Link", arena_print(f->mem,
				"<%s>; rel=\"next\"", next));
	} else {
		json_member_null(w, "next");
	}
	f->own->is_counting = f->own->is_countable && !f->own->export;
	if (!f->own->is_counting)
		json_end(w);
	return FLOW_DONE;
}

enum flow_next page_end_rows(struct flow *f, const int *cursor, int count)
{
	const char *parts[PARTS_MAX];

	must(count >= 1 && count <= PARTS_MAX);
	if (rows_count(f->rows) <= (int)f->page.limit)
		return page_end(f, NULL, 0);
	for (int i = 0; i < count; i++)
		parts[i] = rows_text(f->rows, page_rows(f) - 1, cursor[i]);
	return page_end(f, parts, count);
}

enum flow_next flow_reply_page(struct flow *f, row_writer *write,
			       const int *cursor, int count)
{
	struct json_writer *w = page_begin(f);

	for (int i = 0; i < page_rows(f); i++)
		write(w, f->rows, i);
	return page_end_rows(f, cursor, count);
}
