/*
 * POST /v1/applications/{application_id}/offers - the enterprise offers the
 * applicant the place: from when, for what pay, and until when to reply. The
 * rules are asked once more, of the days and the pay that are offered.
 */
#include "base/clock.h"
#include "endpoints/application_steps.h"
#include "endpoints/offer_steps.h"

enum { CHINA_OFFSET_MS = 8 * 3600 * 1000, DAY_MS = 86400 * 1000,
       PAY_SHARE_PERCENT = 80 };

struct offer_new {
	const char *starts_on, *ends_on, *reply_by, *terms;
	int64_t pay_fen;
};

static const struct field offer_new_shape[] = {
	DATE(struct offer_new, starts_on, REQUIRED),
	DATE(struct offer_new, ends_on, NULLABLE),
	INT(struct offer_new, pay_fen, 0, 100000000, REQUIRED),
	TIME(struct offer_new, reply_by, REQUIRED),
	TEXT(struct offer_new, terms, 1, 5000, NULLABLE | TRIMMED),
	END_OF_FIELDS
};

struct offering {
	struct applying applying;	/* first: its steps see only this */
	int64_t pay_standard_fen;	/* 0: none is known */
	struct uuid id;
	char ends_on[CLOCK_TEXT_BYTES];	/* "": for good */
};

static flow_step take_bounds, make, find_made, reply_made;

const struct endpoint create_offer = {
	.operation = "createOffer",
	.method = "POST",
	.path = "/v1/applications/{application_id}/offers",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct offering),
	.body = offer_new_shape,
	.body_bytes = sizeof(struct offer_new),
	.is_transaction = true,
	.steps = { find_pair, take_bounds, find_pair_ties, find_applicant,
		   find_applied, make, find_made, reply_made },
};

static const struct constraint_flaw refusals[] = {
	{ "offer_reply_is_ahead", "#/reply_by", "out-of-range",
	  "must be after now", "必须晚于当前时间", FAULT_BAD_BODY },
	{ "offer_enterprise_is_verified", "#", "not-allowed",
	  "the enterprise is not verified by the office", "企业尚未通过核验",
	  FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next take_bounds(struct flow *f)
{
	struct offering *s = f->state;

	s->pay_standard_fen = rows_int(f->rows, 0, 2);
	return find_terms(f);
}

static bool is_of_interns(const struct match_posting *posting)
{
	return posting->kind == MATCH_INTERNSHIP ||
	       posting->kind == MATCH_APPRENTICESHIP;
}

/* The days of the offer in the place of the posting's. */
static void take_days(struct flow *f, struct match_posting *posting)
{
	const struct offer_new *b = f->body;
	struct offering *s = f->state;
	int32_t today = (int32_t)((clock_wall_ms() + CHINA_OFFSET_MS) / DAY_MS);

	must(clock_date(b->starts_on, &posting->from));
	if (b->ends_on)
		must(clock_date(b->ends_on, &posting->to));
	else if (!is_of_interns(posting))
		posting->to = MATCH_NO_DAY;
	if (posting->from < today)
		flaws_add(&f->flaws, "#/starts_on", "out-of-range",
			  "must not be before today", "不能早于今天");
	if (posting->to == MATCH_NO_DAY && is_of_interns(posting))
		flaws_add(&f->flaws, "#/ends_on", "required",
			  "an internship ends, and the posting does not say "
			  "when", "实习须有结束日期，而岗位未写明");
	else if (posting->to != MATCH_NO_DAY && posting->to <= posting->from)
		flaws_add(&f->flaws, b->ends_on ? "#/ends_on" : "#/starts_on",
			  "inconsistent", "the last day is after the first",
			  "结束日期必须晚于开始日期");
	else if (posting->to != MATCH_NO_DAY)
		clock_date_text(posting->to, s->ends_on);
}

static void take_pay(struct flow *f, struct match_posting *posting)
{
	const struct offer_new *b = f->body;

	if (b->pay_fen < posting->pay_min_fen)
		flaws_add(&f->flaws, "#/pay_fen", "inconsistent",
			  "must not be less than the posting promises",
			  "不能低于岗位公布的报酬");
	posting->pay_min_fen = posting->pay_max_fen = b->pay_fen;
}

/* The pair, as it would be with this offer. */
static bool keeps_rules(struct flow *f, const struct match_posting *posting)
{
	struct offering *s = f->state;
	struct match_terms terms = matching_terms(f);
	int64_t least = s->pay_standard_fen * PAY_SHARE_PERCENT / 100;

	if (is_of_interns(posting) && posting->pay_min_fen < least)
		return fail_law(f, LAW_PAY_SHARE, least,
				posting->pay_min_fen) != FLOW_FAIL;
	match_align(&terms, &s->applying.matching.student, posting,
		    &s->applying.fit);
	return s->applying.fit.is_eligible ||
	       fail_ineligible(f, "#") != FLOW_FAIL;
}

static enum flow_next make(struct flow *f)
{
	const struct offer_new *b = f->body;
	struct offering *s = f->state;
	struct match_posting *posting = &s->applying.matching.posting;

	take_posting(f);
	take_days(f, posting);
	take_pay(f, posting);
	if (f->flaws.count)
		return fail_flaws(f);
	if (!keeps_rules(f, posting))
		return FLOW_FAIL;
	s->id = uuid_new();
	explain_constraints(f, refusals);
	return tell(f, SQL_OFFER_MAKE, P_CONSORTIUM(f),
		    P_UUID(&s->applying.id), P_OWNER(f), P_UUID(&s->id),
		    P_TEXT(b->starts_on), P_TEXT(*s->ends_on ? s->ends_on :
							       NULL),
		    P_INT(b->pay_fen), P_TEXT(b->reply_by), P_TEXT(b->terms),
		    P_ACCOUNT(f));
}

static enum flow_next find_made(struct flow *f)
{
	struct offering *s = f->state;

	return ask_offer(f, &s->id);
}

static enum flow_next reply_made(struct flow *f)
{
	reply_location(f, "/v1/offers/%s",
		       rows_text(f->rows, 0, OFFER_ID_COLUMN));
	reply_etag(f, rows_int(f->rows, 0, OFFER_VERSION_COLUMN));
	offer_write_whole(reply_json(f, 201), f->rows, 0);
	return FLOW_DONE;
}
