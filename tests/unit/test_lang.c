/* test_lang.c - Accept-Language, and the lists of weights it is made of. */
#include "flow/lang.h"

#include <string.h>

#include "base/base.h"
#include "flow/weights.h"
#include "unit.h"

static const struct {
	const char *header;
	enum lang lang;
} languages[] = {
	{ "", LANG_ZH },
	{ "en", LANG_EN },
	{ "EN-gb", LANG_EN },
	{ "zh", LANG_ZH },
	{ "zh-Hant-TW, en;q=0.5", LANG_ZH },
	{ "en, zh", LANG_ZH },
	{ "en;q=0.9,zh;q=0.8", LANG_EN },
	{ "en;q=0.8, zh-CN ; q=0.9", LANG_ZH },
	{ "zh;q=0.1, zh-CN;q=0.9, en;q=0.5", LANG_ZH },
	{ "fr, de", LANG_ZH },
	{ "fr, en;q=0.1", LANG_EN },
	{ "zh;q=0, *", LANG_EN },
	{ "*, en;q=0", LANG_ZH },
	{ "en;q=0", LANG_ZH },
	{ "english", LANG_ZH },
	{ "zhx, en;q=0.1", LANG_EN },
	{ ",,;q=1,en", LANG_EN },
	{ "en;q=1.5, zh;q=0.1", LANG_ZH },
	{ "en;q=x, zh;q=0.001", LANG_ZH },
};

static void speaks(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(languages); i++)
		assert_int_equal(lang_accepted(languages[i].header,
					       strlen(languages[i].header)),
				 languages[i].lang);
	assert_int_equal(lang_accepted(NULL, 0), LANG_ZH);
}

static const struct {
	const char *text;
	int weight;
} weights[] = {
	{ "a", 1000 },		{ "a;q=1", 1000 },	{ "a;q=1.000", 1000 },
	{ "a;q=0", 0 },		{ "a;q=0.", 0 },	{ "a;q=0.5", 500 },
	{ "a;q=0.875", 875 },	{ "a;level=1;q=0.2", 200 },
	{ "a; Q=0.25 ", 250 },	{ "a;q=0.8755", 0 },	{ "a;q=1.001", 0 },
	{ "a;q=2", 0 },		{ "a;q=-1", 0 },	{ "a;q=05", 0 },
};

static void weighs(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(weights); i++) {
		struct weights list = { weights[i].text,
					strlen(weights[i].text) };
		struct choice choice;

		assert_true(weights_next(&list, &choice));
		assert_true(choice_is(&choice, "A"));
		assert_int_equal(choice.weight, weights[i].weight);
		assert_false(weights_next(&list, &choice));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(speaks),
		cmocka_unit_test(weighs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
