/*
 * totp.h - one-time codes by time: SHA-1, 30 seconds, 6 digits, as the
 * programs on telephones have them.
 *
 * from  RFC 6238; RFC 4226; RFC 4648 section 6 for the secret's letters
 */
#ifndef RECORDS_TOTP_H
#define RECORDS_TOTP_H

#include <stdbool.h>
#include <stdint.h>

enum { TOTP_SECRET_BYTES = 20, TOTP_SECRET_LETTERS = 32, TOTP_DIGITS = 6,
       TOTP_STEP_S = 30 };

/* A new secret, in base32, with a NUL. */
void totp_secret(char out[TOTP_SECRET_LETTERS + 1]);

/* The code of a step, with a NUL. in  secret: as above */
void totp_code(const char *secret, int64_t step, char out[TOTP_DIGITS + 1]);

/*
 * Is it the code of now, or of a step before or behind it, for clocks that
 * differ? *step is then which. Takes the same time for every code.
 */
bool totp_fits(const char *secret, const char *code, int64_t now_s,
	       int64_t *step);

#endif
