/* Zeroed, aligned, large and small; riders; and gone after the reset. */
#include "unit.h"

#include <signal.h>
#include <stdalign.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

static void test_zeroed_and_aligned(void **state)
{
	for (size_t bytes = 0; bytes < 70; bytes++) {
		unsigned char *p = arena_zeroed(*state, 1, bytes);

		assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
		for (size_t i = 0; i < bytes; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xFF, bytes);
	}
	arena_reset(*state);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(*(uint64_t *)arena_zeroed(*state, 1, 8), 0);
}

static void test_pieces_do_not_touch(void **state)
{
	enum { PIECES = 300 };
	unsigned char *at[PIECES];

	for (size_t i = 0; i < PIECES; i++) {
		at[i] = arena_array(*state, unsigned char, i * 7);
		memset(at[i], (int)(i & 0xFF), i * 7);
	}
	for (size_t i = 0; i < PIECES; i++)
		for (size_t k = 0; k < i * 7; k++)
			assert_int_equal(at[i][k], i & 0xFF);
}

static void test_large(void **state)
{
	char *large = arena_array(*state, char, 5 * 1024 * 1024);
	char *small = arena_array(*state, char, 10);

	large[5 * 1024 * 1024 - 1] = 'x';
	small[0] = 'y';
	arena_reset(*state);
	assert_int_equal(*arena_array(*state, char, 5 * 1024 * 1024), 0);
}

static void test_texts(void **state)
{
	char *copy = arena_text(*state, "not ended", 3);

	assert_string_equal(copy, "not");
	assert_string_equal(arena_text(*state, NULL, 0), "");
	assert_string_equal(arena_print(*state, "%s-%d", "a", 7), "a-7");
	assert_int_equal(strlen(arena_print(*state, "%05000d", 1)), 5000);
}

static char order[8];

static void note(void *letter)
{
	strncat(order, letter, 1);
}

static void test_riders_latest_first(void **state)
{
	static char a[] = "a", b[] = "b";

	order[0] = '\0';
	arena_on_reset(*state, note, a);
	arena_on_reset(*state, note, b);
	arena_reset(*state);
	assert_string_equal(order, "ba");
	arena_reset(*state);
	assert_string_equal(order, "ba");
}

/* A process that asks for more than there can be ends, with SIGABRT. */
static void test_exhaustion_ends_the_process(void **state)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		if (!freopen("/dev/null", "w", stderr))
			_exit(1);
		arena_zeroed(*state, SIZE_MAX / 2, 4);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static void test_poison(void **state)
{
#if defined(__SANITIZE_ADDRESS__)
	char *p = arena_array(*state, char, 16);

	assert_false(__asan_address_is_poisoned(p + 15));
	assert_true(__asan_address_is_poisoned(p + 16));
	arena_reset(*state);
	assert_true(__asan_address_is_poisoned(p));
#else
	(void)state;
	skip();
#endif
}

static void test_close_nothing(void **state)
{
	(void)state;
	arena_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ARENA(test_zeroed_and_aligned),
		WITH_ARENA(test_pieces_do_not_touch),
		WITH_ARENA(test_large),
		WITH_ARENA(test_texts),
		WITH_ARENA(test_riders_latest_first),
		WITH_ARENA(test_exhaustion_ends_the_process),
		WITH_ARENA(test_poison),
		cmocka_unit_test(test_close_nothing),
	};

	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
