/*
 * catalogue_near.c - names as people write them: folded, and as sets of pairs
 * of characters. The catalogue is some 1,400 names, so each is looked at.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "records/catalogue.h"
#include "wire/fold.h"
#include "wire/json_write.h"

enum { PAIRS_MAX = 100, NEAR_COUNT = 3, NEAR_MILLE = 334 };

struct pairs {
	uint64_t at[PAIRS_MAX];
	int count;
};

struct catalogue_folded {
	const char *name;
	const struct catalogue_entry *entry;
	uint64_t *pairs;
	int count;
};

/* The scalar at *at, which is valid UTF-8, and step over it. */
static uint32_t take_scalar(const unsigned char **at)
{
	uint32_t first = *(*at)++;
	int more = first < 0xC0 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
	uint32_t scalar = more ? first & (0x3Fu >> more) : first;

	while (more--)
		scalar = scalar << 6 | (*(*at)++ & 0x3F);
	return scalar;
}

static void take_pairs(struct pairs *p, const char *text)
{
	const unsigned char *at = (const unsigned char *)text;
	uint32_t before = 0;

	p->count = 0;
	while (*at && p->count < PAIRS_MAX) {
		uint32_t scalar = take_scalar(&at);

		if (before)
			p->at[p->count++] = (uint64_t)before << 32 | scalar;
		before = scalar;
	}
}

static int by_folded(const void *a, const void *b)
{
	const struct catalogue_folded *one = a, *other = b;
	int order = strcmp(one->name, other->name);

	return order ? order : strcmp(one->entry->code, other->entry->code);
}

void catalogue_fold(struct catalogue *c, struct arena *mem)
{
	c->folded = arena_array(mem, struct catalogue_folded, c->count);
	for (size_t i = 0; i < c->count; i++) {
		struct catalogue_folded *f = &c->folded[i];
		struct pairs pairs;

		f->entry = &c->by_name[i];
		f->name = fold_text(mem, f->entry->name);
		take_pairs(&pairs, f->name);
		f->count = pairs.count;
		f->pairs = arena_array(mem, uint64_t, (size_t)f->count + 1);
		memcpy(f->pairs, pairs.at,
		       sizeof(pairs.at[0]) * (size_t)f->count);
	}
	qsort(c->folded, c->count, sizeof(c->folded[0]), by_folded);
}

const struct catalogue_entry *catalogue_find_folded(const struct catalogue *c,
						    const char *name)
{
	struct arena *mem = arena_open();
	const struct catalogue_entry *found = NULL;
	const char *folded = fold_text(mem, name);
	size_t from = 0, to = c->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (strcmp(c->folded[middle].name, folded) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	if (to < c->count && text_same(c->folded[to].name, folded))
		found = c->folded[to].entry;
	arena_close(mem);
	return found;
}

/* In thousandths; a pair that a name has twice counts once. */
static int likeness(const struct pairs *a, const struct catalogue_folded *b)
{
	int shared = 0;

	for (int i = 0; i < a->count; i++) {
		int k = 0;

		while (k < b->count && b->pairs[k] != a->at[i])
			k++;
		shared += k < b->count;
	}
	return a->count + b->count ?
		       2000 * shared / (a->count + b->count) : 0;
}

struct near {
	const struct catalogue_entry *entry;
	int mille;
	bool is_level;
};

static bool is_nearer(const struct near *a, const struct near *b)
{
	if (a->mille != b->mille)
		return a->mille > b->mille;
	if (a->is_level != b->is_level)
		return a->is_level;
	return b->entry == NULL || strcmp(a->entry->code, b->entry->code) < 0;
}

static void insert(struct near best[NEAR_COUNT], struct near one)
{
	for (int i = 0; i < NEAR_COUNT; i++) {
		struct near pushed = best[i];

		if (!is_nearer(&one, &best[i]))
			continue;
		best[i] = one;
		one = pushed;
		if (!one.entry)
			return;
	}
}

static const char *write_near(struct arena *mem,
			      const struct near best[NEAR_COUNT])
{
	struct buf out = { 0 };
	struct json_writer w;
	const char *text;

	json_begin(&w, &out);
	json_array(&w);
	for (int i = 0; i < NEAR_COUNT && best[i].entry; i++) {
		json_object(&w);
		json_member_text(&w, "code", best[i].entry->code);
		json_member_text(&w, "name", best[i].entry->name);
		json_member_text(&w, "level", best[i].entry->level);
		json_end(&w);
	}
	json_end(&w);
	text = arena_text(mem, out.at, out.used);
	buf_close(&out);
	return text;
}

const char *catalogue_near(const struct catalogue *c, struct arena *mem,
			   const char *name, const char *level)
{
	struct near best[NEAR_COUNT] = { { NULL, 0, false } };
	struct pairs pairs;

	if (!c->folded)
		return NULL;
	take_pairs(&pairs, fold_text(mem, name));
	for (size_t i = 0; i < c->count; i++) {
		struct near one = {
			.entry = c->folded[i].entry,
			.mille = likeness(&pairs, &c->folded[i]),
			.is_level = text_same(c->folded[i].entry->level, level)
		};

		if (one.mille >= NEAR_MILLE)
			insert(best, one);
	}
	return best[0].entry ? write_near(mem, best) : NULL;
}
