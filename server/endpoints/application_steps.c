/* application_steps.c - see application_steps.h. */
#include "endpoints/application_steps.h"

#include "records/match_input.h"

const struct field move_shape[] = {
	TEXT(struct move_text, reason, 1, 500, NULLABLE | TRIMMED),
	END_OF_FIELDS
};

const struct field decision_shape[] = {
	TEXT(struct move_text, reason, 1, 500, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

enum flow_next find_pair(struct flow *f)
{
	struct applying *s = f->state;

	if (!path_uuid(f, "application_id", &s->id))
		return FLOW_FAIL;
	return ask_one(f, SQL_APPLICATION_PAIR, P_CONSORTIUM(f),
		       P_UUID(&s->id), P_OWNER(f));
}

enum flow_next find_terms(struct flow *f)
{
	struct applying *s = f->state;

	s->matching.student_id = rows_uuid(f->rows, 0, 0);
	s->matching.posting_id = rows_uuid(f->rows, 0, 1);
	return find_policy(f);
}

enum flow_next find_pair_ties(struct flow *f)
{
	return find_ties(f);
}

enum flow_next find_applicant(struct flow *f)
{
	struct applying *s = f->state;

	match_ties_from_rows(&s->matching.ties, f->mem, f->rows);
	return ask_one(f, SQL_MATCH_STUDENT, P_CONSORTIUM(f),
		       P_UUID(&s->matching.student_id), P_NULL);
}

enum flow_next find_applied(struct flow *f)
{
	struct applying *s = f->state;

	take_student(f);
	return ask_one(f, SQL_MATCH_POSTING, P_CONSORTIUM(f),
		       P_UUID(&s->matching.posting_id), P_NULL, P_BOOL(false));
}

static const char *breach_text(struct flow *f,
			       const struct match_breach *breach,
			       enum match_language language)
{
	enum { TEXT_BYTES = 256 };
	struct applying *s = f->state;
	char *text = arena_array(f->mem, char, TEXT_BYTES);

	match_breach_text(language, breach, &s->matching.posting, text,
			  TEXT_BYTES);
	return text;
}

enum flow_next fail_ineligible(struct flow *f, const char *where)
{
	struct applying *s = f->state;
	struct broken_rule first = { .law = LAW_NONE };

	for (size_t i = 0; i < s->fit.breach_count; i++) {
		const struct match_breach *breach = &s->fit.breaches[i];

		if (breach->action != MATCH_BLOCK)
			continue;
		if (first.law == LAW_NONE)
			first = law_of_breach(breach);
		flaws_add(&f->flaws, where, "not-allowed",
			  breach_text(f, breach, MATCH_ENGLISH),
			  breach_text(f, breach, MATCH_CHINESE));
	}
	return fail_rule(f, first);
}

enum flow_next move_application(struct flow *f, const char *state)
{
	const struct move_text *in = f->body;
	struct applying *s = f->state;

	if (!path_uuid(f, "application_id", &s->id))
		return FLOW_FAIL;
	return tell(f, SQL_APPLICATION_MOVE, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_OWNER(f), P_TEXT(state), P_TEXT(in->reason),
		    P_ACCOUNT(f));
}

/* An enterprise's reading may leave an entry in the audit: it is a write. */
enum flow_next find_application(struct flow *f)
{
	struct applying *s = f->state;

	return tell_or(f, FAULT_NOT_FOUND, SQL_APPLICATION_BY_ID,
		       P_CONSORTIUM(f), P_UUID(&s->id), P_OWNER(f),
		       P_ACCOUNT(f));
}

enum flow_next reply_application(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, APPLICATION_VERSION_COLUMN));
	application_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
