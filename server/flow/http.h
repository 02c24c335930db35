/*
 * The HTTP/1.1 server of one event loop: listener, connections, exchanges.
 * Everything here runs on the loop's own thread.
 */
#ifndef FLOW_HTTP_H
#define FLOW_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flow/http_flaw.h"
#include "flow/http_head.h"

struct event_base;
struct http_conn;
struct http_server;

struct http_options {
	const char *address; /* "127.0.0.1:8080", "[::]:8080"; port 0: any */
	bool is_shared_port; /* SO_REUSEPORT: one listener per loop */
	int backlog_count;
	unsigned connections_max;
	unsigned connections_per_address_max; /* 0: as connections_max */
	unsigned head_timeout_ms;	      /* first to last byte of a head */
	unsigned idle_timeout_ms;	      /* no byte of a request yet */
	unsigned body_timeout_ms; /* window that must keep the rate */
	unsigned body_rate_bytes_per_s;
	unsigned write_timeout_ms; /* window that must keep the rate */
	unsigned write_rate_bytes_per_s;
	unsigned linger_timeout_ms; /* for the peer to take the last reply */
	unsigned tick_ms;	    /* how often deadlines are looked at */
	size_t body_max_bytes;	    /* above every answer of body_limit */
	size_t output_max_bytes;    /* no next request while more waits */
};

/* Head 10 s, idle 15 s, 1 KiB/s over 10 s of body and 30 s of reply. */
extern const struct http_options http_options_default;

/* One request and its reply. Read-only to the embedder, but for `owner`. */
struct http_exchange {
	unsigned magic;
	struct http_conn *conn;
	const struct http_head *head; /* NULL: refused before it was whole */
	const char *body;	      /* whole, in one piece; NULL if none */
	size_t body_bytes;
	const char *peer; /* address in text, without the port */
	void *owner;	  /* the embedder's; NULL at first */
};

struct http_header {
	const char *name;  /* a token */
	const char *value; /* no CR, LF, NUL or other control */
};

struct http_reply {
	int status; /* 200..599 */
	const struct http_header *headers;
	size_t header_count;
	const char *body;
	size_t body_bytes;
	bool closes; /* Connection: close, and close after it */
};

struct http_callbacks {
	/*
	 * The head is in: how large may the body be? Called for requests
	 * with a body only, before any of it is kept. May call http_reply()
	 * instead, where the body is not wanted at all: the connection then
	 * closes, and what is returned does not matter.
	 */
	size_t (*body_limit)(void *arg, struct http_exchange *exchange);

	/*
	 * The request is whole. Must end in exactly one http_reply(), now or
	 * later, unless gone() comes first.
	 */
	void (*request)(void *arg, struct http_exchange *exchange);

	/*
	 * The connection died before the reply: the exchange is dead when
	 * this returns. A client that only ended its own side is not gone.
	 */
	void (*gone)(void *arg, struct http_exchange *exchange);

	/*
	 * Of a reply in chunks: what was added to it is out, and more may
	 * follow. Never from within http_stream_begin or http_stream_add.
	 */
	void (*clear)(void *arg, struct http_exchange *exchange);

	/*
	 * The HTTP layer refuses and then closes the connection. May call
	 * http_reply() at once with http_flaw_status() and a problem; if it
	 * does not, or is NULL, a reply without body is sent.
	 */
	void (*refuse)(void *arg, struct http_exchange *exchange,
		       enum http_flaw flaw);

	/* After http_server_drain(): no connection is left. */
	void (*drained)(void *arg);
};

struct http_counters {
	uint64_t accepted; /* connections */
	uint64_t open;	   /* connections now */
	uint64_t requests; /* handed to request() */
	uint64_t replies;  /* to them */
	uint64_t gone;	   /* calls of gone() */
	uint64_t idle_timeouts;
	uint64_t write_timeouts;
	uint64_t accept_failures;	   /* out of descriptors */
	uint64_t refused[HTTP_FLAW_COUNT]; /* with HEAD_ and BODY_TIMEOUT */
};

/*
 * Listen, and serve from the loop.
 *
 * in     options and callbacks are copied, arg is kept; request and
 *        body_limit are not NULL; SIGPIPE is ignored by the process
 * fails  NULL, errno set: the address is not one (EINVAL) or cannot be bound
 */
struct http_server *http_server_open(struct event_base *base,
				     const struct http_options *options,
				     const struct http_callbacks *callbacks,
				     void *arg);

/* The port that is listened on, of use when it was 0. */
unsigned http_server_port(const struct http_server *server);

const struct http_counters *http_server_counters(
	const struct http_server *server);

/*
 * Stop accepting, close idle connections, finish the requests that have
 * begun (their replies say Connection: close), then call drained(), never
 * from within this call.
 */
void http_server_drain(struct http_server *server);

/*
 * Close everything now; gone() is called for what was not answered. Not to
 * be called from within a callback of the server, save drained().
 */
void http_server_close(struct http_server *server);

/*
 * Answer.
 *
 * in     everything in reply is borrowed and copied out; Date,
 *        Content-Length and Connection are made here and may not be among
 *        the headers; a body to HEAD, 204 and 304 is not sent
 * out    the exchange is over and may not be touched again
 */
void http_reply(struct http_exchange *exchange, const struct http_reply *reply);

/*
 * Answer in chunks, where the length is not known: begin sends the head, add a
 * part of the body, end what says that it was whole. After begin and each add
 * wait for clear(): what a slow client has not taken is all that is held. A
 * client that takes too little is cut off as in any reply; that, or its death,
 * is told by gone().
 *
 * in     as in http_reply; the body of `reply` does not matter; bytes > 0;
 *        nothing but end may follow begin where the request is HEAD
 * out    after end the exchange is over and may not be touched again; if the
 *        body was not whole the connection closes without the last chunk, so
 *        that the client knows
 * from   RFC 9112, 7.1 and 8
 */
void http_stream_begin(struct http_exchange *exchange,
		       const struct http_reply *reply);
void http_stream_add(struct http_exchange *exchange, const char *at,
		     size_t bytes);
void http_stream_end(struct http_exchange *exchange, bool is_whole);

#endif
