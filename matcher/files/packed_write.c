/*
 * The binary form, written in one pass, a word at a time: every section begins
 * at a multiple of 8, and the checksum comes last.
 */
#include <string.h>

#include "matcher/files/packed_file.h"
#include "matcher/files/packed_layout.h"
#include "matcher/insist.h"

struct writing {
	const struct match_instance *in;
	struct match_sink *sink;
	uint64_t at;   /* how many bytes are there */
	uint64_t word; /* those of the last word, when it is not whole */
	uint64_t checksum;
};

static void send_word(struct writing *w, uint64_t word)
{
	char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (char)(word >> 8 * i & 0xff);
	match_sink_bytes(w->sink, bytes, sizeof(bytes));
}

/* An item of 1, 2, 4 or 8 bytes, at a multiple of its size. */
static void put(struct writing *w, uint64_t item, uint32_t bytes)
{
	w->word |= item << w->at % 8 * 8;
	w->at += bytes;
	if (w->at % 8)
		return;
	w->checksum = packed_checksum(w->checksum, w->word);
	send_word(w, w->word);
	w->word = 0;
}

static void put_bytes(struct writing *w, const void *bytes, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		put(w, ((const uint8_t *)bytes)[i], 1);
}

/* Fill the section before with zeros, and be where the next one belongs. */
static void begin(struct writing *w, const struct packed_head *head,
		  enum packed_section section)
{
	while (w->at % 8)
		put(w, 0, 1);
	MATCH_INSIST(w->at == head->offset[section]);
}

static void put_all(struct writing *w, const uint32_t *item, uint64_t count)
{
	for (uint64_t i = 0; i < count; i++)
		put(w, item[i], 4);
}

static uint32_t id_bytes(const struct match_ids *ids)
{
	return ids->count ? ids->start[ids->count] : 0;
}

static void put_ids(struct writing *w, const struct packed_head *head,
		    enum packed_section starts, const struct match_ids *ids)
{
	begin(w, head, starts);
	put(w, 0, 4);
	for (uint32_t i = 0; i < ids->count; i++)
		put(w, ids->start[i + 1], 4);
	begin(w, head, starts + 1);
	put_bytes(w, ids->text, id_bytes(ids));
}

/* Rankings are numbered by owner: those of the groups, then of postings. */
static uint32_t ranking_of(const struct match_instance *in, uint32_t owner)
{
	return owner < in->groups.count
		       ? in->group[owner].ranking
		       : in->posting[owner - in->groups.count].ranking;
}

static void put_rankings(struct writing *w, const struct packed_head *head)
{
	const struct match_instance *in = w->in;
	uint32_t owners = in->groups.count + in->postings.count, end = 0;

	begin(w, head, PACKED_RANKING_STARTS);
	put(w, 0, 4);
	for (uint32_t i = 0; i < owners; i++) {
		uint32_t r = ranking_of(in, i);

		if (r == MATCH_NONE)
			continue;
		end += in->ranking_start[r + 1] - in->ranking_start[r];
		put(w, end, 4);
	}
	begin(w, head, PACKED_RANKED);
	for (uint32_t i = 0; i < owners; i++) {
		uint32_t r = ranking_of(in, i);

		if (r != MATCH_NONE)
			put_all(w, in->ranked + in->ranking_start[r],
				in->ranking_start[r + 1] -
					in->ranking_start[r]);
	}
}

static void put_nodes(struct writing *w, const struct packed_head *head)
{
	const struct match_instance *in = w->in;
	uint32_t next = 0;

	begin(w, head, PACKED_GROUPS);
	for (uint32_t i = 0; i < in->groups.count; i++) {
		bool is_ranked = in->group[i].ranking != MATCH_NONE;

		put(w, in->group[i].parent, 4);
		put(w, in->group[i].lower, 4);
		put(w, in->group[i].upper, 4);
		put(w, is_ranked ? next++ : MATCH_NONE, 4);
	}
	begin(w, head, PACKED_POSTINGS);
	for (uint32_t i = 0; i < in->postings.count; i++) {
		bool is_ranked = in->posting[i].ranking != MATCH_NONE;

		put(w, in->posting[i].group, 4);
		put(w, in->posting[i].capacity, 4);
		put(w, is_ranked ? next++ : MATCH_NONE, 4);
	}
}

static void put_students(struct writing *w, const struct packed_head *head)
{
	const struct match_instance *in = w->in;
	uint32_t count = in->students.count;

	begin(w, head, PACKED_CHOICE_STARTS);
	put_all(w, in->choice_start, (uint64_t)count + 1);
	begin(w, head, PACKED_CHOICES);
	for (uint32_t i = 0; i < in->choice_start[count]; i++)
		put(w,
		    in->choice[i].posting | (uint64_t)in->choice[i].score << 32,
		    8);
	begin(w, head, PACKED_PINS);
	put_all(w, in->pinned, count);
	begin(w, head, PACKED_LOTTERY);
	for (uint32_t i = 0; i < count && in->has_own_lottery; i++)
		put(w, in->lottery[i], 8);
}

static void count_all(const struct match_instance *in, struct packed_head *head)
{
	uint32_t *count = head->count;
	uint32_t rankings = in->ranking_count;

	head->flags = in->has_own_lottery ? PACKED_OWN_LOTTERY : 0;
	count[PACKED_GROUP_COUNT] = in->groups.count;
	count[PACKED_POSTING_COUNT] = in->postings.count;
	count[PACKED_STUDENT_COUNT] = in->students.count;
	count[PACKED_CHOICE_COUNT] = in->choice_start[in->students.count];
	count[PACKED_RANKING_COUNT] = rankings;
	count[PACKED_RANKED_COUNT] = rankings ? in->ranking_start[rankings] : 0;
	count[PACKED_SEED_BYTES] = (uint32_t)strlen(in->seed);
	count[PACKED_GROUP_ID_BYTES] = id_bytes(&in->groups);
	count[PACKED_POSTING_ID_BYTES] = id_bytes(&in->postings);
	count[PACKED_STUDENT_ID_BYTES] = id_bytes(&in->students);
	packed_lay_out(head);
}

static uint32_t hex_value(char digit)
{
	MATCH_INSIST((digit >= '0' && digit <= '9') ||
		     (digit >= 'a' && digit <= 'f'));
	return (uint32_t)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

static void put_head(struct writing *w, const struct packed_head *head,
		     const char *sha256)
{
	put_bytes(w, PACKED_MAGIC, 8);
	put(w, PACKED_VERSION, 4);
	put(w, head->flags, 4);
	put(w, head->length, 8);
	for (int i = 0; i < 2 * MATCH_SHA256_BYTES; i += 2)
		put(w, hex_value(sha256[i]) << 4 | hex_value(sha256[i + 1]), 1);
	put_all(w, head->count, PACKED_COUNTS);
	for (int i = 0; i < PACKED_SECTIONS; i++)
		put(w, head->offset[i], 8);
	MATCH_INSIST(w->at == PACKED_HEAD_BYTES);
}

void match_packed_write(const struct match_instance *instance,
			const char sha256[MATCH_SHA256_HEX],
			struct match_sink *sink)
{
	struct writing w = {.in = instance, .sink = sink};
	struct packed_head head;

	count_all(instance, &head);
	put_head(&w, &head, sha256);
	begin(&w, &head, PACKED_SEED);
	put_bytes(&w, instance->seed, head.count[PACKED_SEED_BYTES]);
	put_ids(&w, &head, PACKED_GROUP_STARTS, &instance->groups);
	put_ids(&w, &head, PACKED_POSTING_STARTS, &instance->postings);
	put_ids(&w, &head, PACKED_STUDENT_STARTS, &instance->students);
	put_nodes(&w, &head);
	put_students(&w, &head);
	put_rankings(&w, &head);
	while (w.at % 8)
		put(&w, 0, 1);
	send_word(&w, w.checksum);
}
