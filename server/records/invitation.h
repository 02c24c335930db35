/*
 * invitation.h - an invitation to apply, as it is shown: never with a name.
 *
 * from  schema/migrations/0016_invitations.sql
 */
#ifndef RECORDS_INVITATION_H
#define RECORDS_INVITATION_H

#include "wire/json_write.h"
#include "wire/rows.h"

enum { INVITATION_ID_COLUMN = 0 };

/* A row of invitation_by_id.sql or invitations_of_*.sql as an object. */
void invitation_write(struct json_writer *w, const struct rows *rows,
		      int row);

#endif
