/* identity_provider.c - see identity_provider.h. */
#include "records/identity_provider.h"

#include <string.h>

#include "base/text.h"
#include "records/members.h"
#include "wire/call.h"

/* A page of this machine: for those who write it. */
static bool is_local(const char *uri)
{
	static const char *const hosts[] = { "http://127.0.0.1",
					     "http://localhost",
					     "http://[::1]" };

	for (size_t i = 0; i < COUNT_OF(hosts); i++) {
		char next;

		if (!text_starts(uri, hosts[i]))
			continue;
		next = uri[strlen(hosts[i])];
		if (next == ':' || next == '/')
			return true;
	}
	return false;
}

/* NULL, or why a browser is not to be sent there with a code. */
static const char *check_redirect(const char *uri)
{
	for (const char *at = uri; *at; at++)
		if (*at <= ' ' || *at > '~')
			return "must be an address of printable ASCII";
	if (call_url_flaw(uri, is_local(uri) ? CALL_LOOPBACK : CALL_PUBLIC) ==
	    CALL_GOOD)
		return NULL;
	return "must be a whole https address without a fragment";
}

#define SHAPE(flags_)                                                          \
	TEXT(struct identity_provider_new, name, 1, 50,                        \
	     flags_ | TRIMMED | ONE_LINE),                                     \
	TEXT(struct identity_provider_new, client_id, 1, 200,                  \
	     flags_ | TRIMMED | ONE_LINE),                                     \
	TEXT(struct identity_provider_new, client_secret, 1, 500,              \
	     flags_ | ONE_LINE),                                               \
	TEXT(struct identity_provider_new, student_claim, 1, 64,               \
	     NULLABLE | TRIMMED | ONE_LINE),                                   \
	TEXT(struct identity_provider_new, staff_claim, 1, 64,                 \
	     NULLABLE | TRIMMED | ONE_LINE),                                   \
	BOOL(struct identity_provider_new, makes_accounts, OPTIONAL),          \
	TEXTS(struct identity_provider_new, redirect_uris, 5, 500,             \
	      check_redirect, flags_ | CASED | NOT_EMPTY | DISTINCT),          \
	BOOL(struct identity_provider_new, is_enabled, OPTIONAL)

const struct field identity_provider_new_shape[] = {
	UUID(struct identity_provider_new, school_id, OPTIONAL),
	TEXT(struct identity_provider_new, issuer, 9, 300,
	     REQUIRED | TRIMMED | ONE_LINE),
	SHAPE(REQUIRED),
	END_OF_FIELDS
};

const struct field identity_provider_patch_shape[] = {
	SHAPE(OPTIONAL),
	END_OF_FIELDS
};

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_UUID, "school_id" },
	{ MEMBER_TEXT, "name" },
	{ MEMBER_TEXT, "issuer" },
	{ MEMBER_TEXT, "client_id" },
	{ MEMBER_TEXT, "student_claim" },
	{ MEMBER_TEXT, "staff_claim" },
	{ MEMBER_BOOL, "makes_accounts" },
	{ MEMBER_TEXTS, "redirect_uris" },
	{ MEMBER_BOOL, "is_enabled" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "updated_at" },
	{ MEMBER_END, NULL }
};

void identity_provider_write(struct json_writer *w, const struct rows *rows,
			     int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}
