/* Which texts may be ids: UTF-8 by RFC 3629, and nothing that garbles. */
#include "matcher/ids.h"

/* How many bytes follow a lead byte; -1 if it cannot lead. */
static int follow_count(uint8_t lead)
{
	if (lead < 0x80)
		return 0;
	if (lead < 0xc2)
		return -1;
	if (lead < 0xe0)
		return 1;
	if (lead < 0xf0)
		return 2;
	return lead < 0xf5 ? 3 : -1;
}

/* Overlong forms, surrogates and what lies beyond U+10FFFF. */
static bool is_second_sound(uint8_t lead, uint8_t second)
{
	switch (lead) {
	case 0xc2: /* below: U+0080..9F, controls */
	case 0xe0: /* below: overlong */
		return second >= 0xa0;
	case 0xed:
		return second < 0xa0;
	case 0xf0:
		return second >= 0x90;
	case 0xf4:
		return second < 0x90;
	default:
		return true;
	}
}

/* The length of the sound character at the start, or 0. */
static uint32_t character_bytes(const uint8_t *at, uint32_t rest)
{
	int follow = follow_count(at[0]);

	if (at[0] < 0x20 || at[0] == 0x7f || follow < 0)
		return 0;
	if ((uint32_t)follow >= rest)
		return 0;
	for (int i = 1; i <= follow; i++)
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	if (follow && !is_second_sound(at[0], at[1]))
		return 0;
	return (uint32_t)follow + 1;
}

bool match_id_is_sound(struct match_id id)
{
	const uint8_t *text = (const uint8_t *)id.text;
	uint32_t at = 0;

	if (!text || !id.bytes || id.bytes > MATCH_ID_BYTES_MAX)
		return false;
	while (at < id.bytes) {
		uint32_t step = character_bytes(text + at, id.bytes - at);

		if (!step)
			return false;
		at += step;
	}
	return true;
}
