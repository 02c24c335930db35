/*
 * Identifiers in one block of text with a hash table beside it. The hash is
 * SipHash-1-3, keyed by the caller, since the ids come from outside.
 */
#include "matcher/ids.h"
#include "matcher/insist.h"

#include <stdlib.h>
#include <string.h>

#include "matcher/memory.h"

void match_ids_init(struct match_ids *ids, const uint64_t key[2])
{
	memset(ids, 0, sizeof(*ids));
	ids->key[0] = key[0];
	ids->key[1] = key[1];
}

void match_ids_free(struct match_ids *ids)
{
	match_drop(ids->text);
	match_drop(ids->start);
	match_drop(ids->slots);
	memset(ids, 0, sizeof(*ids));
}

struct match_id match_ids_at(const struct match_ids *ids, uint32_t number)
{
	struct match_id id;

	MATCH_INSIST(number < ids->count);
	id.text = ids->text + ids->start[number];
	id.bytes = ids->start[number + 1] - ids->start[number];
	return id;
}

static uint64_t rotl(uint64_t x, int n)
{
	return x << n | x >> (64 - n);
}

static void sip_round(uint64_t v[4])
{
	v[0] += v[1];
	v[2] += v[3];
	v[1] = rotl(v[1], 13) ^ v[0];
	v[3] = rotl(v[3], 16) ^ v[2];
	v[0] = rotl(v[0], 32) + v[3];
	v[2] += v[1];
	v[1] = rotl(v[1], 17) ^ v[2];
	v[3] = rotl(v[3], 21) ^ v[0];
	v[2] = rotl(v[2], 32);
}

static uint32_t hash(const struct match_ids *ids, struct match_id id)
{
	uint64_t v[4] = {ids->key[0] ^ 0x736f6d6570736575u,
			 ids->key[1] ^ 0x646f72616e646f6du,
			 ids->key[0] ^ 0x6c7967656e657261u,
			 ids->key[1] ^ 0x7465646279746573u};
	uint32_t at = 0;
	bool is_last = false;

	while (!is_last) {
		uint32_t rest = id.bytes - at;
		uint64_t word = 0;

		is_last = rest < 8;
		memcpy(&word, id.text + at, is_last ? rest : 8);
		if (is_last)
			word |= (uint64_t)id.bytes << 56;
		at += 8;
		v[3] ^= word;
		sip_round(v);
		v[0] ^= word;
	}
	v[2] ^= 0xff;
	for (int i = 0; i < 3; i++)
		sip_round(v);
	v[0] ^= v[1] ^ v[2] ^ v[3];
	return (uint32_t)(v[0] ^ v[0] >> 32);
}

static bool is_same(struct match_id a, struct match_id b)
{
	return a.bytes == b.bytes && !memcmp(a.text, b.text, a.bytes);
}

/* The slot that holds the text, or the free one where it belongs. */
static uint32_t slot_of(const struct match_ids *ids, struct match_id id)
{
	uint32_t mask = ids->slot_count - 1;
	uint32_t slot = hash(ids, id) & mask;

	while (ids->slots[slot] &&
	       !is_same(match_ids_at(ids, ids->slots[slot] - 1), id))
		slot = (slot + 1) & mask;
	return slot;
}

static bool widen(struct match_ids *ids)
{
	uint32_t slot_count = ids->slot_count ? ids->slot_count * 2 : 64;
	uint32_t *slots = match_take(slot_count, sizeof(*slots));

	if (!slots)
		return false;
	match_drop(ids->slots);
	ids->slots = slots;
	ids->slot_count = slot_count;
	for (uint32_t i = 0; i < ids->count; i++)
		slots[slot_of(ids, match_ids_at(ids, i))] = i + 1;
	return true;
}

static bool make_room(struct match_ids *ids, uint32_t more_bytes)
{
	size_t text_bytes = ids->count ? ids->start[ids->count] : 0;
	uint32_t *start;
	char *text;

	text = match_grow(ids->text, &ids->text_room, text_bytes + more_bytes,
			  1);
	if (!text)
		return false;
	ids->text = text;
	start = match_grow(ids->start, &ids->start_room, (size_t)ids->count + 2,
			   sizeof(*start));
	if (!start)
		return false;
	ids->start = start;
	start[ids->count] = (uint32_t)text_bytes;
	return ids->count < ids->slot_count / 2 || widen(ids);
}

bool match_ids_put(struct match_ids *ids, struct match_id id, uint32_t *number)
{
	uint32_t slot;

	MATCH_INSIST(id.bytes <= MATCH_ID_BYTES_MAX);
	if (!make_room(ids, id.bytes))
		return false;
	slot = slot_of(ids, id);
	if (ids->slots[slot]) {
		*number = ids->slots[slot] - 1;
		return true;
	}
	MATCH_INSIST(ids->count < UINT32_MAX / MATCH_ID_BYTES_MAX);
	memcpy(ids->text + ids->start[ids->count], id.text, id.bytes);
	*number = ids->count++;
	ids->start[ids->count] = ids->start[*number] + id.bytes;
	ids->slots[slot] = ids->count;
	return true;
}

uint32_t match_ids_find(const struct match_ids *ids, struct match_id id)
{
	uint32_t held;

	if (!ids->slot_count)
		return MATCH_NONE;
	held = ids->slots[slot_of(ids, id)];
	return held ? held - 1 : MATCH_NONE;
}

int match_id_compare(struct match_id a, struct match_id b)
{
	uint32_t both = a.bytes < b.bytes ? a.bytes : b.bytes;
	int order = memcmp(a.text, b.text, both);

	return order ? order : (a.bytes > b.bytes) - (a.bytes < b.bytes);
}

static int compare_numbers(const void *a, const void *b, void *ids)
{
	return match_id_compare(match_ids_at(ids, *(const uint32_t *)a),
				match_ids_at(ids, *(const uint32_t *)b));
}

static bool is_sorted(const struct match_ids *ids)
{
	for (uint32_t i = 1; i < ids->count; i++)
		if (match_id_compare(match_ids_at(ids, i - 1),
				     match_ids_at(ids, i)) > 0)
			return false;
	return true;
}

/* Lay the texts out anew in the order given; room is ready. */
static void rearrange(struct match_ids *ids, const uint32_t *order, char *text,
		      uint32_t *start)
{
	start[0] = 0;
	for (uint32_t i = 0; i < ids->count; i++) {
		struct match_id id = match_ids_at(ids, order[i]);

		memcpy(text + start[i], id.text, id.bytes);
		start[i + 1] = start[i] + id.bytes;
	}
	match_drop(ids->text);
	match_drop(ids->start);
	ids->text = text;
	ids->text_room = start[ids->count];
	ids->start = start;
	ids->start_room = (size_t)ids->count + 1;
}

bool match_ids_sort(struct match_ids *ids, uint32_t *new_number)
{
	uint32_t *order, *start;
	char *text;

	for (uint32_t i = 0; i < ids->count; i++)
		new_number[i] = i;
	if (is_sorted(ids))
		return true;
	order = match_take(ids->count, sizeof(*order));
	start = match_take((size_t)ids->count + 1, sizeof(*start));
	text = match_take(ids->start[ids->count], 1);
	if (!order || !start || !text) {
		match_drop(order);
		match_drop(start);
		match_drop(text);
		return false;
	}
	memcpy(order, new_number, ids->count * sizeof(*order));
	qsort_r(order, ids->count, sizeof(*order), compare_numbers, ids);
	rearrange(ids, order, text, start);
	for (uint32_t i = 0; i < ids->count; i++)
		new_number[order[i]] = i;
	for (uint32_t i = 0; i < ids->slot_count; i++)
		if (ids->slots[i])
			ids->slots[i] = new_number[ids->slots[i] - 1] + 1;
	match_drop(order);
	return true;
}
