/*
 * db_sync.h - PostgreSQL for those that may wait: the commands and the worker,
 * each in a process or thread without an event loop. One connection, one
 * question at a time, faults as in db.h.
 *
 * What PostgreSQL said in words of the last failure is sync_message: for the
 * operator at a terminal, not for logs or clients, since it may quote values.
 */
#ifndef WIRE_DB_SYNC_H
#define WIRE_DB_SYNC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/base.h"
#include "base/fault.h"
#include "wire/db.h"	/* rows_release */
#include "wire/rows.h"
#include "wire/sql.h"

struct sync;

/*
 * in     name: the application name that PostgreSQL shows
 * fails  NO_DATABASE; NULL then, and detail says why
 */
struct sync *sync_open(const char *url, const char *name, struct fault *fault);
void sync_close(struct sync *s);	/* NULL: nothing to do */

/*
 * Ask a statement of schema/queries. Parameters are text, NULL for SQL NULL.
 * It is prepared when first asked.
 *
 * out    the rows, given: rows_release; none is rows_count 0
 * fails  NULL. A lost connection is NO_DATABASE within a transaction, and
 *        OUTCOME_UNKNOWN outside of one
 */
struct rows *sync_ask(struct sync *s, enum sql_id sql, int param_count,
		      const char *const *params, struct fault *fault);
#define SYNC_ASK(s, fault, sql, ...)                                           \
	sync_ask((s), (sql),                                                   \
		 (int)COUNT_OF(((const char *const[]){ __VA_ARGS__ })),        \
		 (const char *const[]){ __VA_ARGS__ }, (fault))

/* The same for a text: what is no matter of schema/queries (migrating). */
struct rows *sync_query(struct sync *s, const char *text, int param_count,
			const char *const *params, struct fault *fault);

/* Statements without answer, several in one text allowed. */
MUST_CHECK bool sync_exec(struct sync *s, const char *text,
			  struct fault *fault);

/*
 * A transaction. After any failure within, only sync_rollback is left.
 * commit fails  OUTCOME_UNKNOWN: the connection was lost, or a WARNING came
 *               with it (a standby did not confirm)
 */
MUST_CHECK bool sync_begin(struct sync *s, struct fault *fault);
MUST_CHECK bool sync_commit(struct sync *s, struct fault *fault);
void sync_rollback(struct sync *s);

/* COPY: begin with "copy ... from stdin ...", bytes, and the end, where
 * PostgreSQL says what it thinks of them. */
MUST_CHECK bool sync_copy_begin(struct sync *s, const char *text,
				struct fault *fault);
MUST_CHECK bool sync_copy_bytes(struct sync *s, const void *at, size_t bytes,
				struct fault *fault);
MUST_CHECK bool sync_copy_end(struct sync *s, int64_t *rows,
			      struct fault *fault);

/* Does the statement fit the schema, and has it the parameters we think? */
MUST_CHECK bool sync_fits(struct sync *s, enum sql_id sql,
			  struct fault *fault);

/*
 * LISTEN on a channel ([a-z_]); then wait for anything said on any channel.
 * out    true also when nothing was said until the time was over
 * fails  NO_DATABASE: what was said meanwhile is lost; open anew and look
 */
MUST_CHECK bool sync_listen(struct sync *s, const char *channel,
			    struct fault *fault);
MUST_CHECK bool sync_wait(struct sync *s, int64_t wait_ms, bool *is_said,
			  struct fault *fault);

const char *sync_message(const struct sync *s);

#endif
