/* staff_steps.c - see staff_steps.h. */
#include "endpoints/staff_steps.h"

#include "endpoints/reasons.h"

enum { CAP, PRESENT };	/* columns of staff_weighed.sql */

enum flow_next weigh_staff(struct flow *f, const struct staff_of *of,
			   int64_t staff)
{
	return ask(f, SQL_STAFF_WEIGHED, P_CONSORTIUM(f),
		   P_UUID(of->enterprise_id),
		   of->category_id ? P_UUID(of->category_id) : P_NULL,
		   P_INT(staff));
}

enum flow_next keep_staff(struct flow *f, const struct staff_of *of)
{
	enum law law = of->category_id ? LAW_POST_CATEGORY_CAP_KEPT :
					 LAW_STAFF_CAP_KEPT;
	struct reasons_kept kept;

	if (rows_count(f->rows) == 0 ||
	    rows_int(f->rows, 0, PRESENT) <= rows_int(f->rows, 0, CAP))
		return FLOW_NEXT;
	if (!(reasons_excuse(of->reasons) >> law & 1)) {
		flaws_add(&f->flaws, "#/staff_count", "needs-reason",
			  "allows fewer interns than are there",
			  "低于现有实习生人数所需的职工数");
		return fail_law(f, law, rows_int(f->rows, 0, CAP),
				rows_int(f->rows, 0, PRESENT));
	}
	reasons_keep(f, of->reasons, 1ULL << law, &kept);
	return tell(f, SQL_RULE_REASONS_OF_STAFF, P_CONSORTIUM(f),
		    P_UUID(of->enterprise_id),
		    P_TEXT(of->category_id ? "post_category" : "enterprise"),
		    P_UUID(of->category_id ? of->category_id :
					     of->enterprise_id),
		    P_ACCOUNT(f), P_REASONS(&kept));
}
