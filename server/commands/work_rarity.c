/* work_rarity.c - see work_rarity.h. */
#include "commands/work_rarity.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "records/fields.h"
#include "records/rarity.h"

static bool make(struct sync *s, const char *consortium, struct arena *mem,
		 const struct rows *counted, struct fault *fault)
{
	struct rarity_counts counts = rarity_count(mem, counted);
	struct rows *rows = SYNC_ASK(
		s, fault, SQL_RARITY_MAKE, consortium, NULL,
		arena_print(mem, "%" PRId64, counts.postings),
		texts_to_array(mem, &counts.words),
		texts_to_array(mem, &counts.are_certificates),
		texts_to_array(mem, &counts.asking));

	if (!rows)
		return false;
	if (rows_bool(rows, 0, RARITY_IS_NEW_COLUMN))
		log_line(LOG_INFO, "rarity counted",
			 "consortium=%s edition=%s words=%zu", consortium,
			 rows_text(rows, 0, RARITY_NUMBER_COLUMN),
			 counts.words.count);
	rows_release(rows);
	return true;
}

static bool count(struct sync *s, const char *consortium, struct fault *fault)
{
	struct rows *counted = SYNC_ASK(s, fault, SQL_RARITY_COUNTS,
					consortium);
	struct arena *mem;
	bool is_made;

	if (!counted)
		return false;
	mem = arena_open();
	is_made = make(s, consortium, mem, counted, fault);
	arena_close(mem);
	rows_release(counted);
	return is_made;
}

static bool is_loss(const struct fault *fault)
{
	return fault->kind == FAULT_NO_DATABASE ||
	       fault->kind == FAULT_OUTCOME_UNKNOWN;
}

/* What went wrong with one is no reason to leave out the next. */
static bool count_all(struct sync *s, const struct rows *due,
		      struct fault *fault)
{
	for (int i = 0; i < rows_count(due); i++) {
		const char *consortium = rows_text(due, i, 0);

		if (count(s, consortium, fault))
			continue;
		log_line(LOG_ERROR, "rarity not counted",
			 "consortium=%s why=\"%s\" sqlstate=%s", consortium,
			 fault->detail, fault->sqlstate);
		if (is_loss(fault))
			return false;
	}
	return true;
}

bool rarity_due(int64_t *at_ms, struct sync *s, const struct config *config,
		struct fault *fault)
{
	char seconds[24];
	struct rows *due;
	bool is_done;

	if (clock_ms() < *at_ms)
		return true;
	*at_ms = clock_ms() + 1000 * config->rarity_s;
	snprintf(seconds, sizeof(seconds), "%" PRId64, config->rarity_s);
	due = SYNC_ASK(s, fault, SQL_RARITY_CONSORTIA, seconds);
	if (!due)
		return !is_loss(fault);
	is_done = count_all(s, due, fault);
	rows_release(due);
	return is_done;
}
