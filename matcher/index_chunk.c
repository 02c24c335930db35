/*
 * One block for a chunk: the head, then the columns, the widest first. Rows
 * that come from another chunk bring their keys from there, so that a change
 * touches the records of the changed rows only.
 */
#include "matcher/index_chunk.h"

#include "matcher/insist.h"

enum { ASK_WEIGHT_UNKNOWN = 1000 };

static uint32_t ask_weight(const struct match_packed_ask *ask)
{
	return ask->weight != 0 ? ask->weight : ASK_WEIGHT_UNKNOWN;
}

struct match_keys match_keys_of(const struct match_record *record,
				bool is_student)
{
	struct match_keys keys = {.record = record, .is_student = is_student};

	if (is_student) {
		const struct match_student_record *student =
			(const void *)record;

		keys.count = (uint32_t)student->skill_count +
			     student->certificate_count;
	} else {
		const struct match_posting_record *posting =
			(const void *)record;
		const struct match_packed_ask *asks =
			match_record_asks(posting);

		keys.count = posting->ask_count;
		for (uint32_t i = 0; i < keys.count; i++)
			keys.total += ask_weight(&asks[i]);
	}
	return keys;
}

uint32_t match_keys_at(const struct match_keys *keys, uint32_t i,
		       uint16_t *share)
{
	if (keys->is_student) {
		const struct match_student_record *student =
			(const void *)keys->record;

		*share = 0;
		return match_key_of(match_record_skills(student)[i],
				    i >= student->skill_count);
	}

	const struct match_posting_record *posting = (const void *)keys->record;
	const struct match_packed_ask *ask = &match_record_asks(posting)[i];

	*share = (uint16_t)(((uint64_t)MATCH_WHOLE * ask_weight(ask) +
			     keys->total - 1) /
			    keys->total);
	return match_key_of(ask->name, ask->is_certificate);
}

static uint32_t key_start(const struct match_chunk *chunk, uint32_t i)
{
	return i == 0 ? 0 : chunk->key_end[i - 1];
}

static uint32_t key_count(const struct match_row *row, bool is_student)
{
	if (row->chunk)
		return row->chunk->key_end[row->at] -
		       key_start(row->chunk, row->at);
	return match_keys_of(row->record, is_student).count;
}

/* A part of the block, and what is left behind it. */
static void *part(char **left, size_t bytes)
{
	void *at = *left;

	*left += bytes;
	return at;
}

static void lay_out(struct match_chunk *chunk, uint32_t count, uint32_t keys,
		    bool is_student)
{
	char *left = (char *)(chunk + 1);

	chunk->count = count;
	chunk->record = part(&left, count * sizeof(*chunk->record));
	chunk->slot = part(&left, count * sizeof(*chunk->slot));
	chunk->newest = part(&left, count * sizeof(*chunk->newest));
	chunk->low = part(&left, count * sizeof(*chunk->low));
	chunk->high = part(&left, count * sizeof(*chunk->high));
	chunk->key = part(&left, keys * sizeof(*chunk->key));
	chunk->key_end = part(&left, count * sizeof(*chunk->key_end));
	chunk->from = part(&left, count * sizeof(*chunk->from));
	chunk->to = part(&left, count * sizeof(*chunk->to));
	chunk->first = part(&left, count * sizeof(*chunk->first));
	chunk->want = part(&left, count * sizeof(*chunk->want));
	chunk->mark = part(&left, count * sizeof(*chunk->mark));
	if (!is_student)
		chunk->share = part(&left, keys * sizeof(*chunk->share));
	chunk->county = part(&left, count);
	chunk->flags = part(&left, count);
	MATCH_INSIST(left == (char *)chunk + chunk->bytes);
}

static struct match_chunk *chunk_room(struct match_draft *draft, uint32_t count,
				      uint32_t keys, bool is_student)
{
	size_t bytes =
		sizeof(struct match_chunk) +
		count * (sizeof(void *) + 4 * sizeof(uint32_t) +
			 6 * sizeof(uint16_t) + 2) +
		keys * (sizeof(uint32_t) + (is_student ? 0 : sizeof(uint16_t)));
	struct match_chunk *chunk = match_draft_take(draft, 1, bytes);

	if (!chunk)
		return NULL;
	chunk->bytes = (uint32_t)bytes;
	lay_out(chunk, count, keys, is_student);
	return chunk;
}

static void put_key(struct match_chunk *chunk, uint32_t at, uint32_t key,
		    uint16_t share)
{
	chunk->key[at] = key;
	if (chunk->share)
		chunk->share[at] = share;
}

/* The keys of a row, from `at` on; says where they end. */
static uint32_t put_keys(struct match_chunk *chunk, uint32_t at,
			 const struct match_row *row)
{
	const struct match_chunk *from = row->chunk;

	if (!from) {
		struct match_keys keys =
			match_keys_of(row->record, !chunk->share);

		for (uint32_t i = 0; i < keys.count; i++) {
			uint16_t share;
			uint32_t key = match_keys_at(&keys, i, &share);

			put_key(chunk, at++, key, share);
		}
		return at;
	}
	for (uint32_t i = key_start(from, row->at); i < from->key_end[row->at];
	     i++)
		put_key(chunk, at++, from->key[i],
			from->share ? from->share[i] : 0);
	return at;
}

static void put_row(struct match_chunk *chunk, uint32_t i,
		    const struct match_row *row)
{
	chunk->record[i] = row->record;
	chunk->slot[i] = row->record->slot;
	chunk->newest[i] = row->newest;
	chunk->low[i] = row->low;
	chunk->high[i] = row->high;
	chunk->from[i] = row->from;
	chunk->to[i] = row->to;
	chunk->first[i] = row->first;
	chunk->want[i] = (uint16_t)row->order;
	chunk->mark[i] = row->mark;
	chunk->county[i] = row->county;
	chunk->flags[i] = row->flags;
}

struct match_chunk *match_chunk_new(struct match_draft *draft,
				    const struct match_row *rows,
				    uint32_t count, bool is_student)
{
	struct match_chunk *chunk;
	uint32_t keys = 0;

	MATCH_INSIST(count > 0 && count <= MATCH_CHUNK_ROWS);
	for (uint32_t i = 0; i < count; i++)
		keys += key_count(&rows[i], is_student);
	chunk = chunk_room(draft, count, keys, is_student);
	if (!chunk)
		return NULL;
	chunk->group = match_order_group(rows[0].order);
	keys = 0;
	for (uint32_t i = 0; i < count; i++) {
		put_row(chunk, i, &rows[i]);
		keys = put_keys(chunk, keys, &rows[i]);
		MATCH_INSIST(keys <= UINT16_MAX);
		chunk->key_end[i] = (uint16_t)keys;
	}
	return chunk;
}

struct match_row match_chunk_row(const struct match_chunk *chunk, uint32_t i)
{
	return (struct match_row){
		.record = chunk->record[i],
		.order = chunk->group << 16 | chunk->want[i],
		.newest = chunk->newest[i],
		.low = chunk->low[i],
		.high = chunk->high[i],
		.from = chunk->from[i],
		.to = chunk->to[i],
		.first = chunk->first[i],
		.mark = chunk->mark[i],
		.county = chunk->county[i],
		.flags = chunk->flags[i],
		.chunk = chunk,
		.at = i,
	};
}

static void widen(struct match_bound *bound, const struct match_chunk *chunk,
		  uint32_t i)
{
	uint8_t flags = chunk->flags[i];

	if (chunk->newest[i] > bound->newest)
		bound->newest = chunk->newest[i];
	if (chunk->low[i] > bound->low)
		bound->low = chunk->low[i];
	if (chunk->high[i] > bound->high)
		bound->high = chunk->high[i];
	if (chunk->first[i] > bound->first)
		bound->first = chunk->first[i];
	if ((flags & MATCH_ROW_DATED) != 0 && chunk->from[i] < bound->from)
		bound->from = chunk->from[i];
	if ((flags & MATCH_ROW_DATED) != 0 && chunk->to[i] > bound->to)
		bound->to = chunk->to[i];
	bound->levels |= (uint8_t)(1u << (flags & MATCH_ROW_LEVEL));
	bound->any |= flags;
	bound->all &= flags;
	if (chunk->high[i] == 0)
		bound->has_no_pay = true;
	if (chunk->key_end[i] == key_start(chunk, i))
		bound->has_no_keys = true;
}

struct match_bound match_chunk_bound(const struct match_chunk *chunk)
{
	uint64_t order = chunk->group << 16;
	struct match_bound bound = {
		.chunk = chunk,
		.area = (uint16_t)match_order_area(order),
		.kind = (uint8_t)match_order_kind(order),
		.want_low = chunk->want[0],
		.want_high = chunk->want[chunk->count - 1],
		.from = MATCH_DAY_MAX,
		.all = 0xFF,
	};

	for (uint32_t i = 0; i < chunk->count; i++)
		widen(&bound, chunk, i);
	for (uint32_t i = 0; i < chunk->key_end[chunk->count - 1]; i++)
		bound.signature |= match_key_bit(chunk->key[i]);
	return bound;
}

int match_row_compare(const struct match_row *a, const struct match_row *b)
{
	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	if (a->record->slot != b->record->slot)
		return a->record->slot < b->record->slot ? -1 : 1;
	return 0;
}
