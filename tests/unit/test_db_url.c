/* Connection URLs: what is refused before anything is tried, what is added. */
#include "unit.h"

#include "wire/db_url.h"

static void test_sound(void **state)
{
	static const char *const sound[] = {
		"postgresql:///duikou",
		"postgres://u:p%40ss@h:5432/d?sslmode=verify-full",
		("postgresql://a:1,b,[::1]:65535/d"
		 "?target_session_attrs=read-write"),
		"host='/tmp/a b' user=u dbname=d",
		"port=5432,,5433 host=a,b,c",
		"dbname=d",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(sound); i++)
		assert_null(db_url_flaw(sound[i]));
}

static void test_flaws(void **state)
{
	static const struct {
		const char *url, *flaw;
	} flaws[] = {
		{ "", "not set" },
		{ "duikou", "missing \"=\"" },
		{ "postgresql:/u:hush@h/d", "missing \"=\"" },
		{ "hush:5432/d?a=b", "invalid connection option" },
		{ "host=h password='hush", "unterminated" },
		{ "postgresql://u:hush%zz@h/d", "percent-encoded token" },
		{ "postgresql://u:hush%00@h/d", "forbidden value" },
		{ "postgresql://u:hush@[/d", "IPv6" },
		{ "postgresql://u:hush@[]/d", "may not be empty" },
		{ "postgresql://u:hush@[::1]x/d", "unexpected character" },
		{ "postgresql://h/d?password=hush=x", "extra key/value" },
		{ "postgresql://h/d?hush", "missing key/value" },
		{ "postgresql://h/d?hush=1", "invalid URI query parameter" },
		{ "postgresql://h:0/d", "port" },
		{ "postgresql://h:65536/d", "port" },
		{ "postgresql://h:5432,i:x/d", "port" },
		{ "host=h port=5432;hush", "port" },
		{ "host=h port=-1", "port" },
		{ "host=h sslmode=hush", "sslmode" },
		{ "host=h target_session_attrs=hush", "target_session" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(flaws); i++) {
		const char *said = db_url_flaw(flaws[i].url);

		assert_non_null(said);
		assert_non_null(strstr(said, flaws[i].flaw));
		assert_null(strstr(said, "hush"));
	}
}

static void test_what_is_said_stands(void **state)
{
	struct db_url url;

	(void)state;
	db_url_open(&url, "host=h dbname=d connect_timeout=9 options='-c a=b'",
		    "test", "-c c=d");
	assert_string_equal(db_url_word(&url, "host"), "h");
	assert_string_equal(db_url_word(&url, "connect_timeout"), "9");
	assert_string_equal(db_url_word(&url, "client_encoding"), "UTF8");
	assert_string_equal(db_url_word(&url, "fallback_application_name"),
			    "test");
	assert_non_null(strstr(db_url_word(&url, "options"), "-c c=d -c a=b"));
	assert_non_null(strstr(db_url_word(&url, "options"), "timezone=UTC"));
	assert_null(db_url_word(&url, "password"));
	db_url_close(&url);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sound),
		cmocka_unit_test(test_flaws),
		cmocka_unit_test(test_what_is_said_stands),
	};

	return cmocka_run_group_tests_name("db_url", tests, NULL, NULL);
}
