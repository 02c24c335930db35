/* test_cors.c - lists of origins, and Accept-Encoding beside them. */
#include "flow/cors.h"

#include <string.h>

#include "flow/coding.h"
#include "unit.h"

static const char two[] = "https://a.example,http://localhost:3000";

static bool allows(const char *setting, const char *origin)
{
	return cors_allows(setting, origin, strlen(origin));
}

static void settings(void **state)
{
	static const char *const sound[] = {
		"", "*", "https://a.example", "http://localhost:3000",
		"https://[2001:db8::1]:8443", two,
	};
	static const char *const unsound[] = {
		"a.example", "https://", "https://a.example/",
		"https://A.example", "https://a.example, https://b.example",
		"https://a.example,", ",", "*,https://a.example", "null",
		"ftp://a.example", "https://a.example?x",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(sound); i++)
		assert_true(cors_is_sound(sound[i]));
	for (size_t i = 0; i < COUNT_OF(unsound); i++)
		assert_false(cors_is_sound(unsound[i]));
}

static void origins(void **state)
{
	static const char *const others[] = {
		"", "null", "https://a.example:443", "https://a.exampl",
		"https://a.example.evil", "http://a.example",
		"https://A.example", "http://localhost", "*",
		"https://a.example,http://localhost:3000",
	};

	(void)state;
	assert_true(allows(two, "https://a.example"));
	assert_true(allows(two, "http://localhost:3000"));
	for (size_t i = 0; i < COUNT_OF(others); i++)
		assert_false(allows(two, others[i]));
	assert_false(allows("", "https://a.example"));
	assert_false(allows("", ""));
	assert_true(allows("*", "https://any.example"));
}

static bool takes(const char *header)
{
	return coding_takes_gzip(header, strlen(header));
}

static void codings(void **state)
{
	static const char *const yes[] = {
		"gzip", "GZIP", "x-gzip", "gzip, deflate, br", "br, gzip;q=0.1",
		"*", "*;q=0.5", "identity;q=0.5, gzip;q=0.5", "identity;q=0, *",
		"gzip ; q=0.001", "gzip;q=1.000",
	};
	static const char *const no[] = {
		"", "br", "identity", "gzip;q=0", "gzip;q=0.000", "*;q=0",
		"gzip;q=0, *", "identity, gzip;q=0.5", "gzipx", "gzip;q=x",
		"gzip;q=2",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(yes); i++)
		assert_true(takes(yes[i]));
	for (size_t i = 0; i < COUNT_OF(no); i++)
		assert_false(takes(no[i]));
	assert_false(coding_takes_gzip(NULL, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(settings),
		cmocka_unit_test(origins),
		cmocka_unit_test(codings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
