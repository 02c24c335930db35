/*
 * work_rarity.h - a worker counts now and then how rare what postings ask for
 * is. Two that do it at once make one edition.
 */
#ifndef COMMANDS_WORK_RARITY_H
#define COMMANDS_WORK_RARITY_H

#include "base/config.h"
#include "base/fault.h"
#include "wire/db_sync.h"

/*
 * An edition for every consortium that has none of the last rarity_s.
 *
 * in     *at_ms: when, by clock_ms; 0: at once. out: when next
 * fails  NO_DATABASE, OUTCOME_UNKNOWN. Any other failure is logged, and the
 *        count comes again when it is next due
 */
MUST_CHECK bool rarity_due(int64_t *at_ms, struct sync *s,
			   const struct config *config, struct fault *fault);

#endif
