/* POST /v1/students - a school enters one of its students. */
#include "endpoints/student_steps.h"

static flow_step make_student, reply_made;

const struct endpoint create_student = {
	.operation = "createStudent",
	.method = "POST",
	.path = "/v1/students",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN },
	.body = student_new_shape,
	.body_bytes = sizeof(struct student_new),
	.steps = { check_student, make_student, reply_made },
};

static enum flow_next make_student(struct flow *f)
{
	const struct student_new *b = f->body;
	struct uuid id = uuid_new();

	if (!student_is_sound(f))
		return FLOW_FAIL;
	return tell(f, SQL_STUDENT_CREATE, P_CONSORTIUM(f), P_UUID(&id),
		    P_OWNER(f), P_TEXT(b->student_number), P_TEXT(b->name),
		    P_TEXT(b->specialty_code), P_INT(b->entry_year),
		    P_TEXT(b->graduates_on), P_TEXT(b->class_name),
		    P_TEXT(b->birth_date), P_TEXT(b->sex),
		    P_TEXT(b->home_division_code),
		    P_TEXTS(&b->willing_division_codes),
		    P_BOOL(b->is_willing_anywhere), student_pay(f),
		    P_TEXT(b->available_from), P_TEXT(b->available_to),
		    P_TEXTS(&b->skills), P_TEXTS(&b->certificates),
		    P_ACCOUNT(f));
}

static enum flow_next reply_made(struct flow *f)
{
	reply_location(f, "/v1/students/%s",
		       rows_text(f->rows, 0, STUDENT_ID_COLUMN));
	reply_etag(f, rows_int(f->rows, 0, STUDENT_VERSION_COLUMN));
	student_write(reply_json(f, 201), f->rows, 0);
	return FLOW_DONE;
}
