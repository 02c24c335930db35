/* quota_statement_steps.c - see quota_statement_steps.h. What stands behind a
 * code is trusted as far as the stamp goes: it was written here. */
#include "endpoints/quota_statement_steps.h"

#include "flow/seals.h"

bool path_statement(struct flow *f, struct statement_ref *ref,
		    char hex[2 * SHA256_BYTES + 1])
{
	uint8_t raw[STATEMENT_BYTES + STAMP_BYTES];

	if (!crypto_unbase64url(path_text(f, "code"), raw, sizeof(raw)) ||
	    !stamp_fits(f, "quota-statement",
			(struct bytes){ raw, STATEMENT_BYTES },
			raw + STATEMENT_BYTES) ||
	    !statement_unpack(raw, ref))
		return fail(f, FAULT_NOT_FOUND, "%s", "") != FLOW_FAIL;
	statement_hex(ref->sha256, hex);
	return true;
}
