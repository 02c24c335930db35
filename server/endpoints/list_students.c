/* GET /v1/students - a school's own students, or the consortium's. */
#include "endpoints/filters.h"
#include "flow/flow.h"
#include "records/codes.h"
#include "records/student.h"

struct student_filter {
	const char *specialty, *class_name, *state;
	int64_t entry_year;	/* 0: not asked for */
	struct uuid school_id;
};

static const struct field filter_shape[] = {
	TIDY_CODE(struct student_filter, specialty, 2, 6,
		  code_check_specialty_target, code_tidy_specialty, OPTIONAL),
	INT(struct student_filter, entry_year, 2000, 2100, OPTIONAL),
	TEXT(struct student_filter, class_name, 1, 100, OPTIONAL),
	ENUM(struct student_filter, state, student_state_words, OPTIONAL),
	UUID(struct student_filter, school_id, OPTIONAL),
	END_OF_FIELDS
};

static flow_step check_filter, find_students, reply_students;

const struct endpoint list_students = {
	.operation = "listStudents",
	.method = "GET",
	.path = "/v1/students",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.query = filter_shape,
	.query_bytes = sizeof(struct student_filter),
	.is_paged = true,
	.steps = { check_filter, find_students, reply_students },
};

static enum flow_next check_filter(struct flow *f)
{
	const struct student_filter *q = f->query;
	struct filters filters = { .specialty = q->specialty,
				   .school_id = q->school_id };

	return find_unknown_filters(f, &filters);
}

static enum flow_next find_students(struct flow *f)
{
	const struct student_filter *q = f->query;

	if (!filters_are_known(f))
		return FLOW_FAIL;
	return ask(f, SQL_STUDENTS_LIST, P_CONSORTIUM(f), P_OWNER(f),
		   P_TEXT(q->specialty),
		   q->entry_year ? P_INT(q->entry_year) : P_NULL,
		   P_TEXT(q->class_name), P_TEXT(q->state),
		   P_UUID(&q->school_id), P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_students(struct flow *f)
{
	return reply_page(f, student_write, STUDENT_ID_COLUMN);
}
