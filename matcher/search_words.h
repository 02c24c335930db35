/*
 * What a text is made of for the search: Chinese characters with the one after
 * them, and words of other letters.
 */
#ifndef MATCHER_SEARCH_WORDS_H
#define MATCHER_SEARCH_WORDS_H

#include "matcher/align.h"

/* Zeroed but for at and end, it stands at the beginning. */
struct match_reader {
	const char *at;
	const char *end;
	uint32_t position; /* of the next word */
	bool is_begun;
};

/*
 * A word, or a character with the one after it if that is one too. A word
 * takes two positions and what stands between words, however long, one: so the
 * distance of two words says whether they are neighbours, and whether apart.
 */
struct match_word {
	struct match_text text;
	uint32_t position;
	uint32_t head_bytes; /* of the first character */
	bool is_character;
};

struct match_reader match_reader_of(struct match_text text);

/* False at the end. Bytes that are no UTF-8 stand between words. */
bool match_read_word(struct match_reader *reader, struct match_word *word);

/* Is the word a character that another one follows? */
bool match_word_is_pair(const struct match_word *word);

/* The character at at; its bytes, at least 1. */
uint32_t match_scalar(const char *at, const char *end, uint32_t *scalar);

#endif
