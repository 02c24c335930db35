/*
 * Rows in columns. A posting has a row in each folded class that it names or is
 * tied to, a student one in each area that he lives in or would go to. At most
 * 256 rows of one class, one area and one kind make a chunk, which never
 * changes; a bound says what the best row of a chunk can be at most.
 *
 * A row says no less than its posting or student deserves by this class and
 * area: values too large or too odd for their columns are rounded so.
 */
#ifndef MATCHER_INDEX_CHUNK_H
#define MATCHER_INDEX_CHUNK_H

#include "matcher/index_draft.h"
#include "matcher/index_record.h"

enum {
	MATCH_CHUNK_ROWS = 256,
	MATCH_AREA_NONE = 0,
	MATCH_AREA_ODD = 0xFFFF,  /* no division code: near to everyone */
	MATCH_COUNTY_MANY = 0xFF, /* several places in the area */
	MATCH_WANT_MANY = 0,	  /* several targets in the class */
	MATCH_WANT_TIE = 0x500,	  /* by its occupation only */
	MATCH_WANT_CATEGORY = 0x600,
	MATCH_WANT_NONE = 0x700,
	MATCH_DAY_MAX = 0xFFFF,
};

/* Bits of a row's flags; both sides have their level in the lowest two. */
enum {
	MATCH_ROW_LEVEL = 3,
	MATCH_ROW_AGAIN = 4, /* it has other rows too */
	MATCH_ROW_DATED = 8, /* from and to are stated: which, see below */
	MATCH_ROW_ODD = 16,  /* days or an expectation fit no column */
	/* postings */
	MATCH_ROW_ADULTS = 32, /* barred to those under 18 */
	MATCH_ROW_MEN = 64,    /* barred to women */
	/* students */
	MATCH_ROW_MAN = 32,
	MATCH_ROW_ANYWHERE = 64,
	MATCH_ROW_RESTRICTED = 128, /* goes only where he named */
};

/*
 * A row on its way into a chunk.
 *
 *		postings			students
 *	order	class, area, kind, want		class, area, 0, want
 *	newest	publication, in seconds, up	0
 *	low	least pay in yuan, up		65535 - expected pay, down
 *	high	greatest pay in yuan, up	0
 *	first	its first day			day on which he turns 16
 *	from,to	its period (DATED: both known)	availability (DATED: stated)
 *	mark	of the enterprise		day of the second year of study
 *	skill	of what it asks, see below	0
 */
struct match_row {
	const struct match_record *record;
	uint64_t order;
	uint32_t newest;
	uint16_t low, high, from, to, first, mark, skill;
	uint8_t county, flags;
	bool is_leaving; /* in a list of changes: the row goes */
	/* Where its keys are copied from; NULL: from the record. */
	const struct match_chunk *chunk;
	uint32_t at;
};

struct match_key_share {
	uint16_t key; /* the hash of a skill or certificate */
	uint16_t share;
};

/* What a row leads to. */
struct match_row_end {
	const struct match_record *record;
	uint32_t slot, newest;
};

/*
 * Keys of row i are key[key_end[i - 1]..key_end[i]): of the skills asked or
 * held, each with what it is worth of MATCH_WHOLE, rounded up (0 for students).
 * What every visit looks at stands together at the end of the block.
 */
struct match_chunk {
	uint64_t group; /* order without want */
	uint32_t count;
	uint32_t bytes;
	bool is_student;
	struct match_row_end *end;
	struct match_key_share *key;
	uint16_t *mark;
	uint16_t *key_end, *first, *low, *high, *from, *to, *want, *skill;
	uint8_t *county, *flags;
};

/* The best of each column over a chunk. */
struct match_bound {
	const struct match_chunk *chunk;
	uint64_t signature; /* of all keys */
	uint32_t newest;
	uint16_t low, high, area, want_low, want_high, from, to, first;
	uint32_t bytes; /* of the chunk */
	uint8_t kind;
	uint8_t levels;	  /* bit l: a row has level l */
	uint8_t all, any; /* of the flags */
	bool has_no_pay, has_no_keys;
};

static inline uint32_t match_chunk_key_start(const struct match_chunk *chunk,
					     uint32_t i)
{
	return i == 0 ? 0 : chunk->key_end[i - 1];
}

static inline uint64_t match_row_order(uint32_t class, uint32_t area,
				       uint32_t kind, uint32_t want)
{
	return (uint64_t) class << 34 | (uint64_t)area << 18 |
	       (uint64_t)kind << 16 | want;
}

static inline uint32_t match_order_class(uint64_t order)
{
	return (uint32_t)(order >> 34);
}

static inline uint32_t match_order_area(uint64_t order)
{
	return (uint32_t)(order >> 18) & 0xFFFF;
}

static inline uint32_t match_order_kind(uint64_t order)
{
	return (uint32_t)(order >> 16) & 3;
}

static inline uint64_t match_order_group(uint64_t order)
{
	return order >> 16;
}

/*
 * Keys are short: two names may share one, which makes bounds too large, not
 * wrong.
 */
static inline uint16_t match_key_of(uint32_t name, bool is_certificate)
{
	uint32_t both = name << 1 | is_certificate;

	return (uint16_t)(both * UINT32_C(0x9E3779B1) >> 16);
}

/*
 * The skills asked in 16 bits: a bit for each key in the lower 12, and the
 * least share of one ask in sixteenths, rounded down, above them. Each bit that
 * a student does not hold costs that share at least.
 */
enum { MATCH_SKILL_BITS = 12, MATCH_SKILL_PARTS = 16 };

static inline uint16_t match_skill_bit(uint16_t key)
{
	return (uint16_t)(1u << key % MATCH_SKILL_BITS);
}

uint16_t match_skill_of(const struct match_record *posting);

static inline uint64_t match_key_bit(uint16_t key)
{
	return UINT64_C(1) << (key >> 10);
}

/*
 * Make a chunk of rows[0..count), which are of one group and ascend.
 *
 * in     1 <= count <= MATCH_CHUNK_ROWS
 * fails  NULL: no memory
 */
struct match_chunk *match_chunk_new(struct match_draft *draft,
				    const struct match_row *rows,
				    uint32_t count, bool is_student);

struct match_row match_chunk_row(const struct match_chunk *chunk, uint32_t i);
struct match_bound match_chunk_bound(const struct match_chunk *chunk);

/* Have the processor fetch what a visit will look at first. */
void match_chunk_fetch(const struct match_chunk *chunk, uint32_t bytes);

/* Below 0 if a stands before b, 0 if they are the same. */
int match_row_compare(const struct match_row *a, const struct match_row *b);

#endif
