/* crypto.c - digests, randomness, tokens and passwords. */
#include "wire/crypto.h"

#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"


const struct scrypt_cost scrypt_usual = { 17, 8, 1 };

void crypto_sha256(struct bytes in, uint8_t out[SHA256_BYTES])
{
	must(SHA256(in.at, in.count, out) != NULL);
}

void crypto_hmac_sha256(struct bytes key, struct bytes in,
			uint8_t out[SHA256_BYTES])
{
	unsigned length = 0;

	must(key.count <= INT_MAX);
	must(HMAC(EVP_sha256(), key.count ? key.at : "", (int)key.count, in.at,
		  in.count, out, &length) != NULL);
	must(length == SHA256_BYTES);
}

void crypto_hmac_sha1(struct bytes key, struct bytes in,
		      uint8_t out[SHA1_BYTES])
{
	unsigned length = 0;

	must(key.count <= INT_MAX);
	must(HMAC(EVP_sha1(), key.at, (int)key.count, in.at, in.count, out,
		  &length) != NULL);
	must(length == SHA1_BYTES);
}

void crypto_random(void *out, size_t bytes)
{
	must(bytes <= INT_MAX);
	must(RAND_bytes(out, (int)bytes) == 1);
}

bool crypto_is_same(const void *a, const void *b, size_t bytes)
{
	return CRYPTO_memcmp(a, b, bytes) == 0;
}

void crypto_wipe(void *at, size_t bytes)
{
	OPENSSL_cleanse(at, bytes);
}

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			       "abcdefghijklmnopqrstuvwxyz0123456789-_";

void crypto_base64url(struct bytes in, char *out)
{
	const uint8_t *at = in.at;
	uint32_t bits = 0;
	int held = 0;

	for (size_t i = 0; i < in.count; i++) {
		bits = bits << 8 | at[i];
		for (held += 8; held >= 6; held -= 6)
			*out++ = alphabet[bits >> (held - 6) & 63];
	}
	if (held)
		*out++ = alphabet[bits << (6 - held) & 63];
	*out = '\0';
}

bool crypto_unbase64url(const char *text, void *out, size_t count)
{
	size_t characters = (count * 8 + 5) / 6;
	uint8_t *to = out;
	uint32_t bits = 0;
	int held = 0;

	for (size_t i = 0; i < characters; i++) {
		const char *place = text[i] ? strchr(alphabet, text[i]) : NULL;

		if (!place)
			return false;
		bits = bits << 6 | (uint32_t)(place - alphabet);
		held += 6;
		if (held < 8)
			continue;
		held -= 8;
		*to++ = (uint8_t)(bits >> held);
	}
	return text[characters] == '\0' && !(bits & ((1u << held) - 1));
}

void crypto_token(char out[CRYPTO_TOKEN_TEXT_BYTES])
{
	uint8_t bits[32];

	crypto_random(bits, sizeof(bits));
	crypto_base64url((struct bytes){ bits, sizeof(bits) }, out);
	crypto_wipe(bits, sizeof(bits));
}

static uint64_t scrypt_memory(struct scrypt_cost cost)
{
	uint64_t r = (uint64_t)cost.r;

	return 128 * r * ((1ull << cost.log2_n) + (uint64_t)cost.p + 2);
}

/* What RFC 7914 allows, and what a stored text may make us spend. */
static bool is_cost_bearable(struct scrypt_cost cost)
{
	return cost.log2_n >= 1 && cost.log2_n <= 20 && cost.r >= 1 &&
	       cost.r <= 32 && cost.p >= 1 && cost.p <= 8 &&
	       cost.log2_n < 16 * cost.r &&
	       scrypt_memory(cost) <= 4 * scrypt_memory(scrypt_usual);
}

bool crypto_scrypt(const char *password, struct bytes salt,
		   struct scrypt_cost cost, uint8_t out[SHA256_BYTES])
{
	if (!is_cost_bearable(cost))
		return false;
	must(EVP_PBE_scrypt(password, strlen(password), salt.at, salt.count,
			    1ull << cost.log2_n, (uint64_t)cost.r,
			    (uint64_t)cost.p, scrypt_memory(cost) + (1 << 20),
			    out, SHA256_BYTES) == 1);
	return true;
}

