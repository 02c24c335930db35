/* flow_fail.c - refusals: what a step says, and the problem it becomes. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "flow/flow_private.h"

enum flow_next fail(struct flow *f, enum fault_kind kind, const char *format,
		    ...)
{
	struct fault *fault = &f->own->fault;
	va_list args;

	*fault = (struct fault){ .kind = kind };
	va_start(args, format);
	vsnprintf(fault->detail, sizeof(fault->detail), format, args);
	va_end(args);
	return FLOW_FAIL;
}

enum flow_next fail_later(struct flow *f, int seconds)
{
	f->own->refusal.name = "Retry-After";
	f->own->refusal.value = arena_print(f->mem, "%d", seconds);
	return fail(f, FAULT_TOO_MANY, "%s", "");
}

enum flow_next fail_flaws(struct flow *f)
{
	must(f->flaws.count > 0);
	return fail(f, FAULT_BAD_BODY, "%s", "");
}

enum flow_next fail_rule(struct flow *f, struct broken_rule rule)
{
	must(rule.law != LAW_NONE);
	f->own->rule = rule;
	return fail(f, FAULT_RULE_BROKEN, "%s", "");
}

enum flow_next fail_beyond(struct flow *f, const char *what, int64_t limit,
			   int64_t actual)
{
	f->own->rule = (struct broken_rule){ LAW_NONE, true, limit, actual };
	return fail(f, FAULT_RUN_TOO_LARGE, "%s", what);
}

enum flow_next fail_law(struct flow *f, enum law law, int64_t limit,
			int64_t actual)
{
	return fail_rule(f, (struct broken_rule){ law, true, limit, actual });
}

enum flow_next fail_law_uncounted(struct flow *f, enum law law)
{
	return fail_rule(f, (struct broken_rule){ .law = law });
}

void explain_constraints(struct flow *f, const struct constraint_flaw *table)
{
	f->own->constraints = table;
}

/* The rules that the schema itself keeps: it alone can, under its locks. */
static enum law law_of_constraint(const char *constraint)
{
	static const struct { const char *constraint; enum law law; } rows[] = {
		{ "placement_rule_1_1", LAW_STAFF_CAP },
		{ "placement_rule_1_2", LAW_POST_CATEGORY_CAP },
		{ "placement_rule_1_4", LAW_FIRST_YEAR },
		{ "placement_rule_1_5", LAW_AGE_AT_START },
		{ "placement_rule_1_14", LAW_AGREEMENT },
		{ "placement_rule_1_16", LAW_GUARDIAN },
		{ "placement_rule_1_17", LAW_APPROVAL },
		{ "placement_rule_1_24", LAW_CROSS_PROVINCE_FILED },
		{ "placement_rule_1_25", LAW_HOST_LISTED },
		{ "placement_rule_1_26", LAW_HOST_ADMISSIBLE },
		{ "placement_rule_enrolled", LAW_ENROLLED },
		{ "agreement_rule_1_3", LAW_LENGTH },
		{ "agreement_rule_1_13_day", LAW_DAY_HOURS },
		{ "agreement_rule_1_13_week", LAW_WEEK_HOURS },
		{ "agreement_rule_1_15", LAW_AGREEMENT_TERMS },
		{ "agreement_rule_1_18", LAW_INSURANCE },
		{ "agreement_rule_1_19", LAW_PAY_SHARE },
		{ "agreement_rule_1_20", LAW_PAY_IN_MONEY },
		{ "agreement_rule_1_28", LAW_SUPERVISORS },
		{ "posting_rule_7_1", LAW_SCHOOL_AGREED },
		{ "posting_rule_7_2", LAW_COHORT_NAMED },
		{ "posting_rule_7_3", LAW_CONTRACT_NAMED },
		{ "posting_rule_7_4", LAW_MENTORS_NAMED },
		{ "destination_rule_4_8", LAW_INTERNSHIP_PROOF },
		{ "destination_rule_4_9", LAW_DESTINATION_DENIED },
		{ "destination_rule_4_10", LAW_DESTINATION_EVIDENCE },
		{ "destination_rule_4_10_own", LAW_DESTINATION_OWN },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (text_same(rows[i].constraint, constraint))
			return rows[i].law;
	return LAW_NONE;
}

static void explain_law(struct flow_private *own, enum law law)
{
	struct broken_rule rule = { .law = law };
	char *limit = own->fault.counts, *actual = strchr(limit, ' ');

	if (actual)
		*actual++ = '\0';
	rule.is_counted = actual && text_to_int(limit, &rule.limit) &&
			  text_to_int(actual, &rule.actual);
	own->rule = rule;
	own->fault.detail[0] = '\0';
}

/* PostgreSQL refused on a constraint that the operation can explain; or it
 * could not read a part of a cursor that somebody made up. */
void flow_explain(struct flow_private *own)
{
	const struct constraint_flaw *row = own->constraints;
	struct fault *fault = &own->fault;

	if (own->flow.page.after_count && text_starts(fault->sqlstate, "22")) {
		fault_set(fault, FAULT_BAD_PARAMETER, "%s", "");
		flaws_add(&own->flow.flaws, "after", "malformed",
			  "is not a cursor of this list", "不是此列表的游标");
		return;
	}
	if (!*fault->constraint)
		return;
	if (law_of_constraint(fault->constraint) != LAW_NONE) {
		explain_law(own, law_of_constraint(fault->constraint));
		return;
	}
	for (; row && row->constraint; row++) {
		if (!text_same(row->constraint, fault->constraint))
			continue;
		fault->kind = row->kind;
		fault->detail[0] = '\0';
		flaws_add(&own->flow.flaws, row->pointer, row->code,
			  row->english, row->chinese);
		return;
	}
}

bool version_fits(struct flow *f, int64_t version)
{
	if (version == f->if_match)
		return true;
	return fault_set(&f->own->fault, FAULT_STALE,
			 "the current version is \"v%lld\"",
			 (long long)version);
}

/* What PostgreSQL says of our own statements is for the log only. */
static void hide_bug(struct flow_private *own)
{
	if (own->fault.kind != FAULT_BUG)
		return;
	flow_log(&own->flow, "internal fault", "sqlstate=%s detail=\"%s\"",
		 own->fault.sqlstate, own->fault.detail);
	own->fault.detail[0] = '\0';
}

static void set_refusal(struct flow_private *own, int status)
{
	if (own->refusal.name)
		return;
	if (status == 401)
		own->refusal = (struct http_header){
			"WWW-Authenticate", "Bearer realm=\"duikou\"" };
	else if (own->fault.kind == FAULT_IN_PROGRESS || status == 503 ||
		 status == 429)
		own->refusal = (struct http_header){ "Retry-After", "1" };
}

void flow_send_problem(struct flow_private *own)
{
	struct problem problem = {
		.instance = own->exchange->head ? arena_text(
			own->flow.mem, own->exchange->head->path.at,
			own->exchange->head->path.count) : NULL,
		.request_id = own->request_id,
		.trace_id = own->trace_id,
		.violated = own->is_over_quota ? rate_word(own->rate) : NULL,
		.flaws = own->flow.flaws.first,
		.rule = own->rule,
	};

	hide_bug(own);
	problem_of_fault(&problem, &own->fault, own->flow.lang);
	set_refusal(own, problem.status);
	own->header_count = 0;
	own->etag = -1;
	own->etag_text = NULL;
	if (own->refusal.name)
		reply_header(&own->flow, own->refusal.name,
			     own->refusal.value);
	own->document = NULL;
	own->is_packed = false;
	reply_language(&own->flow);
	buf_clear(&own->out);
	problem_write(&problem, &own->out);
	own->media_type = PROBLEM_MEDIA_TYPE;
	flow_send_bytes(own, problem.status, own->out.at, own->out.used);
}

void flow_send_too_late(struct flow_private *own)
{
	struct fault fault = { .kind = FAULT_TOO_LATE };
	struct problem problem = { .request_id = own->request_id,
				   .trace_id = own->trace_id };
	struct buf *out = &own->loop->scratch;

	if (export_is_begun(own)) {
		own->fault = fault;
		export_cut(own);
		return;
	}
	if (own->is_write)
		fault_set(&fault, FAULT_TOO_LATE, "%s",
			  "whether the write took effect is not known");
	problem_of_fault(&problem, &fault, own->flow.lang);
	own->header_count = 0;
	own->etag = -1;
	own->etag_text = NULL;
	own->document = NULL;
	own->is_plain = true;
	reply_language(&own->flow);
	buf_clear(out);
	problem_write(&problem, out);
	own->media_type = PROBLEM_MEDIA_TYPE;
	flow_send_bytes(own, problem.status, out->at, out->used);
}
