/*
 * quota_statement_steps.h - what a statement's document and its page share: the
 * code that names it.
 */
#ifndef ENDPOINTS_QUOTA_STATEMENT_STEPS_H
#define ENDPOINTS_QUOTA_STATEMENT_STEPS_H

#include "flow/flow.h"
#include "records/quota_statement.h"

/*
 * The statement that the path's code names.
 *
 * out    hex: of ref->sha256
 * fails  NOT_FOUND: the code was not written here
 */
MUST_CHECK bool path_statement(struct flow *f, struct statement_ref *ref,
			       char hex[2 * SHA256_BYTES + 1]);

#endif
