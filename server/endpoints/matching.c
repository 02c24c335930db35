/* matching.c - see matching.h. */
#include "endpoints/matching.h"

#include "flow/live.h"
#include "records/match_input.h"
#include "wire/sql.h"

enum flow_next find_policy(struct flow *f)
{
	return ask(f, SQL_POLICY_FOR_MATCH, P_CONSORTIUM(f), P_NULL);
}

enum flow_next find_ties(struct flow *f)
{
	struct matching *s = f->state;

	match_policy_from_rows(&s->policy, f->rows);
	return ask(f, SQL_SPECIALTY_TIES, P_NULL);
}

static void take_ties(struct flow *f)
{
	struct matching *s = f->state;

	match_ties_from_rows(&s->ties, f->mem, f->rows);
}

enum flow_next find_matched_student(struct flow *f)
{
	struct matching *s = f->state;

	take_ties(f);
	if (!path_uuid(f, "student_id", &s->student_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_MATCH_STUDENT, P_CONSORTIUM(f),
		       P_UUID(&s->student_id), P_OWNER(f));
}

void take_student(struct flow *f)
{
	struct matching *s = f->state;

	match_student_from_row(&s->student, f->mem, f->rows, 0);
}

static const char *kept_text(struct flow *f, int column)
{
	return arena_text(f->mem, rows_text(f->rows, 0, column),
			  rows_bytes(f->rows, 0, column));
}

static void weigh_posting(struct flow *f)
{
	struct matching *s = f->state;
	struct live *live = f->loop->service->live;
	struct feed_view view;

	if (live_enter(live, f->loop->number, &f->actor.consortium_id,
		       &view)) {
		rarity_weigh(view.rarity, f->mem, &s->posting);
		s->policy.rarity_edition = rarity_edition(view.rarity);
	}
	live_leave(live, f->loop->number);
}

void take_posting(struct flow *f)
{
	struct matching *s = f->state;

	match_posting_from_row(&s->posting, f->mem, f->rows, 0);
	weigh_posting(f);
	s->title = kept_text(f, MATCH_POSTING_TITLE_COLUMN);
	s->enterprise_name = kept_text(f, MATCH_POSTING_ENTERPRISE_NAME_COLUMN);
}

struct match_terms matching_terms(const struct flow *f)
{
	const struct matching *s = f->state;

	return (struct match_terms){ .policy = &s->policy, .ties = &s->ties };
}

enum match_language matching_language(const struct flow *f)
{
	return f->lang == LANG_EN ? MATCH_ENGLISH : MATCH_CHINESE;
}
