/* GET /v1/imports/{import_id}/rows - what became of each row. */
#include "endpoints/student_import.h"
#include "records/import.h"

struct row_filter {
	const char *status;
};

static const struct field filter_shape[] = {
	ENUM(struct row_filter, status, import_status_words, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_import, find_rows, reply_rows;

const struct endpoint list_import_rows = {
	.operation = "listImportRows",
	.method = "GET",
	.path = "/v1/imports/{import_id}/rows",
	.allow = IMPORTERS,
	.query = filter_shape,
	.query_bytes = sizeof(struct row_filter),
	.is_paged = true,
	.steps = { find_import, find_rows, reply_rows },
};

static enum flow_next find_import(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "import_id", &id))
		return FLOW_FAIL;
	return ask_one(f, SQL_IMPORT_BY_ID, P_CONSORTIUM(f), P_ID(&id),
		       P_OWNER(f), P_TEXT(import_language(f->lang)));
}

static enum flow_next find_rows(struct flow *f)
{
	const struct row_filter *q = f->query;
	struct uuid id;

	if (!path_uuid(f, "import_id", &id))
		return FLOW_FAIL;
	return ask(f, SQL_IMPORT_ROWS_LIST, P_CONSORTIUM(f), P_ID(&id),
		   P_TEXT(q->status), P_AFTER(f, 0), PAGE_ROWS(f),
		   P_TEXT(import_language(f->lang)));
}

static enum flow_next reply_rows(struct flow *f)
{
	reply_language(f);
	return reply_page(f, import_row_write, IMPORT_ROW_N_COLUMN);
}
