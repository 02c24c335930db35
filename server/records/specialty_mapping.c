/* specialty_mapping.c - see specialty_mapping.h. */
#include "records/specialty_mapping.h"

#include <string.h>

#include "records/codes.h"
#include "records/members.h"
#include "wire/fold.h"

enum { PAIRS_MAX = 200, NAME_MAX_SCALARS = 100 };

/* Columns of schema/queries/specialty_mapping.sql. */
enum { NAME, CODE };

const struct field specialty_mapping_shape[] = {
	PAIRS(struct specialty_mapping_new, mapping, PAIRS_MAX,
	      NAME_MAX_SCALARS, code_check_specialty, code_tidy_specialty,
	      REQUIRED | NULLABLE),
	END_OF_FIELDS
};

static const struct field given_shape[] = {
	PAIRS(struct specialty_mapping_new, mapping, PAIRS_MAX,
	      NAME_MAX_SCALARS, code_check_specialty, code_tidy_specialty,
	      REQUIRED),
	END_OF_FIELDS
};

void specialty_mapping_read(struct specialty_mapping_new *m, const char *json,
			    struct flaws *flaws)
{
	const char *body = arena_print(flaws->mem, "{\"mapping\":%s}", json);
	struct shape_seen seen;
	struct shape_into into = { .out = m, .seen = &seen, .flaws = flaws };
	const char *why = "";

	if (!shape_body(given_shape, &into, body, strlen(body), &why))
		flaws_add(flaws, "#/mapping", "malformed",
			  arena_print(flaws->mem, "is no JSON object: %s",
				      why),
			  arena_print(flaws->mem, "不是有效的 JSON 对象：%s",
				      why));
}

void specialty_mapping_lists(const struct specialty_mapping_new *m,
			     struct arena *mem,
			     struct specialty_mapping_lists *out)
{
	const struct pairs *pairs = &m->mapping;
	const char **all = arena_array(mem, const char *, 3 * pairs->count + 1);

	out->names = (struct texts){ all, pairs->count };
	out->folded = (struct texts){ all + pairs->count, pairs->count };
	out->codes = (struct texts){ all + 2 * pairs->count, pairs->count };
	for (size_t i = 0; i < pairs->count; i++) {
		const struct pair *pair = &pairs->at[i];

		out->names.at[i] = pair->name;
		out->folded.at[i] = fold_text(mem, pair->name);
		out->codes.at[i] = pair->value ? pair->value : "";
	}
}

void specialty_mapping_write(struct json_writer *w, const struct uuid *school,
			     const struct rows *rows)
{
	static const struct member members[] = {
		{ MEMBER_TEXT, "name" },
		{ MEMBER_TEXT, "code" },
		{ MEMBER_TEXT, "specialty_name" },
		{ MEMBER_TEXT, "level" },
		{ MEMBER_TIME, "mapped_at" },
		{ MEMBER_END, NULL }
	};

	json_object(w);
	json_member_uuid(w, "school_id", school);
	json_key(w, "mapping");
	json_object(w);
	for (int i = 0; i < rows_count(rows); i++)
		json_member_text(w, rows_text(rows, i, NAME),
				 rows_text(rows, i, CODE));
	json_end(w);
	json_key(w, "items");
	json_array(w);
	for (int i = 0; i < rows_count(rows); i++) {
		json_object(w);
		members_write(w, members, rows, i);
		json_end(w);
	}
	json_end(w);
	json_end(w);
}
