/*
 * placement_import_kind.c - a school's nominations, as files bring them. The
 * pair is judged by the matcher (commands/work_import_pairs.c), as each one
 * nomination is.
 */
#include "records/codes.h"
#include "records/fields.h"
#include "records/import.h"
#include "records/student.h"

struct nomination {
	const char *student_number;
	struct uuid posting_id;
	const char *period_start, *period_end;
};

static const char *const number_names[] = { "学号", "學號", "学生学号", NULL };
static const char *const posting_names[] = { "岗位ID", "岗位标识", NULL };
static const char *const start_names[] = { "开始日期", "实习开始日期", NULL };
static const char *const end_names[] = { "结束日期", "实习结束日期", NULL };

static const struct csv_column columns[] = {
	{ "student_number", number_names, true },
	{ "posting_id", posting_names, true },
	{ "period_start", start_names, false },
	{ "period_end", end_names, false },
	{ NULL, NULL, false }
};

static const struct field fields[] = {
	CODE(struct nomination, student_number, 1, 32, student_check_number,
	     CASED | REQUIRED),
	UUID(struct nomination, posting_id, REQUIRED),
	DATE(struct nomination, period_start, NULLABLE),
	DATE(struct nomination, period_end, NULLABLE),
	END_OF_FIELDS
};

static const struct sheet_tidy tidies[] = {
	{ "period_start", sheet_tidy_date },
	{ "period_end", sheet_tidy_date },
	{ NULL, NULL }
};

static const struct flaw known =
	IMPORT_REFUSAL("posting_id", "duplicate",
		"the student is proposed for it already",
		"已推荐该学生到此岗位");
static const struct flaw no_party =
	IMPORT_REFUSAL("student_number", "not-allowed",
		"the student is not active, or the enterprise not verified",
		"学生已不在读，或企业未通过核验");
static const struct flaw other_days =
	IMPORT_REFUSAL("period_start", "not-allowed",
		"is proposed for other days, which stay",
		"已按其他日期推荐，日期不变");
static const struct flaw again =
	IMPORT_REFUSAL("posting_id", "duplicate",
		"the same was proposed already",
		"已有相同的实习安排提议");
static const struct flaw backward =
	IMPORT_REFUSAL("period_end", "inconsistent",
		"the last day is after the first",
		"结束日期必须晚于开始日期");
static const struct flaw other =
	IMPORT_REFUSAL("", "not-allowed", "breaks a rule of placements",
		"不符合实习安排的规则");
/* As schema/queries/placements_import.sql has them. */
static const struct flaw *const refusals[] = { &no_party, &other_days, &again,
					       &backward, &other, NULL };

static void settle(const struct import_against *against, void *record,
		   const struct sheet_said *said, struct import_found *found)
{
	struct nomination *m = record;
	char id[UUID_TEXT_BYTES];

	(void)against;
	(void)said;
	if (!m->student_number || uuid_is_nil(&m->posting_id))
		return;
	uuid_text(&m->posting_id, id);
	found->key = arena_print(found->flaws->mem, "%s/%s",
				 m->student_number, id);
}

static void put(struct json_writer *w, const void *record)
{
	fields_write_given(w, fields, record);
}

const struct import_kind placement_import_kind = {
	.word = "placements",
	.key = "student_number",
	.sheet = { columns, fields, tidies, sizeof(struct nomination) },
	.is_of_pairs = true,
	.write = SQL_PLACEMENTS_IMPORT,
	.known = &known,
	.refusals = refusals,
	.settle = settle,
	.put = put,
};
