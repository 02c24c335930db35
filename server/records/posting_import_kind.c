/*
 * posting_import_kind.c - postings, as an enterprise's files bring them:
 * drafts, unless a row says until when it is to be public. Its own reference
 * tells one from another; without one every row is a new draft.
 */
#include <string.h>

#include "base/text.h"
#include "records/fields.h"
#include "records/import.h"
#include "records/posting_rules.h"

static const char *const kind_names[] = { "类型", "岗位类型", NULL };
static const char *const title_names[] = { "岗位名称", "岗位", "职位名称",
					   "职位", NULL };
static const char *const openings_names[] = { "人数", "招聘人数", "需求人数",
					      NULL };
static const char *const target_names[] = { "专业代码", "对口专业代码",
					    "对口专业", NULL };
static const char *const occupation_names[] = { "职业代码", NULL };
static const char *const division_names[] = { "行政区划代码", "工作地代码",
					      "工作地点代码", NULL };
static const char *const address_names[] = { "工作地址", "地址", NULL };
static const char *const pay_min_names[] = { "月薪下限", "月薪下限(元)",
					     "最低月薪", "最低月薪(元)", NULL };
static const char *const pay_max_names[] = { "月薪上限", "月薪上限(元)",
					     "最高月薪", "最高月薪(元)", NULL };
static const char *const pay_standard_names[] = {
	"同岗工资标准", "同岗工资标准(元)", NULL
};
static const char *const start_names[] = { "开始日期", "实习开始日期", NULL };
static const char *const end_names[] = { "结束日期", "实习结束日期", NULL };
static const char *const education_names[] = { "学历要求", "学历", "最低学历",
					       NULL };
static const char *const skill_names[] = { "技能要求", "必备技能", NULL };
static const char *const more_skill_names[] = { "优先技能", NULL };
static const char *const certificate_names[] = { "证书要求", "必备证书",
						 NULL };
static const char *const more_certificate_names[] = { "优先证书", NULL };
static const char *const age_names[] = { "最低年龄", NULL };
static const char *const day_names[] = { "每日工作分钟", NULL };
static const char *const week_names[] = { "每周工作分钟", NULL };
static const char *const grade_names[] = { "体力劳动强度", NULL };
static const char *const condition_names[] = { "工作条件", NULL };
static const char *const filing_names[] = { "备案号", NULL };
static const char *const system_names[] = { "来源系统", NULL };
static const char *const ref_names[] = { "编号", "岗位编号", NULL };
static const char *const text_names[] = { "岗位描述", "职位描述", "说明",
					  NULL };
static const char *const closes_names[] = { "发布至", "截止时间", "截止日期",
					    NULL };

static const struct csv_column columns[] = {
	{ "kind", kind_names, true },
	{ "title", title_names, true },
	{ "openings", openings_names, true },
	{ "division_code", division_names, true },
	{ "post_category_id", NULL, false },
	{ "targets", target_names, false },
	{ "occupation_code", occupation_names, false },
	{ "address", address_names, false },
	{ "pay_min_fen", NULL, false },
	{ "pay_max_fen", NULL, false },
	{ "pay_standard_fen", NULL, false },
	{ "pay_min_yuan", pay_min_names, false },
	{ "pay_max_yuan", pay_max_names, false },
	{ "pay_standard_yuan", pay_standard_names, false },
	{ "period_start", start_names, false },
	{ "period_end", end_names, false },
	{ "min_education", education_names, false },
	{ "required_skills", skill_names, false },
	{ "preferred_skills", more_skill_names, false },
	{ "required_certificates", certificate_names, false },
	{ "preferred_certificates", more_certificate_names, false },
	{ "min_age", age_names, false },
	{ "day_minutes", day_names, false },
	{ "week_minutes", week_names, false },
	{ "labour_grade", grade_names, false },
	{ "conditions", condition_names, false },
	{ "exception_filing", filing_names, false },
	{ "ref_system", system_names, false },
	{ "ref", ref_names, false },
	{ "description", text_names, false },
	{ "closes_at", closes_names, false },
	{ NULL, NULL, false }
};

static const char *tidy_kind(struct arena *mem, const char *text)
{
	static const char *const words[][2] = {
		{ "实习", "internship" }, { "岗位实习", "internship" },
		{ "就业", "job" }, { "全职", "job" },
		{ "学徒", "apprenticeship" },
		{ "现代学徒制", "apprenticeship" },
		{ "订单班", "order_class" },
	};

	return sheet_tidy_word(mem, text, words, COUNT_OF(words));
}

static const char *tidy_education(struct arena *mem, const char *text)
{
	static const char *const words[][2] = {
		{ "中职", "secondary" }, { "中专", "secondary" },
		{ "高中", "secondary" }, { "高职", "associate" },
		{ "大专", "associate" }, { "专科", "associate" },
		{ "高职专科", "associate" }, { "本科", "bachelor" },
		{ "职业本科", "bachelor" },
	};

	return sheet_tidy_word(mem, text, words, COUNT_OF(words));
}

/* Each item by its word or its Chinese name. */
static const char *tidy_conditions(struct arena *mem, const char *text)
{
	static const char *const words[][2] = {
#define MATCH_CONDITION(id, word, english, chinese) { chinese, word },
#include "matcher/conditions.def"
#undef MATCH_CONDITION
	};
	const char *at = sheet_tidy_list(mem, text), *out = "";

	while (*at) {
		size_t bytes = strcspn(at, ",");
		const char *item = arena_text(mem, at, bytes);

		item = sheet_tidy_word(mem, item, words, COUNT_OF(words));
		out = arena_print(mem, "%s%s%s", out, *out ? "," : "", item);
		at += bytes + (at[bytes] == ',');
	}
	return out;
}

static const struct sheet_tidy tidies[] = {
	{ "kind", tidy_kind },
	{ "min_education", tidy_education },
	{ "targets", sheet_tidy_list },
	{ "required_skills", sheet_tidy_list },
	{ "preferred_skills", sheet_tidy_list },
	{ "required_certificates", sheet_tidy_list },
	{ "preferred_certificates", sheet_tidy_list },
	{ "conditions", tidy_conditions },
	{ "period_start", sheet_tidy_date },
	{ "period_end", sheet_tidy_date },
	{ "closes_at", sheet_tidy_time },
	{ NULL, NULL }
};

static const struct flaw known =
	IMPORT_REFUSAL("ref", "duplicate",
		"is a posting of the enterprise already",
		"该编号的岗位已存在");
static const struct flaw no_target = IMPORT_UNKNOWN("targets");
static const struct flaw no_occupation = IMPORT_UNKNOWN("occupation_code");
static const struct flaw no_division = IMPORT_UNKNOWN("division_code");
static const struct flaw no_category =
	IMPORT_REFUSAL("post_category_id", "not-found",
		"is no post category of the enterprise",
		"不是本企业的岗位类别");
static const struct flaw over =
	IMPORT_REFUSAL("closes_at", "out-of-range", "must be after now",
		"必须晚于当前时间");
static const struct flaw not_verified =
	IMPORT_REFUSAL("closes_at", "not-allowed",
		"the enterprise is not verified by the office",
		"企业尚未通过核验");
static const struct flaw not_public =
	IMPORT_REFUSAL("ref", "not-allowed",
		"is public, and would break a rule of what is",
		"该岗位已发布，修改后不符合发布规则");
static const struct flaw other =
	IMPORT_REFUSAL("", "not-allowed", "breaks a rule of postings",
		"不符合岗位信息的规则");
/* As schema/queries/postings_import.sql has them. */
static const struct flaw *const refusals[] = {
	&no_target, &no_occupation, &no_division, &no_category, &over,
	&not_verified, &not_public, &other, NULL
};

/* Yuan, as people write them, in the place of fen that are not said. */
static void take_yuan(struct flaws *flaws, const char *where, const char *yuan,
		      int64_t *fen)
{
	const char *digits = yuan ? sheet_tidy_fen(flaws->mem, yuan) : NULL;

	if (!yuan)
		return;
	if (*fen != INT_NONE)
		flaws_add(flaws, where, "inconsistent",
			  "is said in fen too", "已以分为单位填写");
	else if (digits == yuan || !text_to_int(digits, fen) ||
		 *fen > 100000000)
		flaws_add(flaws, where, "malformed",
			  "must be an amount in yuan, such as 3500",
			  "必须是以元为单位的金额，如 3500");
}

/* The rules speak of members of a body: "#/targets/0" is "targets". */
static void take_flaws(struct flaws *to, const struct flaws *more)
{
	for (const struct flaw *flaw = more->first; flaw; flaw = flaw->next) {
		const char *where = flaw->where + strspn(flaw->where, "#/");

		flaws_add(to, arena_text(to->mem, where, strcspn(where, "/")),
			  flaw->code, flaw->english, flaw->chinese);
	}
}

static void check_whole(const struct posting_sheet *s, struct flaws *flaws)
{
	struct flaws more;

	flaws_init(&more, flaws->mem);
	posting_check_whole(&s->posting, &more);
	/* A file gives no reasons: what asks for one stays a draft. */
	if (s->closes_at)
		(void)posting_check_public(
			&s->posting,
			&(struct posting_facts){ .is_verified = true }, &more);
	take_flaws(flaws, &more);
}

static void settle(const struct import_against *against, void *record,
		   const struct sheet_said *said, struct import_found *found)
{
	struct posting_sheet *s = record;
	struct posting *p = &s->posting;
	struct flaws *flaws = found->flaws;
	int flaws_before = flaws->count;

	(void)against;
	fields_settle(posting_sheet_shape, &said->seen, s);
	take_yuan(flaws, "pay_min_yuan", s->pay_min_yuan, &p->pay_min_fen);
	take_yuan(flaws, "pay_max_yuan", s->pay_max_yuan, &p->pay_max_fen);
	take_yuan(flaws, "pay_standard_yuan", s->pay_standard_yuan,
		  &p->pay_standard_fen);
	/* An own reference needs no system beside it in a file of its own. */
	if (p->ref && !p->ref_system)
		p->ref_system = "file";
	if (flaws->count == flaws_before)
		check_whole(s, flaws);
	if (p->ref)
		found->key = arena_print(flaws->mem, "%s/%s", p->ref_system,
					 p->ref);
}

/* Yuan are fen by now. */
static void put(struct json_writer *w, const void *record)
{
	const struct posting_sheet *s = record;

	fields_write_given(w, posting_new_shape, &s->posting);
	if (s->closes_at)
		json_member_text(w, "closes_at", s->closes_at);
}

const struct import_kind posting_import_kind = {
	.word = "postings",
	.key = "ref",
	.sheet = { columns, posting_sheet_shape, tidies,
		   sizeof(struct posting_sheet) },
	.write = SQL_POSTINGS_IMPORT,
	.known = &known,
	.refusals = refusals,
	.settle = settle,
	.put = put,
};
