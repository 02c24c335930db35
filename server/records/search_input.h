/*
 * search_input.h - rows of PostgreSQL as what the word search takes.
 *
 * mem   texts are in the arena; the rows may go
 * from  schema/queries/live_postings.sql
 */
#ifndef RECORDS_SEARCH_INPUT_H
#define RECORDS_SEARCH_INPUT_H

#include "base/arena.h"
#include "matcher/search.h"
#include "wire/rows.h"

/*
 * The texts folded; the slot is the caller's to set. facts is the same posting
 * as the matcher takes it.
 */
void search_posting_from_row(struct match_search_posting *posting,
			     struct match_posting *facts, struct arena *mem,
			     const struct rows *rows, int row);

/* An industry's code as a number, and back (4 letters and a NUL). */
uint32_t search_industry(const char *code);
void search_industry_text(uint32_t industry, char code[5]);

#endif
