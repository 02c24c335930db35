/*
 * Four compressions side by side. Lanes never meet, so each is SHA-256 as it
 * stands in the standard; a text of fewer blocks is read off when it is done.
 */
#include "matcher/sha256_lanes.h"

#include <stdbool.h>
#include <string.h>

#include "matcher/sha256.h"

#define LANES MATCH_SHA256_LANES
#define BLOCKS_MAX ((2 * MATCH_ID_BYTES_MAX + 1 + 9 + 63) / 64)

typedef uint32_t lanes __attribute__((vector_size(4 * LANES)));

/* Of one text: with its padding, and its length in bits. */
struct padded {
	uint8_t bytes[64 * BLOCKS_MAX];
	uint32_t block_count;
};

#define ROTR(x, n) ((x) >> (n) | (x) << (32 - (n)))

static void pad(struct padded *text, const char *seed, struct match_id id)
{
	size_t used = strlen(seed);
	uint64_t bit_count;
	uint8_t *end;

	memcpy(text->bytes, seed, used);
	text->bytes[used++] = '\n';
	memcpy(text->bytes + used, id.text, id.bytes);
	used += id.bytes;
	bit_count = used * 8;
	text->block_count = (uint32_t)((used + 9 + 63) / 64);
	end = text->bytes + (size_t)64 * text->block_count;
	text->bytes[used++] = 0x80;
	memset(text->bytes + used, 0, (size_t)(end - text->bytes) - used);
	for (int i = 1; i <= 8; i++, bit_count >>= 8)
		end[-i] = (uint8_t)bit_count;
}

/* The words of a block, each lane's from its own text; from its first block
 * once it is done, for nobody to read. */
static void load(lanes w[64], const struct padded text[LANES], uint32_t block)
{
	for (int lane = 0; lane < LANES; lane++) {
		bool is_done = block >= text[lane].block_count;
		const uint8_t *at = text[lane].bytes;

		if (!is_done)
			at += (size_t)64 * block;
		for (int t = 0; t < 16; t++, at += 4)
			w[t][lane] = (uint32_t)at[0] << 24 |
				     (uint32_t)at[1] << 16 |
				     (uint32_t)at[2] << 8 | at[3];
	}
}

static void compress(lanes state[8], lanes w[64])
{
	lanes a = state[0], b = state[1], c = state[2], d = state[3];
	lanes e = state[4], f = state[5], g = state[6], h = state[7];

	for (int t = 16; t < 64; t++)
		w[t] = (ROTR(w[t - 2], 17) ^ ROTR(w[t - 2], 19) ^
			w[t - 2] >> 10) +
		       w[t - 7] +
		       (ROTR(w[t - 15], 7) ^ ROTR(w[t - 15], 18) ^
			w[t - 15] >> 3) +
		       w[t - 16];
	for (int t = 0; t < 64; t++) {
		lanes t1 = h + (ROTR(e, 6) ^ ROTR(e, 11) ^ ROTR(e, 25)) +
			   ((e & f) ^ (~e & g)) + match_sha256_k[t] + w[t];
		lanes t2 = (ROTR(a, 2) ^ ROTR(a, 13) ^ ROTR(a, 22)) +
			   ((a & b) ^ (a & c) ^ (b & c));

		h = g;
		g = f;
		f = e;
		e = d + t1;
		d = c;
		c = b;
		b = a;
		a = t1 + t2;
	}
	state[0] += a;
	state[1] += b;
	state[2] += c;
	state[3] += d;
	state[4] += e;
	state[5] += f;
	state[6] += g;
	state[7] += h;
}

void match_sha256_draw(const char *seed, const struct match_id id[LANES],
		       uint64_t drawn[LANES])
{
	struct padded text[LANES];
	struct match_sha256 start;
	lanes state[8], w[64];
	uint32_t most = 0;

	for (int lane = 0; lane < LANES; lane++) {
		pad(&text[lane], seed, id[lane]);
		if (text[lane].block_count > most)
			most = text[lane].block_count;
	}
	match_sha256_init(&start);
	for (int i = 0; i < 8; i++)
		state[i] = (lanes){0} + start.state[i];
	for (uint32_t block = 0; block < most; block++) {
		load(w, text, block);
		compress(state, w);
		for (int lane = 0; lane < LANES; lane++)
			if (block + 1 == text[lane].block_count)
				drawn[lane] = (uint64_t)state[0][lane] << 32 |
					      state[1][lane];
	}
}
