/* round_files.c - see round_files.h. */
#include "endpoints/round_files.h"

#include "wire/sql.h"

const struct field round_file_query[] = {
	UUID(struct round_file_query, run_id, OPTIONAL),
	END_OF_FIELDS
};

enum flow_next find_round_file(struct flow *f, const char *kind)
{
	const struct round_file_query *q = f->query;
	struct uuid id;

	if (!path_uuid(f, "round_id", &id))
		return FLOW_FAIL;
	return ask_one(f, SQL_ROUND_FILE, P_CONSORTIUM(f), P_UUID(&id),
		       P_TEXT(kind), P_UUID(&q->run_id),
		       P_BOOL(f->actor.scope == SCOPE_ALL));
}

/* The digest goes along, so that who stores the file can check it. */
enum flow_next reply_round_file(struct flow *f)
{
	reply_header(f, "X-Content-SHA256", rows_text(f->rows, 0, 0));
	return reply_bytes(f, 200, "application/json",
			   rows_text(f->rows, 0, 1), rows_bytes(f->rows, 0, 1));
}
