/* Which names in a text are a demand, case by case. */
#include "matcher/named.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *const known[] = {
	"计算机", "计算机网络技术", "会计", "金融", "法律", "机械", "英语",
	"物流",
};

enum { KNOWN = sizeof(known) / sizeof(known[0]), ROOM = 16, TOLD = 512 };

static const struct {
	const char *text;
	const char *want; /* what is found, each followed by a blank */
} cases[] = {
	{ "本科以上学历，计算机相关专业优先", "计算机 " },
	{ "会计、金融等相关专业", "会计 金融 " },
	{ "会计，金融，数学相关专业", "会计 金融 " },
	{ "会计/金融或法律类专业", "会计 金融 法律 " },
	{ "专业要求：会计、金融，英语四级", "会计 金融 " },
	{ "2、专业：物流 3、英语六级", "物流 " },
	{ "所学专业为会计、金融", "会计 金融 " },
	{ "计算机网络技术专业", "计算机网络技术 " },
	{ "具有会计背景者优先", "会计 " },
	{ "法律、金融专科及以上学历", "法律 金融 " },
	{ "相关专业（会计、金融）", "会计 金融 " },
	{ "非计算机专业亦可", "" },
	{ "除会计专业外", "" },
	{ "专业不限", "any " },
	{ "不限专业，英语六级", "any " },
	{ "大专以上，专业要求：不限", "any " },
	{ "熟练使用计算机", "" },
	{ "熟悉计算机操作，法律专业优先", "法律 " },
	{ "熟练计算机，法律专业优先", "法律 " },
	{ "具备会计专业知识", "" },
	{ "上海某机械有限公司是一家专业公司", "" },
	{ "上海某机械有限公司，专业从事物流", "" },
	{ "某机械有限公司。法律专业", "法律 " },
	{ "英语六级；相关专业", "" },
	{ "计算机，1、专业", "" },
	{ "", "" },
	{ "专业", "" },
};

static void make(struct match_lexicon *names)
{
	struct match_text at[KNOWN];
	struct match_error error;

	for (size_t i = 0; i < KNOWN; i++)
		at[i] = (struct match_text){ known[i],
					     (uint32_t)strlen(known[i]) };
	assert_true(match_lexicon_make(names, at, KNOWN, &error));
}

static void told(const struct match_lexicon *names, const char *text,
		 char out[TOLD])
{
	struct match_text at = { text, (uint32_t)strlen(text) };
	struct match_find found[ROOM];
	size_t count = match_named(names, at, found, ROOM);
	uint32_t end = 0;
	int used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < count; i++) {
		const char *name = "any";

		if (found[i].name != MATCH_NAMED_ANY) {
			name = known[found[i].name];
			assert_memory_equal(text + found[i].at, name,
					    found[i].bytes);
		}
		assert_true(found[i].at >= end);
		end = found[i].at + found[i].bytes;
		assert_true(end <= at.bytes && found[i].by < at.bytes);
		used += snprintf(out + used, (size_t)(TOLD - used), "%s ",
				 name);
		assert_true(used < TOLD);
	}
}

static void test_cases(void **state)
{
	struct match_lexicon names;
	char out[TOLD];

	(void)state;
	make(&names);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		told(&names, cases[i].text, out);
		if (strcmp(out, cases[i].want) != 0)
			print_error("%s\n", cases[i].text);
		assert_string_equal(out, cases[i].want);
	}
	match_lexicon_drop(&names);
}

/* Each text cut at each byte's character, and in front of others. */
static void test_cuts(void **state)
{
	struct match_lexicon names;

	(void)state;
	make(&names);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint32_t bytes = (uint32_t)strlen(cases[i].text);
		struct match_find found[ROOM];

		for (uint32_t cut = 0; cut <= bytes; cut++) {
			struct match_text text = { cases[i].text, cut };
			size_t count = match_named(&names, text, found, 2);

			assert_true(count <= 2);
		}
	}
	match_lexicon_drop(&names);
}

static void test_room(void **state)
{
	static const char text[] = "会计、金融、法律、物流专业";
	struct match_lexicon names;
	struct match_find found[1];

	(void)state;
	make(&names);
	assert_int_equal(match_named(&names, (struct match_text){
					text, sizeof(text) - 1 }, found, 1),
			 1);
	match_lexicon_drop(&names);
}

static void test_bad_names(void **state)
{
	struct match_text empty = { "", 0 };
	struct match_lexicon names;
	struct match_error error;

	(void)state;
	assert_false(match_lexicon_make(&names, &empty, 1, &error));
	assert_int_equal(error.status, MATCH_TOO_LARGE);
	match_lexicon_drop(&names);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_cuts),
		cmocka_unit_test(test_room),
		cmocka_unit_test(test_bad_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
