/* audit.c - see audit.h. */
#include "records/audit.h"

#include "base/text.h"

static void add_field(struct buf *b, const struct rows *rows, int row,
		      int column)
{
	if (rows_is_null(rows, row, column)) {
		buf_byte(b, '-');
		return;
	}
	buf_print(b, "%zu:", rows_bytes(rows, row, column));
	buf_bytes(b, rows_text(rows, row, column),
		  rows_bytes(rows, row, column));
}

void audit_hash(const struct rows *rows, int row, struct buf *scratch,
		uint8_t out[SHA256_BYTES])
{
	uint8_t before[SHA256_BYTES];

	must(text_unhex(rows_text(rows, row, AUDIT_PREV_HASH), before,
			sizeof(before)));
	scratch->used = 0;
	buf_bytes(scratch, before, sizeof(before));
	for (int column = AUDIT_CONSORTIUM; column < AUDIT_PREV_HASH; column++)
		add_field(scratch, rows, row, column);
	crypto_sha256((struct bytes){ scratch->at, scratch->used }, out);
}
