/*
 * round.h - the collective way to a place, and its runs.
 *
 * from  product.md, "Words"; schema/migrations/0005_rounds.sql
 */
#ifndef RECORDS_ROUND_H
#define RECORDS_ROUND_H

#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

struct round_new {
	const char *name;
	const char *opens_at, *closes_at;	/* RFC 3339 */
	const char *period_start, *period_end;	/* dates, both included */
	const char *seed;			/* NULL: the server draws one */
	bool is_scheduled;			/* opens by itself */
	struct uuid follows;			/* nil: none */
};

struct run_new {
	const char *mode;
};

/* A run that goes on from what is published. */
struct release { struct uuid student_id; const char *reason; };
struct rerun_new {
	const char *mode;
	const char *pins;			/* NULL: accepted */
	struct objects released;		/* of struct release */
};

/* A change of a draft: the same without the seed. */
extern const struct field round_patch_shape[];
extern const struct field round_new_shape[];
extern const struct field run_new_shape[];
extern const struct field rerun_new_shape[];
extern const char *const round_state_words[];

/* The columns of a round's version and state in schema/queries/round_*.sql. */
enum { ROUND_ID_COLUMN = 0, ROUND_STATE_COLUMN = 2, ROUND_VERSION_COLUMN = 11 };

/* A row of round_by_id.sql, rounds_list.sql, ... as a JSON object. */
void round_write(struct json_writer *w, const struct rows *rows, int row);

enum { RUN_ID_COLUMN = 0, RUN_STATE_COLUMN = 3,
       RUN_FINISHED_COLUMN = 11, RUN_VERSION_COLUMN = 15,
       RUN_PHASE_COLUMN = 21, RUN_SHARE_COLUMN };

/* A row of run_by_id.sql, runs_of_round.sql, run_create.sql. */
void run_write(struct json_writer *w, const struct rows *rows, int row);

/* A row of moves_of_run.sql; of publications_of_round.sql. */
enum { MOVE_STUDENT_COLUMN = 0, PUBLICATION_NUMBER_COLUMN = 0 };
void move_write(struct json_writer *w, const struct rows *rows, int row);
void publication_write(struct json_writer *w, const struct rows *rows,
		       int row);

#endif
