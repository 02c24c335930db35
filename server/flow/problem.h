/*
 * problem.h - the one form of every refusal: application/problem+json.
 *
 * from  RFC 9457; api-conventions.md 1.3; what a used-up quota becomes:
 *       draft-ietf-httpapi-ratelimit-headers-11
 */
#ifndef FLOW_PROBLEM_H
#define FLOW_PROBLEM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/fault.h"
#include "flow/details.h"
#include "flow/http_flaw.h"
#include "flow/lang.h"
#include "records/law.h"
#include "wire/shape.h"

#define PROBLEM_MEDIA_TYPE "application/problem+json"

struct problem {
	int status;
	const char *code;		/* the tail of its type */
	const char *title;
	const char *detail;		/* "" or NULL: none */
	const char *instance;		/* the path; NULL: not known */
	const char *request_id;
	const char *trace_id;		/* NULL: none */
	const char *violated;		/* the quota that is used up; or NULL */
	const struct flaw *flaws;	/* NULL: none */
	struct broken_rule rule;	/* its law may be LAW_NONE */
	enum lang lang;
	char chinese[DETAIL_CHINESE_BYTES];	/* where detail may stand */
};

/* status, code, title and detail of a fault, of a refusal of the HTTP layer;
 * detail is borrowed from the fault, or from the problem itself. */
void problem_of_fault(struct problem *problem, const struct fault *fault,
		      enum lang lang);
void problem_of_flaw(struct problem *problem, enum http_flaw flaw,
		     enum lang lang);

/*
 * The first three of the problem with this code.
 * fails  there is no such code
 */
MUST_CHECK bool problem_of_code(struct problem *problem, const char *code,
				enum lang lang);

void problem_write(const struct problem *problem, struct buf *out);

#endif
