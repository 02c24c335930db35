/* quota_exemption.c - exemptions, from the body in and to the reply out. */
#include "records/quota_exemption.h"

#include "records/members.h"

enum { REASON_MAX = 500 };

const char *const quota_exemption_state_words[] = {
	"coming", "holding", "over", "withdrawn", NULL
};

#define MILLE(m, most)                                                         \
	INT(struct quota_exemption_new, m, 0, most, OPTIONAL)

const struct field quota_exemption_new_shape[] = {
	UUID(struct quota_exemption_new, enterprise_id, REQUIRED),
	MILLE(floor_mille, 1000),
	MILLE(staff_cap_mille, 100),
	MILLE(post_category_cap_mille, 200),
	TEXT(struct quota_exemption_new, reason, 1, REASON_MAX,
	     REQUIRED | TRIMMED),
	DATE(struct quota_exemption_new, starts_on, OPTIONAL),
	DATE(struct quota_exemption_new, ends_on, REQUIRED),
	END_OF_FIELDS
};

static bool has(const struct shape_seen *seen, const char *name)
{
	return shape_has(quota_exemption_new_shape, seen, name);
}

void quota_exemption_check(const struct quota_exemption_new *e,
			   const struct shape_seen *seen, struct flaws *flaws)
{
	if (!has(seen, "floor_mille") && !has(seen, "staff_cap_mille") &&
	    !has(seen, "post_category_cap_mille"))
		flaws_add(flaws, "#", "required",
			  "needs floor_mille, staff_cap_mille or "
			  "post_category_cap_mille",
			  "须写明 floor_mille、staff_cap_mille 或 "
			  "post_category_cap_mille");
	if (has(seen, "floor_mille") && has(seen, "staff_cap_mille") &&
	    e->floor_mille > e->staff_cap_mille)
		flaws_add(flaws, "#/floor_mille", "inconsistent",
			  "must not be above staff_cap_mille",
			  "不能高于 staff_cap_mille");
}

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_UUID, "enterprise_id" },
	{ MEMBER_TEXT, "enterprise_name" },
	{ MEMBER_INT, "floor_mille" },
	{ MEMBER_INT, "staff_cap_mille" },
	{ MEMBER_INT, "post_category_cap_mille" },
	{ MEMBER_TEXT, "reason" },
	{ MEMBER_TEXT, "starts_on" },
	{ MEMBER_TEXT, "ends_on" },
	{ MEMBER_TEXT, "ended_on" },
	{ MEMBER_TEXT, "ended_because" },
	{ MEMBER_TEXT, "state" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "updated_at" },
	{ MEMBER_END, NULL }
};

void quota_exemption_write(struct json_writer *w, const struct rows *rows,
			   int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}
