/*
 * The connections of a server, and what they share. Private to
 * flow/http*.c.
 */
#ifndef FLOW_HTTP_CONN_H
#define FLOW_HTTP_CONN_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

#include "base/buf.h"
#include "flow/http.h"
#include "flow/http_chunk.h"
#include "flow/http_head.h"
#include "flow/http_peers.h"

struct bufferevent;
struct event;
struct evconnlistener;
struct iovec;

enum {
	HTTP_SERVER_MAGIC = 0x68737276,
	HTTP_EXCHANGE_MAGIC = 0x68786368,
	HTTP_DATE_BYTES = 32,
	HTTP_INPUT_MAX_BYTES = 16384, /* read ahead; above a head's limit */
};

enum http_conn_state {
	CONN_IDLE,     /* waits for the first byte of a request */
	CONN_HEAD,     /* some of a head is in */
	CONN_ASKING,   /* in body_limit() */
	CONN_BODY,     /* some of a body is awaited */
	CONN_BUSY,     /* the embedder owes a reply */
	CONN_REFUSING, /* a refusal is being written */
	CONN_FLUSH,    /* the last reply has still to go out */
	CONN_LINGER,   /* it is out; what the peer still sends is dropped */
};

/* How far a transfer was at the beginning of the present window of time. */
struct http_pace {
	int64_t since_ms;
	size_t moved_bytes;
};

struct http_conn {
	unsigned magic;
	enum http_conn_state state;
	LIST_ENTRY(http_conn) link;
	struct http_server *server;
	struct bufferevent *bev;
	struct http_peer *peer;
	int fd;			/* owned by bev */
	unsigned entered_count; /* functions at work on it: do not free */
	bool is_stepping;
	bool is_doomed;
	bool is_used;	     /* has carried a request */
	bool has_peer_ended; /* no more bytes will come */
	bool closes_at_once; /* no lingering */
	bool is_streaming;   /* a reply in chunks has begun */
	int64_t since_ms;    /* when the state began */
	struct http_pace body_pace;
	struct http_pace write_pace; /* since_ms is 0: no output waits */
	size_t write_bytes;	     /* that had to wait, since output waits */
	size_t body_max_bytes;
	struct http_head head;
	struct http_chunk chunk;
	struct buf head_copy;
	struct buf body;
	struct http_exchange exchange;
	char address[INET6_ADDRSTRLEN];
};

LIST_HEAD(http_conns, http_conn);

struct http_server {
	unsigned magic;
	struct event_base *base;
	struct http_options options;
	struct http_callbacks callbacks;
	void *arg;
	struct evconnlistener *listener; /* NULL: draining */
	bool is_drained;
	bool is_listener_resting; /* out of descriptors, until a tick */
	struct event *tick;
	struct event *drained;
	struct buf reply_head; /* scratch of http_reply */
	struct http_conns conns;
	struct http_conn *sweep_next; /* where a sweep goes on */
	struct http_peers peers;
	struct http_counters counters;
	int64_t date_s;
	char date[HTTP_DATE_BYTES];
};

/*
 * Take an accepted socket (given). It is refused with 503 at once if
 * flaw is not HTTP_SOUND.
 */
void http_conn_open(struct http_server *server, int fd,
		    const struct sockaddr *address, enum http_flaw flaw);

/* Go on with what is in, as far as it goes. */
void http_conn_advance(struct http_conn *conn);

/* Close what is over its deadline. */
void http_conn_check_deadline(struct http_conn *conn, int64_t now_ms);

/* The server drains: close the connection if it is idle. */
void http_conn_drain(struct http_conn *conn);

/*
 * Functions that work on a connection stand between these two, so that
 * it can be closed anywhere within: the outermost leave frees it.
 */
void http_conn_enter(struct http_conn *conn);
void http_conn_leave(struct http_conn *conn);

/* Change the state, and take the time of it. */
void http_conn_move(struct http_conn *conn, enum http_conn_state state);

/* Close it, in the next http_conn_leave. */
void http_conn_doom(struct http_conn *conn);

/* Close it there, too, with a reset. */
void http_conn_cut(struct http_conn *conn);

/* No request follows: close when all output is out. */
void http_conn_finish(struct http_conn *conn);

/* Ready for the next request, or to finish. */
void http_conn_end_exchange(struct http_conn *conn, bool closes);

/* Refuse what is being read, and finish. */
void http_conn_refuse(struct http_conn *conn, enum http_flaw flaw);

/*
 * Send, or queue behind what waits already.
 *
 * in     parts are borrowed
 * fails  a dead connection is doomed
 */
void http_conn_send(struct http_conn *conn, const struct iovec *parts,
		    size_t part_count);

/* Queue behind what waits already; the part is borrowed. */
void http_conn_queue(struct http_conn *conn, const struct iovec *part);

/* The head of a reply, whose framing is chunked or the body's length. */
void http_write_head(const struct http_conn *conn,
		     const struct http_reply *reply, bool is_chunked,
		     struct buf *out);

/* Is there to be no request after this reply? */
bool http_must_close(const struct http_conn *conn,
		     const struct http_reply *reply);

/* How much output waits? */
size_t http_conn_waiting_bytes(const struct http_conn *conn);

/* How much unread input is there? */
size_t http_conn_unread_bytes(const struct http_conn *conn);

#endif
