/* totp_steps.h - what signing in and the second factor's operations share. */
#ifndef ENDPOINTS_TOTP_STEPS_H
#define ENDPOINTS_TOTP_STEPS_H

#include "flow/flow.h"
#include "flow/seals.h"
#include "wire/crypto.h"

/* Where the secret is sealed to. */
#define ACCOUNT_TOTP "account.totp"

/* A code that somebody tells: of a step, or by its hash a recovery code. */
struct told_code {
	bool is_step;
	int64_t step;
	const char *hash;	/* SHA-256 in hex, in f->mem */
};

#define P_STEP(told_) ((told_)->is_step ? P_INT((told_)->step) : P_NULL)

/*
 * What a code says. sealed: the account's secret.
 * fails  no key of the service opens the secret
 */
MUST_CHECK bool read_code(struct flow *f, const struct uuid *account,
			  const char *sealed, const char *code,
			  struct told_code *out);

struct totp_code_body {
	const char *code;
};
extern const struct field totp_code_shape[];

#endif
