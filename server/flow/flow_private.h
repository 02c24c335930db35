/*
 * flow_private.h - what the files flow*.c share and nobody else sees.
 *
 *	flow.c		a flow's life: taken, run, answered, ended
 *	flow_arrive.c	the ladder before the card's: who, may they, what
 *	flow_decode.c	query, body and headers into the card's structs
 *	flow_ask.c	questions to the database and the pool
 *	flow_reply.c	what a reply is made of, and sending it
 *	flow_heads.c	the fields that every reply has; OPTIONS
 *	flow_pack.c	replies as gzip
 *	flow_prefer.c	what the client would rather have (Prefer)
 *	flow_rate.c	whom a request is charged to
 *	flow_fail.c	refusals
 *	page.c		cursors
 *	export.c	the ladder after the card's where all pages are wanted
 *	idempotency.c	the ladder around the card's where a key is given
 *
 * A flow waits for at most one thing (`awaits`); while it waits nobody but
 * that thing's answer, the deadline and the client's end may touch it.
 */
#ifndef FLOW_FLOW_PRIVATE_H
#define FLOW_FLOW_PRIVATE_H

#include <sys/queue.h>

#include "flow/export.h"
#include "flow/flow.h"
#include "flow/gate.h"
#include "flow/http.h"
#include "flow/pool.h"
#include "flow/problem.h"
#include "flow/rates.h"
#include "flow/router.h"
#include "flow/trace.h"
#include "wire/crypto.h"

enum {
	FLOW_MAGIC = 0x666c6f77,
	REQUEST_ID_MAX = 64,
	HEADER_SHOWN_BYTES = 200,
	HEADERS_MAX = 16,
	IDEMPOTENCY_KEY_MAX = 255,
	DEADLINE_MS = 2000,
	BODY_MAX_BYTES = 64 * 1024,
	STATUS_GONE = 499,	/* only in the log and the counts */
	SENT_HEADERS_MAX = HEADERS_MAX + 20,
	ETAG_BYTES = 128,
	PAGE_ETAG_BYTES = 32,
	LINK_BYTES = 256,
};

#define MERGE_PATCH_MEDIA_TYPE "application/merge-patch+json"

enum flow_awaits {
	AWAITS_NOTHING,
	AWAITS_ROWS,
	AWAITS_TURN,		/* begin */
	AWAITS_COMMIT,
	AWAITS_ROLLBACK,
	AWAITS_POOL,
	AWAITS_CLIENT		/* to take what was given of a long reply */
};

struct flow_private {
	unsigned magic;
	struct flow flow;
	struct loop *loop;
	struct http_exchange *exchange;	/* NULL: the client has gone, or has
					   its answer while the pool works */
	flow_step *const *rung;		/* the next step */
	enum flow_awaits awaits;
	struct awaited awaited;
	struct db_question question;
	enum fault_kind if_none;
	bool is_write;			/* what it awaits may have effect */
	struct db_turn *turn;
	bool is_settled;		/* commit or rollback has been asked */
	struct rows *rows;		/* given: flow.rows */
	struct pool_job job;
	enum flow_next (*work)(struct flow *f);
	enum flow_next worked;
	/* the request */
	struct route route;
	char request_id[REQUEST_ID_MAX + 1];
	char trace_id[TRACE_ID_BYTES];
	enum rate rate;			/* what it is charged to; 0: nothing */
	uint64_t rate_key;
	struct rate_left rate_left;
	bool is_over_quota;
	int64_t begun_us, deadline_ms;
	uint8_t token[SHA256_BYTES];
	uint64_t token_moment;
	char *idempotency_key;		/* NULL: none */
	bool is_kept;			/* under that key, or found there */
	struct export *export;		/* NULL: it is none */
	/* the reply */
	struct fault fault;
	struct broken_rule rule;
	struct http_header refusal;	/* that goes with it; name NULL: none */
	const struct constraint_flaw *constraints;
	int status;
	struct buf out;
	struct buf packed;		/* out as gzip, if is_packed */
	bool is_packing, is_packed;	/* on the pool; by it */
	bool is_plain;			/* is not to be packed */
	const struct document *document;	/* in place of out; or NULL */
	struct json_writer json;
	struct db_question counting;	/* the list, to be counted */
	bool is_countable, is_counting;	/* it is one; its page is written */
	const char *media_type;
	int64_t etag;			/* -1: none */
	const char *etag_text;
	char page_etag[PAGE_ETAG_BYTES];	/* where etag_text may stand */
	struct http_header headers[HEADERS_MAX];
	size_t header_count;
	LIST_ENTRY(flow_private) live;
	struct flow_private *next_spare;
};

/* The fields of a reply, and room for those that are made when it is sent. */
struct sent {
	struct http_header at[SENT_HEADERS_MAX];
	size_t count;
	char etag[ETAG_BYTES];		/* "" : none */
	char rate[64], origin[256];
	char since[32], sunset[32], about[LINK_BYTES], successor[LINK_BYTES];
};

/* ---- flow.c ---- */
void flow_begin(struct loop *loop, struct http_exchange *exchange);
void flow_gone(struct http_exchange *exchange);
void flow_clear(struct http_exchange *exchange);
/* All over again, from who asks on, with nothing left of the last time. */
enum flow_next flow_again(struct flow_private *own);
struct awaited *flow_await(struct flow_private *own, enum flow_awaits what);
/* fails  the pool's queue is full: nothing is awaited */
MUST_CHECK bool flow_ponder(struct flow_private *own,
			    enum flow_next (*work)(struct flow *f));

/* ---- flow_arrive.c ---- */
extern flow_step *const flow_arrival[];
extern flow_step *const *const flow_identify;	/* a part of it */
const char *flow_header(const struct flow_private *own, const char *name,
			size_t *bytes);

/* ---- flow_decode.c ---- */
MUST_CHECK bool flow_decode(struct flow *f);

/* ---- flow_fail.c ---- */
void flow_explain(struct flow_private *own);
void flow_send_problem(struct flow_private *own);
/* Only the loop's scratch and fixed parts: the pool may hold the rest. */
void flow_send_too_late(struct flow_private *own);

/* ---- flow_reply.c ---- */
void flow_send(struct flow_private *own);
void flow_send_bytes(struct flow_private *own, int status, const char *at,
		     size_t bytes);
/* The head of a long reply, as for flow_send. */
void flow_begin_stream(struct flow_private *own);
void flow_log_request(const struct flow_private *own, int status,
		      size_t bytes);

/* May it be kept, and asked for again? A read, with a card. */
bool flow_is_read(const struct flow_private *own);
/* Does the client have the reply's ETag already? */
bool flow_is_known(const struct flow_private *own);

/* ---- flow_heads.c ---- */
/* in  sent->count is 0, its etag is written */
void flow_gather(const struct flow_private *own, int status, bool is_packed,
		 struct sent *sent);
enum flow_next flow_answer_options(struct flow *f);

/* ---- flow_pack.c ---- */
bool flow_packs(const struct flow_private *own, size_t bytes);
/* Borrowed until the flow ends. */
struct bytes flow_pack(struct flow_private *own, struct bytes from);
/* Is the reply too large to be packed as it is sent? */
bool flow_has_to_pack(const struct flow_private *own);
/* The pool takes too long: the reply as it is, while the pool goes on. */
void flow_send_unpacked(struct flow_private *own);
extern flow_step *const flow_packing[];

/* ---- flow_prefer.c ---- */
/* Leaves out what the client does not want back of a write. */
void flow_prefer(struct flow_private *own);
extern flow_step *const flow_counting[];	/* ends the page */

/* ---- flow_rate.c ---- */
/* One request costs one token, however often this is asked of the same.
 * fails  own->fault is QUOTA */
MUST_CHECK bool flow_charge(struct flow_private *own);
void flow_refund(struct flow_private *own);

/* ---- page.c ---- */
/* What is asked may turn out to be a page: notes how it would be counted. */
void page_note(struct flow_private *own, const struct asked *params,
	       int count);
/* false: it is none of this card's; a flaw has been added. */
MUST_CHECK bool page_read_after(struct flow *f, const char *cursor);

/* ---- export.c ---- */
MUST_CHECK bool export_open(struct flow_private *own);	/* a fault is set */
void export_close(struct flow_private *own);
const char *export_media_type(const struct flow_private *own);
/* Which page: after the cursor that was kept last. parts NULL: none. */
void export_set_page(struct flow *f);
void export_keep_cursor(struct flow *f, const char *const *parts, int count);
extern flow_step *const export_steps[];	/* after the card's */
bool export_is_over(const struct flow_private *own);
bool export_is_begun(const struct flow_private *own);
void export_end(struct flow_private *own);
void export_cut(struct flow_private *own);	/* by own->fault */

/* ---- idempotency.c ---- */
MUST_CHECK bool idempotency_read_key(struct flow_private *own);
extern flow_step *const idempotency_arrival[];	/* after begin */
extern flow_step *const idempotency_closing[];	/* before commit */

#endif
