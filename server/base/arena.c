/*
 * arena.c - a chain of blocks with a bump pointer. The first block, enough
 * for most requests, stays for the arena's life; a reset frees the others.
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

#if defined(__has_feature)	/* clang */
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(at, bytes) ((void)(at), (void)(bytes))
#define ASAN_UNPOISON_MEMORY_REGION(at, bytes) ((void)(at), (void)(bytes))
#endif

enum { ARENA_BLOCK_BYTES = 16 * 1024, ARENA_MAX_BYTES = 1 << 30 };

struct block {
	struct block *next;
	size_t bytes, used;
	alignas(max_align_t) char data[];
};

struct rider {
	struct rider *next;
	void (*release)(void *);
	void *object;
};

struct arena {
	struct block *blocks;	/* the one in use first */
	struct rider *riders;
};

static struct block *block_open(size_t bytes)
{
	struct block *b = mem_resized(NULL, 1, sizeof(*b) + bytes);

	*b = (struct block){ .bytes = bytes };
	ASAN_POISON_MEMORY_REGION(b->data, bytes);
	return b;
}

struct arena *arena_open(void)
{
	struct arena *a = mem_new(struct arena);

	a->blocks = block_open(ARENA_BLOCK_BYTES);
	return a;
}

void arena_reset(struct arena *a)
{
	for (; a->riders; a->riders = a->riders->next)
		a->riders->release(a->riders->object);
	while (a->blocks->next) {
		struct block *b = a->blocks;

		a->blocks = b->next;
		mem_free(b);
	}
	a->blocks->used = 0;
	ASAN_POISON_MEMORY_REGION(a->blocks->data, a->blocks->bytes);
}

void arena_close(struct arena *a)
{
	if (!a)
		return;
	arena_reset(a);
	mem_free(a->blocks);
	mem_free(a);
}

static void *bump(struct arena *a, size_t bytes)
{
	size_t align = alignof(max_align_t);
	size_t want = (bytes + align - 1) & ~(align - 1);
	struct block *b = a->blocks;

	if (b->bytes - b->used < want) {
		size_t size = b->bytes * 2;

		if (size > 1024 * 1024)
			size = 1024 * 1024;
		b = block_open(want > size ? want : size);
		b->next = a->blocks;
		a->blocks = b;
	}
	b->used += want;
	ASAN_UNPOISON_MEMORY_REGION(b->data + b->used - want, bytes);
	return b->data + b->used - want;
}

void *arena_zeroed(struct arena *a, size_t count, size_t bytes)
{
	size_t total;

	must(!__builtin_mul_overflow(count, bytes, &total));
	must(total <= ARENA_MAX_BYTES);
	return memset(bump(a, total), 0, total);
}

char *arena_text(struct arena *a, const char *at, size_t bytes)
{
	char *copy;

	must(bytes < ARENA_MAX_BYTES);
	copy = bump(a, bytes + 1);
	if (bytes)
		memcpy(copy, at, bytes);
	copy[bytes] = '\0';
	return copy;
}

char *arena_vprint(struct arena *a, const char *format, va_list args)
{
	va_list again;
	char *out;
	int length;

	va_copy(again, args);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	must(length >= 0);
	out = bump(a, (size_t)length + 1);
	vsnprintf(out, (size_t)length + 1, format, args);
	return out;
}

char *arena_print(struct arena *a, const char *format, ...)
{
	va_list args;
	char *out;

	va_start(args, format);
	out = arena_vprint(a, format, args);
	va_end(args);
	return out;
}

void arena_on_reset(struct arena *a, void (*release)(void *), void *object)
{
	struct rider *r = arena_new(a, struct rider);

	r->release = release;
	r->object = object;
	r->next = a->riders;
	a->riders = r;
}
