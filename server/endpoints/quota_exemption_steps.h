/* quota_exemption_steps.h - what the operations on exemptions share. */
#ifndef ENDPOINTS_QUOTA_EXEMPTION_STEPS_H
#define ENDPOINTS_QUOTA_EXEMPTION_STEPS_H

#include "endpoints/enterprise_steps.h"
#include "records/quota_exemption.h"
#include "wire/sql.h"

/* f->state of those on one. */
struct quota_exemption_at {
	struct uuid id;
};

/* A step: the exemption of s->id, as the actor may see it. */
flow_step find_exemption;
/* The first row of the answer is the exemption. */
enum flow_next reply_exemption(struct flow *f, int status);

#endif
