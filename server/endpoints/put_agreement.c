/*
 * PUT /v1/placements/{placement_id}/agreement - a new edition of what is to be
 * agreed on. It may leave open what must be said before anybody signs (rule
 * 1.15), but says nothing that rules 1.13 and 1.18 to 1.21 bar, and what rules
 * 1.21 and 1.29 doubt only with a reason. All sign anew.
 */
#include "base/buf.h"
#include "endpoints/agreement_steps.h"
#include "endpoints/reasons.h"
#include "records/fields.h"
#include "records/posting_words.h"

struct putting {
	struct placement_at placement;	/* first: its steps see only this */
	struct reasons_kept kept;
	uint64_t broken;
};

static flow_step put_terms, keep;

const struct endpoint put_agreement = {
	.operation = "putAgreement",
	.method = "PUT",
	.path = "/v1/placements/{placement_id}/agreement",
	.allow = PARTIES_OF_PLACEMENTS,
	.state_bytes = sizeof(struct putting),
	.body = agreement_put_shape,
	.body_bytes = sizeof(struct agreement_terms),
	.is_conditional = true,
	.is_transaction = true,
	.steps = { put_terms, keep, find_agreement, reply_agreement },
};

static const struct constraint_flaw refusals[] = {
	{ "agreement_period_in_order", "#/period_end", "inconsistent",
	  "the last day is after the first", "结束日期必须晚于开始日期",
	  FAULT_BAD_BODY },
	{ "agreement_start_is_past", "#/period_start", "not-allowed",
	  "it has started already", "实习已经开始", FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

/* The terms as they are kept and signed, byte by byte. */
static const char *terms_text(struct flow *f)
{
	struct buf out = { NULL, 0, 0 };
	struct json_writer w;
	const char *text;

	fields_settle(agreement_terms_shape, &f->body_seen, f->body);
	json_begin(&w, &out);
	json_object(&w);
	fields_write(&w, agreement_terms_shape, f->body);
	json_end(&w);
	text = arena_text(f->mem, out.at, out.used);
	buf_close(&out);
	return text;
}

/* What a member says that a rule bars or doubts; the laws broken. */
static uint64_t read_words(struct flow *f, const char *pointer,
			   const char *text, uint64_t laws,
			   struct broken_rule *first)
{
	const struct agreement_terms *b = f->body;
	struct wording found[POSTING_WORDS_MAX];
	size_t count = text ? wording_find(f->mem, text, laws, found,
					   COUNT_OF(found)) : 0;
	uint64_t excused = reasons_excuse(&b->reasons), broken = 0;

	for (size_t i = 0; i < count; i++) {
		broken |= 1ULL << found[i].law;
		if (excused >> found[i].law & 1)
			continue;
		wording_flaw(&f->flaws, pointer, &found[i]);
		if (first->law == LAW_NONE)
			first->law = found[i].law;
	}
	return broken;
}

static uint64_t read_terms(struct flow *f, struct broken_rule *first)
{
	const struct agreement_terms *b = f->body;
	const uint64_t fees = 1ULL << LAW_FEES | 1ULL << LAW_FEES_DOUBT;
	const struct { const char *pointer, *text; } said[] = {
		{ "#/content", b->content },
		{ "#/board_and_lodging", b->board_and_lodging },
		{ "#/protection", b->protection },
		{ "#/accident_handling", b->accident_handling },
		{ "#/breach", b->breach },
	};
	uint64_t broken = 0;

	for (size_t i = 0; i < COUNT_OF(said); i++)
		broken |= read_words(f, said[i].pointer, said[i].text, fees,
				     first);
	return broken | read_words(f, "#/assessment", b->assessment,
				   fees | 1ULL << LAW_COPIED_ASSESSMENT,
				   first);
}

/* Why rules may be passed over, by the names of those that are. */
static struct texts *excused(struct flow *f)
{
	const struct agreement_terms *b = f->body;
	const struct rule_reason *said = b->reasons.at;
	struct texts *names = arena_new(f->mem, struct texts);

	names->at = arena_array(f->mem, const char *, b->reasons.count + 1);
	for (; names->count < b->reasons.count; names->count++)
		names->at[names->count] = said[names->count].rule;
	return names;
}

static enum flow_next put_terms(struct flow *f)
{
	const struct agreement_terms *b = f->body;
	struct putting *s = f->state;
	struct broken_rule rule = { .law = LAW_NONE };

	if (!path_placement(f))
		return FLOW_FAIL;
	reasons_given(f, &b->reasons);
	s->broken = read_terms(f, &rule);
	if (f->flaws.count)
		return rule.law != LAW_NONE ? fail_rule(f, rule) :
					      fail_flaws(f);
	explain_constraints(f, refusals);
	return tell(f, SQL_AGREEMENT_PUT, P_CONSORTIUM(f),
		    P_UUID(&s->placement.id), P_OWNER(f),
		    P_TEXT(terms_text(f)), P_INT(f->if_match), P_ACCOUNT(f),
		    P_TEXTS(excused(f)));
}

static enum flow_next keep(struct flow *f)
{
	const struct agreement_terms *b = f->body;
	struct putting *s = f->state;

	if (rows_bool(f->rows, 0, 0))
		s->broken |= 1ULL << LAW_LENGTH;
	reasons_keep(f, &b->reasons, s->broken, &s->kept);
	if (s->kept.rules.count == 0)
		return find_agreement(f);
	return tell(f, SQL_RULE_REASONS_OF_PLACEMENT, P_CONSORTIUM(f),
		    P_UUID(&s->placement.id), P_TEXT("sign"),
		    P_TEXT("agreement"), P_ACCOUNT(f), P_REASONS(&s->kept));
}
