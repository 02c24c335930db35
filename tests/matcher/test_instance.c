/*
 * Instances that are wrong in one way each, and what the reader says to them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "documents.h"
#include "small.h"

#define HEAD "{\"format\":\"duikou-placement/1\",\"seed\":\"x\","
#define GROUPS "\"groups\":[{\"id\":\"g\",\"parent\":null,\"upper\":2}],"
#define POSTINGS "\"postings\":[{\"id\":\"p\",\"group\":\"g\",\"capacity\":1}],"
#define STUDENTS                                                 \
	"\"students\":[{\"id\":\"s\",\"choices\":[{\"posting\":" \
	"\"p\",\"score\":5}]}]}"

/* A sound instance with one part in another's place. */
#define WITH_HEAD(head) head GROUPS POSTINGS STUDENTS
#define WITH_GROUPS(groups) HEAD "\"groups\":" groups "," POSTINGS STUDENTS
#define WITH_POSTINGS(postings) \
	HEAD GROUPS "\"postings\":" postings "," STUDENTS
#define WITH_STUDENTS(students) \
	HEAD GROUPS POSTINGS "\"students\":" students "}"
#define WITH_CHOICES(choices) \
	WITH_STUDENTS("[{\"id\":\"s\",\"choices\":" choices "}]")
#define WITH_ID(id) WITH_STUDENTS("[{\"id\":" id ",\"choices\":[]}]")
#define WITH_SCORE(score) \
	WITH_CHOICES("[{\"posting\":\"p\",\"score\":" score "}]")

static const struct flaw {
	const char *text, *said;
} flaws[] = {
	/* the document */
	{"", "line 1, column 1: the document ends where an object"},
	{"[]", "should be an object"},
	{"\xef\xbb\xbf{}", "should be an object"},
	{"{}", "member \"format\" is missing"},
	{HEAD "}", "should be a text"},
	{HEAD GROUPS POSTINGS "\"students\":[]", "a comma or }"},
	{HEAD GROUPS POSTINGS "\"students\":[]} x", "end of the document"},
	{HEAD GROUPS POSTINGS "\"students\":[],}", "should be a text"},
	{HEAD GROUPS POSTINGS "\"students\":{}}", "/students: here should be"},
	{HEAD GROUPS "\"students\":[]}", "member \"postings\" is missing"},
	{HEAD GROUPS GROUPS POSTINGS STUDENTS, "\"groups\" is there twice"},
	{HEAD "\"x\":1," GROUPS POSTINGS STUDENTS, "no member \"x\" here"},
	{HEAD "'seed':1}", "should be a text"},
	{HEAD "/**/" GROUPS POSTINGS STUDENTS, "should be a text"},
	{WITH_HEAD("{\"format\":\"duikou-placement/2\",\"seed\":\"x\","),
	 "/format: the format is not \"duikou-placement/1\""},
	{WITH_HEAD("{\"format\":\"duikou-placement/1\",\"seed\":\"\","),
	 "/seed: the seed must be"},
	{WITH_HEAD("{\"format\":\"duikou-placement/1\",\"seed\":5,"),
	 "/seed: here should be a text"},
	{WITH_HEAD("{\"format\":\"duikou-placement/1\","),
	 "member \"seed\" is missing"},
	/* groups */
	{WITH_GROUPS("[{\"parent\":null}]"), "member \"id\" is missing"},
	{WITH_GROUPS("[{\"id\":\"g\"}]"), "member \"parent\" is missing"},
	{WITH_GROUPS("[{\"id\":\"g\",\"parent\":null},"
		     "{\"id\":\"g\",\"parent\":null}]"),
	 "/groups/1: group \"g\" is there twice"},
	{WITH_GROUPS("[{\"id\":\"g\",\"parent\":\"h\"}]"),
	 "group \"g\" names group \"h\", which does not exist"},
	{WITH_GROUPS("[{\"id\":\"g\",\"parent\":\"g\"}]"),
	 "group \"g\" lies on a cycle"},
	{WITH_GROUPS("[{\"id\":\"g\",\"parent\":\"h\"},"
		     "{\"id\":\"i\",\"parent\":\"g\"},"
		     "{\"id\":\"h\",\"parent\":\"g\"}]"),
	 "group \"g\" lies on a cycle"},
	{WITH_GROUPS("[{\"id\":\"g\",\"parent\":null,\"lower\":3,"
		     "\"upper\":2}]"),
	 "group \"g\": the floor 3 is over its own cap 2"},
	{WITH_GROUPS("[{\"id\":\"g\",\"parent\":null,\"upper\":-1}]"),
	 "/groups/0/upper: the number must be from 0"},
	{WITH_GROUPS("[{\"id\":\"g\",\"parent\":null,\"upper\":1000000001}]"),
	 "the number is over 1000000000"},
	{WITH_GROUPS("[{\"id\":\"g\",\"parent\":null,\"upper\":null}]"),
	 "should be a whole number"},
	{WITH_GROUPS("[{\"id\":\"g\",\"parent\":null,\"ranking\":[\"t\"]}]"),
	 "ranking of group \"g\" names student \"t\", which does not"},
	{WITH_GROUPS(
		 "[{\"id\":\"g\",\"parent\":null,\"ranking\":[\"s\",\"s\"]}]"),
	 "ranking of group \"g\" names student \"s\" twice"},
	/* postings */
	{WITH_POSTINGS("[{\"id\":\"p\",\"group\":\"h\",\"capacity\":1}]"),
	 "posting \"p\" names group \"h\", which does not exist"},
	{WITH_POSTINGS("[{\"id\":\"p\",\"group\":null}]"),
	 "member \"capacity\" is missing"},
	{WITH_POSTINGS("[{\"id\":\"p\",\"capacity\":1}]"),
	 "member \"group\" is missing"},
	{WITH_POSTINGS("[{\"id\":\"p\",\"group\":null,\"capacity\":1},"
		       "{\"id\":\"p\",\"group\":null,\"capacity\":1}]"),
	 "posting \"p\" is there twice"},
	{WITH_POSTINGS("[{\"id\":\"p\",\"group\":null,\"capacity\":1,"
		       "\"ranking\":[\"t\"]}]"),
	 "ranking of posting \"p\" names student \"t\""},
	{WITH_POSTINGS("[{\"id\":\"p\",\"group\":null,\"capacity\":1},"
		       "{\"id\":\"g\",\"group\":\"g\",\"capacity\":1}]"),
	 "posting \"g\" has the id of a group above it"},
	/* students */
	{WITH_STUDENTS("[{\"id\":\"s\"}]"), "member \"choices\" is missing"},
	{WITH_STUDENTS("[{\"id\":\"s\",\"choices\":[]},"
		       "{\"id\":\"s\",\"choices\":[]}]"),
	 "/students/1: student \"s\" is there twice"},
	{WITH_CHOICES("[{\"posting\":\"q\"}]"),
	 "student \"s\" names posting \"q\", which does not exist"},
	{WITH_CHOICES("[{\"posting\":\"p\"},{\"posting\":\"p\"}]"),
	 "student \"s\" lists posting \"p\" twice"},
	{WITH_CHOICES("[\"p\"]"), "/students/0/choices/0: here should be"},
	{WITH_CHOICES("[{\"score\":1}]"), "member \"posting\" is missing"},
	{WITH_CHOICES("[{\"posting\":null}]"), "should be a text"},
	{WITH_CHOICES("[]]"), "should be"},
	{WITH_CHOICES("[],\"pinned\":\"p\""),
	 "student \"s\" is pinned to posting \"p\", which is not among"},
	{WITH_CHOICES("[],\"pinned\":null"), "should be a text"},
	{WITH_STUDENTS("[{\"id\":\"s\",\"choices\":[],\"lottery\":1},"
		       "{\"id\":\"t\",\"choices\":[]}]"),
	 "some students have a lottery number and some have none; student "
	 "\"t\""},
	{WITH_STUDENTS("[{\"id\":\"s\",\"choices\":[]},"
		       "{\"id\":\"t\",\"choices\":[],\"lottery\":1}]"),
	 "student \"t\""},
	{WITH_STUDENTS("[{\"id\":\"s\",\"choices\":[],\"lottery\":1},"
		       "{\"id\":\"t\",\"choices\":[],\"lottery\":1}]"),
	 "students \"s\" and \"t\" have the same lottery number"},
	{WITH_STUDENTS("[{\"id\":\"s\",\"choices\":[],"
		       "\"lottery\":18446744073709551616}]"),
	 "the number is over 18446744073709551615"},
	/* numbers */
	{WITH_SCORE("1000001"), "/choices/0/score: the number is over"},
	{WITH_SCORE("-1"), "the number must be from 0 to 1000000"},
	{WITH_SCORE("-0"), "the number must be from 0"},
	{WITH_SCORE("1.0"), "no fraction or exponent"},
	{WITH_SCORE("1e2"), "no fraction or exponent"},
	{WITH_SCORE("01"), "no leading zero"},
	{WITH_SCORE("+1"), "should be a whole number"},
	{WITH_SCORE("\"1\""), "should be a whole number"},
	{WITH_SCORE("true"), "should be a whole number"},
	{WITH_SCORE("99999999999999999999999"), "the number is over"},
	/* texts */
	{WITH_ID("\"\""), "the id of a student must be 1..200 bytes"},
	{WITH_ID("\"a\nb\""), "without control characters"},
	{WITH_ID("\"a\\nb\""), "without control characters"},
	{WITH_ID("\"\\u0000\""), "without control characters"},
	{WITH_ID("\"\\u0085\""), "without control characters"},
	{WITH_ID("\"\x7f\""), "without control characters"},
	{WITH_ID("\"\\x\""), "an escape of RFC 8259"},
	{WITH_ID("\"\\u12g4\""), "a hexadecimal digit"},
	{WITH_ID("\"\\ud800\""), "a surrogate stands alone"},
	{WITH_ID("\"\\ud800\\u0041\""), "a surrogate stands alone"},
	{WITH_ID("\"\\udc00\""), "a surrogate stands alone"},
	{WITH_ID("\"\xc0\x80\""), "not UTF-8"},
	{WITH_ID("\"\xe0\x80\x80\""), "not UTF-8"},
	{WITH_ID("\"\xed\xa0\x80\""), "not UTF-8"},
	{WITH_ID("\"\xf4\x90\x80\x80\""), "not UTF-8"},
	{WITH_ID("\"\xf0\x80\x80\x80\""), "not UTF-8"},
	{WITH_ID("\"\xff\""), "not UTF-8"},
	{WITH_ID("\"\xe4\xb8\""), "not UTF-8"},
	{WITH_ID("\"\x80\""), "not UTF-8"},
	{HEAD "\"open", "the document ends where the rest of a text"},
};

static void flaws_are_named(void **state)
{
	struct match_instance instance;
	char sha256[MATCH_SHA256_HEX];
	struct match_error error;

	(void)state;
	for (size_t i = 0; i < sizeof(flaws) / sizeof(*flaws); i++) {
		const char *text = flaws[i].text;
		bool is_read = document_to_instance(text, strlen(text),
						    &instance, sha256, &error);

		if (is_read || !strstr(error.text, flaws[i].said))
			fail_msg("%s\nshould say: %s\nsays: %s", text,
				 flaws[i].said, is_read ? "" : error.text);
	}
}

static bool reads(const char *text, struct match_instance *instance)
{
	char sha256[MATCH_SHA256_HEX];
	struct match_error error;

	if (document_to_instance(text, strlen(text), instance, sha256, &error))
		return true;
	print_message("%s\n", error.text);
	return false;
}

static void what_is_sound_is_read(void **state)
{
	static const char text[] =
		"\r\n\t {\"students\":[{\"choices\":[],\"lottery\":"
		"18446744073709551615,\"id\":\"\\u00e9\\ud83d\\ude00\\/\\\"\"}]"
		",\"postings\":[],\"groups\":[],\"seed\":\"\xe5\xaf\xb9\","
		"\"format\":\"duikou-placement/1\"} \n";
	struct match_instance instance;
	struct match_id id;

	(void)state;
	assert_true(reads(text, &instance));
	id = match_ids_at(&instance.students, 0);
	assert_int_equal(id.bytes, 8);
	assert_memory_equal(id.text, "\xc3\xa9\xf0\x9f\x98\x80/\"", 8);
	assert_true(instance.lottery[0] == UINT64_MAX);
	match_instance_free(&instance);
	assert_true(reads(HEAD GROUPS POSTINGS STUDENTS, &instance));
	match_instance_free(&instance);
}

/* The placement looks ahead in the choices, and so they are never nowhere. */
static void no_choices_are_a_list(void **state)
{
	static const char text[] = WITH_CHOICES("[]");
	struct match_instance instance;
	struct match_error error;
	char sha256[MATCH_SHA256_HEX];

	(void)state;
	assert_true(document_to_instance(text, sizeof(text) - 1, &instance,
					 sha256, &error));
	assert_non_null(instance.choice);
	match_instance_free(&instance);
}

/* Exactly 200 bytes may be an id; 201 are too many. */
static void ids_have_a_length(void **state)
{
	struct match_instance instance;
	struct match_error error;
	char sha256[MATCH_SHA256_HEX], text[600];
	int bytes;

	(void)state;
	for (int length = 200; length <= 201; length++) {
		bytes = snprintf(text, sizeof(text),
				 HEAD GROUPS POSTINGS "\"students\":[{\"id\":"
						      "\"%0*d\",\"choices\":[]"
						      "}]}",
				 length, 7);
		assert_int_equal(document_to_instance(text, (size_t)bytes,
						      &instance, sha256,
						      &error),
				 length == 200);
		if (length == 200)
			match_instance_free(&instance);
	}
	assert_non_null(strstr(error.text, "/students/0/id: the text is over"));
}

/* What coreutils say: printf "s\n1" | sha256sum */
static void the_lottery_is_the_hash(void **state)
{
	struct match_instance instance;

	(void)state;
	assert_true(reads("{\"format\":\"duikou-placement/1\",\"seed\":\"s\","
			  "\"groups\":[],\"postings\":[],\"students\":[{"
			  "\"id\":\"1\",\"choices\":[]}]}",
			  &instance));
	assert_true(instance.lottery[0] == UINT64_C(0xc232da6a00752fe9));
	match_instance_free(&instance);
}

/* Written, read and written again: the same bytes and the same name. */
static void there_is_one_layout(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 500; seed++) {
		struct document once = {NULL, 0, 0}, twice = {NULL, 0, 0};
		char sha256[3][MATCH_SHA256_HEX];
		struct dice dice = {seed << 32};
		struct match_instance instance;
		struct match_error error;

		small_instance(&dice, &instance);
		document_from_instance(&once, &instance, sha256[0]);
		match_instance_free(&instance);
		assert_true(document_to_instance(once.text, once.bytes,
						 &instance, sha256[1], &error));
		document_from_instance(&twice, &instance, sha256[2]);
		assert_string_equal(once.text, twice.text);
		assert_string_equal(sha256[0], sha256[1]);
		assert_string_equal(sha256[0], sha256[2]);
		match_instance_free(&instance);
		document_free(&once);
		document_free(&twice);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flaws_are_named),
		cmocka_unit_test(what_is_sound_is_read),
		cmocka_unit_test(no_choices_are_a_list),
		cmocka_unit_test(ids_have_a_length),
		cmocka_unit_test(the_lottery_is_the_hash),
		cmocka_unit_test(there_is_one_layout),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
