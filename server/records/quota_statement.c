/* quota_statement.c - see quota_statement.h. */
#include "records/quota_statement.h"

#include <string.h>

#include "records/members.h"

enum { FORM = 1, ID_BYTES = 16 };

void statement_pack(const struct statement_ref *ref,
		    uint8_t out[STATEMENT_BYTES])
{
	*out++ = FORM;
	memcpy(out, ref->consortium_id.bytes, ID_BYTES);
	memcpy(out + ID_BYTES, ref->id.bytes, ID_BYTES);
	memcpy(out + 2 * ID_BYTES, ref->sha256, SHA256_BYTES);
}

bool statement_unpack(const uint8_t in[STATEMENT_BYTES],
		      struct statement_ref *ref)
{
	if (*in++ != FORM)
		return false;
	memcpy(ref->consortium_id.bytes, in, ID_BYTES);
	memcpy(ref->id.bytes, in + ID_BYTES, ID_BYTES);
	memcpy(ref->sha256, in + 2 * ID_BYTES, SHA256_BYTES);
	return true;
}

void statement_hex(const uint8_t sha256[SHA256_BYTES],
		   char out[2 * SHA256_BYTES + 1])
{
	static const char digits[] = "0123456789abcdef";

	for (int i = 0; i < SHA256_BYTES; i++) {
		*out++ = digits[sha256[i] >> 4];
		*out++ = digits[sha256[i] & 15];
	}
	*out = '\0';
}

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_UUID, "enterprise_id" },
	{ MEMBER_TEXT, "from" },
	{ MEMBER_TEXT, "to" },
	{ MEMBER_TEXT, "sha256" },
	{ MEMBER_TEXT, "code" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_END, NULL }
};

void statement_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}
