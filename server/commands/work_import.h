/*
 * work_import.h - imports in the hands of a worker: their files read row by
 * row, checked, and written in batches. Memory does not grow with the file.
 *
 * from  api-spec/openapi.yaml, "imports"; schema/migrations
 */
#ifndef COMMANDS_WORK_IMPORT_H
#define COMMANDS_WORK_IMPORT_H

#include <stdbool.h>

#include "base/config.h"
#include "base/fault.h"
#include "commands/work_lease.h"
#include "records/import.h"
#include "records/specialty_mapping.h"
#include "wire/db_sync.h"

enum { IMPORT_ROWS_MAX = 200000, IMPORT_BATCH_ROWS = 1000 };

/* One that is taken; ids are text as PostgreSQL wrote them. */
struct import_work {
	struct sync *s;
	struct lease lease;
	const struct import_kind *kind;
	char consortium[UUID_TEXT_BYTES], id[UUID_TEXT_BYTES];
	char owner[UUID_TEXT_BYTES], account[UUID_TEXT_BYTES];
	char attempt[12], media_type[80], phase[16], school_kind[24];
	bool is_dry, is_upsert, lets_others_be;
	const char *level;
	struct arena *mem;	/* as long as the work lasts */
	struct specialty_mapping_new mapping;
	const char *sheet;	/* of a workbook; "": the first */
	struct import_pairs *pairs;	/* work_import_pairs.c's */
	struct flaws file;	/* what is wrong with the file as a whole */
};

/*
 * Take the import that waits longest, if one does, and bring it to its end.
 *
 * out    *is_there: there was one
 * fails  it is left to whoever takes it when the lease is over
 */
MUST_CHECK bool import_work(struct sync *s, const struct config *config,
			    const char *worker, bool *is_there,
			    struct fault *fault);

/*
 * Read the file into rows of import_row, and find those with one key.
 * out    w->file has flaws: it is no such file, and nothing more is to be done
 */
MUST_CHECK bool import_work_read(struct import_work *w, struct fault *fault);

/*
 * Ask what would become of the sound rows. Of a dry run that is all there is
 * to know; of all or nothing those that cannot be are rejected.
 */
MUST_CHECK bool import_work_check(struct import_work *w, struct fault *fault);

/*
 * Write the sound rows and end: of an upsert batch by batch, so that what is
 * written stays; of all or nothing in the transaction that ends the import.
 * fails  CONFLICT: all or nothing met what came in between
 */
MUST_CHECK bool import_work_write(struct import_work *w, struct fault *fault);
MUST_CHECK bool import_work_end(struct import_work *w, struct fault *fault);

/*
 * Ask a statement that answers no row once another worker has the import; its
 * parameters begin with consortium, import, worker and attempt.
 * out    *rows is given; NULL: not wanted
 */
MUST_CHECK bool import_work_tell(struct import_work *w, enum sql_id sql,
				 const char *const *more, struct rows **rows,
				 struct fault *fault);

#endif
