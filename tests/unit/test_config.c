/* Settings by the environment: defaults, ranges, names mistyped, secrets. */
#include "unit.h"

#include <stdio.h>

#include "base/config.h"

extern char **environ;

static char *complaints;
static size_t complaints_bytes;

/* Each test begins without any setting of ours. */
static int clean(void **state)
{
	(void)state;
	for (char **entry = environ; *entry;) {
		char name[64];

		snprintf(name, sizeof(name), "%.*s",
			 (int)strcspn(*entry, "="), *entry);
		if (strncmp(name, "DUIKOU_", 7) == 0 ||
		    strcmp(name, "DATABASE_URL") == 0)
			unsetenv(name);
		else
			entry++;
	}
	return 0;
}

static int forget(void **state)
{
	free(complaints);
	complaints = NULL;
	return clean(state);
}

static bool reads(struct config *config)
{
	FILE *to = open_memstream(&complaints, &complaints_bytes);
	bool is_good = config_read(config, to);

	fclose(to);
	return is_good;
}

static void test_defaults(void **state)
{
	struct config config;

	(void)state;
	assert_true(reads(&config));
	assert_string_equal(config.database_url, "");
	assert_string_equal(config.listen, "127.0.0.1:8080");
	assert_int_equal(config.head_deadline_ms, 10000);
	assert_string_equal(complaints, "");
}

static void test_set(void **state)
{
	struct config config;

	(void)state;
	setenv("DATABASE_URL", "postgresql:///duikou", 1);
	setenv("DUIKOU_LOOPS", "64", 1);
	setenv("DUIKOU_LISTEN", "", 1);
	setenv("DUIKOU_TEST_ANYTHING", "1", 1);
	assert_true(reads(&config));
	assert_string_equal(config.database_url, "postgresql:///duikou");
	assert_int_equal(config.loops, 64);
	/* Set to nothing is not set. */
	assert_string_equal(config.listen, "127.0.0.1:8080");
}

/* All that is wrong is told at once. */
static void test_every_complaint(void **state)
{
	static const char *const named[] = {
		"DUIKOU_LOOPS=65: ", "DUIKOU_QUEUE_MAX=many: ",
		"DUIKOU_LEASE_MS=1.5: ", "DUIKOU_LOPS: no such setting",
		"DUIKOU_HEAD_DEADLINE_MS=-1: ",
	};
	struct config config;

	(void)state;
	setenv("DUIKOU_LOOPS", "65", 1);
	setenv("DUIKOU_QUEUE_MAX", "many", 1);
	setenv("DUIKOU_LEASE_MS", "1.5", 1);
	setenv("DUIKOU_HEAD_DEADLINE_MS", "-1", 1);
	setenv("DUIKOU_LOPS", "2", 1);
	assert_false(reads(&config));
	for (size_t i = 0; i < COUNT_OF(named); i++)
		assert_non_null(strstr(complaints, named[i]));
}

static void expect_hidden(const char *url, const char *shown)
{
	struct config config;
	char *text;
	size_t bytes;
	FILE *out;

	setenv("DATABASE_URL", url, 1);
	assert_true(reads(&config));
	free(complaints);
	complaints = NULL;
	out = open_memstream(&text, &bytes);
	config_print(&config, out);
	fclose(out);
	assert_null(strstr(text, "secret"));
	assert_non_null(strstr(text, shown));
	assert_non_null(strstr(text, "DUIKOU_LISTEN"));
	free(text);
}

static void test_print_hides_passwords(void **state)
{
	(void)state;
	expect_hidden("postgresql://u:secret@h:5432/d", "u:***@h:5432/d");
	expect_hidden("postgresql://u@h:5432/d", "u@h:5432/d");
	expect_hidden("host=h password=secret", "(hidden)");
	expect_hidden("host=h password = 'secret'", "(hidden)");
	expect_hidden("postgresql://u@h/d?password=secret", "(hidden)");
	expect_hidden("postgresql://u:x@h/d?password=secret", "(hidden)");
	expect_hidden("postgresql://u:my@secret@h/d", "u:***@h/d");
	expect_hidden("postgresql:/u:secret@h/d", "postgresql:***@h/d");
	expect_hidden("u:secret@h/d", "u:***@h/d");
}

static void test_print_hides_keys(void **state)
{
	struct config config;
	FILE *to;

	(void)state;
	setenv("DUIKOU_SEAL_KEYS", "k1:c2VjcmV0", 1);
	assert_true(reads(&config));
	free(complaints);
	to = open_memstream(&complaints, &complaints_bytes);
	config_print(&config, to);
	fclose(to);
	assert_null(strstr(complaints, "c2VjcmV0"));
	assert_non_null(strstr(complaints, "(hidden)"));
}

#define CLEAN(f) cmocka_unit_test_setup_teardown(f, clean, forget)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLEAN(test_defaults),
		CLEAN(test_set),
		CLEAN(test_every_complaint),
		CLEAN(test_print_hides_passwords),
		CLEAN(test_print_hides_keys),
	};

	return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
