/* GET /v1/imports/{import_id} - how far an import is. */
#include "endpoints/student_import.h"
#include "records/import.h"

static flow_step find_import, reply_import;

const struct endpoint get_import = {
	.operation = "getImport",
	.method = "GET",
	.path = "/v1/imports/{import_id}",
	.allow = IMPORTERS,
	.steps = { find_import, reply_import },
};

static enum flow_next find_import(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "import_id", &id))
		return FLOW_FAIL;
	return ask_one(f, SQL_IMPORT_BY_ID, P_CONSORTIUM(f), P_ID(&id),
		       P_OWNER(f), P_TEXT(import_language(f->lang)));
}

/* No ETag: counts move without a new version. */
static enum flow_next reply_import(struct flow *f)
{
	reply_language(f);
	import_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
