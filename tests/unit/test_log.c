/* A line per event, whole, whatever is in it. */
#include "unit.h"

#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

static char seen[8192];

/* What the call wrote to standard error. */
static const char *written(void (*call)(void))
{
	int pipe_ends[2], was = dup(STDERR_FILENO);
	ssize_t bytes;

	assert_int_equal(pipe(pipe_ends), 0);
	dup2(pipe_ends[1], STDERR_FILENO);
	call();
	dup2(was, STDERR_FILENO);
	close(was);
	close(pipe_ends[1]);
	bytes = read(pipe_ends[0], seen, sizeof(seen) - 1);
	close(pipe_ends[0]);
	assert_true(bytes >= 0);
	seen[bytes] = '\0';
	return seen;
}

static void write_plain(void)
{
	log_line(LOG_INFO, "request", "status=%d path=\"%s\"", 200, "/v1/me");
}

static void write_forged(void)
{
	log_line(LOG_WARN, "a\nb", "x=\"%s\"", "1\r\n2026 level=fatal\x1b[0m");
}

static void write_long(void)
{
	log_line(LOG_INFO, "long", "x=%05000d", 7);
}

static void write_debug(void)
{
	log_line(LOG_DEBUG, "quiet", "x=1");
}

static void test_line(void **state)
{
	char time[32] = "";
	const char *line = written(write_plain);

	(void)state;
	memcpy(time, line, 24);
	assert_true(clock_is_rfc3339(time));
	assert_string_equal(line + 24, " level=info event=\"request\" "
				       "status=200 path=\"/v1/me\"\n");
}

static void test_one_event_one_line(void **state)
{
	const char *line = written(write_forged);

	(void)state;
	assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
	assert_null(strchr(line, '\r'));
	assert_null(strchr(line, '\x1b'));
	line = written(write_long);
	assert_true(strlen(line) < 2100);
	assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
}

static void test_levels(void **state)
{
	enum log_level level = LOG_ERROR;

	(void)state;
	assert_string_equal(written(write_debug), "");
	log_set_level(LOG_DEBUG);
	assert_string_not_equal(written(write_debug), "");
	log_set_level(LOG_FATAL);
	assert_string_equal(written(write_plain), "");
	log_set_level(LOG_INFO);
	assert_true(log_level_from_word("debug", &level));
	assert_int_equal(level, LOG_DEBUG);
	assert_false(log_level_from_word("DEBUG", &level));
	assert_false(log_level_from_word("", &level));
	assert_int_equal(level, LOG_DEBUG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_line),
		cmocka_unit_test(test_one_event_one_line),
		cmocka_unit_test(test_levels),
	};

	return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
