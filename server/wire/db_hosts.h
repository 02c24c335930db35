/*
 * db_hosts.h - the hosts of a connection URL as addresses, found without
 * blocking the loop: libpq itself would wait for DNS.
 *
 * Unix sockets and numeric addresses need no question. Names are asked for
 * anew when what is known is older than a few seconds, so that a failover by
 * DNS is followed.
 */
#ifndef WIRE_DB_HOSTS_H
#define WIRE_DB_HOSTS_H

#include <stdbool.h>

#include "base/base.h"
#include "wire/db_url.h"

struct event_base;
struct db_hosts;

/* `found` runs when a search that db_hosts_known began is over. */
struct db_hosts *db_hosts_open(struct event_base *base,
			       const struct db_url *url,
			       void (*found)(void *arg), void *arg);
void db_hosts_close(struct db_hosts *h);

/* Are addresses at hand? If not, a search runs and `found` will be called. */
MUST_CHECK bool db_hosts_known(struct db_hosts *h);

/*
 * Puts host, hostaddr and port into the URL's words, beginning with another
 * host at every attempt: a host that swallows packets must not stop us.
 * fails  no name had an address
 */
MUST_CHECK bool db_hosts_put(struct db_hosts *h, struct db_url *url,
			     unsigned attempt);

#endif
