/* account_steps.h - what the operations on accounts share. */
#ifndef ENDPOINTS_ACCOUNT_STEPS_H
#define ENDPOINTS_ACCOUNT_STEPS_H

#include "flow/flow.h"
#include "wire/crypto.h"

/* Who answers for accounts; whose, PostgreSQL says (account_may_manage). */
#define MANAGERS_OF_ACCOUNTS                                                   \
	{                                                                      \
		[ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN,      \
		[ROLE_OFFICE] = SCOPE_OWN, [ROLE_OPERATOR] = SCOPE_OWN,        \
	}

/* The role of an account that somebody may be invited to. */
extern const char *const account_role_words[];

/* A token that is shown once, and what is kept of it, in hex. */
struct once {
	char token[CRYPTO_TOKEN_TEXT_BYTES];
	char hash[SHA256_BYTES * 2 + 1];
};
void once_make(struct once *once);
/* The hash of one that somebody shows. */
void once_hash(const char *token, char hash[SHA256_BYTES * 2 + 1]);

enum { ACCOUNT_ID_COLUMN = 0 };

/* A row of accounts_list.sql, account_able.sql or account_appoint.sql. */
void account_write(struct json_writer *w, const struct rows *rows, int row);

/* Disables or enables the account of the path ... */
enum flow_next tell_able(struct flow *f, bool is_disabled);
/* ... or makes it responsible for what is read of minors, or no more ... */
enum flow_next tell_responsible(struct flow *f, bool is_responsible);
/* ... and replies with it. */
flow_step reply_account;

#endif
