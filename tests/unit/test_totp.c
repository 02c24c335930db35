/* One-time codes: the vectors of RFC 6238, appendix B, last six digits. */
#include "records/totp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* "12345678901234567890" in base32 */
static const char secret[] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

static const struct {
	int64_t at_s;
	const char *code;
} vectors[] = {
	{ 59, "287082" },	  { 1111111109, "081804" },
	{ 1111111111, "050471" }, { 1234567890, "005924" },
	{ 2000000000, "279037" }, { 20000000000, "353130" },
};

static void the_vectors(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		char code[TOTP_DIGITS + 1];

		totp_code(secret, vectors[i].at_s / TOTP_STEP_S, code);
		assert_string_equal(code, vectors[i].code);
	}
}

static void one_step_either_way(void **state)
{
	int64_t step = 0, now = 1234567890;

	(void)state;
	for (int by = -2; by <= 2; by++) {
		bool is_near = by >= -1 && by <= 1;

		assert_int_equal(totp_fits(secret, "005924",
					   now + by * TOTP_STEP_S, &step),
				 is_near);
		if (is_near)
			assert_int_equal(step, now / TOTP_STEP_S);
	}
	assert_false(totp_fits(secret, "005925", now, &step));
	assert_false(totp_fits(secret, "05924", now, &step));
	assert_false(totp_fits(secret, "", now, &step));
}

static void secrets_differ(void **state)
{
	char one[TOTP_SECRET_LETTERS + 1], other[TOTP_SECRET_LETTERS + 1];

	(void)state;
	totp_secret(one);
	totp_secret(other);
	assert_int_equal(strlen(one), TOTP_SECRET_LETTERS);
	assert_int_equal(strspn(one, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
			 TOTP_SECRET_LETTERS);
	assert_string_not_equal(one, other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_vectors),
		cmocka_unit_test(one_step_either_way),
		cmocka_unit_test(secrets_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
