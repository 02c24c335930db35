/*
 * match_input.h - rows of PostgreSQL as what the matcher takes. Everything
 * that aligns or ranks (matches, candidates, the worker) reads through here.
 *
 * in    fold_open has been called: words are folded, to be compared
 * mem   arrays and texts are in the arena; the rows may go
 * from  schema/queries/match_*.sql, policy_for_match.sql, specialty_ties.sql
 */
#ifndef RECORDS_MATCH_INPUT_H
#define RECORDS_MATCH_INPUT_H

#include "base/arena.h"
#include "matcher/align.h"
#include "wire/rows.h"

/* What match_posting.sql returns beyond what the matcher takes, and how many
 * columns it and match_student.sql have. */
enum { MATCH_POSTING_TITLE_COLUMN = 21, MATCH_POSTING_ENTERPRISE_COLUMN = 22,
       MATCH_POSTING_ENTERPRISE_NAME_COLUMN = 23,
       MATCH_POSTING_COLUMNS = 27, MATCH_STUDENT_COLUMNS = 15 };

void match_student_from_row(struct match_student *student, struct arena *mem,
			    const struct rows *rows, int row);
void match_posting_from_row(struct match_posting *posting, struct arena *mem,
			    const struct rows *rows, int row);

/* One of posting_kind_words. */
enum match_kind match_kind_from_word(const char *word);
/* Of education_words; anything else is MATCH_EDUCATION_NONE. */
enum match_education match_education_from_word(const char *word);

/* The defaults (version 0) where no policy is in force: rows are then empty. */
void match_policy_from_rows(struct match_policy *policy,
			    const struct rows *rows);

void match_ties_from_rows(struct match_ties *ties, struct arena *mem,
			  const struct rows *rows);

#endif
