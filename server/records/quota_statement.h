/*
 * quota_statement.h - what an enterprise took in a period, as it was stated
 * once. The code names the document and its digest, with a stamp of the
 * service's key: who has it can have the document, and nobody another one.
 *
 * from  docs/quotas.md, "Statements"
 */
#ifndef RECORDS_QUOTA_STATEMENT_H
#define RECORDS_QUOTA_STATEMENT_H

#include <stdint.h>

#include "base/uuid.h"
#include "wire/crypto.h"
#include "wire/json_write.h"
#include "wire/rows.h"

enum { STATEMENT_BYTES = 1 + 2 * 16 + SHA256_BYTES,
       STATEMENT_DAYS_MAX = 1100 };

struct statement_ref {
	struct uuid consortium_id, id;
	uint8_t sha256[SHA256_BYTES];
};

void statement_pack(const struct statement_ref *ref,
		    uint8_t out[STATEMENT_BYTES]);

/* fails  another form than this program writes */
MUST_CHECK bool statement_unpack(const uint8_t in[STATEMENT_BYTES],
				 struct statement_ref *ref);

/* As PostgreSQL's decode reads it. */
void statement_hex(const uint8_t sha256[SHA256_BYTES],
		   char out[2 * SHA256_BYTES + 1]);

enum { STATEMENT_ID_COLUMN = 0, STATEMENT_CODE_COLUMN = 5 };

/* A row of quota_statements_list.sql or quota_statement_add.sql. */
void statement_write(struct json_writer *w, const struct rows *rows, int row);

#endif
