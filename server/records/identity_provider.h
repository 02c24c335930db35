/*
 * identity_provider.h - where the staff and the students of a school sign in,
 * by OpenID Connect: the school's own service.
 *
 * from  api-spec/openapi.yaml, "identity providers"
 */
#ifndef RECORDS_IDENTITY_PROVIDER_H
#define RECORDS_IDENTITY_PROVIDER_H

#include "base/uuid.h"
#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

struct identity_provider_new {
	struct uuid school_id;
	const char *name, *issuer, *client_id, *client_secret;
	const char *student_claim, *staff_claim;
	bool makes_accounts, is_enabled;
	struct texts redirect_uris;
};

extern const struct field identity_provider_new_shape[];
/* Without school and issuer: what is known of people hangs on them. */
extern const struct field identity_provider_patch_shape[];

enum { PROVIDER_ID_COLUMN = 0, PROVIDER_STUDENT_CLAIM_COLUMN = 5,
       PROVIDER_STAFF_CLAIM_COLUMN = 6, PROVIDER_MAKES_COLUMN = 7,
       PROVIDER_VERSION_COLUMN = 10 };

/* A row of identity_provider_by_id.sql; the secret is never in it. */
void identity_provider_write(struct json_writer *w, const struct rows *rows,
			     int row);

#endif
