/*
 * How many connections each address has: IPv4 by address, IPv6 by its /64,
 * since that is what one customer is given. Private to flow/http*.c.
 */
#ifndef FLOW_HTTP_PEERS_H
#define FLOW_HTTP_PEERS_H

#include <sys/queue.h>

struct sockaddr;

enum {
	HTTP_PEER_KEY_BYTES = 16,
	HTTP_PEER_BUCKETS = 1024,
};

struct http_peer {
	LIST_ENTRY(http_peer) link;
	unsigned char key[HTTP_PEER_KEY_BYTES];
	unsigned connection_count;
};

struct http_peers {
	LIST_HEAD(, http_peer) buckets[HTTP_PEER_BUCKETS];
	unsigned long seed; /* so that nobody can fill one bucket */
};

void http_peers_init(struct http_peers *peers);

/* How many connections are counted for the address now? */
unsigned http_peers_count(const struct http_peers *peers,
			  const struct sockaddr *address);

/* Count one connection more; it is given back with http_peers_remove. */
struct http_peer *http_peers_add(struct http_peers *peers,
				 const struct sockaddr *address);

void http_peers_remove(struct http_peer *peer);

#endif
