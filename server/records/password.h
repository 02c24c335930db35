/*
 * password.h - passwords as accounts keep them, and what a new one must not
 * be.
 *
 * from  RFC 7914; architecture.md, "Who may do what"; NIST SP 800-63B 5.1.1.2
 *       (length and a list of common ones, no rules about kinds of letters)
 */
#ifndef RECORDS_PASSWORD_H
#define RECORDS_PASSWORD_H

#include <stdbool.h>

#include "wire/crypto.h"
#include "wire/rows.h"

enum { PASSWORD_LEAST = 10, PASSWORD_MOST = 128, PASSWORD_SALT_BYTES = 16,
       PASSWORD_DEADLINE_MS = 20000 };

/*
 * What is wrong with a new password, as a reason of wire/reasons.def, or NULL:
 * the login name (large and small letters are the same), one letter or a row
 * of letters over and over, or one that everybody tries first.
 */
const char *password_flaw(const char *password, const char *login);

/* Salt and hash in hex, with the usual cost. */
struct password_hash {
	char salt[PASSWORD_SALT_BYTES * 2 + 1], hash[SHA256_BYTES * 2 + 1];
};

/* Slow by intent: on the pool only. The password is wiped. */
void password_hash(char *password, struct password_hash *out);

/* Is it the password of the row? The column is that of the salt in hex; hash,
 * N, r and p follow it. Slow, too. */
MUST_CHECK bool password_fits(const char *password, const struct rows *rows,
			      int column);

/* As slow as password_fits, where there is no account. */
void password_fits_nobody(const char *password);

/* The parameters of a statement that keeps a hash: salt, hash, N, r, p. */
#define P_PASSWORD(hash_)                                                      \
	P_TEXT((hash_)->salt), P_TEXT((hash_)->hash),                          \
		P_INT((int64_t)1 << scrypt_usual.log2_n),                      \
		P_INT(scrypt_usual.r), P_INT(scrypt_usual.p)

#endif
