/*
 * rates.c - the generic cell rate algorithm: a bucket is full from `full_at`
 * on, a token moves that one interval ahead, and it may not lie farther ahead
 * than the window. Two loops that take over a slot at the same moment share it
 * for a while: what is lost is a few tokens.
 */
#include "flow/rates.h"

#include <stdatomic.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/text.h"
#include "wire/crypto.h"

enum { SETS = 16384, WAYS = 4, POLICY_BYTES = 64 };

static const int64_t ns_per_s = 1000000000;

struct slot {
	_Atomic uint64_t key;		/* 0: of nobody */
	_Atomic int64_t full_at_ns;
};

struct quota {
	int64_t count;			/* 0: no limit */
	int64_t token_ns;		/* for one token to come back */
	char policy[POLICY_BYTES];
};

struct rates {
	uint64_t seed;
	int64_t window_ns;
	struct quota quotas[RATE_COUNT];
	struct slot slots[SETS][WAYS];
};

static const char *const words[RATE_COUNT] = {
	[RATE_BY_METHOD] = "by-method", [RATE_FREE] = "free",
	[RATE_READ] = "read",		[RATE_WRITE] = "write",
	[RATE_SEARCH] = "search",	[RATE_SIGN_IN] = "sign-in",
};

const char *rate_word(enum rate rate)
{
	must(rate < RATE_COUNT);
	return words[rate];
}

enum rate rate_of(const struct endpoint *card)
{
	if (card->rate != RATE_BY_METHOD)
		return card->rate;
	return text_same(card->method, "GET") ? RATE_READ : RATE_WRITE;
}

static void set_quota(struct rates *r, enum rate rate, int64_t count,
		      int64_t window_s)
{
	struct quota *q = &r->quotas[rate];

	if (!count)
		return;
	q->count = count;
	q->token_ns = r->window_ns / count;
	must(q->token_ns > 0);
	snprintf(q->policy, sizeof(q->policy), "\"%s\";q=%lld;w=%lld",
		 words[rate], (long long)count, (long long)window_s);
}

struct rates *rates_open(const struct config *config)
{
	struct rates *r = mem_new(struct rates);
	int64_t window_s = config->rate_window_s;

	crypto_random(&r->seed, sizeof(r->seed));
	r->window_ns = window_s * ns_per_s;
	set_quota(r, RATE_READ, config->rate_read, window_s);
	set_quota(r, RATE_WRITE, config->rate_write, window_s);
	set_quota(r, RATE_SEARCH, config->rate_search, window_s);
	set_quota(r, RATE_SIGN_IN, config->rate_sign_in, window_s);
	return r;
}

void rates_close(struct rates *r)
{
	mem_free(r);
}

const char *rates_policy(const struct rates *r, enum rate rate)
{
	return r->quotas[rate].count ? r->quotas[rate].policy : NULL;
}

/* FNV-1a from a seed that nobody knows, its bits mixed well at the end. */
uint64_t rates_key(const struct rates *r, enum rate rate, const void *who,
		   size_t bytes)
{
	const unsigned char *at = who;
	uint64_t hash = r->seed ^ (uint64_t)rate;

	for (size_t i = 0; i < bytes; i++)
		hash = (hash ^ at[i]) * 1099511628211U;
	hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccdU;
	hash = (hash ^ hash >> 33) * 0xc4ceb9fe1a85ec53U;
	hash ^= hash >> 33;
	return hash ? hash : 1;
}

static struct slot *slot_of(struct rates *r, uint64_t key)
{
	struct slot *set = r->slots[key % SETS], *fullest = set;

	for (int way = 0; way < WAYS; way++) {
		struct slot *s = &set[way];

		if (atomic_load_explicit(&s->key, memory_order_relaxed) == key)
			return s;
		if (atomic_load_explicit(&s->full_at_ns,
					 memory_order_relaxed) <
		    atomic_load_explicit(&fullest->full_at_ns,
					 memory_order_relaxed))
			fullest = s;
	}
	atomic_store_explicit(&fullest->full_at_ns, 0, memory_order_relaxed);
	atomic_store_explicit(&fullest->key, key, memory_order_relaxed);
	return fullest;
}

static int seconds_up(int64_t ns)
{
	return ns <= 0 ? 0 : (int)((ns + ns_per_s - 1) / ns_per_s);
}

static void show(const struct rates *r, const struct quota *q, int64_t ahead_ns,
		 struct rate_left *left)
{
	left->tokens = (r->window_ns - ahead_ns) / q->token_ns;
	if (left->tokens > q->count)
		left->tokens = q->count;
	left->full_s = seconds_up(ahead_ns);
	left->wait_s = 0;
}

static void show_none(const struct rates *r, const struct quota *q,
		      int64_t ahead_ns, struct rate_left *left)
{
	left->tokens = 0;
	left->full_s = seconds_up(ahead_ns);
	left->wait_s = seconds_up(ahead_ns + q->token_ns - r->window_ns);
}

static bool take(struct rates *r, const struct quota *q, struct slot *s,
		 int64_t now_ns, struct rate_left *left)
{
	int64_t was = atomic_load_explicit(&s->full_at_ns,
					   memory_order_relaxed), next;

	do {
		next = (was > now_ns ? was : now_ns) + q->token_ns;
		if (next - now_ns > r->window_ns) {
			show_none(r, q, was - now_ns, left);
			return false;
		}
	} while (!atomic_compare_exchange_weak_explicit(
			 &s->full_at_ns, &was, next, memory_order_relaxed,
			 memory_order_relaxed));
	show(r, q, next - now_ns, left);
	return true;
}

bool rates_take(struct rates *r, enum rate rate, uint64_t key, int64_t now_us,
		struct rate_left *left)
{
	must(r->quotas[rate].count);
	return take(r, &r->quotas[rate], slot_of(r, key), now_us * 1000, left);
}

void rates_refund(struct rates *r, enum rate rate, uint64_t key,
		  int64_t now_us, struct rate_left *left)
{
	const struct quota *q = &r->quotas[rate];
	struct slot *s = slot_of(r, key);
	int64_t next = atomic_fetch_sub_explicit(&s->full_at_ns, q->token_ns,
						 memory_order_relaxed) -
		       q->token_ns;

	next -= now_us * 1000;
	show(r, q, next > 0 ? next : 0, left);
}
