/*
 * The specialties that a free text demands.
 *
 * A name of a specialty is mostly no demand for one: "熟练使用计算机" asks for
 * a skill and "某某机械有限公司" for nothing. So a name counts only in a list
 * that ends in "专业" ("会计、金融等相关专业"), in one that is opened by it
 * ("专业要求：会计"), or directly before 学历, 毕业, 背景, 学科, 学位
 * ("会计学历"); and in the list only where it is the end (before the word) or
 * the beginning (behind it) of an item, but for the words that go with a list.
 * Beyond a comma the whole item must be names and such words, because prose
 * stands there too. Names directly behind 非 or 除 are refused, not demanded.
 */
#ifndef MATCHER_NAMED_H
#define MATCHER_NAMED_H

#include "matcher/lexicon.h"

/* What stands for "every specialty is welcome" in place of a name. */
#define MATCH_NAMED_ANY (MATCH_LEXICON_NONE - 1)

/* text[at..at + bytes) names it; it is a demand because of the word at by. */
struct match_find {
	uint32_t name; /* index of the name, or MATCH_NAMED_ANY */
	uint32_t at;
	uint32_t bytes;
	uint32_t by;
};

/*
 * Find what a text demands, in the order of the text, each place once.
 *
 * in     text is valid UTF-8 in simplified characters, as the names are; at
 *        most 2^31 bytes
 * out    found[0..count), count <= room: what is beyond is left out
 * cost   linear in the text: each anchor looks at a bounded window
 * mem    allocates nothing
 * from   docs/matching.md, "Specialties named in a text"
 */
size_t match_named(const struct match_lexicon *names, struct match_text text,
		   struct match_find *found, size_t room);

#endif
