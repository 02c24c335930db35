/*
 * GET /v1/reference/{list} - the current entries of a code list, by code. A
 * filter that the list does not have, or by what it does not know, is
 * refused: an empty page would look like an answer.
 */
#include "base/text.h"
#include "flow/everybody.h"
#include "flow/flow.h"
#include "records/reference.h"

struct entry_filter {
	const char *q, *level, *parent;
};

struct sought {
	const struct reference_list *list;
};

static const struct field filter_shape[] = {
	TEXT(struct entry_filter, q, 1, 50, OPTIONAL),
	TEXT(struct entry_filter, level, 1, 16, OPTIONAL),
	CODE(struct entry_filter, parent, 1, 10, NULL, OPTIONAL),
	END_OF_FIELDS
};

static flow_step check_filter, find_entries, reply_entries;

const struct endpoint list_reference_entries = {
	.operation = "listReferenceEntries",
	.method = "GET",
	.path = "/v1/reference/{list}",
	.allow = EVERYBODY,
	.is_shared = true,
	.is_paged = true,
	.state_bytes = sizeof(struct sought),
	.query = filter_shape,
	.query_bytes = sizeof(struct entry_filter),
	.steps = { check_filter, find_entries, reply_entries },
};

static void refuse_filter(struct flow *f, const char *name)
{
	flaws_add(&f->flaws, name, "unknown", "is not a parameter of this list",
		  "此列表没有这个参数");
}

static void check_level(struct flow *f, const char *const *words,
			const char *level)
{
	const char *all = "";

	for (; *words; words++) {
		if (text_same(*words, level))
			return;
		all = arena_print(f->mem, "%s%s%s", all, *all ? ", " : "",
				  *words);
	}
	flaws_add(&f->flaws, "level", "not-a-choice",
		  arena_print(f->mem, "must be one of: %s", all),
		  arena_print(f->mem, "必须是下列之一：%s", all));
}

static enum flow_next check_filter(struct flow *f)
{
	const struct entry_filter *q = f->query;
	struct sought *s = f->state;

	s->list = reference_by_name(path_text(f, "list"));
	if (!s->list)
		return fail(f, FAULT_NOT_FOUND, "%s", "");
	if (q->level && s->list->levels)
		check_level(f, s->list->levels, q->level);
	else if (q->level)
		refuse_filter(f, "level");
	if (q->parent && !s->list->has_parents)
		refuse_filter(f, "parent");
	if (f->flaws.count)
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	if (!q->parent)
		return FLOW_NEXT;
	return ask(f, SQL_REFERENCE_PARENT, P_TEXT(s->list->table),
		   P_TEXT(q->parent));
}

static enum flow_next find_entries(struct flow *f)
{
	const struct entry_filter *q = f->query;
	struct sought *s = f->state;

	if (q->parent && rows_count(f->rows) == 0) {
		flaws_add(&f->flaws, "parent", "unknown-code",
			  "is nothing's parent in this list",
			  "此列表中没有以它为上级的条目");
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	}
	return ask(f, s->list->sql, P_NULL, P_TEXT(q->q), P_TEXT(q->level),
		   P_TEXT(q->parent), P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_entries(struct flow *f)
{
	const struct sought *s = f->state;
	struct json_writer *w = page_begin(f);

	for (int i = 0; i < page_rows(f); i++)
		reference_write(w, s->list, f->rows, i);
	return page_end_rows(f, (const int[]){ REFERENCE_CODE_COLUMN }, 1);
}
