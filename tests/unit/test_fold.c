/* What people type and what stands in postings must meet. */
#include <string.h>

#include "unit.h"
#include "wire/fold.h"

static void same(const char *from, const char *to)
{
	struct arena *mem = arena_open();

	assert_string_equal(fold_text(mem, from), to);
	arena_close(mem);
}

static void test_forms(void **state)
{
	(void)state;
	same("ＰＬＣ编程", "plc编程");
	same("ＣＡＤ／ＣＡＭ", "cad/cam");
	same("C＋＋　工程师", "c++ 工程师");
	same("㈱①½", "(株)11⁄2");
	same("Straße", "strasse");
	same("line\nline", "line\nline");
	same("", "");
}

static void test_characters(void **state)
{
	(void)state;
	same("軟體工程師", "软体工程师");
	same("機電一體化", "机电一体化");
	same("會計", "会计");
	same("软件", "软件");
	same("頭髮發展", "头发发展");
}

/* A part stays a part: folding knows no neighbours. */
static void test_parts(void **state)
{
	static const char *const texts[] = {
		"乾坤乾燥機著名著作瞭望臺後來皇后麵條面對", "電腦ＣＡＤ製圖員",
	};
	struct arena *mem = arena_open();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		const char *whole = fold_text(mem, texts[i]);

		for (const char *at = texts[i]; *at; at += 3) {
			const char *part = fold_text(
				mem, arena_text(mem, at, 3));

			assert_non_null(strstr(whole, part));
		}
	}
	arena_close(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_characters),
		cmocka_unit_test(test_parts),
	};

	return fold_open() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
