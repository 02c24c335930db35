/*
 * staff_steps.h - another count of staff moves the caps on interns under those
 * who are there already: that is declared with a reason, which is kept.
 *
 * from  docs/rules.md 1.1, 1.2: recomputed on every staff count
 */
#ifndef ENDPOINTS_STAFF_STEPS_H
#define ENDPOINTS_STAFF_STEPS_H

#include "flow/flow.h"
#include "records/law.h"

/* Of an enterprise, or of one of its post categories. */
struct staff_of {
	const struct uuid *enterprise_id;
	const struct uuid *category_id;		/* NULL: the whole */
	const struct objects *reasons;
};

/* Asks what the count allows and who is there. */
enum flow_next weigh_staff(struct flow *f, const struct staff_of *of,
			   int64_t staff);

/* Reads that. FLOW_FAIL: over, and no reason is given. FLOW_WAIT: it is being
 * kept. FLOW_NEXT: nothing is over. */
enum flow_next keep_staff(struct flow *f, const struct staff_of *of);

#endif
