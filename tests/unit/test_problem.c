/* test_problem.c - problems as bytes, and every code found again. */
#include "flow/problem.h"

#include <string.h>

#include "unit.h"

static struct buf out;

static const char *written(const struct problem *problem)
{
	buf_clear(&out);
	problem_write(problem, &out);
	buf_byte(&out, '\0');
	return out.at;
}

static void least(void **state)
{
	struct fault fault = { .kind = FAULT_NOT_FOUND };
	struct problem problem = { .request_id = "r1" };

	(void)state;
	problem_of_fault(&problem, &fault, LANG_EN);
	assert_string_equal(written(&problem),
		"{\"type\":\"/problems/not-found\","
		"\"title\":\"There is no such thing here\",\"status\":404,"
		"\"code\":\"not-found\",\"request_id\":\"r1\"}");
	problem_of_fault(&problem, &fault, LANG_ZH);
	assert_non_null(strstr(written(&problem), "\"title\":\"未找到\""));
}

static void most(void **state)
{
	struct fault fault = { .kind = FAULT_BAD_BODY, .detail = "a \"b\"" };
	struct flaw header = { .where = "header:If-Match", .code = "malformed",
			       .english = "three", .chinese = "三" };
	struct flaw parameter = { .where = "limit", .code = "out-of-range",
				  .english = "two", .chinese = "二",
				  .next = &header };
	struct flaw pointer = { .where = "#/a/0", .code = "required",
				.english = "one", .chinese = "一",
				.next = &parameter };
	struct problem problem = { .instance = "/v1/x", .flaws = &pointer,
				   .rule = { LAW_SKILL, true, 20, 21 } };

	(void)state;
	problem_of_fault(&problem, &fault, LANG_ZH);
	assert_string_equal(written(&problem),
		"{\"type\":\"/problems/invalid-body\","
		"\"title\":\"请求体内容有误\",\"status\":422,"
		"\"detail\":\"a \\\"b\\\"\",\"instance\":\"/v1/x\","
		"\"code\":\"invalid-body\",\"errors\":["
		"{\"pointer\":\"#/a/0\",\"code\":\"required\","
		"\"detail\":\"一\"},"
		"{\"parameter\":\"limit\",\"code\":\"out-of-range\","
		"\"detail\":\"二\"},"
		"{\"header\":\"If-Match\",\"code\":\"malformed\","
		"\"detail\":\"三\"}],"
		"\"rule\":\"skill\",\"source\":\"posting\","
		"\"article\":null,\"limit\":20,\"actual\":21}");
}

static void used_up(void **state)
{
	struct fault fault = { .kind = FAULT_QUOTA };
	struct problem problem = { .request_id = "r1", .trace_id = "t1",
				   .violated = "read" };

	(void)state;
	problem_of_fault(&problem, &fault, LANG_EN);
	assert_string_equal(written(&problem),
		"{\"type\":\"https://iana.org/assignments/"
		"http-problem-types#quota-exceeded\","
		"\"title\":\"A rate limit is reached\",\"status\":429,"
		"\"code\":\"quota-exceeded\",\"request_id\":\"r1\","
		"\"trace_id\":\"t1\",\"violated-policies\":[\"read\"]}");
}

static void every_code_has_a_meaning(void **state)
{
	struct problem problem;

	(void)state;
	for (int i = FAULT_NONE + 1; i < FAULT_KIND_COUNT; i++) {
		const struct fault_row *row = fault_row((enum fault_kind)i);

		assert_true(problem_of_code(&problem, row->code, LANG_EN));
		assert_int_equal(problem.status, row->status);
		assert_string_equal(problem.title, row->english);
	}
	for (int i = HTTP_SOUND + 1; i < HTTP_FLAW_COUNT; i++) {
		enum http_flaw flaw = (enum http_flaw)i;

		assert_true(problem_of_code(&problem, http_flaw_word(flaw),
					    LANG_ZH));
		assert_string_equal(problem.code, http_flaw_word(flaw));
		assert_true(*problem.title);
	}
	assert_false(problem_of_code(&problem, "nothing", LANG_EN));
}

static int close_out(void **state)
{
	(void)state;
	buf_close(&out);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(least),
		cmocka_unit_test(most),
		cmocka_unit_test(used_up),
		cmocka_unit_test(every_code_has_a_meaning),
	};

	return cmocka_run_group_tests(tests, NULL, close_out);
}
