/*
 * Prices go straight to the nodes they name, so what the one layout does not
 * have is refused here: nobody could tell later.
 */
#include "matcher/files/price_read.h"

#include "matcher/memory.h"

struct price_reading {
	const struct match_ids *ids; /* of the list that is being read */
	struct match_price *at;	     /* its prices */
	uint32_t next;		     /* the least number that may follow */
	bool has_groups, has_postings;
	const struct match_instance *instance;
	struct match_result *result;
	/* The entry that is being read. */
	uint32_t number;
	struct match_price price;
};

static bool read_id(struct doc_reader *r, void *into)
{
	struct price_reading *reading = into;

	if (!doc_text(r))
		return false;
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

static bool read_entry(struct doc_reader *r, void *into)
{
	static const struct doc_member members[] = {
		{"id", false, read_id},
		{"shortfall", false, read_shortfall},
		{"placed", false, read_placed},
		{"score", false, read_score},
		{NULL, false, NULL},
	};
	struct price_reading *reading = into;
	const struct match_price *price = &reading->price;

	if (!doc_object(r, members, reading))
		return false;
	if (!price->shortfall && !price->placed && !price->score)
		return doc_refuse(r, "a price of nothing is left out");
	reading->at[reading->number] = *price;
	reading->next = reading->number + 1;
	return true;
}

static bool take_prices(struct doc_reader *r, struct price_reading *reading)
{
	const struct match_instance *in = reading->instance;
	struct match_result *result = reading->result;

	if (result->prices)
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
	reading->ids = &in->groups;
	reading->at = reading->result->prices + in->postings.count;
	reading->next = 0;
	return doc_array(r, read_entry, reading);
}

static bool read_postings(struct doc_reader *r, void *into)
{
	struct price_reading *reading = into;

	if (!take_prices(r, reading))
		return false;
	reading->has_postings = true;
	reading->ids = &reading->instance->postings;
	reading->at = reading->result->prices;
	reading->next = 0;
	return doc_array(r, read_entry, reading);
}

bool price_read(struct doc_reader *r, const struct match_instance *instance,
		struct match_result *result)
{
	static const struct doc_member members[] = {
		{"groups", true, read_groups},
		{"postings", true, read_postings},
		{NULL, false, NULL},
	};
	struct price_reading reading = {.instance = instance, .result = result};

	if (!doc_object(r, members, &reading))
		return false;
	if (reading.has_groups != reading.has_postings)
		return doc_refuse(r, "a certificate has the prices of groups "
				     "and of postings, or nothing");
	return true;
}
