/* specialty_market.c - see specialty_market.h. */
#include "records/specialty_market.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { BACK = MATCH_SPECIALTY_COHORTS };

/* A specialty's part of what was asked for, in postings and in lists. */
struct asked_of {
	struct specialty_entry *entry;	/* of all schools */
	int64_t mille[2][BACK];
};

struct market {
	int64_t year;
	struct asked_of *at;		/* by specialty */
	size_t count;
	bool is_known[BACK];
};

static int by_specialty(const void *a, const void *b)
{
	const struct asked_of *x = a, *y = b;

	return strcmp(x->entry->specialty, y->entry->specialty);
}

static struct asked_of *find(const struct market *m, const char *specialty)
{
	struct specialty_entry wanted = { .specialty = specialty };
	struct asked_of key = { .entry = &wanted };

	if (!specialty || m->count == 0)
		return NULL;
	return bsearch(&key, m->at, m->count, sizeof(key), by_specialty);
}

/* The graduates of the year who may be shown. */
static int64_t weight(const struct asked_of *asked, int64_t back)
{
	return asked ? asked->entry->evidence.own[back].graduates : 0;
}

/* What one thing asked for gives to each that it is open to: rounded so that
 * the parts sum to the whole. */
static void divide(struct market *m, const struct specialty_demand *demand,
		   size_t count)
{
	int64_t back = m->year - demand->year, whole = 0, upto = 0;

	m->is_known[back] = true;
	for (size_t i = 0; i < count; i++)
		whole += weight(find(m, demand[i].specialty), back);
	for (size_t i = 0; i < count && whole > 0; i++) {
		struct asked_of *asked = find(m, demand[i].specialty);
		int64_t share = demand->share_mille, before = upto;

		upto += weight(asked, back);
		if (asked)
			asked->mille[demand->is_list][back] +=
				share * upto / whole - share * before / whole;
	}
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static void settle(const struct market *m, const struct asked_of *asked)
{
	const struct match_specialty_cohort *own = asked->entry->evidence.own;
	const int64_t most = 1000 * (int64_t)MATCH_SPECIALTY_COUNT_MAX;

	for (int i = 0; i < BACK; i++) {
		int64_t posted = asked->mille[0][i], listed =
			asked->mille[1][i];

		asked->entry->evidence.market[i] =
			(struct match_specialty_market){
			m->is_known[i] && own[i].is_counted,
			least(posted > listed ? posted : listed, most),
			own[i].graduates
		};
	}
}

static struct market open_market(const struct specialty_parts *parts,
				 struct specialty_entries *entries,
				 struct arena *mem)
{
	struct market m = { .year = parts->year };

	m.at = arena_array(mem, struct asked_of, entries->count + 1);
	for (size_t i = 0; i < entries->count; i++)
		if (uuid_is_nil(&entries->at[i].school_id))
			m.at[m.count++].entry = &entries->at[i];
	return m;
}

void specialty_market_weigh(const struct specialty_parts *parts,
			    struct specialty_entries *entries,
			    struct arena *mem)
{
	struct market m = open_market(parts, entries, mem);
	const struct specialty_demand *demand = parts->demand;
	const struct specialty_entry *of_all = NULL;

	for (size_t i = 0, end; i < parts->demand_count; i = end) {
		for (end = i + 1; end < parts->demand_count &&
		     demand[end].number == demand[i].number;)
			end++;
		divide(&m, &demand[i], end - i);
	}
	for (size_t i = 0; i < m.count; i++)
		settle(&m, &m.at[i]);
	for (size_t i = 0; i < entries->count; i++) {
		struct specialty_entry *e = &entries->at[i];

		if (uuid_is_nil(&e->school_id))
			of_all = e;
		else
			memcpy(e->evidence.market, of_all->evidence.market,
			       sizeof(e->evidence.market));
	}
}
