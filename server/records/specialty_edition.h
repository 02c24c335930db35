/*
 * specialty_edition.h - editions of the three lists, their entries and what
 * schools say of them, on their way out.
 *
 * from  docs/specialty-lists.md, "Editions"
 */
#ifndef RECORDS_SPECIALTY_EDITION_H
#define RECORDS_SPECIALTY_EDITION_H

#include "wire/json_write.h"
#include "wire/rows.h"

extern const char *const specialty_list_state_words[];
extern const char *const specialty_appeal_state_words[];

enum {
	SPECIALTY_LIST_ID_COLUMN = 0, SPECIALTY_LIST_VERSION_COLUMN = 12,
	SPECIALTY_ENTRY_CODE_COLUMN = 2, SPECIALTY_ENTRY_VERSION_COLUMN = 18,
	SPECIALTY_ENTRY_CURSOR_COLUMN = 19,	/* of the list's rows */
	SPECIALTY_APPEAL_ID_COLUMN = 0, SPECIALTY_APPEAL_VERSION_COLUMN = 12
};

/* A row of specialty_lists_list.sql; whole: of specialty_list_by_id.sql. */
void specialty_edition_write(struct json_writer *w, const struct rows *rows,
			     int row);
void specialty_edition_write_whole(struct json_writer *w,
				   const struct rows *rows, int row);

/* A row of specialty_entries_list.sql; whole: of specialty_entry_by_id.sql. */
void specialty_kept_write(struct json_writer *w, const struct rows *rows,
			  int row);
void specialty_kept_write_whole(struct json_writer *w,
				const struct rows *rows, int row);

/* A row of specialty_appeals_list.sql; whole: of specialty_appeal_by_id.sql. */
void specialty_appeal_write(struct json_writer *w, const struct rows *rows,
			    int row);
void specialty_appeal_write_whole(struct json_writer *w,
				  const struct rows *rows, int row);

#endif
