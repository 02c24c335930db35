/* The layout follows from the counts alone. */
#include "matcher/files/packed_layout.h"

#include <stdbool.h>

static uint64_t section_bytes(const struct packed_head *head,
			      enum packed_section section)
{
	const uint32_t *count = head->count;
	bool is_own = head->flags & PACKED_OWN_LOTTERY;
	const uint64_t bytes[PACKED_SECTIONS] = {
		[PACKED_SEED] = count[PACKED_SEED_BYTES],
		[PACKED_GROUP_STARTS] = 4 + 4ull * count[PACKED_GROUP_COUNT],
		[PACKED_GROUP_IDS] = count[PACKED_GROUP_ID_BYTES],
		[PACKED_POSTING_STARTS] =
			4 + 4ull * count[PACKED_POSTING_COUNT],
		[PACKED_POSTING_IDS] = count[PACKED_POSTING_ID_BYTES],
		[PACKED_STUDENT_STARTS] =
			4 + 4ull * count[PACKED_STUDENT_COUNT],
		[PACKED_STUDENT_IDS] = count[PACKED_STUDENT_ID_BYTES],
		[PACKED_GROUPS] = 16ull * count[PACKED_GROUP_COUNT],
		[PACKED_POSTINGS] = 12ull * count[PACKED_POSTING_COUNT],
		[PACKED_CHOICE_STARTS] = 4 + 4ull * count[PACKED_STUDENT_COUNT],
		[PACKED_CHOICES] = 8ull * count[PACKED_CHOICE_COUNT],
		[PACKED_PINS] = 4ull * count[PACKED_STUDENT_COUNT],
		[PACKED_LOTTERY] =
			is_own ? 8ull * count[PACKED_STUDENT_COUNT] : 0,
		[PACKED_RANKING_STARTS] =
			4 + 4ull * count[PACKED_RANKING_COUNT],
		[PACKED_RANKED] = 4ull * count[PACKED_RANKED_COUNT],
	};

	return (bytes[section] + 7) / 8 * 8;
}

void packed_lay_out(struct packed_head *head)
{
	head->length = PACKED_HEAD_BYTES;
	for (int i = 0; i < PACKED_SECTIONS; i++) {
		head->offset[i] = head->length;
		head->length += section_bytes(head, (enum packed_section)i);
	}
	head->length += PACKED_CHECKSUM_BYTES;
}
