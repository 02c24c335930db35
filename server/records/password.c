/* password.c - see password.h. */
#include "records/password.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

enum { SALT_MAX_BYTES = 64, PERIOD_MAX = 4 };

/* Those of ten characters or more that lists of stolen passwords begin with,
 * and what people here make of birthdays, rhymes and this service. */
static const char *const common[] = {
#define COMMON(password) password,
#include "records/common_passwords.def"
#undef COMMON
};

/* "aaaaaaaaaa", "abcabcabcabc": some first letters, again and again. */
static bool is_repetition(const char *password)
{
	size_t bytes = strlen(password);

	for (size_t period = 1; period <= PERIOD_MAX; period++)
		if (bytes > period && memcmp(password, password + period,
					     bytes - period) == 0)
			return true;
	return false;
}

static bool is_common(const char *password)
{
	for (size_t i = 0; i < COUNT_OF(common); i++)
		if (strcasecmp(common[i], password) == 0)
			return true;
	return false;
}

const char *password_flaw(const char *password, const char *login)
{
	if (strcasecmp(password, login) == 0)
		return "must not be the login name";
	if (is_repetition(password) || is_common(password))
		return "is one that everybody tries first";
	return NULL;
}

void password_hash(char *password, struct password_hash *out)
{
	uint8_t salt[PASSWORD_SALT_BYTES], hash[SHA256_BYTES];

	crypto_random(salt, sizeof(salt));
	must(crypto_scrypt(password, (struct bytes){ salt, sizeof(salt) },
			   scrypt_usual, hash));
	crypto_wipe(password, strlen(password));
	text_hex(salt, sizeof(salt), out->salt);
	text_hex(hash, sizeof(hash), out->hash);
}

bool password_fits(const char *password, const struct rows *r, int column)
{
	uint8_t salt[SALT_MAX_BYTES], stored[SHA256_BYTES], hash[SHA256_BYTES];
	size_t salt_bytes = rows_bytes(r, 0, column) / 2;
	struct scrypt_cost cost = {
		__builtin_ctz((unsigned)rows_int(r, 0, column + 2)),
		(int)rows_int(r, 0, column + 3),
		(int)rows_int(r, 0, column + 4)
	};

	if (salt_bytes > SALT_MAX_BYTES ||
	    !text_unhex(rows_text(r, 0, column), salt, salt_bytes) ||
	    !text_unhex(rows_text(r, 0, column + 1), stored, sizeof(stored)))
		return false;
	return crypto_scrypt(password, (struct bytes){ salt, salt_bytes },
			     cost, hash) &&
	       crypto_is_same(hash, stored, sizeof(stored));
}

void password_fits_nobody(const char *password)
{
	uint8_t hash[SHA256_BYTES];

	(void)!crypto_scrypt(password,
			     (struct bytes){ "nobody's own salt", 16 },
			     scrypt_usual, hash);
}
