/* Published test vectors, round trips, and what must be refused. */
#include "unit.h"

#include "base/text.h"
#include "wire/crypto.h"

/* Cheap, so that the test is quick; the text says so. */

#define BYTES(text) ((struct bytes){ (text), strlen(text) })

static void expect_hex(const uint8_t *at, size_t bytes, const char *hex)
{
	char text[129];

	assert_true(bytes <= 64);
	text_hex(at, bytes, text);
	assert_string_equal(text, hex);
}

/* FIPS 180-4 examples; RFC 4231, test case 2. */
static void test_digests(void **state)
{
	uint8_t out[SHA256_BYTES];

	(void)state;
	crypto_sha256(BYTES(""), out);
	expect_hex(out, 32, "e3b0c44298fc1c149afbf4c8996fb924"
			    "27ae41e4649b934ca495991b7852b855");
	crypto_sha256(BYTES("abc"), out);
	expect_hex(out, 32, "ba7816bf8f01cfea414140de5dae2223"
			    "b00361a396177a9cb410ff61f20015ad");
	crypto_hmac_sha256(BYTES("Jefe"),
			   BYTES("what do ya want for nothing?"), out);
	expect_hex(out, 32, "5bdcc146bf60754e6a042426089575c7"
			    "5a003f089d2739839dec58b964ec3843");
	crypto_hmac_sha256((struct bytes){ NULL, 0 }, BYTES(""), out);
	expect_hex(out, 32, "b613679a0814d9ec772f95d778c35fc5"
			    "ff1697c493715653c6c712144292c5ad");
}

/* RFC 4648 section 10, in the url alphabet without padding. */
static void test_base64url(void **state)
{
	static const struct { const char *plain, *text; } cases[] = {
		{ "", "" },	     { "f", "Zg" },
		{ "fo", "Zm8" },     { "foo", "Zm9v" },
		{ "foob", "Zm9vYg" }, { "fooba", "Zm9vYmE" },
		{ "foobar", "Zm9vYmFy" }, { "\xfb\xff\xbf", "-_-_" },
	};
	char text[16], plain[16];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		size_t count = strlen(cases[i].plain);

		crypto_base64url(BYTES(cases[i].plain), text);
		assert_string_equal(text, cases[i].text);
		assert_int_equal(strlen(text) + 1, CRYPTO_BASE64_BYTES(count));
		assert_true(crypto_unbase64url(text, plain, count));
		assert_memory_equal(plain, cases[i].plain, count);
	}
	assert_false(crypto_unbase64url("Zg==", plain, 1));
	assert_false(crypto_unbase64url("Zh", plain, 1));
	assert_false(crypto_unbase64url("Zg", plain, 2));
	assert_false(crypto_unbase64url("Zg", plain, 0));
	assert_false(crypto_unbase64url("Zm8+", plain, 3));
	assert_false(crypto_unbase64url("", plain, 1));
}

static void test_tokens(void **state)
{
	char one[CRYPTO_TOKEN_TEXT_BYTES], two[CRYPTO_TOKEN_TEXT_BYTES];
	uint8_t bits[32];

	(void)state;
	crypto_token(one);
	crypto_token(two);
	assert_string_not_equal(one, two);
	assert_true(crypto_unbase64url(one, bits, sizeof(bits)));
	assert_true(crypto_is_same(one, one, sizeof(one)));
	assert_false(crypto_is_same(one, two, sizeof(one)));
}

/* RFC 7914 section 12, the first 32 bytes of the third. */
static void test_password_vector(void **state)
{
	uint8_t out[SHA256_BYTES];

	(void)state;
	assert_true(crypto_scrypt("pleaseletmein", BYTES("SodiumChloride"),
				  (struct scrypt_cost){ 14, 8, 1 }, out));
	expect_hex(out, 32, "7023bdcb3afd7348461c06cd81fd38eb"
			    "fda8fbba904f8e3ea9b543f6545da1f2");
}

/* What RFC 7914 does not allow, and what would take too much memory. */
static void test_costs_refused(void **state)
{
	static const struct scrypt_cost costs[] = {
		{ 0, 8, 1 }, { -4, 8, 1 }, { 21, 8, 1 }, { 20, 32, 1 },
		{ 4, 0, 1 }, { 4, 33, 1 }, { 4, 8, 0 }, { 4, 8, 9 },
		{ 16, 1, 1 },
	};
	uint8_t out[SHA256_BYTES];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(costs); i++)
		assert_false(crypto_scrypt("x", BYTES("salt"), costs[i], out));
}

#define SECRET_A "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
#define SECRET_B "HxAREhMUFRYXGBkaGxwdHh8AAQIDBAUGBwgJCgsMDQ4"

static void test_ring(void **state)
{
	static const char *const bad[] = {
		"", "a", "a:", ":" SECRET_A, "a:" SECRET_A ",",
		"a:" SECRET_A ",a:" SECRET_B, "A:" SECRET_A,
		"a:" SECRET_A "A", "a:" SECRET_A " ", "a.b:" SECRET_A,
		"abcdefghijklmnopq:" SECRET_A,
	};
	struct crypto_ring ring;

	(void)state;
	assert_true(crypto_ring_parse("k-2:" SECRET_B ",k_1:" SECRET_A, &ring));
	assert_int_equal(ring.count, 2);
	assert_string_equal(ring.at[1].id, "k_1");
	assert_int_equal(ring.at[1].secret[31], 31);
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(crypto_ring_parse(bad[i], &ring));
}

static void test_seal(void **state)
{
	static const char *const plains[] = { "", "x", "110101200001010000" };
	struct crypto_ring old, new;
	struct bytes plain;

	assert_true(crypto_ring_parse("a:" SECRET_A, &old));
	assert_true(crypto_ring_parse("b:" SECRET_B ",a:" SECRET_A, &new));
	for (size_t i = 0; i < COUNT_OF(plains); i++) {
		char *sealed = crypto_seal(&old, *state, BYTES(plains[i]),
					   BYTES("student/1"));

		assert_true(text_starts(sealed, "v1.a."));
		assert_true(crypto_unseal(&new, *state, sealed,
					  BYTES("student/1"), &plain));
		assert_string_equal(plain.at, plains[i]);
		assert_int_equal(plain.count, strlen(plains[i]));
		assert_false(crypto_unseal(&new, *state, sealed,
					   BYTES("student/2"), &plain));
		sealed[3] = 'b';
		assert_false(crypto_unseal(&new, *state, sealed,
					   BYTES("student/1"), &plain));
		assert_false(crypto_unseal(&old, *state, sealed,
					   BYTES("student/1"), &plain));
	}
}

/* No single character may change unnoticed. */
static void test_seal_mutations(void **state)
{
	struct crypto_ring ring;
	struct bytes plain;
	char *sealed;

	assert_true(crypto_ring_parse("a:" SECRET_A, &ring));
	sealed = crypto_seal(&ring, *state, BYTES("13800000000"), BYTES("c"));
	for (char *at = sealed; *at; at++) {
		char was = *at;

		*at = was == 'A' ? 'B' : 'A';
		assert_false(crypto_unseal(&ring, *state, sealed, BYTES("c"),
					   &plain));
		*at = '\0';
		assert_false(crypto_unseal(&ring, *state, sealed, BYTES("c"),
					   &plain));
		*at = was;
	}
	assert_true(crypto_unseal(&ring, *state, sealed, BYTES("c"), &plain));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_digests),
		cmocka_unit_test(test_base64url),
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_password_vector),
		cmocka_unit_test(test_costs_refused),
		cmocka_unit_test(test_ring),
		WITH_ARENA(test_seal),
		WITH_ARENA(test_seal_mutations),
	};

	return cmocka_run_group_tests_name("crypto", tests, NULL, NULL);
}
