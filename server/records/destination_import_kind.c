/*
 * destination_import_kind.c - where graduates went, as a school's files bring
 * it: the columns of the official registration by its names, and ours. What
 * the registration has and is not kept here may stand in a file, and is left
 * alone (docs/destinations.md, "Files").
 */
#include <string.h>

#include "base/text.h"
#include "records/codes.h"
#include "records/graduate_destination.h"
#include "records/import.h"
#include "records/student.h"

struct registration {
	const char *student_number, *student_name;
	const char *code, *code_name, *employer_name, *employer_uscc;
	const char *unit_nature_code, *unit_nature_name, *industry_name;
	const char *division_code, *industry_code, *occupation_code;
	const char *started_on, *pay_band, *evidence_kind, *evidence_sha256;
	const char *reason;
	bool is_aligned, says_aligned;
	const char *other;		/* what is left alone */
};

static const char *const number_names[] = { "学号", "學號", "学生学号", NULL };
static const char *const name_names[] = { "姓名", "学生姓名", NULL };
static const char *const code_names[] = { "毕业去向类别代码", "毕业去向代码",
					  "去向代码", NULL };
static const char *const category_names[] = { "毕业去向", "毕业去向类别",
					      "去向类别", NULL };
static const char *const employer_names[] = { "单位名称", "就业单位名称",
					      "签约单位名称", NULL };
static const char *const uscc_names[] = { "统一社会信用代码",
					  "单位统一社会信用代码",
					  "单位组织机构代码", NULL };
static const char *const nature_names[] = { "单位性质代码", NULL };
static const char *const nature_words[] = { "单位性质", NULL };
static const char *const section_names[] = { "单位行业", "单位所属行业", NULL };
static const char *const place_names[] = { "单位所在地代码", NULL };
static const char *const industry_names[] = { "行业代码", "国标行业代码",
					      NULL };
static const char *const occupation_names[] = { "职业代码", NULL };
static const char *const start_names[] = { "入职日期", "实际开始日期", NULL };
static const char *const pay_names[] = { "月薪档次", NULL };
static const char *const aligned_names[] = { "专业对口", NULL };
static const char *const kind_names[] = { "证明材料类别", NULL };
static const char *const hash_names[] = { "证明材料摘要", NULL };
static const char *const reason_names[] = { "更正理由", NULL };

/* What is left alone: the student's own, and what nobody here asks. */
#define LEFT_ALONE(M)                                                          \
	M(sex, "性别")                                                         \
	M(home_division_name, "生源地名称")                                    \
	M(home_division_code, "生源地代码")                                    \
	M(nationality, "民族名称")                                             \
	M(political_status, "政治面貌")                                        \
	M(home_is_rural, "城乡生源")                                           \
	M(education, "学历层次")                                               \
	M(specialty_name, "专业名称")                                          \
	M(specialty_direction, "专业方向")                                     \
	M(specialty_code, "专业代码")                                          \
	M(entered_in, "入学年月")                                              \
	M(graduates_on, "毕业日期")                                            \
	M(graduation_year, "毕业年份")                                         \
	M(training_mode, "培养方式")                                           \
	M(training_employer, "委培单位")                                       \
	M(study_mode, "学习形式")                                              \
	M(signed_on, "签约日期")                                               \
	M(abroad_country, "留学国家地区")                                      \
	M(abroad_school, "留学院校中文名称")                                   \
	M(abroad_school_foreign, "留学院校外文名称")                           \
	M(abroad_specialty, "留学专业中文名称")                                \
	M(abroad_specialty_foreign, "留学专业外文名称")                        \
	M(ministry_industry_code, "单位行业代码")                              \
	M(division_name, "单位所在地")                                         \
	M(employer_address, "单位地址")                                        \
	M(ministry_job_code, "工作职位类别代码")                               \
	M(ministry_job_name, "工作职位类别")

#define ALIAS(name_, chinese_)                                                 \
	static const char *const name_##_alias[] = { chinese_, NULL };
LEFT_ALONE(ALIAS)
#undef ALIAS

static const struct csv_column columns[] = {
	{ "student_number", number_names, true },
	{ "student_name", name_names, false },
	{ "code", code_names, false },
	{ "code_name", category_names, false },
	{ "employer_name", employer_names, false },
	{ "employer_uscc", uscc_names, false },
	{ "unit_nature_code", nature_names, false },
	{ "unit_nature_name", nature_words, false },
	{ "industry_name", section_names, false },
	{ "division_code", place_names, false },
	{ "industry_code", industry_names, false },
	{ "occupation_code", occupation_names, false },
	{ "started_on", start_names, false },
	{ "pay_band", pay_names, false },
	{ "is_aligned", aligned_names, false },
	{ "evidence_kind", kind_names, false },
	{ "evidence_sha256", hash_names, false },
	{ "reason", reason_names, false },
#define COLUMN(name_, chinese_) { #name_, name_##_alias, false },
	LEFT_ALONE(COLUMN)
#undef COLUMN
	{ NULL, NULL, false }
};

static const char *check_code(const char *text)
{
	return text[strspn(text, "0123456789")] ? "must be 2 digits" : NULL;
}

static const struct field fields[] = {
	CODE(struct registration, student_number, 1, 32, student_check_number,
	     CASED | REQUIRED),
	TEXT(struct registration, student_name, 1, 50,
	     NULLABLE | TRIMMED | ONE_LINE),
	CODE(struct registration, code, 2, 3, check_code, NULLABLE),
	TEXT(struct registration, code_name, 1, 100, NULLABLE | ONE_LINE),
	TEXT(struct registration, employer_name, 1, 100,
	     NULLABLE | TRIMMED | ONE_LINE),
	CODE(struct registration, employer_uscc, 18, 18, code_check_uscc,
	     NULLABLE),
	CODE(struct registration, unit_nature_code, 2, 2,
	     code_check_unit_nature, NULLABLE),
	TEXT(struct registration, unit_nature_name, 1, 100,
	     NULLABLE | ONE_LINE),
	TEXT(struct registration, industry_name, 1, 100, NULLABLE | ONE_LINE),
	CODE(struct registration, division_code, 6, 6, code_check_division,
	     NULLABLE),
	CODE(struct registration, industry_code, 1, 4, code_check_industry,
	     NULLABLE),
	CODE(struct registration, occupation_code, 10, 10,
	     code_check_occupation, NULLABLE),
	DATE(struct registration, started_on, NULLABLE),
	ENUM(struct registration, pay_band, pay_band_words, NULLABLE),
	BOOL(struct registration, is_aligned, NULLABLE),
	ENUM(struct registration, evidence_kind, evidence_kind_words,
	     NULLABLE),
	CODE(struct registration, evidence_sha256, 64, 64,
	     destination_check_sha256, NULLABLE | CASED),
	TEXT(struct registration, reason, 1, 500, NULLABLE | TRIMMED),
#define FIELD(name_, chinese_)                                                 \
	{ .name = #name_, .kind = FIELD_TEXT, .max = 4096, .flags = NULLABLE,  \
	  .offset = SHAPE_SLOT_(struct registration, other, const char *) },
	LEFT_ALONE(FIELD)
#undef FIELD
	END_OF_FIELDS
};

static const char *tidy_truth(struct arena *mem, const char *text)
{
	static const char *const words[][2] = {
		{ "是", "true" }, { "否", "false" }, { "对口", "true" },
		{ "不对口", "false" }, { "TRUE", "true" }, { "FALSE", "false" },
	};

	return sheet_tidy_word(mem, text, words, COUNT_OF(words));
}

static const char *tidy_evidence(struct arena *mem, const char *text)
{
	static const char *const words[][2] = {
		{ "就业协议书", "employment_agreement" },
		{ "就业协议", "employment_agreement" },
		{ "劳动合同", "labour_contract" },
		{ "用人单位证明", "employer_certificate" },
		{ "社保记录", "insurance_record" },
		{ "社会保险记录", "insurance_record" },
		{ "项目文件", "project_document" },
		{ "入伍通知书", "enlistment_notice" },
		{ "营业执照", "business_licence" },
		{ "收入证明", "income_statement" },
		{ "录取通知书", "admission_notice" },
		{ "实习证明", "internship_proof" },
		{ "见习证明", "internship_proof" },
	};

	return sheet_tidy_word(mem, text, words, COUNT_OF(words));
}

static const struct sheet_tidy tidies[] = {
	{ "started_on", sheet_tidy_date },
	{ "is_aligned", tidy_truth },
	{ "evidence_kind", tidy_evidence },
	{ NULL, NULL }
};

static const struct flaw known =
	IMPORT_REFUSAL("student_number", "duplicate",
		"where the graduate went is entered already",
		"该毕业生的去向已登记");

/* As schema/queries/destinations_import.sql has them. */
static const struct flaw refused[] = {
	IMPORT_REFUSAL("student_number", "not-found",
		"is no student of the school",
		"不是本校学生"),
	IMPORT_REFUSAL("student_name", "inconsistent",
		"is not the name of the student of this number",
		"与该学号学生的姓名不一致"),
	IMPORT_REFUSAL("student_number", "not-allowed",
		"is of no cohort of graduates", "不属于任何一届毕业生"),
	IMPORT_UNKNOWN("code"),
	IMPORT_REFUSAL("code_name", "unknown-code",
		"is the name of no category of the official list",
		"不是官方去向类别的名称"),
	IMPORT_REFUSAL("code_name", "inconsistent",
		"is the name of another category than code",
		"与毕业去向类别代码不一致"),
	IMPORT_UNKNOWN("unit_nature_code"),
	IMPORT_UNKNOWN("unit_nature_name"),
	IMPORT_UNKNOWN("industry_code"),
	IMPORT_REFUSAL("industry_name", "unknown-code",
		"is the name of no section of GB/T 4754",
		"不是国民经济行业分类的门类名称"),
	IMPORT_UNKNOWN("division_code"),
	IMPORT_UNKNOWN("occupation_code"),
	IMPORT_REFUSAL("division_code", "required",
		"this category names the unit and where it is",
		"该去向类别须填写单位名称和单位所在地"),
	IMPORT_REFUSAL("code", "inconsistent",
		"who is not placed has no employer, work, pay and start",
		"未就业的不填写单位、职业、薪酬和入职日期"),
	IMPORT_REFUSAL("evidence_sha256", "inconsistent",
		"must be given together with evidence_kind",
		"必须与 evidence_kind 同时填写"),
	IMPORT_REFUSAL("reason", "required",
		"the cohort is frozen: a correction says why",
		"该届数据已冻结，更正须说明理由"),
	IMPORT_REFUSAL("code", "not-allowed",
		"an internship, or its proof, is no employment (rule 4.8)",
		"实习及其证明不得作为就业（规则 4.8）"),
	IMPORT_REFUSAL("evidence_kind", "not-allowed",
		"is no evidence of this category (rule 4.10)",
		"不是该去向类别的证明材料（规则 4.10）"),
	IMPORT_REFUSAL("", "not-allowed", "breaks a rule of destinations",
		"不符合毕业去向的规则"),
};
static const struct flaw *const refusals[] = {
	&refused[0], &refused[1], &refused[2], &refused[3], &refused[4],
	&refused[5], &refused[6], &refused[7], &refused[8], &refused[9],
	&refused[10], &refused[11], &refused[12], &refused[13], &refused[14],
	&refused[15], &refused[16], &refused[17], &refused[18], NULL
};

/* Codes of three digits say more than the category. Only those that files of
 * the registration were seen to have are read: no rule is known for others. */
static void shorten_code(struct registration *r, struct import_found *found)
{
	static const char *const longer[] = { "271", "502", "503", "512",
					      "519", "801", "802", NULL };
	struct arena *mem = found->flaws->mem;

	if (!r->code || strlen(r->code) != 3)
		return;
	for (size_t i = 0; longer[i]; i++)
		if (text_same(r->code, longer[i])) {
			flaws_add(found->notes, "code", "mapped",
				  arena_print(mem, "%s was read as %.2s",
					      longer[i], longer[i]),
				  arena_print(mem, "%s 识别为 %.2s",
					      longer[i], longer[i]));
			r->code = arena_text(mem, longer[i], 2);
			return;
		}
	flaws_add(found->flaws, "code", "unknown-code",
		  "is in no official list", "不在官方代码表中");
}

static void settle(const struct import_against *against, void *record,
		   const struct sheet_said *said, struct import_found *found)
{
	struct registration *r = record;

	(void)against;
	r->says_aligned = sheet_says(said, "is_aligned");
	found->key = r->student_number;
	shorten_code(r, found);
	if (!sheet_says(said, "code") && !sheet_says(said, "code_name"))
		flaws_add(found->flaws, "code", "required",
			  "or code_name is required",
			  "毕业去向类别代码与毕业去向至少填写一项");
}

static void put(struct json_writer *w, const void *record)
{
	const struct registration *r = record;

	for (const struct field *f = fields; f->kind != FIELD_END; f++) {
		const char *const *slot = (const void *)
			((const char *)record + f->offset);

		if (f->kind == FIELD_BOOL && r->says_aligned)
			json_member_bool(w, f->name, r->is_aligned);
		else if (f->kind != FIELD_BOOL && slot != &r->other && *slot)
			json_member_text(w, f->name, *slot);
	}
}

const struct import_kind destination_import_kind = {
	.word = "destinations",
	.key = "student_number",
	.sheet = { columns, fields, tidies, sizeof(struct registration) },
	.write = SQL_DESTINATIONS_IMPORT,
	.known = &known,
	.refusals = refusals,
	.settle = settle,
	.put = put,
};
