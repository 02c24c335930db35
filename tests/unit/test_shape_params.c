/* Query parameters, good and bad. */
#include "unit.h"

#include "base/text.h"
#include "wire/shape.h"

struct query {
	const char *q, *state, *since, *place;
	int64_t least;
	bool is_open;
	struct uuid school;
	struct texts codes;
	struct uuids ids;
};

static const char *const states[] = { "draft", "open", NULL };

static const char *check_digits(const char *text)
{
	return text_is_digits(text) ? NULL : "must be digits";
}

static const struct field table[] = {
	TEXT(struct query, q, 1, 5, OPTIONAL),
	ENUM(struct query, state, states, OPTIONAL),
	DATE(struct query, since, OPTIONAL),
	CODE(struct query, place, 6, 6, check_digits, REQUIRED),
	INT(struct query, least, 0, 100, OPTIONAL),
	BOOL(struct query, is_open, OPTIONAL),
	UUID(struct query, school, OPTIONAL),
	TEXTS(struct query, codes, 3, 6, check_digits, NOT_EMPTY | DISTINCT),
	UUIDS(struct query, ids, 2, OPTIONAL),
	END_OF_FIELDS
};

struct asked {
	struct query query;
	struct shape_seen seen;
	struct flaws flaws;
};

static struct asked ask(struct arena *mem, const struct param *params,
			size_t count)
{
	struct asked a = { .flaws = { 0 } };
	struct shape_into into = { &a.query, &a.seen, &a.flaws };

	flaws_init(&a.flaws, mem);
	shape_params(table, &into, params, count);
	return a;
}

static void test_good(void **state)
{
	static const struct param params[] = {
		{ "q", "对口" }, { "state", "open" }, { "since", "2026-11-23" },
		{ "place", "４４0100 " }, { "least", "-0" },
		{ "is_open", "true" },
		{ "school", "0190A000-0000-7000-8000-000000000001" },
		{ "codes", "710201,510201" }, { "ids", "" },
	};
	struct asked a = ask(*state, params, COUNT_OF(params));

	assert_int_equal(a.flaws.count, 0);
	assert_string_equal(a.query.q, "对口");
	assert_ptr_equal(a.query.state, states[1]);
	assert_string_equal(a.query.place, "440100");
	assert_int_equal(a.query.least, 0);
	assert_true(a.query.is_open);
	assert_int_equal(a.query.school.bytes[15], 1);
	assert_int_equal(a.query.codes.count, 2);
	assert_string_equal(a.query.codes.at[0], "710201");
	assert_string_equal(a.query.codes.at[1], "510201");
	assert_int_equal(a.query.ids.count, 0);
	assert_true(shape_has(table, &a.seen, "ids"));
}

static void test_bad(void **state)
{
	static const struct {
		struct param param;
		const char *code;
	} cases[] = {
		{ { "q", "" }, "too-short" },
		{ { "q", "abcdef" }, "too-long" },
		{ { "q", "\xff" }, "not-utf8" },
		{ { "q", "a\x01" }, "control-character" },
		{ { "state", "Open" }, "not-a-choice" },
		{ { "since", "2026-02-30" }, "malformed" },
		{ { "least", "" }, "wrong-type" },
		{ { "least", "1.0" }, "wrong-type" },
		{ { "least", "0x1" }, "wrong-type" },
		{ { "least", "+1" }, "wrong-type" },
		{ { "least", " 1" }, "wrong-type" },
		{ { "least", "9223372036854775808" }, "wrong-type" },
		{ { "least", "101" }, "out-of-range" },
		{ { "is_open", "1" }, "wrong-type" },
		{ { "is_open", "TRUE" }, "wrong-type" },
		{ { "school", "x" }, "malformed" },
		{ { "codes", "" }, "too-few-items" },
		{ { "codes", "1,2,3,4" }, "too-many-items" },
		{ { "codes", "1,,2" }, "too-short" },
		{ { "codes", "1," }, "too-short" },
		{ { "codes", "1,x" }, "malformed" },
		{ { "codes", "1,1" }, "repeated" },
		{ { "ids", "x" }, "malformed" },
		{ { "Q", "x" }, "unknown" },
		{ { "", "x" }, "unknown" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct param params[] = { { "place", "440100" },
					  cases[i].param };
		struct asked a = ask(*state, params, 2);

		assert_int_equal(a.flaws.count, 1);
		assert_string_equal(a.flaws.first->code, cases[i].code);
		assert_string_equal(a.flaws.first->where, params[1].name);
	}
}

static void test_missing_and_repeated(void **state)
{
	static const struct param params[] = {
		{ "q", "a" }, { "q", "a" }, { "a\xff 1", "" },
	};
	struct asked a = ask(*state, params, COUNT_OF(params));
	const struct flaw *f = a.flaws.first;

	assert_int_equal(a.flaws.count, 3);
	assert_string_equal(f->where, "q");
	assert_string_equal(f->code, "repeated");
	f = f->next;
	assert_string_equal(f->where, "a%ff 1");
	assert_string_equal(f->code, "unknown");
	f = f->next;
	assert_string_equal(f->where, "place");
	assert_string_equal(f->code, "required");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ARENA(test_good),
		WITH_ARENA(test_bad),
		WITH_ARENA(test_missing_and_repeated),
	};

	return cmocka_run_group_tests_name("shape_params", tests, NULL, NULL);
}
