/*
 * endpoint.h - the card: what an operation is, as data. What it does is its
 * ladder of steps (flow.h).
 *
 * from  house-style.md, "Requests: the card and the ladder"; api-spec/
 */
#ifndef FLOW_ENDPOINT_H
#define FLOW_ENDPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flow/actor.h"
#include "wire/shape.h"

struct flow;

enum flow_next { FLOW_NEXT, FLOW_WAIT, FLOW_DONE, FLOW_FAIL };
typedef enum flow_next flow_step(struct flow *f);

enum { STEPS_MAX = 10 };

/* What a request costs is taken from one of these quotas (rates.h). */
enum rate {
	RATE_BY_METHOD,		/* GET: READ; else: WRITE */
	RATE_FREE,		/* from none */
	RATE_READ,
	RATE_WRITE,
	RATE_SEARCH,
	RATE_SIGN_IN,
	RATE_COUNT
};

/*
 * An operation that is to go.
 * from  RFC 9745, RFC 8594
 */
struct deprecation {
	int64_t since_s, sunset_s;	/* Unix time; sunset_s 0: not known */
	const char *about;		/* a page that says more */
	const char *successor;		/* what takes its place; or NULL */
};

struct endpoint {
	const char *operation;		/* operationId of the spec */
	const char *method, *path;	/* "/v1/postings/{posting_id}" */
	enum scope allow[ROLE_COUNT];	/* what is not named is SCOPE_NONE */
	int deadline_ms;		/* 0: 2,000 */
	size_t state_bytes;		/* of f->state, zeroed */
	size_t body_max_bytes;		/* 0: 64 KiB */
	const struct field *body;	/* JSON body; NULL: none allowed ... */
	size_t body_bytes;		/* sizeof what it fills: f->body */
	const char *media_type;		/* ... but a raw one: "text/csv"; or
					   several, with blanks between */
	const struct field *query;	/* besides those of is_paged */
	size_t query_bytes;		/* sizeof what it fills: f->query */
	bool is_paged;			/* takes limit and after: f->page; and
					   is exported (export.h) */
	bool is_registry;		/* its files have the Chinese headings
					   in every format and language */
	bool is_merge_patch;		/* application/merge-patch+json */
	bool is_conditional;		/* If-Match is required: f->if_match */
	bool is_transaction;		/* all asks run in one transaction */
	bool is_shared;			/* same for everybody: kept by caches */
	bool is_secret;			/* the reply shows a secret, once: it is
					   neither compressed nor left out */
	enum rate rate;
	const struct deprecation *deprecated;	/* NULL: it stays */
	const char *produces;		/* of reply_json, too; NULL:
					   application/json */
	flow_step *steps[STEPS_MAX];	/* NULL-terminated */
};

/* endpoints/all.c: every card, in the order of the API document. */
extern const struct endpoint *const endpoints_all[];
extern const size_t endpoints_count;

#endif
