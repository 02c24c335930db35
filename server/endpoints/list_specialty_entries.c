/*
 * GET /v1/specialty-lists/{list_id}/entries - what the rule found of each
 * specialty, and what was decided.
 */
#include "endpoints/filters.h"
#include "endpoints/specialty_edition_steps.h"
#include "endpoints/specialty_list_steps.h"
#include "records/codes.h"

struct entry_filter {
	const char *of, *outcome, *level, *specialty;
	struct uuid school_id;
	bool is_departed, is_stable, is_changed;
};

static const char *const of_words[] = { "all-schools", "school", NULL };
static const char *const level_words[] = { "secondary", "associate",
					   "bachelor", NULL };

static const struct field filter_shape[] = {
	ENUM(struct entry_filter, of, of_words, OPTIONAL),
	ENUM(struct entry_filter, outcome, specialty_outcome_words, OPTIONAL),
	ENUM(struct entry_filter, level, level_words, OPTIONAL),
	TIDY_CODE(struct entry_filter, specialty, 2, 6,
		  code_check_specialty_target, code_tidy_specialty, OPTIONAL),
	UUID(struct entry_filter, school_id, OPTIONAL),
	BOOL(struct entry_filter, is_departed, OPTIONAL),
	BOOL(struct entry_filter, is_stable, OPTIONAL),
	BOOL(struct entry_filter, is_changed, OPTIONAL),
	END_OF_FIELDS
};

static flow_step check_filters, open_list, find_entries, reply_entries;

const struct endpoint list_specialty_entries = {
	.operation = "listSpecialtyEntries",
	.method = "GET",
	.path = "/v1/specialty-lists/{list_id}/entries",
	.allow = READERS_OF_SPECIALTY_LISTS,
	.state_bytes = sizeof(struct specialty_at),
	.query = filter_shape,
	.query_bytes = sizeof(struct entry_filter),
	.is_paged = true,
	.steps = { check_filters, open_list, find_entries, reply_entries },
};

static enum flow_next check_filters(struct flow *f)
{
	const struct entry_filter *q = f->query;
	struct filters filters = { .specialty = q->specialty,
				   .school_id = q->school_id };

	return find_unknown_filters(f, &filters);
}

static enum flow_next open_list(struct flow *f)
{
	return filters_are_known(f) ? open_specialty_edition(f) : FLOW_FAIL;
}

static enum flow_next find_entries(struct flow *f)
{
	const struct entry_filter *q = f->query;
	struct specialty_at *s = f->state;

	return ask(f, SQL_SPECIALTY_ENTRIES_LIST, P_CONSORTIUM(f),
		   P_UUID(&s->list_id), asking_role(f), asking_school(f),
		   P_TEXT(q->of), P_TEXT(q->outcome), P_TEXT(q->level),
		   P_TEXT(q->specialty), P_UUID(&q->school_id),
		   asked_truth(f, "is_departed", q->is_departed),
		   asked_truth(f, "is_stable", q->is_stable),
		   asked_truth(f, "is_changed", q->is_changed),
		   P_AFTER(f, 0), P_AFTER(f, 1), PAGE_ROWS(f));
}

static enum flow_next reply_entries(struct flow *f)
{
	return reply_page(f, specialty_kept_write,
			  SPECIALTY_ENTRY_CODE_COLUMN,
			  SPECIALTY_ENTRY_CURSOR_COLUMN);
}
