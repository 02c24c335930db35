/*
 * enterprise_import_kind.c - enterprises, as the office's files bring them:
 * unverified, as if they had registered, but for an account, to which the
 * office invites (createAccountInvitation).
 */
#include "records/enterprise.h"
#include "records/fields.h"
#include "records/import.h"

static const char *const uscc_names[] = { "统一社会信用代码", "信用代码",
					  "社会信用代码", NULL };
static const char *const name_names[] = { "企业名称", "单位名称", "名称",
					  NULL };
static const char *const industry_names[] = { "行业代码", "行业", NULL };
static const char *const division_names[] = { "行政区划代码", "区划代码",
					      "所在地代码", NULL };
static const char *const nature_names[] = { "单位性质代码", "单位性质", NULL };
static const char *const address_names[] = { "地址", "详细地址", NULL };
static const char *const staff_names[] = { "在岗职工数", "职工人数",
					   "员工人数", NULL };
static const char *const counted_names[] = { "职工统计日期", "统计日期",
					     NULL };

static const struct csv_column columns[] = {
	{ "uscc", uscc_names, true },
	{ "name", name_names, true },
	{ "industry_code", industry_names, true },
	{ "division_code", division_names, true },
	{ "unit_nature_code", nature_names, false },
	{ "address", address_names, false },
	{ "staff_count", staff_names, true },
	{ "staff_counted_on", counted_names, true },
	{ NULL, NULL, false }
};

static const struct sheet_tidy tidies[] = {
	{ "staff_counted_on", sheet_tidy_date },
	{ NULL, NULL }
};

#define UNKNOWN(column)                                                        \
	{ .where = column, .code = "unknown-code",                             \
	  .english = "is in no official list", .chinese = "不在官方代码表中" }

static const struct flaw known = {
	.where = "uscc", .code = "duplicate",
	.english = "is an enterprise of the consortium already",
	.chinese = "该企业已存在"
};
static const struct flaw no_industry = UNKNOWN("industry_code");
static const struct flaw no_division = UNKNOWN("division_code");
static const struct flaw no_nature = UNKNOWN("unit_nature_code");
static const struct flaw day_to_come = {
	.where = "staff_counted_on", .code = "out-of-range",
	.english = "must not be in the future", .chinese = "不能晚于今天"
};
static const struct flaw own_account = {
	.where = "uscc", .code = "not-allowed",
	.english = "has an account, and changes itself what it says",
	.chinese = "该企业已有账户，须由其自行修改"
};
static const struct flaw other = {
	.where = "", .code = "not-allowed",
	.english = "breaks a rule of enterprises",
	.chinese = "不符合企业信息的规则"
};
/* As schema/queries/enterprises_import.sql has them. */
static const struct flaw *const refusals[] = { &no_industry, &no_division,
					       &no_nature, &day_to_come,
					       &own_account, &other, NULL };

static void settle(const struct import_against *against, void *record,
		   const struct sheet_said *said, struct import_found *found)
{
	struct enterprise_new *e = record;

	(void)against;
	fields_settle(enterprise_sheet_shape, &said->seen, e);
	found->key = e->uscc;
}

static void put(struct json_writer *w, const void *record)
{
	fields_write_given(w, enterprise_sheet_shape, record);
}

const struct import_kind enterprise_import_kind = {
	.word = "enterprises",
	.key = "uscc",
	.sheet = { columns, enterprise_sheet_shape, tidies,
		   sizeof(struct enterprise_new) },
	.write = SQL_ENTERPRISES_IMPORT,
	.known = &known,
	.refusals = refusals,
	.settle = settle,
	.put = put,
};
