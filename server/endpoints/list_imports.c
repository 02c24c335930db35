/* GET /v1/imports - the imports of one's own, the latest first. */
#include "endpoints/student_import.h"
#include "records/import.h"

struct import_filter {
	const char *kind, *state;
};

static const struct field filter_shape[] = {
	ENUM(struct import_filter, kind, import_kind_words, OPTIONAL),
	ENUM(struct import_filter, state, import_state_words, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_imports, reply_imports;

const struct endpoint list_imports = {
	.operation = "listImports",
	.method = "GET",
	.path = "/v1/imports",
	.allow = IMPORTERS,
	.query = filter_shape,
	.query_bytes = sizeof(struct import_filter),
	.is_paged = true,
	.steps = { find_imports, reply_imports },
};

static enum flow_next find_imports(struct flow *f)
{
	const struct import_filter *q = f->query;

	return ask(f, SQL_IMPORTS_LIST, P_CONSORTIUM(f), P_OWNER(f),
		   P_TEXT(q->kind), P_TEXT(q->state), P_AFTER(f, 0),
		   PAGE_ROWS(f), P_TEXT(import_language(f->lang)));
}

static enum flow_next reply_imports(struct flow *f)
{
	reply_language(f);
	return reply_page(f, import_write, IMPORT_RESOURCE_ID_COLUMN);
}
