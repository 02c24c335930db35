/*
 * approval.h - what a school says to an internship that its student has found.
 *
 * from  docs/rules.md 1.17
 */
#ifndef ENDPOINTS_APPROVAL_H
#define ENDPOINTS_APPROVAL_H

#include "endpoints/placement_steps.h"

/* Asks for the decision on the placement of the path. A reason: refused. */
enum flow_next decide_placement(struct flow *f, const char *reason);

#endif
