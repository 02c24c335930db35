/* Bodies, good and bad, against one table that has every kind of field. */
#include "unit.h"

#include "base/buf.h"
#include "base/text.h"
#include "wire/shape.h"

struct part {
	const char *name;
	int64_t weight;
};

struct thing {
	const char *title, *code, *kind, *day, *moment, *note;
	int64_t seats;
	bool is_open;
	struct uuid owner;
	struct texts tags;
	struct uuids wishes;
	struct objects parts;
	struct part main_part;
};

static const char *const kinds[] = { "post", "internship", NULL };

static const char *check_code(const char *text)
{
	return text_starts(text, "AB") ? NULL : "has a wrong check digit";
}

/* A trailing K says nothing. */
static void tidy_code(char *text)
{
	size_t bytes = strlen(text);

	if (bytes && text[bytes - 1] == 'K')
		text[bytes - 1] = '\0';
}

static const struct field part_shape[] = {
	TEXT(struct part, name, 1, 10, REQUIRED),
	INT(struct part, weight, 0, 9, OPTIONAL),
	END_OF_FIELDS
};

static const struct field shape[] = {
	TEXT(struct thing, title, 1, 5, REQUIRED | TRIMMED),
	TIDY_CODE(struct thing, code, 4, 4, check_code, tidy_code, OPTIONAL),
	ENUM(struct thing, kind, kinds, OPTIONAL),
	DATE(struct thing, day, OPTIONAL),
	TIME(struct thing, moment, OPTIONAL),
	TEXT(struct thing, note, 2, 20, NULLABLE),
	INT(struct thing, seats, 1, 500, REQUIRED),
	BOOL(struct thing, is_open, OPTIONAL),
	UUID(struct thing, owner, NULLABLE),
	TEXTS(struct thing, tags, 3, 4, NULL, DISTINCT | ONE_LINE),
	UUIDS(struct thing, wishes, 2, NOT_EMPTY | DISTINCT),
	OBJECTS(struct thing, parts, 2, part_shape, struct part, NOT_EMPTY),
	OBJECT(struct thing, main_part, part_shape, struct part, OPTIONAL),
	END_OF_FIELDS
};

struct walked {
	struct thing thing;
	struct shape_seen seen;
	struct flaws flaws;
	const char *why;
	bool is_json;
};

static struct walked walk(struct arena *mem, const char *json)
{
	struct walked r = { .why = NULL };
	struct shape_into into = { &r.thing, &r.seen, &r.flaws };

	flaws_init(&r.flaws, mem);
	r.is_json = shape_body(shape, &into, json, strlen(json), &r.why);
	return r;
}

/* "where code" of each flaw, with a bar between. */
static const char *summary(struct arena *mem, const struct flaws *flaws)
{
	const char *all = "";

	for (const struct flaw *f = flaws->first; f; f = f->next) {
		all = arena_print(mem, "%s%s%s %s", all, *all ? "|" : "",
				  f->where, f->code);
		assert_true(f->english[0] && f->chinese[0]);
	}
	return all;
}

static void test_good(void **state)
{
	struct walked r = walk(*state,
		"{\"title\":\"对口\",\"code\":\" ａＢ１2k　\","
		"\"kind\":\"post\",\"day\":\"2024-02-29\","
		"\"moment\":\"2026-11-23T08:00:00+08:00\","
		"\"seats\":500,\"is_open\":true,"
		"\"owner\":\"0190a000-0000-7000-8000-000000000001\","
		"\"tags\":[\"a\",\"bb\"],"
		"\"wishes\":[\"0190a000-0000-7000-8000-000000000002\"],"
		"\"parts\":[{\"name\":\"x\",\"weight\":3},{\"name\":\"y\"}],"
		"\"main_part\":{\"name\":\"z\"}}");
	const struct part *parts = r.thing.parts.at;

	assert_true(r.is_json);
	assert_string_equal(summary(*state, &r.flaws), "");
	assert_string_equal(r.thing.title, "对口");
	assert_string_equal(r.thing.code, "AB12");
	assert_ptr_equal(r.thing.kind, kinds[0]);
	assert_string_equal(r.thing.day, "2024-02-29");
	assert_string_equal(r.thing.moment, "2026-11-23T08:00:00+08:00");
	assert_null(r.thing.note);
	assert_int_equal(r.thing.seats, 500);
	assert_true(r.thing.is_open);
	assert_int_equal(r.thing.owner.bytes[15], 1);
	assert_int_equal(r.thing.tags.count, 2);
	assert_string_equal(r.thing.tags.at[1], "bb");
	assert_int_equal(r.thing.wishes.count, 1);
	assert_int_equal(r.thing.wishes.at[0].bytes[15], 2);
	assert_int_equal(r.thing.parts.count, 2);
	assert_int_equal(parts[0].weight, 3);
	assert_string_equal(parts[1].name, "y");
	assert_string_equal(r.thing.main_part.name, "z");
	assert_true(shape_has(shape, &r.seen, "title"));
	assert_false(shape_has(shape, &r.seen, "note"));
}

static void test_null_in_a_patch(void **state)
{
	struct walked r = walk(*state, "{\"title\":\"a\",\"seats\":1,"
				       "\"note\":null,\"owner\":null}");

	assert_int_equal(r.flaws.count, 0);
	assert_true(shape_has(shape, &r.seen, "note"));
	assert_true(shape_is_null(shape, &r.seen, "note"));
	assert_true(shape_is_null(shape, &r.seen, "owner"));
	assert_false(shape_is_null(shape, &r.seen, "title"));
	assert_false(shape_has(shape, &r.seen, "day"));
	assert_null(r.thing.note);
}

static void test_every_flaw_is_told(void **state)
{
	struct walked r = walk(*state,
		"{\"b/a~d\":1,\"title\":\"\",\"code\":\"CD12\","
		"\"kind\":\"Post\",\"day\":\"2023-02-29\","
		"\"moment\":\"2026-11-23T08:00:00\","
		"\"note\":\"x\",\"seats\":1.0,\"is_open\":1,\"owner\":\"x\","
		"\"tags\":[\"\",7,\"abcde\",null],\"wishes\":[],"
		"\"parts\":[{\"weight\":10,\"u\":0},3],\"main_part\":[],"
		"\"名 x\":null}");

	assert_true(r.is_json);
	assert_string_equal(summary(*state, &r.flaws),
		"#/title too-short|#/code malformed|#/kind not-a-choice|"
		"#/day malformed|#/moment malformed|#/note too-short|"
		"#/seats wrong-type|#/is_open wrong-type|#/owner malformed|"
		"#/tags too-many-items|#/tags/0 too-short|#/tags/1 wrong-type|"
		"#/tags/2 too-long|#/tags/3 wrong-type|#/wishes too-few-items|"
		"#/parts/0/name required|#/parts/0/weight out-of-range|"
		"#/parts/0/u unknown|#/parts/1 wrong-type|"
		"#/main_part wrong-type|#/b~1a~0d unknown|"
		"#/%e5%90%8d%20x unknown");
}

struct text_case { const char *member, *summary; };

static void test_single_members(void **state)
{
	static const struct text_case cases[] = {
		{ "\"title\":\"abcdef\"", "#/title too-long" },
		{ "\"title\":\" a\"", "#/title not-trimmed" },
		{ "\"title\":\"a\\u3000\"", "#/title not-trimmed" },
		{ "\"title\":\"a\\u0007b\"", "#/title control-character" },
		{ "\"title\":\"a\\u0085b\"", "#/title control-character" },
		{ "\"title\":\"a\\tb\\nc\"", "" },
		{ "\"title\":\"a\\r\\nb\"", "" },
		{ "\"title\":\"a\\rb\"", "#/title control-character" },
		{ "\"title\":\"a\",\"tags\":[\"a\\nb\"]",
		  "#/tags/0 control-character" },
		{ "\"title\":\"a\",\"tags\":[\"a\\tb\"]",
		  "#/tags/0 control-character" },
		{ "\"title\":null", "#/title wrong-type" },
		{ "\"title\":{}", "#/title wrong-type" },
		{ "\"title\":\"ABC\\uD83D\\uDC3CD\"", "" },
		{ "\"title\":\"e\\u0301e\\u0301e\\u0301e\\u0301\"", "" },
		{ "\"title\":\"a\",\"day\":\"1899-12-31\"",
		  "#/day out-of-range" },
		{ "\"title\":\"a\",\"day\":20261123", "#/day wrong-type" },
		{ "\"title\":\"a\",\"moment\":\"9999-12-31T23:59:59-14:00\"",
		  "#/moment out-of-range" },
		{ "\"title\":\"a\",\"code\":\"AB\\n2\"",
		  "#/code control-character" },
		{ "\"title\":\"a\",\"code\":\"\"", "#/code too-short" },
		{ "\"title\":\"a\",\"tags\":[\"a\",\"b\",\"a\"]",
		  "#/tags repeated" },
		{ "\"title\":\"a\",\"owner\":"
		  "\"00000000-0000-0000-0000-000000000000\"",
		  "#/owner malformed" },
		{ "\"title\":\"a\",\"is_open\":\"true\"",
		  "#/is_open wrong-type" },
		{ "\"title\":\"a\",\"parts\":{}", "#/parts wrong-type" },
		{ "\"title\":\"a\",\"tags\":\"a\"", "#/tags wrong-type" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct walked r = walk(*state,
			arena_print(*state, "{\"seats\":1,%s}",
				    cases[i].member));

		assert_true(r.is_json);
		assert_string_equal(summary(*state, &r.flaws),
				    cases[i].summary);
	}
}

static void test_nfc(void **state)
{
	struct walked r = walk(*state, "{\"seats\":1,\"title\":\"e\\u0301\"}");

	assert_int_equal(r.flaws.count, 0);
	assert_string_equal(r.thing.title, "é");
	r = walk(*state, "{\"seats\":1,\"title\":\"a\\r\\nb\"}");
	assert_string_equal(r.thing.title, "a\nb");
}

static void test_top_level(void **state)
{
	static const char *const bodies[] = { "[]", "1", "\"x\"", "null",
					      "true" };

	for (size_t i = 0; i < COUNT_OF(bodies); i++) {
		struct walked r = walk(*state, bodies[i]);

		assert_true(r.is_json);
		assert_string_equal(summary(*state, &r.flaws),
				    "# wrong-type");
	}
}

static void test_many_flaws(void **state)
{
	struct buf body = { 0 };
	struct shape_seen seen;
	struct thing thing = { 0 };
	struct flaws flaws;
	struct shape_into into = { &thing, &seen, &flaws };
	const char *why;
	int kept = 0;

	flaws_init(&flaws, *state);
	buf_text(&body, "{\"title\":\"a\",\"seats\":1");
	for (int i = 0; i < 5000; i++)
		buf_print(&body, ",\"x%d\":0", i);
	buf_text(&body, "}");
	assert_true(shape_body(shape, &into, body.at, body.used, &why));
	for (const struct flaw *f = flaws.first; f; f = f->next)
		kept++;
	assert_int_equal(flaws.count, 5000);
	assert_int_equal(kept, FLAWS_MAX);
	buf_close(&body);
}

static void test_codes_are_listed(void **state)
{
	struct walked r = walk(*state, "{\"x\":1,\"title\":5}");

	for (const struct flaw *f = r.flaws.first; f; f = f->next) {
		size_t i = 0;

		while (flaw_codes[i] && !text_same(flaw_codes[i], f->code))
			i++;
		assert_non_null(flaw_codes[i]);
	}
	assert_int_equal(r.flaws.count, 3);
}

static void test_both_languages(void **state)
{
	struct walked r = walk(*state, "{\"title\":\"a\",\"seats\":0,"
				       "\"kind\":\"x\",\"code\":\"CD12\"}");
	const struct flaw *f = r.flaws.first;

	assert_string_equal(f->english, "has a wrong check digit");
	assert_string_equal(f->chinese, "校验码错误");
	f = f->next;
	assert_string_equal(f->english, "must be one of: post, internship");
	assert_string_equal(f->chinese, "必须是下列之一：post, internship");
	f = f->next;
	assert_string_equal(f->english, "must be from 1 to 500");
	assert_string_equal(f->chinese, "必须在 1 至 500 之间");
	assert_null(f->next);
}

/* ---- lists of things, each by itself ---- */

static const struct shape_list parts = { "parts", 3, part_shape,
					 sizeof(struct part) };

static struct shape_items listed(struct arena *mem, const char *json,
				 struct flaws *flaws)
{
	struct shape_items items;

	flaws_init(flaws, mem);
	assert_true(shape_list(&parts, flaws, json, strlen(json), &items));
	return items;
}

static void test_items_by_themselves(void **state)
{
	struct flaws flaws;
	struct shape_items items = listed(*state, "{\"parts\":["
		"{\"name\":\"a\",\"weight\":3},{\"name\":\"\",\"x\":1},7]}",
		&flaws);
	const struct part *first = items.at[0].out;

	assert_int_equal(flaws.count, 0);
	assert_int_equal(items.count, 3);
	assert_int_equal(items.at[0].flaws.count, 0);
	assert_string_equal(first->name, "a");
	assert_int_equal(first->weight, 3);
	assert_true(shape_has(part_shape, &items.at[0].seen, "weight"));
	assert_int_equal(items.at[1].flaws.count, 2);
	assert_string_equal(items.at[1].flaws.first->where, "#/name");
	assert_string_equal(items.at[1].flaws.first->next->where, "#/x");
	assert_false(shape_has(part_shape, &items.at[1].seen, "weight"));
	assert_string_equal(items.at[2].flaws.first->where, "#");
}

static void test_lists_that_are_none(void **state)
{
	static const struct { const char *json, *where, *code; } cases[] = {
		{ "{}", "#/parts", "required" },
		{ "{\"parts\":null}", "#/parts", "wrong-type" },
		{ "{\"parts\":{}}", "#/parts", "wrong-type" },
		{ "{\"parts\":[]}", "#/parts", "too-few-items" },
		{ "{\"parts\":[1,2,3,4]}", "#/parts", "too-many-items" },
		{ "{\"parts\":[1],\"x\":1}", "#/x", "unknown" },
		{ "[]", "#", "wrong-type" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct flaws flaws;

		assert_int_equal(listed(*state, cases[i].json, &flaws).count,
				 0);
		assert_int_equal(flaws.count, 1);
		assert_string_equal(flaws.first->where, cases[i].where);
		assert_string_equal(flaws.first->code, cases[i].code);
	}
}

static void test_lists_that_are_no_json(void **state)
{
	struct shape_items items;
	struct flaws flaws;

	flaws_init(&flaws, *state);
	assert_false(shape_list(&parts, &flaws, "{\"parts\":[", 10, &items));
	assert_non_null(items.why);
	assert_int_equal(flaws.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ARENA(test_good),
		WITH_ARENA(test_null_in_a_patch),
		WITH_ARENA(test_every_flaw_is_told),
		WITH_ARENA(test_single_members),
		WITH_ARENA(test_nfc),
		WITH_ARENA(test_top_level),
		WITH_ARENA(test_many_flaws),
		WITH_ARENA(test_codes_are_listed),
		WITH_ARENA(test_both_languages),
		WITH_ARENA(test_items_by_themselves),
		WITH_ARENA(test_lists_that_are_none),
		WITH_ARENA(test_lists_that_are_no_json),
	};

	return cmocka_run_group_tests_name("shape", tests, NULL, NULL);
}
