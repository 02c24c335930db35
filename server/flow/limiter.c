/* limiter.c - a table of sets under one lock; a key is its SHA-256. */
#include "flow/limiter.h"

#include <pthread.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "wire/crypto.h"

enum { SETS = 4096, WAYS = 4 };

struct counter {
	uint8_t key[SHA256_BYTES];
	int64_t since_ms;	/* 0: free */
	int taken;
};

struct limiter {
	pthread_mutex_t mutex;
	int64_t window_ms;
	struct counter counters[SETS][WAYS];
};

struct limiter *limiter_open(int64_t window_ms)
{
	struct limiter *l = mem_new(struct limiter);

	must(pthread_mutex_init(&l->mutex, NULL) == 0);
	l->window_ms = window_ms;
	return l;
}

void limiter_close(struct limiter *l)
{
	if (!l)
		return;
	pthread_mutex_destroy(&l->mutex);
	mem_free(l);
}

/* The counter of `who`, made anew if it has none or its window is over. */
static struct counter *counter_of(struct limiter *l, const char *who,
				  int64_t now_ms)
{
	uint8_t key[SHA256_BYTES];
	struct counter *set, *best = NULL;

	crypto_sha256((struct bytes){ who, strlen(who) }, key);
	set = l->counters[(key[0] << 8 | key[1]) % SETS];
	for (int way = 0; way < WAYS; way++) {
		struct counter *c = &set[way];

		if (c->since_ms && now_ms - c->since_ms >= l->window_ms)
			c->since_ms = 0;
		if (c->since_ms && memcmp(c->key, key, sizeof(key)) == 0)
			return c;
		if (!best || c->since_ms < best->since_ms)
			best = c;
	}
	memcpy(best->key, key, sizeof(key));
	best->since_ms = now_ms;
	best->taken = 0;
	return best;
}

bool limiter_take(struct limiter *l, const char *who, int most, int *wait_s)
{
	int64_t now_ms = clock_ms();
	struct counter *c;
	bool is_free;

	pthread_mutex_lock(&l->mutex);
	c = counter_of(l, who, now_ms);
	is_free = c->taken < most;
	if (is_free)
		c->taken++;
	*wait_s = (int)((c->since_ms + l->window_ms - now_ms + 999) / 1000);
	pthread_mutex_unlock(&l->mutex);
	return is_free;
}
