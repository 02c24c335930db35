/*
 * What people type, case by case: what a query finds and what it does not.
 */
#include <stdio.h>
#include <string.h>

#include "matcher/insist.h"
#include "matcher/search.h"

struct sheet {
	const char *title, *enterprise, *skills, *text;
};

static const struct sheet sheets[] = {
	{"机械设计工程师", "苏州精工有限公司", "cad\nsolidworks",
	 "负责机械结构设计，熟悉3d打印与plc编程"},
	{"会计", "上海财会咨询公司", "excel\n用友", "负责会计核算、出纳"},
	{"出纳会计助理", "上海商贸公司", "", "协助会计。不收培训费"},
	{"c++ 开发工程师", "软件公司", "c++\nlinux",
	 "熟悉 c 语言；计算机相关专业"},
	{"plc 编程员", "自动化公司", "plc", "电气控制"},
	{"销售", "会展公司", "", "计件工资，会开车。"},
};

enum { SHEETS = sizeof(sheets) / sizeof(sheets[0]) };

/* found: the numbers of the sheets, best first. */
static const struct {
	const char *query, *found;
} cases[] = {
	{"会计", "12"},		{"会", "125"},
	{"计 会", "125"},	{"\"会计，出纳\"", ""},
	{"会计 出纳", "21"},	{"会计 -出纳", ""},
	{"-会计 -销售", "430"}, {"-\"会计 核算\"", "543210"},
	{"上海会计", "21"},	{"\"上海会计\"", ""},
	{"机械设计工程师", "0"},
	{"机械工程师", "0"},
	{"plc编程", "40"},	{"\"plc编程\"", "0"},
	{"\"plc 编程\"", "4"},	{"c++", "3"},
	{"c", "3"},		{"c#", ""},
	{"3d打印", "0"},	{"“机械设计” cad", "0"},
	{"不存在", ""},		{"费 「培训", "2"},
	{"  出纳，会计  ", "21"},
};

static void fill(struct match_search *search)
{
	struct match_error error;

	for (int i = 0; i < SHEETS; i++) {
		const char *texts[] = {sheets[i].title, sheets[i].enterprise,
				       sheets[i].skills, sheets[i].text};
		struct match_search_posting posting = {
			.id = {(uint8_t)('0' + i)},
			.published_us = i,
			.closes_us = INT64_MAX,
			.pay_fen = -1,
			.division = 320500,
		};

		for (int f = 0; f < MATCH_SEARCH_FIELDS; f++)
			posting.field[f] = (struct match_text){
				texts[f], (uint32_t)strlen(texts[f])};
		MATCH_INSIST(match_search_put(search, &posting, &error));
	}
	MATCH_INSIST(match_search_publish(search, &error));
}

static int check(const struct match_search_snapshot *snapshot,
		 const char *text, const char *wanted)
{
	struct match_search_query query = {
		.text = {text, (uint32_t)strlen(text)}, .want = SHEETS};
	struct match_search_found found;
	struct match_error error;
	char got[SHEETS + 1] = "";

	MATCH_INSIST(match_search_find(snapshot, &query, &found, &error));
	for (size_t i = 0; i < found.shown; i++)
		got[i] = (char)found.at[i].id[0];
	match_search_found_free(&found);
	if (strcmp(got, wanted) == 0)
		return 0;
	printf("%s: found %s, expected %s\n", text, got, wanted);
	return 1;
}

/* No word at all, too many, too long. */
static void check_refused(const struct match_search_snapshot *snapshot,
			  const char *text)
{
	struct match_search_query query = {
		.text = {text, (uint32_t)strlen(text)}, .want = 1};
	struct match_search_found found;
	struct match_error error;

	MATCH_INSIST(!match_search_find(snapshot, &query, &found, &error));
	MATCH_INSIST(error.status == MATCH_MALFORMED && error.text[0]);
	MATCH_INSIST(!found.at);
}

static void check_suggestions(const struct match_search_snapshot *snapshot)
{
	struct match_search_query query = {.text = {"c", 1}, .want = 2};
	struct match_search_suggestion at[2];
	struct match_error error;
	size_t count;

	MATCH_INSIST(match_search_suggest(snapshot, &query, at, &count,
					  &error));
	MATCH_INSIST(count == 2);
	MATCH_INSIST(at[0].count == 1 && at[0].text.bytes == 3 &&
		     memcmp(at[0].text.at, "c++", 3) == 0);
	MATCH_INSIST(memcmp(at[1].text.at, "c++ 开发工程师", 18) == 0);
	query.text = (struct match_text){"会", 3};
	MATCH_INSIST(match_search_suggest(snapshot, &query, at, &count,
					  &error));
	MATCH_INSIST(count == 1 && at[0].text.bytes == 6);
}

int main(void)
{
	struct match_epochs *epochs = match_epochs_new();
	struct match_search *search = match_search_new(epochs);
	const struct match_search_snapshot *snapshot;
	char many[2000] = "";
	int failed = 0;

	MATCH_INSIST(epochs && search);
	fill(search);
	snapshot = match_search_read(search);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		failed += check(snapshot, cases[i].query, cases[i].found);
	check_refused(snapshot, "");
	check_refused(snapshot, " ，。 - \"\" -");
	memset(many, 'a', 1100);
	check_refused(snapshot, many);
	for (int i = 0; i < 1000; i += 2)
		many[i] = ' ';
	many[1000] = '\0';
	check_refused(snapshot, many);
	check_suggestions(snapshot);
	match_search_free(search);
	match_epochs_free(epochs);
	return failed != 0;
}
