/*
 * specialty_mapping.h - what a school means by the names that it gives its
 * specialties: {"name as written": "code"}.
 *
 * from  schema/queries/specialty_mapping.sql; docs/names.md
 */
#ifndef RECORDS_SPECIALTY_MAPPING_H
#define RECORDS_SPECIALTY_MAPPING_H

#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

struct specialty_mapping_new {
	struct pairs mapping;	/* a value of NULL forgets the name */
};
extern const struct field specialty_mapping_shape[];	/* of a patch */

/* The mapping alone, as a text; null is no value there. Flaws say #/... */
void specialty_mapping_read(struct specialty_mapping_new *m, const char *json,
			    struct flaws *flaws);

/* Three lists for schema/queries/specialty_map.sql, in the arena. */
struct specialty_mapping_lists {
	struct texts names, folded, codes;	/* "" for a NULL value */
};
void specialty_mapping_lists(const struct specialty_mapping_new *m,
			     struct arena *mem,
			     struct specialty_mapping_lists *out);

/* Rows of specialty_mapping.sql as a JSON object. */
void specialty_mapping_write(struct json_writer *w, const struct uuid *school,
			     const struct rows *rows);

#endif
