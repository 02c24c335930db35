/*
 * SHA-256: the lottery, and the name of an instance's bytes.
 *
 * from   FIPS 180-4, sections 4.1.2, 4.2.2, 5.1.1, 5.3.3 and 6.2
 */
#ifndef MATCHER_SHA256_H
#define MATCHER_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define MATCH_SHA256_BYTES 32
#define MATCH_SHA256_HEX 65 /* with its terminator */

/* The constants of the rounds (section 4.2.2). */
extern const uint32_t match_sha256_k[64];

struct match_sha256 {
	uint32_t state[8];
	uint64_t byte_count;
	uint8_t block[64];
};

void match_sha256_init(struct match_sha256 *sha);
void match_sha256_add(struct match_sha256 *sha, const void *bytes,
		      size_t count);

/* Ends the digest; sha must be initialised again before its next use. */
void match_sha256_finish(struct match_sha256 *sha,
			 uint8_t digest[MATCH_SHA256_BYTES]);

/* Lower case, as every other program prints it. */
void match_sha256_hex(const uint8_t digest[MATCH_SHA256_BYTES],
		      char hex[MATCH_SHA256_HEX]);

#endif
