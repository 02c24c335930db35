/*
 * quota_notice.h - that an enterprise, or one of its post categories, crossed
 * its floor or came to its cap.
 *
 * from  docs/quotas.md, "Notices"
 */
#ifndef RECORDS_QUOTA_NOTICE_H
#define RECORDS_QUOTA_NOTICE_H

#include "wire/json_write.h"
#include "wire/rows.h"

/* What a notice may be of; NULL-terminated. */
extern const char *const quota_notice_words[];

enum { QUOTA_NOTICE_ID_COLUMN = 0 };

/* A row of quota_notices_list.sql or quota_notice_by_id.sql. */
void quota_notice_write(struct json_writer *w, const struct rows *rows,
			int row);

#endif
