/*
 * flow.h - one request on its way down a ladder of steps.
 *
 * A step consumes the last answer, then asks at most one question, and
 * returns what asking returned; or it writes the reply and returns FLOW_DONE;
 * or it returns fail(...). Answers arrive good: no row, SQL error, lost
 * connection and deadline become problems before the next step would run.
 * Body and query are decoded, checked and authorised before the first step.
 * Steps never free or keep the flow: only flow.c does.
 */
#ifndef FLOW_FLOW_H
#define FLOW_FLOW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/fault.h"
#include "flow/actor.h"
#include "flow/endpoint.h"
#include "flow/lang.h"
#include "flow/loop.h"
#include "flow/problem.h"
#include "wire/db.h"
#include "wire/json_write.h"
#include "wire/shape.h"

struct document;			/* document.h */

struct page {
	int64_t limit;			/* 1..200, default 50 */
	const char *after[3];		/* parts of the cursor */
	int after_count;		/* 0: the first page */
};

struct flow {
	unsigned magic;
	struct arena *mem;		/* released when the flow ends */
	const struct endpoint *endpoint;
	struct actor actor;
	enum lang lang;
	void *state, *body, *query;	/* structs the card gave the size of */
	struct shape_seen body_seen, query_seen;
	const char *raw;		/* a raw body (card.media_type) */
	size_t raw_bytes;
	const char *raw_type;		/* its Content-Type in full */
	struct page page;
	int64_t if_match;		/* version the client knows */
	const struct rows *rows;	/* the last answer, until the next */
	struct flaws flaws;		/* steps may add; see fail_flaws */
	struct loop *loop;		/* loop.h: its database, its service */
	const char *peer;		/* the client's address, without port */
	const char *request_id, *trace_id;
	/* What follows is flow.c's own; see flow_private.h. */
	struct flow_private *own;
};

/* ---- path parameters; a malformed id is NOT_FOUND: return FLOW_FAIL ---- */
MUST_CHECK bool path_uuid(struct flow *f, const char *name, struct uuid *out);
const char *path_text(struct flow *f, const char *name);

/* A request header, its first 200 bytes, with ? for what is no printable
 * ASCII; NULL if it is absent or empty. */
const char *request_header(struct flow *f, const char *name);

/* Does the client ask for it, such as "return=minimal"? from RFC 7240 */
bool client_prefers(const struct flow *f, const char *preference);
/* Is the body's Content-Type this one, whatever its parameters? */
bool body_is(const struct flow *f, const char *media_type);

/* ---- asking ---- */
enum asked_kind { ASKED_TEXT, ASKED_INT, ASKED_BOOL, ASKED_UUID, ASKED_ID,
		  ASKED_TEXTS, ASKED_UUIDS, ASKED_AFTER, ASKED_ROWS };

struct asked {
	enum asked_kind kind;
	int64_t number;
	const void *at;			/* NULL is SQL NULL */
};

#define P_TEXT(text_) ((struct asked){ ASKED_TEXT, 0, (text_) })
#define P_INT(int_) ((struct asked){ ASKED_INT, (int_), NULL })
#define P_BOOL(truth_) ((struct asked){ ASKED_BOOL, (truth_), NULL })
/* A nil id is SQL NULL. */
#define P_UUID(id_) ((struct asked){ ASKED_UUID, 0, (id_) })
/* A nil id is the nil id: the service's own consortium has it. */
#define P_ID(id_) ((struct asked){ ASKED_ID, 0, (id_) })
#define P_TEXTS(texts_) ((struct asked){ ASKED_TEXTS, 0, (texts_) })
#define P_UUIDS(uuids_) ((struct asked){ ASKED_UUIDS, 0, (uuids_) })
#define P_NULL P_TEXT(NULL)
#define P_CONSORTIUM(f) P_ID(&(f)->actor.consortium_id)
#define P_ACCOUNT(f) P_ID(&(f)->actor.account_id)
/* The owner where the actor may see only its own, else NULL (no limit). */
#define P_OWNER(f)                                                             \
	P_UUID((f)->actor.scope == SCOPE_OWN ? &(f)->actor.owner_id : NULL)

/* A question; if_none: the fault it is if no row answers, or FAULT_NONE. */
struct asking {
	enum db_lane lane;
	enum fault_kind if_none;
	enum sql_id sql;
};
enum flow_next flow_ask(struct flow *f, struct asking asking,
			const struct asked *params, int count);

#define FLOW_ASK_(f, lane_, none_, sql_, ...)                                  \
	flow_ask((f), (struct asking){ (lane_), (none_), (sql_) },             \
		 (const struct asked[]){ __VA_ARGS__ },                        \
		 (int)COUNT_OF(((const struct asked[]){ __VA_ARGS__ })))
/* A read by key: no row is NOT_FOUND. */
#define ask_one(f, sql, ...)                                                   \
	FLOW_ASK_(f, DB_KEYED, FAULT_NOT_FOUND, sql, __VA_ARGS__)
/* Another read: any number of rows. */
#define ask(f, sql, ...) FLOW_ASK_(f, DB_READ, FAULT_NONE, sql, __VA_ARGS__)
/* A write: any number of rows come back. */
#define tell(f, sql, ...) FLOW_ASK_(f, DB_WRITE, FAULT_NONE, sql, __VA_ARGS__)
/* A write that must answer a row; if none does, the fault is `none`. */
#define tell_or(f, none, sql, ...)                                             \
	FLOW_ASK_(f, DB_WRITE, none, sql, __VA_ARGS__)

/*
 * Run on the worker pool; it may use f->mem, f->state, f->body, f->raw and
 * f->flaws, and end the flow by returning fail(...). Else it returns
 * FLOW_NEXT, and the next step runs on the loop. A full pool is BUSY.
 */
enum flow_next ponder(struct flow *f, enum flow_next (*work)(struct flow *f));
/* The same on threads of their own, for work that waits for other servers. */
enum flow_next ponder_outside(struct flow *f,
			      enum flow_next (*work)(struct flow *f));

/* The same on the one thread that may ask service->explainer (explainer.h). */
enum flow_next ponder_explained(struct flow *f,
				enum flow_next (*work)(struct flow *f));

/* Go on with another ladder of steps (NULL-terminated, static). */
enum flow_next climb(struct flow *f, flow_step *const *steps);

/* ---- failing ---- */
enum flow_next fail(struct flow *f, enum fault_kind kind, const char *format,
		    ...) PRINTF_LIKE(3, 4);
/* TOO_MANY, with Retry-After. */
enum flow_next fail_later(struct flow *f, int seconds);
/* 422 invalid-body with what is in f->flaws. */
enum flow_next fail_flaws(struct flow *f);
/* RULE_BROKEN with the members rule, source, article, limit and actual of the
 * problem, and what is in f->flaws. */
enum flow_next fail_rule(struct flow *f, struct broken_rule rule);
/* RUN_TOO_LARGE with the members limit and actual. */
enum flow_next fail_beyond(struct flow *f, const char *what, int64_t limit,
			   int64_t actual);
enum flow_next fail_law(struct flow *f, enum law law, int64_t limit,
			int64_t actual);
/* The same without limit and actual. */
enum flow_next fail_law_uncounted(struct flow *f, enum law law);
/* When the last question failed on this constraint, the flaw is this one. The
 * table is static, ends with a NULL constraint, and is set once per flow. */
struct constraint_flaw {
	const char *constraint, *pointer, *code, *english, *chinese;
	enum fault_kind kind;	/* BAD_BODY or CONFLICT */
};
void explain_constraints(struct flow *f, const struct constraint_flaw *table);

/* STALE unless the row's version is the one of If-Match. */
MUST_CHECK bool version_fits(struct flow *f, int64_t version);

/* ---- replying: exactly once, then return FLOW_DONE ---- */
/* Starts a JSON reply; write one value to what comes back. */
struct json_writer *reply_json(struct flow *f, int status);
enum flow_next reply_empty(struct flow *f, int status);
enum flow_next reply_bytes(struct flow *f, int status, const char *media_type,
			   const void *at, size_t bytes);
/* Headers of the reply; before or after reply_json, before FLOW_DONE. */
void reply_etag(struct flow *f, int64_t version);	/* 304 is seen to */
/* With its quotes, borrowed until the reply. */
void reply_etag_text(struct flow *f, const char *etag);
/* The whole reply: 200, with its ETag, packed where the client takes that. */
enum flow_next reply_document(struct flow *f, const struct document *document);
void reply_location(struct flow *f, const char *format, ...) PRINTF_LIKE(2, 3);
void reply_header(struct flow *f, const char *name, const char *value);
/* Content-Language, for a reply with words for people in it. */
void reply_language(struct flow *f);
/*
 * A page of rows: ask for PAGE_ROWS(f) of them, one more than are shown, after
 * P_AFTER. reply_page is then the whole reply: an object with `items`, each row
 * shown as `write` writes it, and `next`: the path of the next page, which the
 * Link header has too, or null. The columns named, 3 at most, are the cursor:
 * their texts in the last row shown come back in page.after. Where the client
 * prefers count=exact, `total` is there, too: how many rows the statement has
 * without P_AFTER and PAGE_ROWS.
 */
#define PAGE_ROWS(f) ((struct asked){ ASKED_ROWS, (f)->page.limit + 1, NULL })
#define P_AFTER(f, part_)                                                      \
	((struct asked){ ASKED_AFTER, 0,                                       \
			 (part_) < (f)->page.after_count ?                     \
			 (f)->page.after[part_] : NULL })
typedef void row_writer(struct json_writer *w, const struct rows *rows,
			int row);
#define reply_page(f, write, ...)                                              \
	flow_reply_page((f), (write), (const int[]){ __VA_ARGS__ },            \
			(int)COUNT_OF(((const int[]){ __VA_ARGS__ })))
enum flow_next flow_reply_page(struct flow *f, row_writer *write,
			       const int *cursor, int count);
/*
 * The same by hand: what is written between the two are the items, page_rows(f)
 * of them if they are rows. parts are the cursor; NULL: the list ends here.
 * Where the page has other members, they go between page_open and page_items.
 */
struct json_writer *page_begin(struct flow *f);
struct json_writer *page_open(struct flow *f);
void page_items(struct json_writer *w);
int page_rows(const struct flow *f);
enum flow_next page_end(struct flow *f, const char *const *parts, int count);
/* With the cursor from the rows, as reply_page does it. */
enum flow_next page_end_rows(struct flow *f, const int *cursor, int count);

/* ---- log ---- */
void flow_log(struct flow *f, const char *event, const char *format, ...)
	PRINTF_LIKE(3, 4);

#endif
