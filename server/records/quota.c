/* quota.c - quotas on their way out. */
#include "records/quota.h"

#include "records/members.h"

/* Columns of schema/queries/enterprise_quota.sql; from FLOOR_MILLE on to
 * RULE_SIZE_CLASS they are of the enterprise's own row only. */
enum { ID, NAME, STAFF_COUNT, STAFF_COUNTED_ON, CAP_MILLE, CAP, PRESENT,
       FLOOR_MILLE, FLOOR, POLICY_VERSION, FIRST_DAY, LAST_DAY, WHY,
       SIZE_CLASS, FLOOR_BASE, BASE_COUNT, BASE_COUNTED_ON, FLOOR_RULE,
       RULE_INDUSTRY_CODE, RULE_SIZE_CLASS, STARTED, COMMITTED, WISHING,
       PROPOSED, OFFERED, RESERVED, RECORDED_AT, EXEMPTION_ID, STARTS_ON,
       ENDS_ON };

/* Columns of schema/queries/quota_entries_list.sql. */
enum { E_SEQ = QUOTA_ENTRY_SEQ_COLUMN, E_AT, E_CAUSE, E_SUBJECT, E_POLICY,
       E_STAFF, E_SIZE_CLASS, E_FLOOR_RULE, E_FLOOR_MILLE, E_CAP_MILLE,
       E_FLOOR, E_CAP, E_PRESENT, E_STARTED, E_COMMITTED, E_BEFORE };

const char *const quota_cause_words[] = {
	"registered", "accepted", "declined", "agreement_signed", "started",
	"completed", "terminated", "period", "enterprise", "post_category",
	"override", "posting", "policy", "day", NULL
};

static int64_t missing(int64_t wanted, int64_t there)
{
	return wanted > there ? wanted - there : 0;
}

static void write_room(struct json_writer *w, int64_t cap, int64_t present)
{
	json_member_int(w, "headroom", missing(cap, present));
	json_member_int(w, "excess", missing(present, cap));
}

/* What is asked for, which nobody noted for the past. */
static void write_asked(struct json_writer *w, const struct rows *rows,
			int row)
{
	json_key(w, "asked");
	if (rows_is_null(rows, row, WISHING)) {
		json_null(w);
		return;
	}
	json_object(w);
	member_int(w, "wishing", CELL(rows, row, WISHING));
	member_int(w, "proposed", CELL(rows, row, PROPOSED));
	member_int(w, "offered", CELL(rows, row, OFFERED));
	member_int(w, "reserved", CELL(rows, row, RESERVED));
	json_end(w);
}

static void write_line(struct json_writer *w, const char *rule,
		       const struct rows *rows, int row)
{
	member_int(w, "staff_count", CELL(rows, row, STAFF_COUNT));
	member_text(w, "staff_counted_on", CELL(rows, row, STAFF_COUNTED_ON));
	json_member_text(w, "rule", rule);
	member_int(w, "cap_mille", CELL(rows, row, CAP_MILLE));
	member_int(w, "cap", CELL(rows, row, CAP));
	member_int(w, "present", CELL(rows, row, PRESENT));
	member_int(w, "started", CELL(rows, row, STARTED));
	member_int(w, "committed", CELL(rows, row, COMMITTED));
	write_asked(w, rows, row);
	write_room(w, rows_int(rows, row, CAP), rows_int(rows, row, PRESENT));
}

static void write_category(struct json_writer *w, const struct rows *rows,
			   int row)
{
	json_object(w);
	member_uuid(w, "post_category_id", CELL(rows, row, ID));
	member_text(w, "name", CELL(rows, row, NAME));
	write_line(w, "1.2", rows, row);
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

static void write_exemption(struct json_writer *w, const struct rows *rows)
{
	member_text(w, "override_reason", CELL(rows, 0, WHY));
	if (rows_is_null(rows, 0, EXEMPTION_ID)) {
		json_member_null(w, "exemption");
		return;
	}
	json_key(w, "exemption");
	json_object(w);
	member_uuid(w, "id", CELL(rows, 0, EXEMPTION_ID));
	member_text(w, "starts_on", CELL(rows, 0, STARTS_ON));
	member_text(w, "ends_on", CELL(rows, 0, ENDS_ON));
	json_end(w);
}

void quota_write(struct json_writer *w, const struct uuid *enterprise_id,
		 const struct rows *rows)
{
	json_object(w);
	json_member_uuid(w, "enterprise_id", enterprise_id);
	member_int(w, "policy_version", CELL(rows, 0, POLICY_VERSION));
	member_text(w, "from", CELL(rows, 0, FIRST_DAY));
	member_text(w, "to", CELL(rows, 0, LAST_DAY));
	member_time(w, "recorded_at", CELL(rows, 0, RECORDED_AT));
	write_line(w, "1.1", rows, 0);
	write_floor(w, rows);
	write_exemption(w, rows);
	json_key(w, "post_categories");
	json_array(w);
	for (int i = 1; i < rows_count(rows); i++)
		write_category(w, rows, i);
	json_end(w);
	json_end(w);
}

/* Which numbers of an entry have one before them, in the columns' order. */
static const struct {
	const char *name;
	int now;
} before[] = {
	{ "floor", E_FLOOR }, { "cap", E_CAP }, { "present", E_PRESENT },
	{ "started", E_STARTED }, { "committed", E_COMMITTED },
};

static void write_before(struct json_writer *w, const struct rows *rows,
			 int row)
{
	json_key(w, "before");
	if (rows_is_null(rows, row, E_BEFORE + 1)) {
		json_null(w);
		return;
	}
	json_object(w);
	for (size_t i = 0; i < COUNT_OF(before); i++)
		member_int(w, before[i].name,
			   CELL(rows, row, E_BEFORE + (int)i));
	json_end(w);
}

void quota_entry_write(struct json_writer *w, const struct rows *rows, int row)
{
	int64_t present = rows_int(rows, row, E_PRESENT);

	json_object(w);
	member_int(w, "seq", CELL(rows, row, E_SEQ));
	member_time(w, "at", CELL(rows, row, E_AT));
	member_text(w, "cause", CELL(rows, row, E_CAUSE));
	member_uuid(w, "subject_id", CELL(rows, row, E_SUBJECT));
	member_int(w, "policy_version", CELL(rows, row, E_POLICY));
	member_int(w, "staff_count", CELL(rows, row, E_STAFF));
	member_text(w, "size_class", CELL(rows, row, E_SIZE_CLASS));
	member_text(w, "floor_rule", CELL(rows, row, E_FLOOR_RULE));
	member_int(w, "floor_mille", CELL(rows, row, E_FLOOR_MILLE));
	member_int(w, "cap_mille", CELL(rows, row, E_CAP_MILLE));
	for (size_t i = 0; i < COUNT_OF(before); i++)
		member_int(w, before[i].name, CELL(rows, row, before[i].now));
	json_member_int(w, "shortfall", missing(rows_int(rows, row, E_FLOOR),
						present));
	write_room(w, rows_int(rows, row, E_CAP), present);
	write_before(w, rows, row);
	json_end(w);
}
