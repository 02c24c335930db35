/*
 * crypto.h - the few things we need of OpenSSL 3. A failure inside OpenSSL
 * (no memory, no randomness) ends the process; false always means that what
 * came from outside is wrong.
 */
#ifndef WIRE_CRYPTO_H
#define WIRE_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum {
	SHA256_BYTES = 32,
	CRYPTO_TOKEN_TEXT_BYTES = 44,	/* 256 bits in base64url, and a NUL */
	CRYPTO_KEY_ID_BYTES = 17,
	CRYPTO_KEYS_MAX = 8,
};

/* Borrowed bytes. */
struct bytes {
	const void *at;
	size_t count;
};

void crypto_sha256(struct bytes in, uint8_t out[SHA256_BYTES]);
void crypto_hmac_sha256(struct bytes key, struct bytes in,
			uint8_t out[SHA256_BYTES]);
/* For one-time codes alone (RFC 6238), which are made with it everywhere. */
enum { SHA1_BYTES = 20 };
void crypto_hmac_sha1(struct bytes key, struct bytes in,
		      uint8_t out[SHA1_BYTES]);

void crypto_random(void *out, size_t bytes);

/* Takes the same time whatever the bytes are. */
bool crypto_is_same(const void *a, const void *b, size_t bytes);

/* Nothing of it is left in memory, however the compiler optimises. */
void crypto_wipe(void *at, size_t bytes);

/*
 * base64url without padding (RFC 4648 section 5). Writes 4 characters for 3
 * bytes, rounded up, and a NUL: CRYPTO_BASE64_BYTES(count).
 */
#define CRYPTO_BASE64_BYTES(count) (((count) * 4 + 2) / 3 + 1)
void crypto_base64url(struct bytes in, char *out);

/*
 * The one right way to write `count` bytes and nothing else; used bits that
 * lie beyond the last byte must be 0.
 */
MUST_CHECK bool crypto_unbase64url(const char *text, void *out, size_t count);

/* 256 random bits as text: session tokens, keys, cursors. */
void crypto_token(char out[CRYPTO_TOKEN_TEXT_BYTES]);

/*
 * Passwords. Slow by intent (0.4 s, 128 MiB): on the worker pool only.
 *
 * from   RFC 7914; parameters: architecture.md, "Who may do what"
 */
struct scrypt_cost {
	int log2_n, r, p;
};

extern const struct scrypt_cost scrypt_usual;	/* 17, 8, 1 */

/*
 * fails  a cost that RFC 7914 does not allow, or of more than four times the
 *        usual memory
 */
MUST_CHECK bool crypto_scrypt(const char *password, struct bytes salt,
			      struct scrypt_cost cost,
			      uint8_t out[SHA256_BYTES]);

/*
 * Sealed values: AES-256-GCM, "v1.KEYID.BASE64URL" of nonce (12 bytes),
 * ciphertext, tag (16). Authenticated with it: "v1.KEYID." and `context`,
 * which says where the value belongs (table, column, consortium, row), so
 * that it cannot be moved elsewhere. Nonces are random: re-wrap to a new key
 * before 2^32 values were sealed with one.
 *
 * from   NIST SP 800-38D
 */
struct crypto_key {
	char id[CRYPTO_KEY_ID_BYTES];	/* 1..16 of a-z 0-9 _ - */
	uint8_t secret[32];
};

struct crypto_ring {
	struct crypto_key at[CRYPTO_KEYS_MAX];
	size_t count;
};

/*
 * "id:SECRET,id:SECRET", secrets of 32 bytes in base64url; the first one
 * seals, all open.
 * fails  another form, an id twice, more than CRYPTO_KEYS_MAX
 */
MUST_CHECK bool crypto_ring_parse(const char *text, struct crypto_ring *ring);

/* in  ring->count > 0 */
char *crypto_seal(const struct crypto_ring *ring, struct arena *mem,
		  struct bytes plain, struct bytes context);

/*
 * out    plain bytes in the arena, with a NUL behind them
 * fails  another form, no such key, changed, or sealed for another context
 */
MUST_CHECK bool crypto_unseal(const struct crypto_ring *ring,
			      struct arena *mem, const char *sealed,
			      struct bytes context, struct bytes *plain);

#endif
