/*
 * limiter.h - how often somebody may fail within a window: sign-ins by
 * account and by address. Shared by all loops of a server, bounded; where the
 * table is full the one that was heard of longest ago is forgotten.
 *
 * from  architecture.md "Who may do what"; reliability.md threat 9
 */
#ifndef FLOW_LIMITER_H
#define FLOW_LIMITER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/base.h"

struct limiter;

struct limiter *limiter_open(int64_t window_ms);
void limiter_close(struct limiter *limiter);

/*
 * Take one of `most` tries that `who` has in a window.
 *
 * fails  none is left: *wait_s says when the window ends
 */
MUST_CHECK bool limiter_take(struct limiter *limiter, const char *who,
			     int most, int *wait_s);

#endif
