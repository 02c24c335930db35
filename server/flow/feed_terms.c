/* feed_terms.c - see feed_terms.h. */
#include "flow/feed_terms.h"

#include "records/match_input.h"

bool feed_terms_ask(const struct feed_source *from, struct arena *mem,
		    struct match_policy *policy, struct match_ties *ties)
{
	struct rows *rows = SYNC_ASK(from->s, from->fault,
				     SQL_POLICY_FOR_MATCH, from->consortium,
				     NULL);

	if (!rows)
		return false;
	match_policy_from_rows(policy, rows);
	rows_release(rows);
	rows = SYNC_ASK(from->s, from->fault, SQL_SPECIALTY_TIES, NULL);
	if (!rows)
		return false;
	match_ties_from_rows(ties, mem, rows);
	rows_release(rows);
	return true;
}

static struct rarity *ask(const struct feed_source *from)
{
	struct rows *rows = SYNC_ASK(from->s, from->fault, SQL_RARITY_WORDS,
				     from->consortium, NULL);
	struct rarity *rarity;

	if (!rows)
		return NULL;
	rarity = rarity_open(rows);
	rows_release(rows);
	return rarity;
}

static void close_one(void *rarity)
{
	rarity_close(rarity);
}

bool feed_rarity_open(struct feed_rarity *r, const struct feed_source *from)
{
	struct rarity *first = ask(from);

	atomic_store(&r->now, first);
	atomic_store(&r->before, NULL);
	return first != NULL;
}

void feed_rarity_close(struct feed_rarity *r)
{
	rarity_close(atomic_load(&r->now));
	rarity_close(atomic_load(&r->before));
}

bool feed_rarity_renew(struct feed_rarity *r, const struct feed_source *from,
		       uint32_t published, struct match_epochs *epochs)
{
	struct rarity *newest = ask(from);
	struct rarity *now = atomic_load(&r->now), *gone = now;

	if (!newest)
		return false;
	/* One that was never published is in nobody's way. */
	if (rarity_edition(now) == published)
		gone = atomic_exchange(&r->before, now);
	atomic_store(&r->now, newest);
	if (gone)
		match_epochs_retire(epochs, gone, close_one);
	return true;
}

const struct rarity *feed_rarity_read(const struct feed_rarity *r,
				      uint32_t edition)
{
	const struct rarity *now = atomic_load(&r->now);
	const struct rarity *before;

	if (rarity_edition(now) == edition)
		return now;
	before = atomic_load(&r->before);
	return before && rarity_edition(before) == edition ? before : now;
}
