/*
 * Prices go straight to the nodes they name, so what the one layout does not
 * have is refused here: nobody could tell later.
 */
#include "matcher/files/price_read.h"

#include "matcher/memory.h"

struct price_reading {
	const struct match_ids *ids; /* of the list that is being read */
	uint32_t first;		     /* the node of its first */
	uint32_t next;		     /* the least number that may follow */
	bool has_groups, has_postings;
	uint32_t price_count, kept_count;
	const struct match_instance *instance; /* NULL: only the shape counts */
	struct match_result *result;
	/* The entry that is being read. */
	uint32_t number;
	struct match_price price;
	int64_t kept;
	bool has_kept;
};

static bool read_id(struct doc_reader *r, void *into)
{
	struct price_reading *reading = into;

	if (!doc_text(r))
		return false;
	if (!reading->instance)
		return true;
	reading->number = match_ids_find(reading->ids, doc_last_text(r));
	if (reading->number == MATCH_NONE)
		return doc_refuse(r, "the instance has no such id");
	if (reading->number < reading->next)
		return doc_refuse(r, "the id is given twice or out of order");
	return true;
}

static bool read_one(struct doc_reader *r, int64_t *number)
{
	if (!doc_signed(r, number))
		return false;
	if (*number > MATCH_PRICE_MAX || *number < -MATCH_PRICE_MAX)
		return doc_refuse(r, "a price is from %lld to %lld",
				  (long long)-MATCH_PRICE_MAX,
				  (long long)MATCH_PRICE_MAX);
	return true;
}

static bool read_shortfall(struct doc_reader *r, void *into)
{
	return read_one(r, &((struct price_reading *)into)->price.shortfall);
}

static bool read_placed(struct doc_reader *r, void *into)
{
	return read_one(r, &((struct price_reading *)into)->price.placed);
}

static bool read_score(struct doc_reader *r, void *into)
{
	return read_one(r, &((struct price_reading *)into)->price.score);
}

static bool read_kept(struct doc_reader *r, void *into)
{
	struct price_reading *reading = into;

	reading->has_kept = true;
	return read_one(r, &reading->kept);
}

/* Room for all nodes, at the first need. */
static bool take_kept(struct doc_reader *r, struct price_reading *reading)
{
	const struct match_instance *in = reading->instance;
	struct match_result *result = reading->result;

	if (!result->kept_prices)
		result->kept_prices = match_take((size_t)in->postings.count +
							 in->groups.count,
						 sizeof(*result->kept_prices));
	return result->kept_prices || match_no_memory(r->error);
}

static bool note_price(struct doc_reader *r, struct price_reading *reading)
{
	uint32_t node = reading->first + reading->number;

	if (!reading->instance)
		return true;
	if (reading->has_kept) {
		if (!take_kept(r, reading))
			return false;
		reading->result->kept_prices[node] = reading->kept;
	}
	reading->result->prices[node] = reading->price;
	reading->next = reading->number + 1;
	return true;
}

static bool read_entry(struct doc_reader *r, void *into)
{
	static const struct doc_member members[] = {
		{"id", false, read_id},
		{"shortfall", false, read_shortfall},
		{"placed", false, read_placed},
		{"score", false, read_score},
		{"kept", true, read_kept},
		{NULL, false, NULL},
	};
	struct price_reading *reading = into;
	const struct match_price *price = &reading->price;

	reading->has_kept = false;
	reading->kept = 0;
	if (!doc_object(r, members, reading))
		return false;
	if (!price->shortfall && !price->placed && !price->score &&
	    !reading->kept)
		return doc_refuse(r, "a price of nothing is left out");
	reading->kept_count += reading->has_kept;
	if (reading->kept_count && reading->kept_count <= reading->price_count)
		return doc_refuse(r, "every price has the member \"kept\", or "
				     "none");
	reading->price_count++;
	return note_price(r, reading);
}

static bool take_prices(struct doc_reader *r, struct price_reading *reading)
{
	const struct match_instance *in = reading->instance;
	struct match_result *result = reading->result;

	if (!in || result->prices)
		return true;
	result->prices =
		match_take((size_t)in->postings.count + in->groups.count,
			   sizeof(*result->prices));
	return result->prices || match_no_memory(r->error);
}

static bool read_groups(struct doc_reader *r, void *into)
{
	struct price_reading *reading = into;
	const struct match_instance *in = reading->instance;

	if (!take_prices(r, reading))
		return false;
	reading->has_groups = true;
	reading->ids = in ? &in->groups : NULL;
	reading->first = in ? in->postings.count : 0;
	reading->next = 0;
	return doc_array(r, read_entry, reading);
}

static bool read_postings(struct doc_reader *r, void *into)
{
	struct price_reading *reading = into;

	if (!take_prices(r, reading))
		return false;
	reading->has_postings = true;
	reading->ids = reading->instance ? &reading->instance->postings : NULL;
	reading->first = 0;
	reading->next = 0;
	return doc_array(r, read_entry, reading);
}

static bool read_prices(struct doc_reader *r, struct price_reading *reading)
{
	static const struct doc_member members[] = {
		{"groups", true, read_groups},
		{"postings", true, read_postings},
		{NULL, false, NULL},
	};

	if (!doc_object(r, members, reading))
		return false;
	if (reading->has_groups != reading->has_postings)
		return doc_refuse(r, "a certificate has the prices of groups "
				     "and of postings, or nothing");
	return true;
}

bool price_read(struct doc_reader *r, const struct match_instance *instance,
		struct match_result *result)
{
	struct price_reading reading = {.instance = instance, .result = result};

	return read_prices(r, &reading);
}

bool price_skip(struct doc_reader *r)
{
	struct price_reading reading = {.instance = NULL};

	return read_prices(r, &reading);
}
