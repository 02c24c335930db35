/* Connections by address: a chained table, an entry while it has some. */
#include "flow/http_peers.h"

#include <event2/util.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <string.h>

#include "base/base.h"
#include "base/mem.h"

void http_peers_init(struct http_peers *peers)
{
	for (size_t i = 0; i < HTTP_PEER_BUCKETS; i++)
		LIST_INIT(&peers->buckets[i]);
	evutil_secure_rng_get_bytes(&peers->seed, sizeof(peers->seed));
}

static void key_of(const struct sockaddr *address, unsigned char *key)
{
	static const unsigned char v4_mapped[12] = {[10] = 0xff, [11] = 0xff};

	memset(key, 0, HTTP_PEER_KEY_BYTES);
	if (address->sa_family == AF_INET) {
		const struct sockaddr_in *in = (const void *)address;

		memcpy(key, v4_mapped, sizeof(v4_mapped));
		memcpy(key + 12, &in->sin_addr, 4);
	} else if (address->sa_family == AF_INET6) {
		const struct sockaddr_in6 *in6 = (const void *)address;
		bool is_v4 = IN6_IS_ADDR_V4MAPPED(&in6->sin6_addr);

		memcpy(key, &in6->sin6_addr, is_v4 ? 16 : 8);
	}
}

static size_t bucket_of(const struct http_peers *peers,
			const unsigned char *key)
{
	unsigned long hash = peers->seed;

	for (size_t i = 0; i < HTTP_PEER_KEY_BYTES; i++)
		hash = (hash ^ key[i]) * 1099511628211UL;
	return (hash >> 32) % HTTP_PEER_BUCKETS;
}

static struct http_peer *find(const struct http_peers *peers,
			      const unsigned char *key)
{
	struct http_peer *peer;

	LIST_FOREACH(peer, &peers->buckets[bucket_of(peers, key)], link)
	if (memcmp(peer->key, key, HTTP_PEER_KEY_BYTES) == 0)
		return peer;
	return NULL;
}

unsigned http_peers_count(const struct http_peers *peers,
			  const struct sockaddr *address)
{
	unsigned char key[HTTP_PEER_KEY_BYTES];
	const struct http_peer *peer;

	key_of(address, key);
	peer = find(peers, key);
	return peer ? peer->connection_count : 0;
}

struct http_peer *http_peers_add(struct http_peers *peers,
				 const struct sockaddr *address)
{
	unsigned char key[HTTP_PEER_KEY_BYTES];
	struct http_peer *peer;

	key_of(address, key);
	peer = find(peers, key);
	if (!peer) {
		peer = mem_new(struct http_peer);
		memcpy(peer->key, key, sizeof(key));
		LIST_INSERT_HEAD(&peers->buckets[bucket_of(peers, key)], peer,
				 link);
	}
	peer->connection_count++;
	return peer;
}

void http_peers_remove(struct http_peer *peer)
{
	must(peer->connection_count > 0);
	if (--peer->connection_count > 0)
		return;
	LIST_REMOVE(peer, link);
	mem_free(peer);
}
