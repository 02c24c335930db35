/* test_gzip.c - what is packed is unpacked the same, by zlib's other half. */
#include "wire/gzip.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "unit.h"

enum { LARGE_BYTES = 300000 };

static void unpack(const struct buf *packed, const void *from, size_t bytes)
{
	unsigned char *out = malloc(bytes + 1);
	z_stream stream = { .next_in = (Bytef *)packed->at,
			    .avail_in = (uInt)packed->used,
			    .next_out = out, .avail_out = (uInt)bytes + 1 };

	assert_non_null(out);
	assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
	assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
	assert_int_equal(stream.total_out, bytes);
	assert_int_equal(stream.avail_in, 0);
	if (bytes)
		assert_memory_equal(out, from, bytes);
	inflateEnd(&stream);
	free(out);
}

static void packs(void **state)
{
	struct gzip *g = gzip_open();
	struct buf out = { .at = NULL }, again = { .at = NULL };
	char *large = malloc(LARGE_BYTES);

	(void)state;
	assert_non_null(large);
	for (size_t i = 0; i < LARGE_BYTES; i++)
		large[i] = (char)(i * i >> 7);
	for (size_t bytes = 0; bytes <= LARGE_BYTES; bytes = bytes * 3 + 1) {
		gzip_pack(g, (struct bytes){ large, bytes }, &out);
		unpack(&out, large, bytes);
		gzip_pack(g, (struct bytes){ large, bytes }, &again);
		assert_int_equal(out.used, again.used);
		assert_memory_equal(out.at, again.at, out.used);
	}
	buf_close(&out);
	buf_close(&again);
	free(large);
	gzip_close(g);
	gzip_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(packs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
