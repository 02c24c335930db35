/*
 * rarity.h - how much what a posting asks for weighs: counted over the open
 * postings at a moment, kept as an edition, and used until the next one.
 *
 * Words are compared folded (wire/fold.h), here and where they are matched.
 *
 * from  docs/matching.md, "Other parts"; schema/migrations/0015_rarity.sql
 */
#ifndef RECORDS_RARITY_H
#define RECORDS_RARITY_H

#include "base/arena.h"
#include "matcher/align.h"
#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

/* ---- an edition, to weigh by ---- */

struct rarity;

/* Rows of rarity_words.sql; it owns its memory. */
struct rarity *rarity_open(const struct rows *rows);
void rarity_close(struct rarity *rarity);

/* 0: there is none, and every weight is unknown. */
uint32_t rarity_edition(const struct rarity *rarity);

/* Gives each ask its weight, in a copy; a word that nobody asked for when the
 * edition was made weighs as the rarest do. */
void rarity_weigh(const struct rarity *rarity, struct arena *mem,
		  struct match_posting *posting);

/* ---- counting ---- */

/* Parallel lists, sorted; the texts are in the arena. */
struct rarity_counts {
	int64_t postings;
	struct texts words, are_certificates, asking;
};

/* Rows of rarity_counts.sql; spellings that are one word are summed up. */
struct rarity_counts rarity_count(struct arena *mem, const struct rows *rows);

/* ---- showing ---- */

enum { RARITY_NUMBER_COLUMN = 0, RARITY_IS_NEW_COLUMN = 5 };
enum { RARITY_WORD_COLUMN, RARITY_IS_CERTIFICATE_COLUMN };

/* Rows of rarity_editions.sql and rarity_make.sql; of
 * rarity_edition_words.sql. */
void rarity_write(struct json_writer *w, const struct rows *rows, int row);
void rarity_word_write(struct json_writer *w, const struct rows *rows,
		       int row);

#endif
