/* rarity.c - see rarity.h. A table of words, open, half full at most. */
#include "records/rarity.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "records/members.h"
#include "wire/fold.h"

enum { RAREST_UNKNOWN = 1000 };

struct slot {
	const char *word;	/* NULL: free */
	bool is_certificate;
	uint32_t weight;
};

struct rarity {
	struct arena *mem;
	struct slot *slots;
	size_t slot_count;	/* a power of two */
	uint32_t edition, most;
};

/* ---- weighing ---- */

/* Columns of schema/queries/rarity_words.sql. */
enum { EDITION, WORD, IS_CERTIFICATE, WEIGHT };

static uint64_t hash_of(const char *at, size_t bytes, bool is_certificate)
{
	uint64_t hash = UINT64_C(1469598103934665603) + is_certificate;

	for (size_t i = 0; i < bytes; i++)
		hash = (hash ^ (uint8_t)at[i]) * UINT64_C(1099511628211);
	return hash ^ hash >> 29;
}

/* The word's slot, or the free one where it belongs. */
static struct slot *slot_of(const struct rarity *r, const char *at,
			    size_t bytes, bool is_certificate)
{
	size_t i = (size_t)hash_of(at, bytes, is_certificate);

	for (;; i++) {
		struct slot *slot = &r->slots[i & (r->slot_count - 1)];

		if (!slot->word || (slot->is_certificate == is_certificate &&
				    strlen(slot->word) == bytes &&
				    memcmp(slot->word, at, bytes) == 0))
			return slot;
	}
}

static void keep(struct rarity *r, const struct rows *rows, int row)
{
	const char *word = rows_text(rows, row, WORD);
	size_t bytes = rows_bytes(rows, row, WORD);
	bool is_certificate = rows_bool(rows, row, IS_CERTIFICATE);
	struct slot *slot = slot_of(r, word, bytes, is_certificate);

	*slot = (struct slot){ arena_text(r->mem, word, bytes), is_certificate,
			       (uint32_t)rows_int(rows, row, WEIGHT) };
	if (slot->weight > r->most)
		r->most = slot->weight;
}

struct rarity *rarity_open(const struct rows *rows)
{
	struct arena *mem = arena_open();
	struct rarity *r = arena_new(mem, struct rarity);
	int count = rows_count(rows);

	r->mem = mem;
	r->most = RAREST_UNKNOWN;
	r->slot_count = 16;
	while (r->slot_count < 2 * (size_t)count + 2)
		r->slot_count *= 2;
	r->slots = arena_array(mem, struct slot, r->slot_count);
	if (count)
		r->edition = (uint32_t)rows_int(rows, 0, EDITION);
	for (int i = 0; i < count; i++)
		if (!rows_is_null(rows, i, WORD))
			keep(r, rows, i);
	return r;
}

void rarity_close(struct rarity *rarity)
{
	if (rarity)
		arena_close(rarity->mem);
}

uint32_t rarity_edition(const struct rarity *rarity)
{
	return rarity->edition;
}

void rarity_weigh(const struct rarity *rarity, struct arena *mem,
		  struct match_posting *posting)
{
	struct match_ask *asks =
		arena_array(mem, struct match_ask, posting->ask_count);

	if (!rarity->edition)
		return;
	for (size_t i = 0; i < posting->ask_count; i++) {
		const struct slot *slot;

		asks[i] = posting->asks[i];
		slot = slot_of(rarity, asks[i].name.at, asks[i].name.bytes,
			       asks[i].is_certificate);
		asks[i].weight = slot->word ? slot->weight : rarity->most;
	}
	posting->asks = asks;
}

/* ---- counting ---- */

/* Columns of schema/queries/rarity_counts.sql. */
enum { COUNTED_WORD, COUNTED_IS_CERTIFICATE, COUNTED_ASKING };

struct counted {
	const char *word;
	bool is_certificate;
	int64_t asking;
};

static int by_word(const void *a, const void *b)
{
	const struct counted *one = a, *other = b;

	if (one->is_certificate != other->is_certificate)
		return one->is_certificate ? 1 : -1;
	return strcmp(one->word, other->word);
}

static size_t read_counted(struct arena *mem, const struct rows *rows,
			   struct counted *out)
{
	size_t count = 0;

	for (int i = 0; i < rows_count(rows); i++) {
		const char *word;

		if (rows_is_null(rows, i, COUNTED_WORD))
			continue;
		word = fold_text(mem, rows_text(rows, i, COUNTED_WORD));
		if (!*word)
			continue;
		out[count++] = (struct counted){
			word, rows_bool(rows, i, COUNTED_IS_CERTIFICATE),
			rows_int(rows, i, COUNTED_ASKING) };
	}
	return count;
}

static void add(struct arena *mem, struct rarity_counts *to,
		const struct counted *c)
{
	to->words.at[to->words.count++] = c->word;
	to->are_certificates.at[to->are_certificates.count++] =
		c->is_certificate ? "t" : "f";
	to->asking.at[to->asking.count++] =
		arena_print(mem, "%" PRId64, c->asking);
}

struct rarity_counts rarity_count(struct arena *mem, const struct rows *rows)
{
	size_t most = (size_t)rows_count(rows);
	struct counted *all = arena_array(mem, struct counted, most);
	size_t count = read_counted(mem, rows, all);
	struct rarity_counts out = {
		.postings = rows_int(rows, 0, COUNTED_ASKING),
		.words.at = arena_array(mem, const char *, most),
		.are_certificates.at = arena_array(mem, const char *, most),
		.asking.at = arena_array(mem, const char *, most),
	};

	qsort(all, count, sizeof(*all), by_word);
	for (size_t i = 0; i < count; i++) {
		if (i + 1 < count && by_word(&all[i], &all[i + 1]) == 0)
			all[i + 1].asking += all[i].asking;
		else
			add(mem, &out, &all[i]);
	}
	return out;
}

/* ---- showing ---- */

void rarity_write(struct json_writer *w, const struct rows *rows, int row)
{
	static const struct member members[] = {
		{ MEMBER_INT, "number" },
		{ MEMBER_INT, "posting_count" },
		{ MEMBER_INT, "word_count" },
		{ MEMBER_TIME, "made_at" },
		{ MEMBER_UUID, "made_by" },
		{ MEMBER_END, NULL }
	};

	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

void rarity_word_write(struct json_writer *w, const struct rows *rows, int row)
{
	static const struct member members[] = {
		{ MEMBER_TEXT, "word" },
		{ MEMBER_BOOL, "is_certificate" },
		{ MEMBER_INT, "asking" },
		{ MEMBER_INT, "weight" },
		{ MEMBER_END, NULL }
	};

	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}
