/*
 * PATCH /v1/students/{student_id} - the school mends what it entered, the
 * student says what is wished for. Each has members that the other has not.
 */
#include "base/text.h"
#include "endpoints/student_steps.h"

struct change {
	struct uuid student_id;
	struct texts cleared;
};

static flow_step find_student, check_change, change_student, reply_student;

const struct endpoint update_student = {
	.operation = "updateStudent",
	.method = "PATCH",
	.path = "/v1/students/{student_id}",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct change),
	.body = student_patch_shape,
	.body_bytes = sizeof(struct student_new),
	.is_merge_patch = true,
	.is_conditional = true,
	.steps = { find_student, check_change, change_student,
		   reply_student },
};

/* Who may change a member: what is not here is the school's alone. */
static const struct {
	const char *name;
	bool is_schools;
} students_own[] = {
	{ "willing_division_codes", false },
	{ "is_willing_anywhere", false },
	{ "pay_min_fen", false },
	{ "available_from", true },
	{ "available_to", true },
	{ "skills", true },
	{ "certificates", true },
};

static enum flow_next find_student(struct flow *f)
{
	struct change *s = f->state;

	if (!path_uuid(f, "student_id", &s->student_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_STUDENT_BY_ID, P_CONSORTIUM(f),
		       P_ID(&s->student_id), P_OWNER(f));
}

static bool may_change(const struct flow *f, const char *name)
{
	for (size_t i = 0; i < COUNT_OF(students_own); i++)
		if (text_same(students_own[i].name, name))
			return f->actor.role == ROLE_STUDENT ||
			       students_own[i].is_schools;
	return f->actor.role == ROLE_SCHOOL;
}

/* Refuses what is not the role's to change; gathers what is to be cleared. */
static void walk_members(struct flow *f)
{
	const struct field *table = f->endpoint->body;
	struct change *s = f->state;
	size_t count = 0;

	while (table[count].name)
		count++;
	s->cleared.at = arena_array(f->mem, const char *, count);
	for (const struct field *m = table; m->name; m++) {
		if (!shape_has(table, &f->body_seen, m->name))
			continue;
		if (!may_change(f, m->name))
			flaws_add(&f->flaws,
				  arena_print(f->mem, "#/%s", m->name),
				  "not-allowed", "is not your role's to change",
				  "您的角色不能修改此项");
		if (shape_is_null(table, &f->body_seen, m->name))
			s->cleared.at[s->cleared.count++] = m->name;
	}
}

static enum flow_next check_change(struct flow *f)
{
	if (!version_fits(f, rows_int(f->rows, 0, STUDENT_VERSION_COLUMN)))
		return FLOW_FAIL;
	if (!f->body_seen.present)
		return reply_student(f);
	walk_members(f);
	return check_student(f);
}

static enum flow_next change_student(struct flow *f)
{
	const struct student_new *b = f->body;
	struct change *s = f->state;
	bool says_anywhere = shape_has(f->endpoint->body, &f->body_seen,
				       "is_willing_anywhere");

	if (!student_is_sound(f))
		return FLOW_FAIL;
	return tell_or(f, FAULT_STALE, SQL_STUDENT_UPDATE, P_CONSORTIUM(f),
		       P_ID(&s->student_id), P_OWNER(f), P_INT(f->if_match),
		       P_ACCOUNT(f), P_TEXTS(&s->cleared),
		       P_TEXT(b->student_number), P_TEXT(b->name),
		       P_TEXT(b->specialty_code),
		       b->entry_year ? P_INT(b->entry_year) : P_NULL,
		       P_TEXT(b->graduates_on), P_TEXT(b->class_name),
		       P_TEXT(b->birth_date), P_TEXT(b->sex),
		       P_TEXT(b->home_division_code),
		       student_texts(f, "willing_division_codes",
				     &b->willing_division_codes),
		       says_anywhere ? P_BOOL(b->is_willing_anywhere) : P_NULL,
		       student_pay(f), P_TEXT(b->available_from),
		       P_TEXT(b->available_to),
		       student_texts(f, "skills", &b->skills),
		       student_texts(f, "certificates", &b->certificates));
}

static enum flow_next reply_student(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, STUDENT_VERSION_COLUMN));
	student_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
