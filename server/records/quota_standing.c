/* quota_standing.c - see quota_standing.h. */
#include "records/quota_standing.h"

#include "records/members.h"

/* Columns of schema/queries/quota_statistics.sql; sums in this order. */
enum { IS_ALL, CODE, NAME, SUMS, DAY = 12, POLICY_VERSION };

const char *const quota_group_words[] = {
	"industry", "size", "division", NULL
};

static const char *const sums[] = {
	"enterprises", "short_enterprises", "floor", "cap", "present",
	"started", "committed", "shortfall", "headroom"
};

static void write_sums(struct json_writer *w, const struct rows *rows, int row)
{
	for (size_t i = 0; i < COUNT_OF(sums); i++)
		member_int(w, sums[i], CELL(rows, row, SUMS + (int)i));
}

void quota_statistics_write(struct json_writer *w, const char *by,
			    const struct rows *rows)
{
	json_object(w);
	member_text(w, "on", CELL(rows, 0, DAY));
	member_int(w, "policy_version", CELL(rows, 0, POLICY_VERSION));
	json_member_text(w, "by", by);
	json_key(w, "all");
	json_object(w);
	write_sums(w, rows, 0);
	json_end(w);
	json_key(w, "groups");
	json_array(w);
	for (int i = 1; i < rows_count(rows); i++) {
		json_object(w);
		member_text(w, "code", CELL(rows, i, CODE));
		member_text(w, "name", CELL(rows, i, NAME));
		write_sums(w, rows, i);
		json_end(w);
	}
	json_end(w);
	json_end(w);
}

struct quota_sum quota_statistics_sum(const struct rows *rows, int row)
{
	enum { FLOOR = SUMS + 2, PRESENT = SUMS + 4 };

	return (struct quota_sum){ rows_text(rows, row, NAME),
				   rows_int(rows, row, FLOOR),
				   rows_int(rows, row, PRESENT) };
}

static const struct member members[] = {
	{ MEMBER_UUID, "enterprise_id" },
	{ MEMBER_TEXT, "enterprise_name" },
	{ MEMBER_TEXT, "uscc" },
	{ MEMBER_TEXT, "industry_code" },
	{ MEMBER_TEXT, "industry_name" },
	{ MEMBER_TEXT, "division_code" },
	{ MEMBER_TEXT, "division_name" },
	{ MEMBER_TEXT, "size_class" },
	{ MEMBER_TEXT, "floor_rule" },
	{ MEMBER_INT, "policy_version" },
	{ MEMBER_INT, "floor" },
	{ MEMBER_INT, "cap" },
	{ MEMBER_INT, "present" },
	{ MEMBER_INT, "started" },
	{ MEMBER_INT, "committed" },
	{ MEMBER_INT, "shortfall" },
	{ MEMBER_INT, "headroom" },
	{ MEMBER_INT, "excess" },
	{ MEMBER_END, NULL }
};

void quota_standing_write(struct json_writer *w, const struct rows *rows,
			  int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}
