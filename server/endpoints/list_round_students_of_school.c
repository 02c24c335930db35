/*
 * GET /v1/rounds/{round_id}/schools/{school_id}/students - what a round made of
 * a school's students: placed where, by which choice, or why not.
 */
#include "endpoints/explaining_school.h"
#include "records/codes.h"
#include "records/round_page.h"
#include "wire/sql.h"

struct sent_query {
	struct uuid run_id;
	bool is_placed;
	const char *why, *specialty, *class_name;
};

static const struct field query_shape[] = {
	UUID(struct sent_query, run_id, OPTIONAL),
	BOOL(struct sent_query, is_placed, OPTIONAL),
	ENUM(struct sent_query, why, round_why_words, OPTIONAL),
	TIDY_CODE(struct sent_query, specialty, 2, 6,
		  code_check_specialty_target, code_tidy_specialty, OPTIONAL),
	TEXT(struct sent_query, class_name, 1, 100, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_run, find_students, reply_students;

const struct endpoint list_round_students_of_school = {
	.operation = "listRoundStudentsOfSchool",
	.method = "GET",
	.path = "/v1/rounds/{round_id}/schools/{school_id}/students",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct explaining_school),
	.query = query_shape,
	.query_bytes = sizeof(struct sent_query),
	.is_paged = true,
	.steps = { find_school_to_explain, find_run, find_students,
		   reply_students },
};

static enum flow_next find_run(struct flow *f)
{
	const struct sent_query *q = f->query;

	return ask_run(f, &q->run_id);
}

static enum flow_next find_students(struct flow *f)
{
	const struct sent_query *q = f->query;
	struct explaining_school *s = f->state;

	take_explained_run(f);
	return ask(f, SQL_ROUND_STUDENTS_OF_SCHOOL, P_CONSORTIUM(f),
		   P_UUID(&s->run.run_id), P_UUID(&s->school_id),
		   shape_has(query_shape, &f->query_seen, "is_placed") ?
		   P_BOOL(q->is_placed) : P_NULL, P_TEXT(q->why),
		   P_TEXT(q->specialty), P_TEXT(q->class_name), P_AFTER(f, 0),
		   PAGE_ROWS(f));
}

static enum flow_next reply_students(struct flow *f)
{
	return reply_page(f, round_sent_write, SENT_STUDENT);
}
