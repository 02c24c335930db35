/* quota.c - quotas on their way out. */
#include "records/quota.h"

#include "records/members.h"

/* Columns of schema/queries/enterprise_quota.sql; from FLOOR_MILLE on they
 * are of the enterprise's own row only. */
enum { ID, NAME, STAFF_COUNT, STAFF_COUNTED_ON, CAP_MILLE, CAP, PRESENT,
       FLOOR_MILLE, FLOOR, POLICY_VERSION, FIRST_DAY, LAST_DAY, WHY,
       SIZE_CLASS, FLOOR_BASE, BASE_COUNT, BASE_COUNTED_ON, FLOOR_RULE,
       RULE_INDUSTRY_CODE, RULE_SIZE_CLASS };

static int64_t missing(int64_t wanted, int64_t there)
{
	return wanted > there ? wanted - there : 0;
}

static void write_cap(struct json_writer *w, const char *rule,
		      const struct rows *rows, int row)
{
	int64_t cap = rows_int(rows, row, CAP);
	int64_t present = rows_int(rows, row, PRESENT);

	member_int(w, "staff_count", CELL(rows, row, STAFF_COUNT));
	member_text(w, "staff_counted_on", CELL(rows, row, STAFF_COUNTED_ON));
	json_member_text(w, "rule", rule);
	member_int(w, "cap_mille", CELL(rows, row, CAP_MILLE));
	json_member_int(w, "cap", cap);
	json_member_int(w, "present", present);
	json_member_int(w, "headroom", missing(cap, present));
	json_member_int(w, "excess", missing(present, cap));
}

static void write_category(struct json_writer *w, const struct rows *rows,
			   int row)
{
	json_object(w);
	member_uuid(w, "post_category_id", CELL(rows, row, ID));
	member_text(w, "name", CELL(rows, row, NAME));
	write_cap(w, "1.2", rows, row);
	json_end(w);
}

/* From the enterprise's own row: what the floor is of, why, and how much. */
static void write_floor(struct json_writer *w, const struct rows *rows)
{
	member_text(w, "size_class", CELL(rows, 0, SIZE_CLASS));
	member_text(w, "floor_base", CELL(rows, 0, FLOOR_BASE));
	member_int(w, "base_count", CELL(rows, 0, BASE_COUNT));
	member_text(w, "base_counted_on", CELL(rows, 0, BASE_COUNTED_ON));
	member_text(w, "floor_rule", CELL(rows, 0, FLOOR_RULE));
	member_text(w, "rule_industry_code",
		    CELL(rows, 0, RULE_INDUSTRY_CODE));
	member_text(w, "rule_size_class", CELL(rows, 0, RULE_SIZE_CLASS));
	member_int(w, "floor_mille", CELL(rows, 0, FLOOR_MILLE));
	member_int(w, "floor", CELL(rows, 0, FLOOR));
	json_member_int(w, "shortfall", missing(rows_int(rows, 0, FLOOR),
						rows_int(rows, 0, PRESENT)));
}

void quota_write(struct json_writer *w, const struct uuid *enterprise_id,
		 const struct rows *rows)
{
	json_object(w);
	json_member_uuid(w, "enterprise_id", enterprise_id);
	member_int(w, "policy_version", CELL(rows, 0, POLICY_VERSION));
	member_text(w, "from", CELL(rows, 0, FIRST_DAY));
	member_text(w, "to", CELL(rows, 0, LAST_DAY));
	write_cap(w, "1.1", rows, 0);
	write_floor(w, rows);
	member_text(w, "override_reason", CELL(rows, 0, WHY));
	json_key(w, "post_categories");
	json_array(w);
	for (int i = 1; i < rows_count(rows); i++)
		write_category(w, rows, i);
	json_end(w);
	json_end(w);
}
