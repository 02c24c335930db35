/*
 * work_compare.h - comparisons in the hands of a worker.
 *
 * from  docs/placement.md, "Comparisons", "What if"
 */
#ifndef COMMANDS_WORK_COMPARE_H
#define COMMANDS_WORK_COMPARE_H

#include <stdbool.h>

#include "base/config.h"
#include "base/fault.h"
#include "wire/db_sync.h"

/*
 * Take the comparison that waits longest, if one does, and bring it to its end.
 *
 * out    *is_there: there was one
 * fails  it is left to whoever takes it when the lease is over
 */
MUST_CHECK bool compare_work(struct sync *s, const struct config *config,
			     const char *worker, bool *is_there,
			     struct fault *fault);

#endif
