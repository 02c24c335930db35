/*
 * pool.h - a few threads for what would stall an event loop: password
 * hashing, large files. The queue is bounded.
 */
#ifndef FLOW_POOL_H
#define FLOW_POOL_H

#include <stdbool.h>

#include "base/base.h"

struct event_base;
struct pool;
struct pool_port;	/* one loop's side of it */

struct pool_job {
	void (*work)(void *arg);	/* on a thread of the pool */
	void (*done)(void *arg);	/* on the loop of the port, after it */
	void *arg;
	struct pool_port *port;		/* what follows is pool.c's own */
	struct pool_job *next;
};

struct pool *pool_open(int threads, int queue_max);

/*
 * Jobs that run are finished, those that wait are forgotten: neither is done
 * on its loop any more unless that still turns. To be called when the loops
 * stand still, before what the jobs use is freed.
 */
void pool_close(struct pool *pool);

struct pool_port *pool_port_open(struct event_base *base);
void pool_port_close(struct pool_port *port);

/*
 * in     the job is kept until it is done
 * fails  the queue is full
 */
MUST_CHECK bool pool_give(struct pool *pool, struct pool_port *port,
			  struct pool_job *job);

/* Jobs that wait now; for /metrics, from any thread. */
int pool_waiting(struct pool *pool);

#endif
