/*
 * work_sweep.c - a table of chores. Each is one statement that locks what it
 * takes and skips what is locked, so workers share the chores without knowing
 * of each other.
 */
#include "commands/work_sweep.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"

/* Few, so that transactions are short: the feed waits for them. */
#define BATCH_ROWS "500"

struct chore {
	int sql;		/* RETENTION_NO_CHORE: nothing is to be done */
	bool is_clearing;	/* of what nobody waits for */
	int days;		/* that it was kept, if is_clearing */
	const char *event;
};

static const struct chore expiring[SWEEP_EXPIRING] = {
	{ SQL_ROUND_OPEN_DUE, false, 0, "rounds opened" },
	{ SQL_ROUND_CLOSE_DUE, false, 0, "rounds closed" },
	{ SQL_ROUND_REMIND, false, 0, "rounds reminded of" },
	{ SQL_POSTING_EXPIRE, false, 0, "postings expired" },
	{ SQL_OFFER_EXPIRE, false, 0, "offers expired" },
	{ SQL_APPLICATION_EXPIRE, false, 0, "applications expired" },
	{ SQL_PLACEMENT_REMIND, false, 0, "reminders" },
	{ SQL_PLACEMENT_LAPSE, false, 0, "placements lapsed" },
	{ SQL_QUOTA_SETTLE_DUE, false, 0, "quotas settled" },
};

/* Behind all the others: changes of counts are put together, and epochs end. */
enum { FOLDING = SWEEP_CHORES, EPOCHS };

static struct chore chore_of(int i)
{
	static const struct chore folding = {
		SQL_EMPLOYMENT_FOLD, false, 0, "counts folded"
	};
	static const struct chore epochs = {
		SQL_EMPLOYMENT_EPOCHS, false, 0, "employment epochs ended"
	};
	struct retention_chore kept;

	if (i == FOLDING)
		return folding;
	if (i == EPOCHS)
		return epochs;
	if (i < SWEEP_EXPIRING)
		return expiring[i];
	kept = retention_chore((enum retention)(i - SWEEP_EXPIRING));
	return (struct chore){ kept.sql, true, kept.days, kept.name };
}

static int64_t interval_ms(const struct config *config,
			   const struct chore *chore)
{
	return 1000 * (chore->is_clearing ? config->clear_s : config->expire_s);
}

static struct rows *ask_chore(struct sync *s, const struct chore *chore,
			      struct fault *fault)
{
	char days[16];

	if (!chore->is_clearing)
		return SYNC_ASK(s, fault, (enum sql_id)chore->sql, BATCH_ROWS);
	snprintf(days, sizeof(days), "%d", chore->days);
	return SYNC_ASK(s, fault, (enum sql_id)chore->sql, BATCH_ROWS, days);
}

static bool do_chore(struct sync *s, const struct chore *chore,
		     bool *is_full, struct fault *fault)
{
	struct rows *rows = ask_chore(s, chore, fault);
	int64_t count;

	if (!rows)
		return false;
	*is_full = text_same(rows_text(rows, 0, 0), BATCH_ROWS);
	count = rows_int(rows, 0, 0);
	if (count > 0 && chore->is_clearing)
		log_line(LOG_INFO, "cleared", "kind=%s count=%" PRId64,
			 chore->event, count);
	else if (count > 0)
		log_line(LOG_INFO, chore->event, "count=%" PRId64, count);
	rows_release(rows);
	return true;
}

bool sweep_due(struct sweep *sweep, struct sync *s,
	       const struct config *config, bool *is_more,
	       struct fault *fault)
{
	*is_more = false;
	for (int i = 0; i <= EPOCHS; i++) {
		const struct chore chore = chore_of(i);
		bool is_full = false;

		if (chore.sql == RETENTION_NO_CHORE ||
		    clock_ms() < sweep->due_ms[i])
			continue;
		if (!do_chore(s, &chore, &is_full, fault)) {
			log_line(LOG_ERROR, "chore failed",
				 "statement=%s why=\"%s\" sqlstate=%s",
				 sql_texts[chore.sql].name, fault->detail,
				 fault->sqlstate);
			if (fault->kind == FAULT_NO_DATABASE ||
			    fault->kind == FAULT_OUTCOME_UNKNOWN)
				return false;
		}
		if (!is_full)
			sweep->due_ms[i] = clock_ms() +
					   interval_ms(config, &chore);
		*is_more |= is_full;
	}
	return true;
}
