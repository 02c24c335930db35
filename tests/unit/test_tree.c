/* A JSON document as a tree: what is there, what is not, and amounts. */
#include <string.h>

#include "base/arena.h"
#include "unit.h"
#include "wire/tree.h"

static struct arena *mem;

static const struct tree *read(const char *json)
{
	const struct tree *tree;
	const char *why = "";

	assert_true(tree_read(mem, (struct tree_text){ json, strlen(json) },
			      1000, &tree, &why));
	return tree;
}

static void test_members(void **state)
{
	const struct tree *tree =
		read("{\"a\": [1, \"x\", null], \"b\": {\"c\": true}}");
	const struct tree *list = tree_member(tree, "a");
	struct tree_walk walk = { 0 };

	(void)state;
	assert_int_equal(tree_kind(tree), TREE_OBJECT);
	assert_int_equal(tree_count(list), 3);
	assert_int_equal(tree_kind(tree_at(list, 0)), TREE_NUMBER);
	assert_string_equal(tree_text(tree_at(list, 1)), "x");
	assert_int_equal(tree_kind(tree_at(list, 2)), TREE_NULL);
	assert_null(tree_at(list, 3));
	assert_null(tree_text(list));
	assert_null(tree_member(list, "a"));
	assert_null(tree_member(NULL, "a"));
	assert_int_equal(tree_count(NULL), 0);
	assert_true(tree_next(tree, &walk));
	assert_string_equal(walk.name, "a");
	assert_true(tree_next(tree, &walk));
	assert_string_equal(walk.name, "b");
	assert_string_equal(tree_json(mem, walk.value), "{\"c\":true}");
	assert_false(tree_next(tree, &walk));
}

static void test_amounts(void **state)
{
	static const struct {
		const char *json;
		int places;
		int64_t amount;		/* -1: none */
	} cases[] = {
		{ "5000", 2, 500000 },	{ "3200.05", 2, 320005 },
		{ "0.1", 2, 10 },	{ "\"12,000\"", 2, 1200000 },
		{ "\"1,234.50\"", 2, 123450 }, { "\"7.5\"", 0, -1 },
		{ "\"7.0\"", 0, 7 },	{ "2.5", 0, -1 },
		{ "\"1.005\"", 2, -1 },	{ "1.005", 2, -1 },
		{ "-5", 2, -1 },	{ "\"-5\"", 2, -1 },
		{ "\"\"", 2, -1 },	{ "\"5k\"", 2, -1 },
		{ "\".5\"", 2, -1 },	{ "\"1e3\"", 2, -1 },
		{ "1e300", 2, -1 },	{ "9007199254740993", 2, -1 },
		{ "\"1234567890123456\"", 0, -1 }, { "true", 2, -1 },
		{ "null", 2, -1 },	{ "[5]", 2, -1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int64_t amount = -1;
		bool is_one = tree_decimal(read(cases[i].json),
					   cases[i].places, &amount);

		assert_int_equal(is_one, cases[i].amount >= 0);
		if (is_one)
			assert_int_equal(amount, cases[i].amount);
	}
}

static void test_bounds(void **state)
{
	char deep[80] = "";
	const struct tree *tree;
	const char *why = "";

	(void)state;
	memset(deep, '[', 33);
	assert_false(tree_read(mem, (struct tree_text){ deep, 33 }, 1000,
			       &tree, &why));
	assert_string_equal(why, "is nested too deep");
	assert_false(tree_read(mem, (struct tree_text){ "[1,2,3]", 7 }, 3,
			       &tree, &why));
	assert_string_equal(why, "has too many values");
	assert_true(tree_read(mem, (struct tree_text){ "[1,2,3]", 7 }, 4,
			      &tree, &why));
}

static int begin(void **state)
{
	(void)state;
	mem = arena_open();
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_close(mem);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_members),
		cmocka_unit_test(test_amounts),
		cmocka_unit_test(test_bounds),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
