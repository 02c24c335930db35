/*
 * reasons.h - the `reasons` of a request: for each rule of kind warn that it
 * breaks, why it shall be done all the same.
 *
 * from  api-spec/openapi.yaml, "RuleReasons"
 */
#ifndef ENDPOINTS_REASONS_H
#define ENDPOINTS_REASONS_H

#include "flow/flow.h"
#include "records/rule_reason.h"

/* The laws that a reason is given for, 1 << enum law. A name that is no rule
 * of kind warn, or that comes twice, is a flaw. */
uint64_t reasons_given(struct flow *f, const struct objects *reasons);

/* The same of reasons that were looked at already. */
uint64_t reasons_excuse(const struct objects *reasons);

/* Three lists side by side, as a statement keeps them. */
struct reasons_kept {
	struct texts rules, reasons;
	struct uuids ids;
};

/* Those for the laws that were broken. */
void reasons_keep(struct flow *f, const struct objects *reasons,
		  uint64_t broken, struct reasons_kept *kept);

#define P_REASONS(kept)                                                        \
	P_TEXTS(&(kept)->rules), P_TEXTS(&(kept)->reasons),                    \
		P_UUIDS(&(kept)->ids)

#endif
