/*
 * SHA-256 after FIPS 180-4, without tables beyond its own constants. Names of
 * functions and variables in the round are those of the standard.
 */
#include "matcher/sha256.h"

#include <string.h>

const uint32_t match_sha256_k[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
	0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
	0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
	0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
	0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
	0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
	0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
	0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotr(uint32_t x, int n)
{
	return x >> n | x << (32 - n);
}

static uint32_t big_endian_32(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
	       (uint32_t)at[2] << 8 | at[3];
}

static void message_schedule(uint32_t w[64], const uint8_t *block)
{
	for (int t = 0; t < 16; t++)
		w[t] = big_endian_32(block + 4 * t);
	for (int t = 16; t < 64; t++) {
		uint32_t s0 = rotr(w[t - 15], 7) ^ rotr(w[t - 15], 18) ^
			      w[t - 15] >> 3;
		uint32_t s1 = rotr(w[t - 2], 17) ^ rotr(w[t - 2], 19) ^
			      w[t - 2] >> 10;

		w[t] = s1 + w[t - 7] + s0 + w[t - 16];
	}
}

static uint32_t sigma1(uint32_t e)
{
	return rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25);
}

static uint32_t sigma0(uint32_t a)
{
	return rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22);
}

static void compress(uint32_t state[8], const uint8_t *block)
{
	uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
	uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
	uint32_t w[64];

	message_schedule(w, block);
	for (int t = 0; t < 64; t++) {
		uint32_t t1 = h + sigma1(e) + ((e & f) ^ (~e & g)) +
			      match_sha256_k[t] + w[t];
		uint32_t t2 = sigma0(a) + ((a & b) ^ (a & c) ^ (b & c));

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

void match_sha256_init(struct match_sha256 *sha)
{
	static const uint32_t start[8] = {
		0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
		0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
	};

	memcpy(sha->state, start, sizeof(start));
	sha->byte_count = 0;
}

void match_sha256_add(struct match_sha256 *sha, const void *bytes, size_t count)
{
	const uint8_t *at = bytes;
	size_t used = sha->byte_count % 64;

	sha->byte_count += count;
	if (used + count < 64) {
		if (count)
			memcpy(sha->block + used, at, count);
		return;
	}
	if (used) {
		memcpy(sha->block + used, at, 64 - used);
		compress(sha->state, sha->block);
		at += 64 - used;
		count -= 64 - used;
	}
	for (; count >= 64; at += 64, count -= 64)
		compress(sha->state, at);
	if (count)
		memcpy(sha->block, at, count);
}

void match_sha256_finish(struct match_sha256 *sha,
			 uint8_t digest[MATCH_SHA256_BYTES])
{
	static const uint8_t padding[64] = {0x80};
	uint64_t bit_count = sha->byte_count * 8;
	size_t used = sha->byte_count % 64;
	uint8_t length[8];

	for (int i = 0; i < 8; i++)
		length[i] = (uint8_t)(bit_count >> (56 - 8 * i));
	match_sha256_add(sha, padding, (used < 56 ? 56 : 120) - used);
	match_sha256_add(sha, length, sizeof(length));
	for (int i = 0; i < MATCH_SHA256_BYTES; i++)
		digest[i] = (uint8_t)(sha->state[i / 4] >> (24 - 8 * (i % 4)));
}

void match_sha256_hex(const uint8_t digest[MATCH_SHA256_BYTES],
		      char hex[MATCH_SHA256_HEX])
{
	static const char digits[] = "0123456789abcdef";

	for (int i = 0; i < MATCH_SHA256_BYTES; i++) {
		hex[2 * i] = digits[digest[i] >> 4];
		hex[2 * i + 1] = digits[digest[i] & 15];
	}
	hex[2 * MATCH_SHA256_BYTES] = '\0';
}
