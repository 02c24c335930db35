/*
 * import.h - a file brought in: what it may hold, what became of each of its
 * rows, and how both are told.
 *
 * from  api-spec/openapi.yaml, "imports"; schema/migrations
 */
#ifndef RECORDS_IMPORT_H
#define RECORDS_IMPORT_H

#include "base/buf.h"
#include "records/catalogue.h"
#include "records/sheet.h"
#include "wire/csv.h"
#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/sql.h"

enum import_status {
	IMPORT_SOUND,		/* so far */
	IMPORT_REJECTED,
	IMPORT_CREATED,
	IMPORT_UPDATED,
	IMPORT_UNCHANGED,
	IMPORT_WOULD_CREATE,	/* of a dry run */
	IMPORT_WOULD_UPDATE,
	IMPORT_NOT_WRITTEN,	/* sound, but others were not */
	IMPORT_STATUS_COUNT
};

#define IMPORT_CSV "text/csv"
#define IMPORT_JSONL "application/jsonl"
#define IMPORT_XLSX                                                            \
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

enum { IMPORT_FLAWS_MAX = 16 };	/* that a row tells of */

extern const char *const import_status_words[];	/* of all, NULL-terminated */
extern const char *const import_kind_words[];
extern const char *const import_mode_words[];
extern const char *const import_state_words[];

/* What the statement of a kind says of a row. */
struct import_answer {
	bool is_dry, is_upsert;		/* the mode */
	bool is_known, is_new, is_changed;
};
enum import_status import_status_of(const struct import_answer *answer);

/* What rows are read against. */
struct import_against {
	struct catalogue catalogue;	/* of a kind that needs it */
	const char *level;		/* the school's; "" if none owns it */
};

/* What is found in a row. */
struct import_found {
	struct flaws *flaws;
	struct flaws *notes;	/* read otherwise than written, and certain */
	const char *key;	/* also of a row with flaws; or NULL */
};

/*
 * A kind of thing that files bring. Its statement takes: consortium, owner,
 * account, rows (a JSON array of what `put` wrote, with n and id), whether to
 * write, whether known ones are changed; and returns n, id, is_known, is_new,
 * is_changed, then a truth for each of `refusals`. In one statement either
 * all that may be written is, or (if known ones are not changed and one is
 * known or refused) nothing.
 */
struct import_kind {
	const char *word;		/* "students" */
	const char *key;		/* the column that tells rows apart */
	struct sheet sheet;
	bool needs_catalogue;
	bool is_of_pairs;		/* the matcher judges rows first */
	enum sql_id write;
	const struct flaw *known;	/* where known ones are not changed */
	const struct flaw *const *refusals;	/* NULL-terminated */
	/* What tables cannot say: every flaw names its column. */
	void (*settle)(const struct import_against *against, void *record,
		       const struct sheet_said *said,
		       struct import_found *found);
	/* The members of a sound one, into the open object. */
	void (*put)(struct json_writer *w, const void *record);
};
enum { IMPORT_N_COLUMN, IMPORT_ID_COLUMN, IMPORT_IS_KNOWN_COLUMN,
       IMPORT_IS_NEW_COLUMN, IMPORT_IS_CHANGED_COLUMN,
       IMPORT_REFUSALS_COLUMN };

extern const struct import_kind student_import_kind, enterprise_import_kind,
	posting_import_kind, placement_import_kind, destination_import_kind;

/* Read one row of a file; what is made of a sound one goes into the open
 * object of w. in: found has its lists, and no key */
void import_read_row(const struct import_kind *kind,
		     const struct import_against *against,
		     const struct sheet_record *record, struct json_writer *w,
		     struct import_found *found);

/* NULL: there is no such kind. */
const struct import_kind *import_kind_of(const char *word);

/* What a row with the key of another says; %s is the other's number. */
extern const struct flaw import_twin;

/* What a row is refused for: a struct flaw of its column. */
#define IMPORT_REFUSAL(column, code_, english_, chinese_)                      \
	{ .where = column, .code = code_, .english = english_,                 \
	  .chinese = chinese_ }
#define IMPORT_UNKNOWN(column)                                                 \
	IMPORT_REFUSAL(column, "unknown-code", "is in no official list",       \
		       "不在官方代码表中")

/* A row of import_by_id.sql, imports_list.sql, ... as a JSON object. */
enum { IMPORT_RESOURCE_ID_COLUMN = 0 };
void import_write(struct json_writer *w, const struct rows *rows, int row);

/* A row of import_rows_list.sql. */
enum { IMPORT_ROW_N_COLUMN = 0 };
void import_row_write(struct json_writer *w, const struct rows *rows, int row);

/* Flaws with their words in both languages, as import_row.errors has them. */
void import_errors_write(struct json_writer *w, const struct flaws *flaws);

#endif
