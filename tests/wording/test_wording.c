/* What the words of a text give away, and what they do not: cases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "records/wording.h"
#include "wire/fold.h"

enum { ROOM = 16, TOLD_BYTES = 1024 };

static const struct {
	const char *text, *told;	/* "rule 「words」" each */
} cases[] = {
	/* plain: barred */
	{ "任职要求：限男性，能吃苦", "discrimination 「要求：限男」" },
	{ "女士优先", "discrimination 「女士优先」" },
	{ "能适应出差，男生更佳；", "discrimination 「男生更佳」" },
	{ "性别：女；年龄 18 岁以上", "discrimination 「性别：女」" },
	{ "要求：1、女，形象好", "discrimination 「、女，」" },
	{ "已婚已育优先", "discrimination 「已婚已育优先」" },
	{ "僅限漢族", "discrimination 「限漢族」" },
	{ "少数民族勿扰", "discrimination 「少数民族勿扰」" },
	{ "無宗教信仰", "discrimination 「無宗教信仰」" },
	{ "招上海户口，谢谢配合", "discrimination 「招上海户口」" },
	{ "外地人勿投", "discrimination 「外地人勿投」" },
	{ "身体无残疾", "discrimination 「无残疾」" },
	{ "学历：985/211本科及以上", "discrimination 「985/211本科」" },
	{ "不要职校生", "discrimination 「不要职校」" },
	{ "中专、技校勿扰", "discrimination 「技校勿扰」" },
	{ "入职需交服装押金 300 元",
	  "fees 「需交服装押金」 fees-doubt 「押金」" },
	{ "工作期间扣押身份证原件", "fees 「扣押身份证」" },
	/* doubtful: with a reason */
	{ "上海本地户口优先考虑", "discrimination-doubt 「户口优先」" },
	{ "35岁以下，上海户籍，有经验",
	  "discrimination-doubt 「，上海户籍」" },
	{ "２１１院校毕业者优先",
	  "discrimination-doubt 「２１１院校毕业者优先」" },
	{ "体检费自理", "fees-doubt 「体检费」" },
	{ "从事简单重复的装配劳动",
	  "simple-labour 「简单重复的装配劳动」" },
	{ "简单重复劳动，包吃住", "simple-labour 「简单重复劳动」" },
	{ "按企业员工考核办法执行", "copied-assessment 「按企业员工考核」" },
	/* nothing */
	{ "男女不限，户籍不限，专业不限", "" },
	{ "性别不限", "" },
	{ "性别：男/女均可", "" },
	{ "负责女装销售，服务女性用户优先渠道", "" },
	{ "协助员工办理居住证积分与落户、户口迁移", "" },
	{ "公司可为非上海户籍人员办理居住证", "" },
	{ "团队由知名985高校的博士、硕士组成", "" },
	{ "WXG10-211企业微信产品", "" },
	{ "中专、技校、职校毕业均可", "" },
	{ "可接收残疾人士（持有残疾证）", "" },
	{ "入职不收取任何押金、培训费", "" },
	{ "体检费报销，提供免费培训", "" },
	{ "负责物业管理费、押金的收取与入账", "" },
	{ "结婚礼金、生育津贴", "" },
	{ "校企共同考核，结合考勤", "" },
	{ "", "" },
};

static void tell(const char *text, char *told)
{
	struct wording found[ROOM];
	struct arena *mem = arena_open();
	size_t used = 0;
	size_t count = wording_find(mem, text, UINT64_MAX, found, ROOM);

	*told = '\0';
	for (size_t i = 0; i < count; i++)
		used += (size_t)snprintf(told + used, TOLD_BYTES - used,
					 "%s%s 「%s」", i ? " " : "",
					 law_card(found[i].law).name,
					 found[i].words);
	arena_close(mem);
}

static void test_cases(void **state)
{
	char told[TOLD_BYTES];
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		tell(cases[i].text, told);
		if (strcmp(told, cases[i].told) == 0)
			continue;
		print_message("%s: %s\n", cases[i].text, told);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

/* Only what is asked for is told, and no more than there is room for. */
static void test_what_is_asked(void **state)
{
	const char *text = "限男性；押金300元";
	struct wording found[ROOM];
	struct arena *mem = arena_open();

	(void)state;
	assert_int_equal(wording_find(mem, text, 1ULL << LAW_FEES_DOUBT, found,
				      ROOM), 1);
	assert_int_equal(found[0].law, LAW_FEES_DOUBT);
	assert_int_equal(found[0].at, 4);
	assert_int_equal(found[0].count, 2);
	assert_int_equal(wording_find(mem, text, UINT64_MAX, found, 1), 1);
	assert_int_equal(wording_find(mem, text, 0, found, ROOM), 0);
	arena_close(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_what_is_asked),
	};

	if (!fold_open())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
