/* policy_preview.c - previews of policies on their way out. */
#include "records/policy_preview.h"

#include "records/members.h"

/* Columns of schema/queries/policy_preview.sql. */
enum { ID = POLICY_PREVIEW_ID_COLUMN, DAY, VERSION_NOW, ENTERPRISES, CHANGED,
       TOTAL_NOW, TOTAL_THEN = TOTAL_NOW + 6,
       CATEGORIES = TOTAL_THEN + 6, CATEGORIES_CHANGED, CATEGORIES_NOW,
       CATEGORIES_THEN = CATEGORIES_NOW + 2, NAME = CATEGORIES_THEN + 2,
       STAFF_COUNT, INDUSTRY_CODE, PRESENT, IS_CHANGED, QUOTA_NOW,
       QUOTA_THEN = QUOTA_NOW + 9 };
/* Of QUOTA_NOW and QUOTA_THEN. */
enum { SIZE_CLASS, BASE_COUNT, FLOOR_RULE, RULE_INDUSTRY, RULE_SIZE,
       FLOOR_MILLE, FLOOR, CAP_MILLE, CAP };

/* Sums behind each other. */
static void write_sums(struct json_writer *w, const char *name,
		       const char *const *sums, struct cell from)
{
	json_key(w, name);
	json_object(w);
	for (; *sums; sums++, from.column++)
		member_int(w, *sums, from);
	json_end(w);
}

/* The same, or null where no policy holds yet. */
static void write_sums_now(struct json_writer *w, const char *const *sums,
			   struct cell from)
{
	if (rows_is_null(from.rows, from.row, VERSION_NOW))
		json_member_null(w, "now");
	else
		write_sums(w, "now", sums, from);
}

void policy_preview_totals(struct json_writer *w, const struct rows *rows)
{
	static const char *const sums[] = { "floor", "cap", "shortfall",
					    "short_enterprises", "headroom",
					    "excess", NULL };
	static const char *const of_categories[] = { "cap", "excess", NULL };

	member_text(w, "day", CELL(rows, 0, DAY));
	member_int(w, "version_now", CELL(rows, 0, VERSION_NOW));
	member_int(w, "enterprises", CELL(rows, 0, ENTERPRISES));
	member_int(w, "changed", CELL(rows, 0, CHANGED));
	write_sums_now(w, sums, CELL(rows, 0, TOTAL_NOW));
	write_sums(w, "then", sums, CELL(rows, 0, TOTAL_THEN));
	json_key(w, "post_categories");
	json_object(w);
	member_int(w, "count", CELL(rows, 0, CATEGORIES));
	member_int(w, "changed", CELL(rows, 0, CATEGORIES_CHANGED));
	write_sums_now(w, of_categories, CELL(rows, 0, CATEGORIES_NOW));
	write_sums(w, "then", of_categories, CELL(rows, 0, CATEGORIES_THEN));
	json_end(w);
}

static int64_t above(int64_t a, int64_t b)
{
	return a > b ? a - b : 0;
}

static void write_quota(struct json_writer *w, const char *name,
			struct cell from)
{
	const struct rows *rows = from.rows;
	int row = from.row, at = from.column;
	int64_t present = rows_int(rows, row, PRESENT);

	json_key(w, name);
	if (rows_is_null(rows, row, at + CAP)) {
		json_null(w);
		return;
	}
	json_object(w);
	member_text(w, "size_class", CELL(rows, row, at + SIZE_CLASS));
	member_int(w, "base_count", CELL(rows, row, at + BASE_COUNT));
	member_text(w, "floor_rule", CELL(rows, row, at + FLOOR_RULE));
	member_text(w, "rule_industry_code",
		    CELL(rows, row, at + RULE_INDUSTRY));
	member_text(w, "rule_size_class", CELL(rows, row, at + RULE_SIZE));
	member_int(w, "floor_mille", CELL(rows, row, at + FLOOR_MILLE));
	member_int(w, "floor", CELL(rows, row, at + FLOOR));
	member_int(w, "cap_mille", CELL(rows, row, at + CAP_MILLE));
	member_int(w, "cap", CELL(rows, row, at + CAP));
	json_member_int(w, "shortfall",
			above(rows_int(rows, row, at + FLOOR), present));
	json_member_int(w, "headroom",
			above(rows_int(rows, row, at + CAP), present));
	json_member_int(w, "excess",
			above(present, rows_int(rows, row, at + CAP)));
	json_end(w);
}

void policy_preview_write(struct json_writer *w, const struct rows *rows,
			  int row)
{
	json_object(w);
	member_uuid(w, "enterprise_id", CELL(rows, row, ID));
	member_text(w, "enterprise_name", CELL(rows, row, NAME));
	member_int(w, "staff_count", CELL(rows, row, STAFF_COUNT));
	member_text(w, "industry_code", CELL(rows, row, INDUSTRY_CODE));
	member_int(w, "present", CELL(rows, row, PRESENT));
	member_bool(w, "is_changed", CELL(rows, row, IS_CHANGED));
	write_quota(w, "now", CELL(rows, row, QUOTA_NOW));
	write_quota(w, "then", CELL(rows, row, QUOTA_THEN));
	json_end(w);
}
