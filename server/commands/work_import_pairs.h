/*
 * work_import_pairs.h - nominations of a batch, judged pair by pair before they
 * are written, by the terms of the moment when the work began.
 *
 * from  endpoints/create_placement.c, which judges one
 */
#ifndef COMMANDS_WORK_IMPORT_PAIRS_H
#define COMMANDS_WORK_IMPORT_PAIRS_H

#include "base/buf.h"
#include "commands/work_import.h"

struct judged_pairs {
	struct buf sound;	/* JSON: rows for placements_import.sql */
	struct buf refused;	/* marks of the others, with commas between */
	int refused_count;
};
void judged_pairs_close(struct judged_pairs *j);

/* in  values: rows as import_rows_sound.sql has them; out  *j, made anew */
MUST_CHECK bool import_judge_pairs(struct import_work *w, const char *values,
				   struct judged_pairs *j,
				   struct fault *fault);

#endif
