/*
 * quota_notice_steps.h - what the operations on notices about quotas share.
 */
#ifndef ENDPOINTS_QUOTA_NOTICE_STEPS_H
#define ENDPOINTS_QUOTA_NOTICE_STEPS_H

#include "endpoints/enterprise_steps.h"
#include "records/quota_notice.h"

/* Whose acknowledgement the actor's is. */
static inline const char *quota_notice_party(const struct flow *f)
{
	return f->actor.role == ROLE_OFFICE ? "office" : "enterprise";
}

#endif
