/* GET /v1/reference/specialties/{code} - one entry of the catalogue. */
#include "flow/everybody.h"
#include "flow/flow.h"

static flow_step find_specialty, reply_specialty;

const struct endpoint get_specialty = {
	.operation = "getSpecialty",
	.method = "GET",
	.path = "/v1/reference/specialties/{code}",
	.allow = EVERYBODY,
	.is_shared = true,
	.steps = { find_specialty, reply_specialty },
};

/* Columns of schema/queries/specialty_by_code.sql. */
enum { CODE, NAME, LEVEL, CLASS_CODE, CLASS_NAME, CATEGORY_CODE, CATEGORY_NAME,
       NATIONAL_CONTROL, IN_EDITION, IS_CURRENT, ETAG };

static enum flow_next find_specialty(struct flow *f)
{
	return ask_one(f, SQL_SPECIALTY_BY_CODE, P_TEXT(path_text(f, "code")));
}

static void write_node(struct json_writer *w, const char *name,
		       const char *code, const char *title)
{
	json_key(w, name);
	json_object(w);
	json_member_text(w, "code", code);
	json_member_text(w, "name", title);
	json_end(w);
}

static enum flow_next reply_specialty(struct flow *f)
{
	struct json_writer *w = reply_json(f, 200);
	const struct rows *r = f->rows;

	reply_etag_text(f, rows_text(r, 0, ETAG));
	json_object(w);
	json_member_text(w, "code", rows_text(r, 0, CODE));
	json_member_text(w, "name", rows_text(r, 0, NAME));
	json_member_text(w, "level", rows_text(r, 0, LEVEL));
	write_node(w, "class", rows_text(r, 0, CLASS_CODE),
		   rows_text(r, 0, CLASS_NAME));
	write_node(w, "category", rows_text(r, 0, CATEGORY_CODE),
		   rows_text(r, 0, CATEGORY_NAME));
	json_member_bool(w, "is_nationally_controlled",
			 rows_bool(r, 0, NATIONAL_CONTROL));
	json_member_text(w, "edition", rows_is_null(r, 0, IN_EDITION) ?
			 NULL : rows_text(r, 0, IN_EDITION));
	json_member_bool(w, "is_current", rows_bool(r, 0, IS_CURRENT));
	json_end(w);
	return FLOW_DONE;
}
