/*
 * quota_exemption.h - what the office grants one enterprise for some days:
 * a floor or caps other than the policy's, and never above the law's.
 *
 * from  docs/quotas.md, "Exemptions"; rules.md 1.1, 1.2;
 *       schema/migrations/0005_rounds.sql (quota_override), 0039, 0051
 */
#ifndef RECORDS_QUOTA_EXEMPTION_H
#define RECORDS_QUOTA_EXEMPTION_H

#include "base/uuid.h"
#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

struct quota_exemption_new {
	struct uuid enterprise_id;
	/* Where one is not given, it is as the policy says. */
	int64_t floor_mille, staff_cap_mille, post_category_cap_mille;
	const char *reason, *starts_on, *ends_on;	/* starts: or today */
};

extern const struct field quota_exemption_new_shape[];

/* NULL-terminated. */
extern const char *const quota_exemption_state_words[];

/* What its members must be to each other: every flaw, with its pointer. */
void quota_exemption_check(const struct quota_exemption_new *e,
			   const struct shape_seen *seen, struct flaws *flaws);

enum { QUOTA_EXEMPTION_ID_COLUMN = 0, QUOTA_EXEMPTION_VERSION_COLUMN = 12 };

/* A row of quota_exemption_by_id.sql. */
void quota_exemption_write(struct json_writer *w, const struct rows *rows,
			   int row);

#endif
