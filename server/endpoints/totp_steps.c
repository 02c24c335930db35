/* totp_steps.c - see totp_steps.h. */
#include "endpoints/totp_steps.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "records/totp.h"

const struct field totp_code_shape[] = {
	TEXT(struct totp_code_body, code, 6, 20, REQUIRED),
	END_OF_FIELDS
};

bool read_code(struct flow *f, const struct uuid *account, const char *sealed,
	       const char *code, struct told_code *out)
{
	const char *secret = unseal(
		f, (struct sealed_place){ ACCOUNT_TOTP, account }, sealed);
	char *hex = arena_zeroed(f->mem, 1, SHA256_BYTES * 2 + 1);
	uint8_t hash[SHA256_BYTES];

	if (!secret)
		return false;
	out->is_step = totp_fits(secret, code, clock_wall_ms() / 1000,
				 &out->step);
	crypto_sha256((struct bytes){ code, strlen(code) }, hash);
	text_hex(hash, sizeof(hash), hex);
	out->hash = hex;
	return true;
}
