/* revocations.c - a ring under a lock, and a count that is read without. */
#include "flow/revocations.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/mem.h"

struct revocations {
	pthread_mutex_t mutex;
	_Atomic uint64_t count;
	struct uuid ring[REVOCATIONS_KEPT];
};

struct revocations *revocations_open(void)
{
	struct revocations *r = mem_new(struct revocations);

	must(pthread_mutex_init(&r->mutex, NULL) == 0);
	return r;
}

void revocations_close(struct revocations *r)
{
	if (!r)
		return;
	pthread_mutex_destroy(&r->mutex);
	mem_free(r);
}

void revocations_add(struct revocations *r, const struct uuid *id)
{
	pthread_mutex_lock(&r->mutex);
	r->ring[r->count % REVOCATIONS_KEPT] = *id;
	r->count++;
	pthread_mutex_unlock(&r->mutex);
}

uint64_t revocations_count(const struct revocations *r)
{
	return r->count;
}

bool revocations_since(struct revocations *r, uint64_t *heard,
		       struct uuid ids[REVOCATIONS_KEPT], int *count)
{
	uint64_t from = *heard;
	bool is_whole;

	pthread_mutex_lock(&r->mutex);
	must(from <= r->count);
	*heard = r->count;
	is_whole = r->count - from <= REVOCATIONS_KEPT;
	*count = 0;
	while (is_whole && from < r->count)
		ids[(*count)++] = r->ring[from++ % REVOCATIONS_KEPT];
	pthread_mutex_unlock(&r->mutex);
	return is_whole;
}
