/*
 * audit.h - an entry of a consortium's audit, and the hash that ties it to the
 * one before. The database makes the hashes (audit_chained); this is the same
 * rule a second time, so that neither side is believed alone.
 *
 * from  schema/migrations/0002_history.sql, "The audit"
 */
#ifndef RECORDS_AUDIT_H
#define RECORDS_AUDIT_H

#include "base/buf.h"
#include "wire/crypto.h"
#include "wire/rows.h"

/* Columns of schema/queries/audit_walk.sql. */
enum { AUDIT_CONSORTIUM, AUDIT_SEQ, AUDIT_AT_US, AUDIT_ACTOR, AUDIT_ACTION,
       AUDIT_SUBJECT_KIND, AUDIT_SUBJECT_ID, AUDIT_DETAIL, AUDIT_PREV_HASH,
       AUDIT_HASH };

/*
 * SHA-256 over the 32 bytes of the hash before and the fields, each as its
 * length in bytes, a colon and its text; an absent one is "-".
 *
 * in     scratch: emptied and used
 */
void audit_hash(const struct rows *rows, int row, struct buf *scratch,
		uint8_t out[SHA256_BYTES]);

#endif
