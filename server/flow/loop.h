/*
 * loop.h - what one event loop has of its own, and what all loops share.
 * Nothing shared is written on the way of a request but the counters, which
 * are each loop's own and read by all, and the quotas (rates.h): one atomic
 * word, which only requests of the same client touch.
 */
#ifndef FLOW_LOOP_H
#define FLOW_LOOP_H

#include "base/buf.h"
#include "base/config.h"
#include "wire/crypto.h"
#include "wire/db.h"

struct event_base;
struct explainer;
struct flows;
struct gzip;
struct http_server;
struct limiter;
struct live;
struct loop;
struct metrics;
struct oidc;
struct pool;
struct pool_port;
struct rates;
struct revocations;
struct router;
struct tokens;

struct service {
	const struct config *config;
	struct router *router;	/* only read once it is made */
	struct pool *pool;
	struct pool *outside;	/* threads that wait for other servers */
	struct oidc *oidc;
	struct pool *explaining;	/* one thread, and what it keeps */
	struct explainer *explainer;
	struct limiter *limiter;	/* of sign-ins */
	struct rates *rates;
	struct revocations *revocations;
	struct live *live;
	struct crypto_ring seals;	/* count 0: none; seals.h */
	struct loop **loops;
	int loop_count;
};

struct loop {
	struct service *service;
	int number;
	struct event_base *base;
	struct db *db;
	struct http_server *http;
	struct tokens *tokens;
	struct pool_port *port;
	struct flows *flows;
	struct metrics *metrics;
	struct gzip *gzip;
	int export_count;	/* on their way */
	struct buf scratch;	/* for what has no flow, or has lost it */
};

#endif
