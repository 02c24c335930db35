/*
 * What is held breaks no cap, so the greedy choice from it and one contract
 * more keeps all that is better; it takes the one unless a full node on its
 * path holds nothing worse. So each posting has a bar, the best of the worst
 * contracts held under the full nodes of its path, which one must be better
 * than to be taken.
 */
#include "matcher/blocking.h"

#include "matcher/memory.h"

/* Two contracts of one student may share a key; then the posting decides. */
struct bar {
	uint64_t key;
	uint32_t posting;
};

struct bars {
	const struct match_contracts *contracts;
	/* Per node, postings then groups: who is held, the worst of them. */
	uint32_t *count;
	struct bar *worst;
	struct bar *bar; /* over the path */
};

static const struct bar nobody = {MATCH_KEY_BEST, 0};
static const struct bar everybody = {MATCH_KEY_WORST, 0};

static bool is_better(struct bar a, struct bar b)
{
	return a.key != b.key ? a.key < b.key : a.posting < b.posting;
}

static void hold(struct bars *b, uint32_t node, uint32_t count,
		 struct bar worst)
{
	b->count[node] += count;
	if (is_better(b->worst[node], worst))
		b->worst[node] = worst;
}

static void hold_above(struct bars *b, uint32_t node, uint32_t group)
{
	if (group != MATCH_NONE)
		hold(b, b->contracts->instance->postings.count + group,
		     b->count[node], b->worst[node]);
}

/* Nobody held: then the worst is better than any contract. */
static void hold_all(struct bars *b, const uint32_t *held)
{
	const struct match_instance *in = b->contracts->instance;
	uint32_t posting_count = in->postings.count;

	for (uint32_t v = 0; v < posting_count + in->groups.count; v++)
		b->worst[v] = nobody;
	for (uint32_t s = 0; s < in->students.count; s++)
		if (held[s] != MATCH_NONE) {
			uint32_t at = in->choice[held[s]].posting;
			struct bar own = {
				match_contract_key(b->contracts, s, held[s]),
				at};

			hold(b, at, 1, own);
		}
	for (uint32_t p = 0; p < posting_count; p++)
		hold_above(b, p, in->posting[p].group);
	for (uint32_t i = 0; i < in->groups.count; i++)
		hold_above(b, posting_count + in->bottom_up[i],
			   in->group[in->bottom_up[i]].parent);
}

static void set_bar(struct bars *b, uint32_t node, uint32_t seats,
		    uint32_t group)
{
	uint32_t posting_count = b->contracts->instance->postings.count;
	struct bar bar = everybody;

	if (group != MATCH_NONE)
		bar = b->bar[posting_count + group];
	if (b->count[node] >= seats && is_better(b->worst[node], bar))
		bar = b->worst[node];
	b->bar[node] = bar;
}

static void set_bars(struct bars *b)
{
	const struct match_instance *in = b->contracts->instance;

	for (uint32_t i = in->groups.count; i > 0; i--) {
		uint32_t g = in->bottom_up[i - 1];

		set_bar(b, in->postings.count + g, in->group[g].upper,
			in->group[g].parent);
	}
	for (uint32_t p = 0; p < in->postings.count; p++)
		set_bar(b, p, in->posting[p].capacity, in->posting[p].group);
}

/* Of a student, the pairs with what is listed above what is held. */
static uint32_t count_of(const struct bars *b, uint32_t student, uint32_t held)
{
	const struct match_instance *in = b->contracts->instance;
	uint32_t end =
		held == MATCH_NONE ? in->choice_start[student + 1] : held;
	uint32_t count = 0;

	for (uint32_t i = in->choice_start[student]; i < end; i++) {
		uint32_t to = in->choice[i].posting;
		struct bar own = {match_contract_key(b->contracts, student, i),
				  to};

		count += own.key != MATCH_KEY_WORST &&
			 is_better(own, b->bar[to]);
	}
	return count;
}

bool match_blocking_count(const struct match_contracts *contracts,
			  const uint32_t *held, struct match_blocking *blocking)
{
	const struct match_instance *in = contracts->instance;
	size_t node_count = (size_t)in->postings.count + in->groups.count;
	struct bars b = {
		.contracts = contracts,
		.count = match_take(node_count, sizeof(*b.count)),
		.worst = match_take(node_count, sizeof(*b.worst)),
		.bar = match_take(node_count, sizeof(*b.bar)),
	};
	bool is_done = b.count && b.worst && b.bar;

	*blocking = (struct match_blocking){0, 0};
	if (is_done) {
		hold_all(&b, held);
		set_bars(&b);
	}
	for (uint32_t s = 0; is_done && s < in->students.count; s++) {
		uint32_t count = count_of(&b, s, held[s]);

		blocking->pairs += count;
		blocking->students += count > 0;
	}
	match_drop(b.count);
	match_drop(b.worst);
	match_drop(b.bar);
	return is_done;
}
