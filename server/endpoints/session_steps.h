/*
 * session_steps.h - how every way of signing in ends: the same tries counted,
 * the same session, the same reply.
 */
#ifndef ENDPOINTS_SESSION_STEPS_H
#define ENDPOINTS_SESSION_STEPS_H

#include "flow/flow.h"
#include "wire/crypto.h"

struct session_opening {
	const char *by_address, *by_login;	/* keys of tries to give back */
	struct uuid consortium_id, account_id;
	struct uuid provider_id;		/* nil: by password */
	enum role role;
	struct uuid session_id;			/* these two are made here */
	char token[CRYPTO_TOKEN_TEXT_BYTES];
};

/* Under which the tries of the client's address, and those of a login name,
 * are counted. */
const char *tries_of_address(struct flow *f);
const char *tries_of_login(struct flow *f, const char *consortium,
			   const char *login_name);

/* Asks to open it, unless the account was disabled meanwhile ... */
enum flow_next session_open(struct flow *f, struct session_opening *opening);
/* ... and replies with it. */
enum flow_next reply_opened(struct flow *f,
			    const struct session_opening *opening);

#endif
