/* What a re-run adds: pins that hold. */
#include "matcher/check.h"

/* Where the result has a student, or MATCH_NONE. */
static uint32_t posting_of(const struct check *check, uint32_t student)
{
	uint32_t held = check->held[student];

	return held == MATCH_NONE ? MATCH_NONE
				  : check->instance->choice[held].posting;
}

bool check_pins(struct check *check)
{
	const struct match_instance *in = check->instance;
	bool do_hold = true;

	for (uint32_t s = 0; s < in->students.count; s++) {
		struct match_id student, at;

		if (!check_is_pinned(check, s) ||
		    posting_of(check, s) == in->pinned[s])
			continue;
		student = check_student_id(check, s);
		at = check_posting_id(check, in->pinned[s]);
		check_fault(check, MATCH_FAULT_PIN,
			    "student \"%.*s\" is pinned to posting \"%.*s\", "
			    "and not placed there",
			    MATCH_ID(student), MATCH_ID(at));
		do_hold = false;
	}
	return do_hold;
}
