/* work_again.c - see work_again.h. */
#include "commands/work_again.h"

#include <string.h>

#include "matcher/files/result_file.h"

/* Columns of schema/queries/run_priors.sql. */
enum { STUDENT, PLACEMENT, POSTING, SCORE, IS_PINNED };

static void keep_previous(struct outcome *o, const struct rows *rows)
{
	o->is_again = true;
	buf_bytes(&o->previous_text, rows_text(rows, 0, 0),
		  rows_bytes(rows, 0, 0));
}

static void keep_priors(struct outcome *o, const struct rows *rows)
{
	for (int i = 0; i < rows_count(rows); i++)
		buf_print(&o->priors, "\t%s\t%s\t%s\n",
			  rows_text(rows, i, STUDENT),
			  rows_text(rows, i, PLACEMENT),
			  rows_bool(rows, i, IS_PINNED) ? "t" : "f");
	o->prior_count = rows_count(rows);
}

bool again_load(struct again *again, struct sync *s, const struct work *work,
		struct outcome *o, struct fault *fault)
{
	struct rows *rows = SYNC_ASK(s, fault, SQL_RUN_BASE_RESULT,
				     work->consortium, work->run);

	if (!rows)
		return false;
	if (rows_count(rows) == 1)
		keep_previous(o, rows);
	rows_release(rows);
	if (!o->is_again)
		return true;
	again->priors = SYNC_ASK(s, fault, SQL_RUN_PRIORS, work->consortium,
				 work->run);
	if (again->priors)
		keep_priors(o, again->priors);
	return again->priors != NULL;
}

void again_student(struct again *again, const char *student)
{
	const struct rows *rows = again->priors;
	int order = -1;

	again->pinned = (struct match_id){ NULL, 0 };
	again->is_wished = false;
	for (; rows && again->next < rows_count(rows); again->next++) {
		order = strcmp(rows_text(rows, again->next, STUDENT), student);
		if (order >= 0)
			break;
	}
	if (order != 0 || !rows_bool(rows, again->next, IS_PINNED))
		return;
	again->pinned.text = rows_text(rows, again->next, POSTING);
	again->pinned.bytes =
		(uint32_t)rows_bytes(rows, again->next, POSTING);
	again->score = (uint32_t)rows_int(rows, again->next, SCORE);
}

bool again_keeps(const struct again *again, struct match_id posting)
{
	return again->pinned.text &&
	       strcmp(again->pinned.text, posting.text) == 0;
}

void again_wished(struct again *again, struct match_id posting)
{
	again->is_wished |= again_keeps(again, posting);
}

void again_close(struct again *again)
{
	if (again->priors)
		rows_release(again->priors);
	*again = (struct again){ 0 };
}

bool again_previous(const struct outcome *o,
		    const struct match_instance *instance,
		    struct match_result *previous, struct match_error *error)
{
	struct match_memory_source memory = { o->previous_text.at,
					      o->previous_text.used };

	return match_previous_read(
		(struct match_source){ match_memory_source_read, &memory },
		instance, previous, error);
}
