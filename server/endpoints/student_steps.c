/* student_steps.c - see student_steps.h. */
#include "endpoints/student_steps.h"

const struct constraint_flaw student_refusals[] = {
	{ "student_consortium_id_school_id_student_number_key",
	  "#/student_number", "duplicate", "is another student's",
	  "已属于另一名学生", FAULT_CONFLICT },
	{ "student_graduates_after_entry", "#/graduates_on", "inconsistent",
	  "must not be before entry_year", "不能早于入学年份",
	  FAULT_BAD_BODY },
	{ "student_available_in_order", "#/available_to", "inconsistent",
	  "must not be before available_from", "不能早于 available_from",
	  FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

enum flow_next check_student(struct flow *f)
{
	const struct student_new *b = f->body;

	student_check(b, "#/", &f->flaws);
	return ask(f, SQL_STUDENT_CODES_UNKNOWN, P_TEXT(b->specialty_code),
		   P_TEXT(b->home_division_code),
		   P_TEXTS(&b->willing_division_codes));
}

bool student_is_sound(struct flow *f)
{
	const struct student_new *b = f->body;

	for (int i = 0; i < rows_count(f->rows); i++)
		flaws_add(&f->flaws, rows_text(f->rows, i, 0), "unknown-code",
			  "is in no official list", "不在官方代码表中");
	explain_constraints(f, student_refusals);
	/* The one flaw is then this one: a rule of its own. */
	if (f->flaws.count == 1 && b->birth_date &&
	    student_age(b->birth_date) < STUDENT_AGE_MIN)
		return fail_law(f, LAW_LEAST_AGE, STUDENT_AGE_MIN,
				student_age(b->birth_date)) != FLOW_FAIL;
	return f->flaws.count == 0 || fail_flaws(f) != FLOW_FAIL;
}

struct asked student_texts(const struct flow *f, const char *name,
			   const struct texts *texts)
{
	bool is_here = shape_has(f->endpoint->body, &f->body_seen, name);

	return P_TEXTS(is_here ? texts : NULL);
}

struct asked student_pay(const struct flow *f)
{
	const struct student_new *b = f->body;

	if (shape_has(f->endpoint->body, &f->body_seen, "pay_min_fen") &&
	    !shape_is_null(f->endpoint->body, &f->body_seen, "pay_min_fen"))
		return P_INT(b->pay_min_fen);
	return P_NULL;
}
