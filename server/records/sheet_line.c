/* sheet_line.c - see sheet_line.h. */
#include "records/sheet_line.h"

#include "base/text.h"

static const char *without_mark(const char *where)
{
	where += *where == '#';
	return where + (*where == '/');
}

bool sheet_line_read(const struct sheet_line *line, const struct field *table,
		     void *out, struct shape_seen *seen, struct flaws *flaws)
{
	struct flaws found;
	struct shape_into into = { .out = out, .seen = seen, .flaws = &found };
	const char *why = "";

	flaws_init(&found, flaws->mem);
	if (!shape_body(table, &into, line->at, line->bytes, &why)) {
		flaws_add(flaws, "", "malformed",
			  arena_print(flaws->mem, "is no JSON object: %s",
				      why),
			  arena_print(flaws->mem, "不是有效的 JSON 对象：%s",
				      why));
		return false;
	}
	for (const struct flaw *flaw = found.first; flaw; flaw = flaw->next)
		if (!line->lets_others_be || !text_same(flaw->code, "unknown"))
			flaws_add(flaws, without_mark(flaw->where), flaw->code,
				  flaw->english, flaw->chinese);
	return !found.first || *without_mark(found.first->where);
}
