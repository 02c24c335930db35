/*
 * acceptance.h - the certificate of the interns that an enterprise took. Its
 * code is the certificate itself, with a stamp of the service's key: whoever
 * has the code can have it verified, and nothing is kept.
 */
#ifndef RECORDS_ACCEPTANCE_H
#define RECORDS_ACCEPTANCE_H

#include <stdint.h>

#include "base/uuid.h"
#include "wire/json_write.h"

/* Days are counted from 1970-01-01. */
enum acceptance_number { ACCEPTANCE_FROM, ACCEPTANCE_TO, ACCEPTANCE_ISSUED,
			 ACCEPTANCE_PLACEMENTS, ACCEPTANCE_STUDENTS,
			 ACCEPTANCE_DAYS, ACCEPTANCE_NUMBERS };

enum { ACCEPTANCE_BYTES = 1 + 2 * 16 + 4 * ACCEPTANCE_NUMBERS };

struct acceptance {
	struct uuid consortium_id, enterprise_id;
	int32_t numbers[ACCEPTANCE_NUMBERS];
};

/* What the certificate names besides; borrowed. */
struct acceptance_names {
	const char *enterprise, *uscc, *consortium, *code;
};

void acceptance_pack(const struct acceptance *a, uint8_t out[ACCEPTANCE_BYTES]);

/* fails  another form than this program writes */
MUST_CHECK bool acceptance_unpack(const uint8_t in[ACCEPTANCE_BYTES],
				  struct acceptance *a);

void acceptance_write(struct json_writer *w, const struct acceptance *a,
		      const struct acceptance_names *names);

#endif
