/* specialty_terms.c - see specialty_terms.h. */
#include "records/specialty_terms.h"

#include "base/base.h"

#define MATCH_SPECIALTY_TERM(name, default_, least, most) \
	INT(struct match_specialty_terms, name, least, most, REQUIRED),
const struct field specialty_terms_shape[] = {
#include "matcher/specialty_terms.def"
	END_OF_FIELDS
};
#undef MATCH_SPECIALTY_TERM

void specialty_terms_check(const struct match_specialty_terms *t,
			   const char *where, struct flaws *flaws)
{
	if (t->least_cohorts > t->cohorts)
		flaws_add(flaws,
			  arena_print(flaws->mem, "%s/least_cohorts", where),
			  "inconsistent", "must not be above cohorts",
			  "不能高于 cohorts");
}

struct match_specialty_terms specialty_terms_from_row(const struct rows *rows,
						      int row, int column,
						      struct arena *mem)
{
	struct match_specialty_terms terms = match_specialty_default_terms;
	struct shape_seen seen = { 0 };
	struct flaws flaws;
	struct shape_into into = { &terms, &seen, &flaws };
	const char *why;

	if (rows_is_null(rows, row, column))
		return terms;
	flaws_init(&flaws, mem);
	must(shape_body(specialty_terms_shape, &into,
			rows_text(rows, row, column),
			rows_bytes(rows, row, column), &why));
	must(flaws.count == 0);
	return terms;
}

void specialty_terms_write(struct json_writer *w,
			   const struct match_specialty_terms *t)
{
	json_object(w);
#define MATCH_SPECIALTY_TERM(name, default_, least, most) \
	json_member_int(w, #name, t->name);
#include "matcher/specialty_terms.def"
#undef MATCH_SPECIALTY_TERM
	json_end(w);
}
