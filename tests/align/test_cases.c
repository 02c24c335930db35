/*
 * Runs one case file, from its first line to its last. A file that expects
 * nothing fails.
 */
#include "checks.h"

#include "case_file.h"

#include <stdio.h>
#include <string.h>

static const char *path;
static struct case_file file;

static void read_text(void)
{
	FILE *stream = fopen(path, "r");

	assert_non_null(stream);

	size_t bytes = fread(file.text, 1, sizeof(file.text), stream);

	assert_true(bytes < sizeof(file.text));
	assert_int_equal(ferror(stream), 0);
	fclose(stream);
	file.text[bytes] = '\0';
}

/* Whether the line was an expectation. */
static bool run_line(const char *verb, char *words)
{
	if (words == NULL)
		case_wrong(&file, verb);
	if (strcmp(verb, "student") == 0)
		case_read_student(&file, words);
	else if (strcmp(verb, "posting") == 0)
		case_read_posting(&file, words);
	else if (strcmp(verb, "policy") == 0)
		case_read_policy(&file, words);
	else if (strcmp(verb, "tie") == 0)
		case_read_tie(&file, words);
	else if (case_expect(&file, verb, words))
		return true;
	else
		case_wrong(&file, verb);
	return false;
}

static void test_case(void **state)
{
	char *rest = file.text;
	size_t expected = 0;

	(void)state;
	read_text();
	file.policy = match_policy_defaults();
	for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
		file.line++;
		if (line[0] == '\0' || line[0] == '#')
			continue;

		const char *verb = strsep(&line, " ");

		expected += run_line(verb, line);
	}
	assert_true(expected > 0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_case)};

	if (argc != 2) {
		fprintf(stderr, "usage: %s FILE.case\n", argv[0]);
		return 2;
	}
	path = argv[1];
	return cmocka_run_group_tests_name(path, tests, NULL, NULL);
}
