/*
 * Where what lies in the binary form; for packed_read.c and packed_write.c.
 *
 * from   docs/placement.md, "The binary form"
 */
#ifndef MATCHER_FILES_PACKED_LAYOUT_H
#define MATCHER_FILES_PACKED_LAYOUT_H

#include <stdint.h>

#define PACKED_MAGIC \
	"\x89"       \
	"DKP\r\n\x1a\n"
#define PACKED_VERSION 1u
#define PACKED_OWN_LOTTERY 1u /* flag: the numbers were given, not drawn */

enum packed_section {
	PACKED_SEED,
	PACKED_GROUP_STARTS,
	PACKED_GROUP_IDS,
	PACKED_POSTING_STARTS,
	PACKED_POSTING_IDS,
	PACKED_STUDENT_STARTS,
	PACKED_STUDENT_IDS,
	PACKED_GROUPS,
	PACKED_POSTINGS,
	PACKED_CHOICE_STARTS,
	PACKED_CHOICES,
	PACKED_PINS,
	PACKED_LOTTERY,
	PACKED_RANKING_STARTS,
	PACKED_RANKED,
	PACKED_SECTIONS
};

enum packed_count {
	PACKED_GROUP_COUNT,
	PACKED_POSTING_COUNT,
	PACKED_STUDENT_COUNT,
	PACKED_CHOICE_COUNT,
	PACKED_RANKING_COUNT,
	PACKED_RANKED_COUNT,
	PACKED_SEED_BYTES,
	PACKED_GROUP_ID_BYTES,
	PACKED_POSTING_ID_BYTES,
	PACKED_STUDENT_ID_BYTES,
	PACKED_COUNTS
};

enum {
	PACKED_VERSION_AT = 8,
	PACKED_FLAGS_AT = 12,
	PACKED_LENGTH_AT = 16,
	PACKED_SHA256_AT = 24,
	PACKED_COUNTS_AT = 56,
	PACKED_OFFSETS_AT = 96,
	PACKED_HEAD_BYTES = 216,
	PACKED_CHECKSUM_BYTES = 8,
};

struct packed_head {
	uint32_t flags;
	uint32_t count[PACKED_COUNTS];
	uint64_t offset[PACKED_SECTIONS];
	uint64_t length; /* of the file */
};

/* Offsets and length, from flags and counts. */
void packed_lay_out(struct packed_head *head);

/* One word more; the checksum of nothing is 0. */
static inline uint64_t packed_checksum(uint64_t sum, uint64_t word)
{
	sum ^= word;
	return (sum << 23 | sum >> 41) * UINT64_C(0x9e3779b97f4a7c15);
}

#endif
