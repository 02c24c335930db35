/*
 * work_sweep.c - a table of chores. Each is one statement that locks what it
 * takes and skips what is locked, so workers share the chores without knowing
 * of each other.
 */
#include "commands/work_sweep.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"

/* Few, so that transactions are short: the feed waits for them. */
#define BATCH_ROWS "500"

struct chore {
	enum sql_id sql;
	bool is_clearing;	/* of what nobody waits for */
	const char *event;
};

static const struct chore chores[SWEEP_CHORES] = {
	{ SQL_POSTING_EXPIRE, false, "postings expired" },
	{ SQL_OFFER_EXPIRE, false, "offers expired" },
	{ SQL_APPLICATION_EXPIRE, false, "applications expired" },
	{ SQL_SESSION_CLEAR, true, "sessions cleared" },
	{ SQL_ATTEMPT_CLEAR, true, "counts of tries cleared" },
	{ SQL_IDEMPOTENCY_CLEAR, true, "idempotency keys cleared" },
	{ SQL_OIDC_CLEAR, true, "ways to providers cleared" },
	{ SQL_IMPORT_CLEAR, true, "imports cleared" },
};

static int64_t interval_ms(const struct config *config,
			   const struct chore *chore)
{
	return 1000 * (chore->is_clearing ? config->clear_s : config->expire_s);
}

static bool do_chore(struct sync *s, const struct chore *chore,
		     bool *is_full, struct fault *fault)
{
	struct rows *rows = SYNC_ASK(s, fault, chore->sql, BATCH_ROWS);

	if (!rows)
		return false;
	*is_full = text_same(rows_text(rows, 0, 0), BATCH_ROWS);
	if (rows_int(rows, 0, 0) > 0)
		log_line(LOG_INFO, chore->event, "count=%" PRId64,
			 rows_int(rows, 0, 0));
	rows_release(rows);
	return true;
}

bool sweep_due(struct sweep *sweep, struct sync *s,
	       const struct config *config, bool *is_more,
	       struct fault *fault)
{
	*is_more = false;
	for (int i = 0; i < SWEEP_CHORES; i++) {
		const struct chore *chore = &chores[i];
		bool is_full = false;

		if (clock_ms() < sweep->due_ms[i])
			continue;
		if (!do_chore(s, chore, &is_full, fault)) {
			log_line(LOG_ERROR, "chore failed",
				 "statement=%s why=\"%s\" sqlstate=%s",
				 sql_texts[chore->sql].name, fault->detail,
				 fault->sqlstate);
			if (fault->kind == FAULT_NO_DATABASE ||
			    fault->kind == FAULT_OUTCOME_UNKNOWN)
				return false;
		}
		if (!is_full)
			sweep->due_ms[i] = clock_ms() +
					   interval_ms(config, chore);
		*is_more |= is_full;
	}
	return true;
}
