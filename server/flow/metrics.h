/*
 * metrics.h - what one loop counts of its requests: written by the loop,
 * read by all through relaxed atomics.
 */
#ifndef FLOW_METRICS_H
#define FLOW_METRICS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/base.h"
#include "base/buf.h"

struct loop;
struct metrics;

/* operations: the cards; one more place is for what has no card. */
struct metrics *metrics_open(size_t operations);
void metrics_close(struct metrics *metrics);

/* One request is over; status 499: the client went before its reply. */
void metrics_count(struct metrics *metrics, size_t operation, int status,
		   int64_t duration_us);

/*
 * What the loop's parts count (connections, database, tokens) becomes
 * readable to other threads: called by the loop a few times a second.
 */
void metrics_publish(struct loop *loop);

/* Was the loop's database ready at the last publishing? From any thread. */
bool metrics_database_is_ready(const struct metrics *metrics);

/* All loops together, in Prometheus' text format 0.0.4. */
void metrics_print(struct loop *const *loops, int loop_count,
		   struct buf *out);

#endif
