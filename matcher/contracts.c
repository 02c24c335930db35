/*
 * Keys of contracts. The ranks are found ranking by ranking: the students of
 * one ranking are numbered in a table, and every choice that it governs looks
 * its student up there, so the whole is linear.
 */
#include "matcher/contracts.h"
#include "matcher/insist.h"

#include <string.h>

#include "matcher/memory.h"
#include "matcher/order.h"

_Static_assert(MATCH_STUDENTS_MAX < 1u << 22, "a rank or position: 22 bits");
_Static_assert(MATCH_SCORE_MAX < (1u << 20) - 1, "a score: 20 bits");

/* Choices grouped by the ranking that governs them. */
struct governed {
	uint32_t *of_group;   /* per group: ranking or MATCH_NONE */
	uint32_t *of_posting; /* per posting, too */
	uint32_t *start;      /* ranking_count + 1 */
	uint32_t *choice;
	uint32_t *student; /* of each of these choices */
};

static bool count_governed(struct governed *g, const struct match_instance *in)
{
	uint32_t choice_count = in->choice_start[in->students.count];

	g->of_group = match_take(in->groups.count, sizeof(uint32_t));
	g->of_posting = match_take(in->postings.count, sizeof(uint32_t));
	g->start = match_take((size_t)in->ranking_count + 1, sizeof(uint32_t));
	if (!g->of_group || !g->of_posting || !g->start)
		return false;
	match_group_rankings(in, g->of_group);
	for (uint32_t p = 0; p < in->postings.count; p++) {
		const struct match_seats *posting = &in->posting[p];

		g->of_posting[p] = posting->ranking;
		if (posting->ranking == MATCH_NONE &&
		    posting->group != MATCH_NONE)
			g->of_posting[p] = g->of_group[posting->group];
	}
	for (uint32_t i = 0; i < choice_count; i++) {
		uint32_t ranking = g->of_posting[in->choice[i].posting];

		if (ranking != MATCH_NONE)
			g->start[ranking + 1]++;
	}
	for (uint32_t r = 0; r < in->ranking_count; r++)
		g->start[r + 1] += g->start[r];
	return true;
}

static bool group_governed(struct governed *g, const struct match_instance *in)
{
	uint32_t *next;

	if (!count_governed(g, in))
		return false;
	g->choice = match_take(g->start[in->ranking_count], sizeof(uint32_t));
	g->student = match_take(g->start[in->ranking_count], sizeof(uint32_t));
	next = match_take(in->ranking_count, sizeof(*next));
	if (!g->choice || !g->student || !next) {
		match_drop(next);
		return false;
	}
	memcpy(next, g->start, in->ranking_count * sizeof(*next));
	for (uint32_t s = 0; s < in->students.count; s++)
		for (uint32_t i = in->choice_start[s];
		     i < in->choice_start[s + 1]; i++) {
			uint32_t r = g->of_posting[in->choice[i].posting];

			if (r == MATCH_NONE)
				continue;
			g->choice[next[r]] = i;
			g->student[next[r]++] = s;
		}
	match_drop(next);
	return true;
}

/* Ranks of the choices under one ranking; place is all MATCH_NONE, and left so.
 */
static void rank_governed(struct match_contracts *c, const struct governed *g,
			  uint32_t ranking, uint32_t *place)
{
	const struct match_instance *in = c->instance;
	uint32_t first = in->ranking_start[ranking];
	uint32_t end = in->ranking_start[ranking + 1];

	for (uint32_t i = first; i < end; i++)
		place[in->ranked[i]] = i - first;
	for (uint32_t i = g->start[ranking]; i < g->start[ranking + 1]; i++)
		c->rank[g->choice[i]] = place[g->student[i]];
	for (uint32_t i = first; i < end; i++)
		place[in->ranked[i]] = MATCH_NONE;
}

static bool rank_choices(struct match_contracts *c)
{
	const struct match_instance *in = c->instance;
	uint32_t choice_count = in->choice_start[in->students.count];
	struct governed g = {.of_group = NULL};
	uint32_t *place = match_take(in->students.count, sizeof(*place));
	bool is_done;

	c->rank = match_take(choice_count, sizeof(*c->rank));
	is_done = place && c->rank && group_governed(&g, in);
	for (uint32_t i = 0; is_done && i < choice_count; i++)
		c->rank[i] = in->students.count;
	for (uint32_t s = 0; is_done && s < in->students.count; s++)
		place[s] = MATCH_NONE;
	for (uint32_t r = 0; is_done && r < in->ranking_count; r++)
		rank_governed(c, &g, r, place);
	match_drop(g.of_group);
	match_drop(g.of_posting);
	match_drop(g.start);
	match_drop(g.choice);
	match_drop(g.student);
	match_drop(place);
	return is_done;
}

bool match_contracts_init(struct match_contracts *c,
			  const struct match_instance *instance)
{
	uint32_t count = instance->students.count;

	memset(c, 0, sizeof(*c));
	c->instance = instance;
	c->by_lottery = match_order_numbers(instance->lottery, count);
	c->position = match_take(count, sizeof(*c->position));
	if (!c->by_lottery || !c->position ||
	    (instance->ranking_count && !rank_choices(c))) {
		match_contracts_free(c);
		return false;
	}
	for (uint32_t i = 0; i < count; i++)
		c->position[c->by_lottery[i]] = i;
	return true;
}

void match_contracts_free(struct match_contracts *c)
{
	match_drop(c->by_lottery);
	match_drop(c->position);
	match_drop(c->rank);
	memset(c, 0, sizeof(*c));
}

struct match_key_parts match_key_parts(const struct match_contracts *c,
				       uint64_t key)
{
	struct match_key_parts parts;

	MATCH_INSIST(key != MATCH_KEY_BEST && key != MATCH_KEY_WORST);
	parts.student = c->by_lottery[match_key_position(key)];
	key--;
	parts.rank = (uint32_t)(key >> 42);
	parts.score = MATCH_SCORE_MAX - (uint32_t)(key >> 22 & 0xfffff);
	return parts;
}
