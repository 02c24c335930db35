/*
 * POST /v1/placements - a school nominates its student to an open internship
 * or apprenticeship, if the rules let the pair be; or a student registers an
 * internship that he has found, which the school must then approve.
 */
#include "base/clock.h"
#include "endpoints/application_steps.h"
#include "endpoints/placement_steps.h"
#include "records/match_input.h"

struct placement_new {
	struct uuid student_id, posting_id, enterprise_id;
	const char *title, *period_start, *period_end;
};

static const struct field placement_new_shape[] = {
	UUID(struct placement_new, student_id, OPTIONAL),
	UUID(struct placement_new, posting_id, OPTIONAL),
	UUID(struct placement_new, enterprise_id, OPTIONAL),
	TEXT(struct placement_new, title, 1, 100, TRIMMED | ONE_LINE),
	DATE(struct placement_new, period_start, OPTIONAL),
	DATE(struct placement_new, period_end, OPTIONAL),
	END_OF_FIELDS
};

struct proposing {
	struct applying applying;	/* first: its steps see only this */
	struct uuid id;
	char first_day[CLOCK_TEXT_BYTES], last_day[CLOCK_TEXT_BYTES];
};

static flow_step check_new, find_pair_terms, find_nominee, find_open, nominate,
	register_found, find_made;

const struct endpoint create_placement = {
	.operation = "createPlacement",
	.method = "POST",
	.path = "/v1/placements",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct proposing),
	.body = placement_new_shape,
	.body_bytes = sizeof(struct placement_new),
	.is_transaction = true,
	.steps = { check_new, find_pair_ties, find_nominee, find_open,
		   nominate, find_made, reply_new_placement },
};

static flow_step *const steps_of_student[] = { register_found, find_made,
					       reply_new_placement, NULL };

/* A member that the role must give, and one that it must not. */
static void want(struct flow *f, const char *name, bool is_there)
{
	if (!is_there)
		flaws_add(&f->flaws, arena_print(f->mem, "#/%s", name),
			  "required", "is required", "必填");
}

static void bar(struct flow *f, const char *name)
{
	if (shape_has(placement_new_shape, &f->body_seen, name))
		flaws_add(&f->flaws, arena_print(f->mem, "#/%s", name),
			  "not-allowed", "is not yours to say",
			  "不由您填写");
}

static void check_nomination(struct flow *f)
{
	const struct placement_new *b = f->body;

	want(f, "student_id", !uuid_is_nil(&b->student_id));
	want(f, "posting_id", !uuid_is_nil(&b->posting_id));
	bar(f, "enterprise_id");
	bar(f, "title");
}

static void check_found(struct flow *f)
{
	const struct placement_new *b = f->body;

	bar(f, "student_id");
	bar(f, "posting_id");
	want(f, "enterprise_id", !uuid_is_nil(&b->enterprise_id));
	want(f, "title", b->title);
	want(f, "period_start", b->period_start);
	want(f, "period_end", b->period_end);
}

static enum flow_next check_new(struct flow *f)
{
	struct proposing *s = f->state;
	bool is_school = f->actor.role == ROLE_SCHOOL;

	s->id = uuid_new();
	if (is_school)
		check_nomination(f);
	else
		check_found(f);
	if (f->flaws.count)
		return fail_flaws(f);
	return is_school ? find_pair_terms(f) : climb(f, steps_of_student);
}

static enum flow_next find_pair_terms(struct flow *f)
{
	const struct placement_new *b = f->body;
	struct matching *m = f->state;

	m->student_id = b->student_id;
	m->posting_id = b->posting_id;
	return find_policy(f);
}

static enum flow_next find_nominee(struct flow *f)
{
	struct matching *m = f->state;

	match_ties_from_rows(&m->ties, f->mem, f->rows);
	return ask(f, SQL_MATCH_STUDENT, P_CONSORTIUM(f),
		   P_UUID(&m->student_id), P_OWNER(f));
}

static enum flow_next find_open(struct flow *f)
{
	struct matching *m = f->state;
	struct uuids one = { &m->posting_id, 1 };

	if (rows_count(f->rows) == 0) {
		flaws_add(&f->flaws, "#/student_id", "not-found",
			  "is no student of yours", "不是本校学生");
		return fail_flaws(f);
	}
	take_student(f);
	return ask(f, SQL_MATCH_POSTINGS_SOME, P_CONSORTIUM(f),
		   P_UUIDS(&one));
}

/* The days of the body in the place of the posting's. */
static void take_days(struct flow *f, struct match_posting *posting)
{
	const struct placement_new *b = f->body;
	struct proposing *s = f->state;

	if (b->period_start)
		must(clock_date(b->period_start, &posting->from));
	if (b->period_end)
		must(clock_date(b->period_end, &posting->to));
	want(f, "period_start", posting->from != MATCH_NO_DAY);
	want(f, "period_end", posting->to != MATCH_NO_DAY);
	if (f->flaws.count)
		return;
	if (posting->to <= posting->from)
		flaws_add(&f->flaws, "#/period_end", "inconsistent",
			  "the last day is after the first",
			  "结束日期必须晚于开始日期");
	clock_date_text(posting->from, s->first_day);
	clock_date_text(posting->to, s->last_day);
}

static void take_open(struct flow *f)
{
	struct proposing *s = f->state;
	struct match_posting *posting = &s->applying.matching.posting;

	if (rows_count(f->rows) > 0)
		take_posting(f);
	if (rows_count(f->rows) == 0 ||
	    (posting->kind != MATCH_INTERNSHIP &&
	     posting->kind != MATCH_APPRENTICESHIP))
		flaws_add(&f->flaws, "#/posting_id", "not-found",
			  "is no open internship or apprenticeship here",
			  "没有这个开放的实习或学徒岗位");
	else
		take_days(f, posting);
}

static enum flow_next nominate(struct flow *f)
{
	struct proposing *s = f->state;
	struct matching *m = &s->applying.matching;
	struct match_terms terms = matching_terms(f);

	take_open(f);
	if (f->flaws.count)
		return fail_flaws(f);
	match_align(&terms, &m->student, &m->posting, &s->applying.fit);
	if (!s->applying.fit.is_eligible)
		return fail_ineligible(f, "#/posting_id");
	explain_constraints(f, placement_refusals);
	return tell(f, SQL_PLACEMENT_NOMINATE, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_UUID(&m->student_id), P_OWNER(f), P_UUID(&m->posting_id),
		    P_TEXT(s->first_day), P_TEXT(s->last_day),
		    P_INT(s->applying.fit.score), P_ACCOUNT(f));
}

static enum flow_next register_found(struct flow *f)
{
	const struct placement_new *b = f->body;
	struct proposing *s = f->state;

	explain_constraints(f, placement_refusals);
	return tell(f, SQL_PLACEMENT_REGISTER, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_OWNER(f), P_UUID(&b->enterprise_id), P_TEXT(b->title),
		    P_TEXT(b->period_start), P_TEXT(b->period_end),
		    P_ACCOUNT(f));
}

static enum flow_next find_made(struct flow *f)
{
	struct proposing *s = f->state;

	if (rows_count(f->rows) == 0)
		return fail(f, FAULT_BAD_STATE, "%s",
			    "the student is not active, or the enterprise not "
			    "verified");
	return ask_placement(f, &s->id);
}
