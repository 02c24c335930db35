/* acceptance.c - see acceptance.h. */
#include "records/acceptance.h"

#include <string.h>

#include "base/clock.h"

enum { FORM = 1, ID_BYTES = 16 };

void acceptance_pack(const struct acceptance *a, uint8_t out[ACCEPTANCE_BYTES])
{
	*out++ = FORM;
	memcpy(out, a->consortium_id.bytes, ID_BYTES);
	memcpy(out + ID_BYTES, a->enterprise_id.bytes, ID_BYTES);
	out += 2 * ID_BYTES;
	for (int i = 0; i < ACCEPTANCE_NUMBERS; i++)
		for (int shift = 24; shift >= 0; shift -= 8)
			*out++ = (uint8_t)((uint32_t)a->numbers[i] >> shift);
}

bool acceptance_unpack(const uint8_t in[ACCEPTANCE_BYTES],
		       struct acceptance *a)
{
	if (*in++ != FORM)
		return false;
	memcpy(a->consortium_id.bytes, in, ID_BYTES);
	memcpy(a->enterprise_id.bytes, in + ID_BYTES, ID_BYTES);
	in += 2 * ID_BYTES;
	for (int i = 0; i < ACCEPTANCE_NUMBERS; i++) {
		uint32_t number = 0;

		for (int k = 0; k < 4; k++)
			number = number << 8 | *in++;
		a->numbers[i] = (int32_t)number;
	}
	return true;
}

static void write_day(struct json_writer *w, const char *name, int32_t day)
{
	char text[CLOCK_TEXT_BYTES];

	clock_date_text(day, text);
	json_member_text(w, name, text);
}

void acceptance_write(struct json_writer *w, const struct acceptance *a,
		      const struct acceptance_names *names)
{
	json_object(w);
	json_member_uuid(w, "enterprise_id", &a->enterprise_id);
	json_member_text(w, "enterprise_name", names->enterprise);
	json_member_text(w, "uscc", names->uscc);
	json_member_text(w, "consortium_name", names->consortium);
	write_day(w, "from", a->numbers[ACCEPTANCE_FROM]);
	write_day(w, "to", a->numbers[ACCEPTANCE_TO]);
	json_member_int(w, "placements", a->numbers[ACCEPTANCE_PLACEMENTS]);
	json_member_int(w, "students", a->numbers[ACCEPTANCE_STUDENTS]);
	json_member_int(w, "days", a->numbers[ACCEPTANCE_DAYS]);
	write_day(w, "issued_on", a->numbers[ACCEPTANCE_ISSUED]);
	json_member_text(w, "code", names->code);
	json_end(w);
}
