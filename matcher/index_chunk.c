/*
 * One block for a chunk: the head, then the columns, the widest first. Rows
 * that come from another chunk bring their keys from there, so that a change
 * touches the records of the changed rows only.
 */
#include "matcher/index_chunk.h"

#include "matcher/insist.h"

enum { ASK_WEIGHT_UNKNOWN = 1000 };

/* Where the keys of a record are, and what they are worth. */
struct keys {
	const struct match_record *record;
	bool is_student;
	uint32_t count;
	uint64_t total; /* of the weights */
};

static uint32_t ask_weight(const struct match_packed_ask *ask)
{
	return ask->weight != 0 ? ask->weight : ASK_WEIGHT_UNKNOWN;
}

static struct keys keys_of(const struct match_record *record, bool is_student)
{
	struct keys keys = {.record = record, .is_student = is_student};

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

static struct match_key_share key_at(const struct keys *keys, uint32_t i)
{
	if (keys->is_student) {
		const struct match_student_record *student =
			(const void *)keys->record;

		return (struct match_key_share){
			match_key_of(match_record_skills(student)[i],
				     i >= student->skill_count),
			0};
	}

	const struct match_posting_record *posting = (const void *)keys->record;
	const struct match_packed_ask *ask = &match_record_asks(posting)[i];

	return (struct match_key_share){
		match_key_of(ask->name, ask->is_certificate),
		(uint16_t)(((uint64_t)MATCH_WHOLE * ask_weight(ask) +
			    keys->total - 1) /
			   keys->total)};
}

static uint32_t key_count(const struct match_row *row, bool is_student)
{
	if (row->chunk)
		return row->chunk->key_end[row->at] -
		       match_chunk_key_start(row->chunk, row->at);
	return keys_of(row->record, is_student).count;
}

uint16_t match_skill_of(const struct match_record *posting)
{
	struct keys keys = keys_of(posting, false);
	const struct match_packed_ask *asks =
		match_record_asks((const void *)posting);
	uint64_t least = keys.total;
	uint32_t skill = 0;

	if (keys.count == 0)
		return 0;
	for (uint32_t i = 0; i < keys.count; i++) {
		skill |= match_skill_bit(key_at(&keys, i).key);
		if (ask_weight(&asks[i]) < least)
			least = ask_weight(&asks[i]);
	}
	least = least * MATCH_SKILL_PARTS / keys.total;
	if (least >= MATCH_SKILL_PARTS)
		least = MATCH_SKILL_PARTS - 1;
	return (uint16_t)(skill | (uint32_t)least << MATCH_SKILL_BITS);
}

/* A part of the block, and what is left behind it. */
static void *part(char **left, size_t bytes)
{
	void *at = *left;

	*left += bytes;
	return at;
}

static void lay_out(struct match_chunk *chunk, uint32_t count, uint32_t keys)
{
	char *left = (char *)(chunk + 1);

	chunk->count = count;
	chunk->end = part(&left, count * sizeof(*chunk->end));
	chunk->key = part(&left, keys * sizeof(*chunk->key));
	chunk->mark = part(&left, count * sizeof(*chunk->mark));
	chunk->key_end = part(&left, count * sizeof(*chunk->key_end));
	chunk->first = part(&left, count * sizeof(*chunk->first));
	chunk->low = part(&left, count * sizeof(*chunk->low));
	chunk->high = part(&left, count * sizeof(*chunk->high));
	chunk->from = part(&left, count * sizeof(*chunk->from));
	chunk->to = part(&left, count * sizeof(*chunk->to));
	chunk->want = part(&left, count * sizeof(*chunk->want));
	chunk->skill = part(&left, count * sizeof(*chunk->skill));
	chunk->county = part(&left, count);
	chunk->flags = part(&left, count);
	MATCH_INSIST(left == (char *)chunk + chunk->bytes);
}

/* Of a row, at the end of the block: key_end, first ... flags. */
enum { HOT_BYTES = 8 * sizeof(uint16_t) + 2, CACHE_LINE = 64 };

void match_chunk_fetch(const struct match_chunk *chunk, uint32_t bytes)
{
	/* A row takes this much at least, so no chunk has more rows. */
	uint32_t row =
		HOT_BYTES + sizeof(struct match_row_end) + sizeof(uint16_t);
	uint32_t hot = bytes / row * HOT_BYTES;
	const char *end = (const char *)chunk + bytes;

	__builtin_prefetch(chunk);
	__builtin_prefetch((const char *)chunk + CACHE_LINE);
	for (uint32_t i = CACHE_LINE; i < hot; i += CACHE_LINE)
		__builtin_prefetch(end - i);
}

static struct match_chunk *chunk_room(struct match_draft *draft, uint32_t count,
				      uint32_t keys)
{
	size_t bytes = sizeof(struct match_chunk) +
		       count * (sizeof(struct match_row_end) +
				sizeof(uint16_t) + HOT_BYTES) +
		       keys * sizeof(struct match_key_share);
	struct match_chunk *chunk = match_draft_take(draft, 1, bytes);

	if (!chunk)
		return NULL;
	chunk->bytes = (uint32_t)bytes;
	lay_out(chunk, count, keys);
	return chunk;
}

/* The keys of a row, from `at` on; says where they end. */
static uint32_t put_keys(struct match_chunk *chunk, uint32_t at,
			 const struct match_row *row)
{
	const struct match_chunk *from = row->chunk;

	if (!from) {
		struct keys keys =
			keys_of(row->record, chunk->is_student);

		for (uint32_t i = 0; i < keys.count; i++)
			chunk->key[at++] = key_at(&keys, i);
		return at;
	}
	for (uint32_t i = match_chunk_key_start(from, row->at);
	     i < from->key_end[row->at]; i++)
		chunk->key[at++] = from->key[i];
	return at;
}

static void put_row(struct match_chunk *chunk, uint32_t i,
		    const struct match_row *row)
{
	chunk->end[i] = (struct match_row_end){row->record, row->record->slot,
					       row->newest};
	chunk->low[i] = row->low;
	chunk->high[i] = row->high;
	chunk->from[i] = row->from;
	chunk->to[i] = row->to;
	chunk->first[i] = row->first;
	chunk->want[i] = (uint16_t)row->order;
	chunk->mark[i] = row->mark;
	chunk->skill[i] = row->skill;
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
	chunk = chunk_room(draft, count, keys);
	if (!chunk)
		return NULL;
	chunk->is_student = is_student;
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
		.record = chunk->end[i].record,
		.order = chunk->group << 16 | chunk->want[i],
		.newest = chunk->end[i].newest,
		.low = chunk->low[i],
		.high = chunk->high[i],
		.from = chunk->from[i],
		.to = chunk->to[i],
		.first = chunk->first[i],
		.mark = chunk->mark[i],
		.skill = chunk->skill[i],
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

	if (chunk->end[i].newest > bound->newest)
		bound->newest = chunk->end[i].newest;
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
	if (chunk->key_end[i] == match_chunk_key_start(chunk, i))
		bound->has_no_keys = true;
}

struct match_bound match_chunk_bound(const struct match_chunk *chunk)
{
	uint64_t order = chunk->group << 16;
	struct match_bound bound = {
		.chunk = chunk,
		.bytes = chunk->bytes,
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
		bound.signature |= match_key_bit(chunk->key[i].key);
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
