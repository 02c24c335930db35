/*
 * SHA-256 against published vectors: FIPS 180-4's examples (NIST, "Example
 * Algorithms: SHA256") and the million of "a" from FIPS 180-2, appendix B.3.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "matcher/sha256.h"
#include "matcher/sha256_lanes.h"

static void check(const char *text, size_t times, const char *wanted)
{
	uint8_t digest[MATCH_SHA256_BYTES];
	char hex[MATCH_SHA256_HEX];
	struct match_sha256 sha;

	match_sha256_init(&sha);
	for (size_t i = 0; i < times; i++)
		match_sha256_add(&sha, text, strlen(text));
	match_sha256_finish(&sha, digest);
	match_sha256_hex(digest, hex);
	assert_string_equal(hex, wanted);
}

static void vectors(void **state)
{
	(void)state;
	check("", 1,
	      "e3b0c44298fc1c149afbf4c8996fb924"
	      "27ae41e4649b934ca495991b7852b855");
	check("abc", 1,
	      "ba7816bf8f01cfea414140de5dae2223"
	      "b00361a396177a9cb410ff61f20015ad");
	check("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
	      "248d6a61d20638b8e5c026930c3e6039"
	      "a33ce45964ff2167f6ecedd419db06c1");
	check("a", 1000000,
	      "cdc76e5c9914fb9281a1c7e284d73e67"
	      "f1809a48a497200e046d39ccc7112cd0");
}

/* However the bytes are cut, and at every length around the block's edges. */
static void pieces(void **state)
{
	uint8_t whole[MATCH_SHA256_BYTES], cut[MATCH_SHA256_BYTES];
	struct match_sha256 sha;
	char text[200];

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)(i * 7);
	for (size_t bytes = 0; bytes <= sizeof(text); bytes++) {
		match_sha256_init(&sha);
		match_sha256_add(&sha, text, bytes);
		match_sha256_finish(&sha, whole);
		for (size_t at = 0; at <= bytes; at += 13) {
			match_sha256_init(&sha);
			match_sha256_add(&sha, text, at);
			match_sha256_add(&sha, text + at, bytes - at);
			match_sha256_finish(&sha, cut);
			assert_memory_equal(whole, cut, sizeof(whole));
		}
	}
}

static uint64_t draw_alone(const char *seed, struct match_id id)
{
	uint8_t digest[MATCH_SHA256_BYTES];
	struct match_sha256 sha;
	uint64_t number = 0;

	match_sha256_init(&sha);
	match_sha256_add(&sha, seed, strlen(seed));
	match_sha256_add(&sha, "\n", 1);
	match_sha256_add(&sha, id.text, id.bytes);
	match_sha256_finish(&sha, digest);
	for (int i = 0; i < 8; i++)
		number = number << 8 | digest[i];
	return number;
}

/* Four at once, of every length and of different ones, as each alone. */
static void lanes(void **state)
{
	char seed[MATCH_ID_BYTES_MAX + 1], text[MATCH_ID_BYTES_MAX];
	uint64_t drawn[MATCH_SHA256_LANES];

	(void)state;
	memset(seed, 's', sizeof(seed));
	for (uint32_t i = 0; i < MATCH_ID_BYTES_MAX; i++)
		text[i] = (char)(i * 7 + 1);
	for (uint32_t n = 1; n <= MATCH_ID_BYTES_MAX; n++) {
		struct match_id id[MATCH_SHA256_LANES] = {
			{text, n},
			{text, 1},
			{text + n / 2, n - n / 2},
			{text, MATCH_ID_BYTES_MAX + 1 - n},
		};

		seed[0] = 't';
		seed[n] = '\0';
		match_sha256_draw(seed, id, drawn);
		for (int i = 0; i < MATCH_SHA256_LANES; i++)
			assert_true(drawn[i] == draw_alone(seed, id[i]));
		seed[n] = 's';
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vectors),
		cmocka_unit_test(pieces),
		cmocka_unit_test(lanes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
