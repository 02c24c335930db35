/* totp.c - see totp.h. */
#include "records/totp.h"

#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "wire/crypto.h"

enum { LETTER_BITS = 5, MODULUS = 1000000, SKEW_STEPS = 1 };

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void totp_secret(char out[TOTP_SECRET_LETTERS + 1])
{
	uint8_t bytes[TOTP_SECRET_LETTERS];

	crypto_random(bytes, sizeof(bytes));
	for (int i = 0; i < TOTP_SECRET_LETTERS; i++)
		out[i] = letters[bytes[i] % 32];
	out[TOTP_SECRET_LETTERS] = '\0';
}

static void decode(const char *secret, uint8_t out[TOTP_SECRET_BYTES])
{
	uint32_t bits = 0;
	int held = 0, used = 0;

	for (int i = 0; i < TOTP_SECRET_LETTERS; i++) {
		const char *letter = strchr(letters, secret[i]);

		must(letter && *letter);
		bits = bits << LETTER_BITS | (uint32_t)(letter - letters);
		held += LETTER_BITS;
		if (held < 8)
			continue;
		held -= 8;
		out[used++] = (uint8_t)(bits >> held);
	}
	must(used == TOTP_SECRET_BYTES);
}

void totp_code(const char *secret, int64_t step, char out[TOTP_DIGITS + 1])
{
	uint8_t key[TOTP_SECRET_BYTES], counter[8], hash[SHA1_BYTES];
	uint32_t number = 0;
	int offset;

	decode(secret, key);
	for (int i = 0; i < 8; i++)
		counter[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
	crypto_hmac_sha1((struct bytes){ key, sizeof(key) },
			 (struct bytes){ counter, sizeof(counter) }, hash);
	offset = hash[SHA1_BYTES - 1] & 15;
	for (int i = 0; i < 4; i++)
		number = number << 8 | hash[offset + i];
	snprintf(out, TOTP_DIGITS + 1, "%06u",
		 (unsigned)((number & 0x7fffffff) % MODULUS));
}

bool totp_fits(const char *secret, const char *code, int64_t now_s,
	       int64_t *step)
{
	int64_t now = now_s / TOTP_STEP_S;
	bool fits = false;

	if (strlen(code) != TOTP_DIGITS)
		return false;
	for (int64_t at = now - SKEW_STEPS; at <= now + SKEW_STEPS; at++) {
		char wanted[TOTP_DIGITS + 1];

		totp_code(secret, at, wanted);
		if (!crypto_is_same(wanted, code, TOTP_DIGITS))
			continue;
		*step = at;
		fits = true;
	}
	return fits;
}
