/*
 * PUT /v1/students/{student_id}/preferences - a student's wishes for a round,
 * the whole list, best first. It changes only while the round is open.
 */
#include <stddef.h>
#include <string.h>

#include "base/text.h"
#include "endpoints/preferences.h"
#include "matcher/explain.h"
#include "records/match_input.h"
#include "wire/sql.h"

struct preferences_new {
	struct uuid round_id;
	struct uuids posting_ids;
};

static const struct field preferences_new_shape[] = {
	UUID(struct preferences_new, round_id, REQUIRED),
	UUIDS(struct preferences_new, posting_ids, 50, REQUIRED),
	END_OF_FIELDS
};

static flow_step find_unfit, find_wished, put_wishes;

const struct endpoint put_preferences = {
	.operation = "putPreferences",
	.method = "PUT",
	.path = "/v1/students/{student_id}/preferences",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct preferences),
	.body = preferences_new_shape,
	.body_bytes = sizeof(struct preferences_new),
	.steps = { find_policy, find_ties, find_matched_student, find_unfit,
		   find_wished, put_wishes, find_wishes, reply_preferences },
};

static const struct constraint_flaw refusals[] = {
	{ "wish_round_is_open", "#/round_id", "not-allowed",
	  "the round takes no wishes now", "该轮次目前不接受志愿",
	  FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next find_unfit(struct flow *f)
{
	const struct preferences_new *b = f->body;
	struct preferences *s = f->state;

	take_student(f);
	return ask(f, SQL_WISHES_UNFIT, P_CONSORTIUM(f),
		   P_UUIDS(&b->posting_ids), P_UUID(&b->round_id),
		   P_UUID(&s->matching.student_id));
}

static void add_repeated(struct flow *f, const struct uuids *ids)
{
	for (size_t i = 1; i < ids->count; i++)
		for (size_t j = 0; j < i; j++)
			if (uuid_same(&ids->at[i], &ids->at[j])) {
				flaws_add(&f->flaws,
					  arena_print(f->mem,
						      "#/posting_ids/%zu", i),
					  "duplicate", "is listed twice",
					  "重复列出");
				break;
			}
}

static void add_unfit(struct flow *f, int row)
{
	static const struct {
		const char *word, *code, *english, *chinese;
	} reasons[] = {
		{ "unknown-round", "not-found", "is no round here",
		  "没有这个轮次" },
		{ "not-in-round", "not-allowed",
		  "is for those who got no place in the round before",
		  "该轮次只面向上一轮未获安排的学生" },
		{ "unknown", "not-found", "is no posting here",
		  "没有这个岗位" },
		{ "not-published", "not-allowed", "is not open",
		  "该岗位未在发布中" },
		{ "not-internship", "not-allowed", "is no internship",
		  "不是实习岗位" },
	};
	const char *word = rows_text(f->rows, row, 1);
	const char *where = rows_is_null(f->rows, row, 0)
				    ? "#/round_id"
				    : arena_print(f->mem, "#/posting_ids/%s",
						  rows_text(f->rows, row, 0));

	for (size_t i = 0; i < COUNT_OF(reasons); i++)
		if (text_same(word, reasons[i].word))
			flaws_add(&f->flaws, where, reasons[i].code,
				  reasons[i].english, reasons[i].chinese);
}

static enum flow_next find_wished(struct flow *f)
{
	const struct preferences_new *b = f->body;

	add_repeated(f, &b->posting_ids);
	for (int i = 0; i < rows_count(f->rows); i++)
		add_unfit(f, i);
	if (f->flaws.count)
		return fail_flaws(f);
	return ask(f, SQL_MATCH_POSTINGS_SOME, P_CONSORTIUM(f),
		   P_UUIDS(&b->posting_ids));
}

static size_t place_in_list(const struct uuids *ids, const uint8_t id[16])
{
	size_t i = 0;

	while (memcmp(ids->at[i].bytes, id, sizeof(ids->at[i].bytes)) != 0)
		must(++i < ids->count);
	return i;
}

/* Names every rule that forbids the pair, in both languages. */
static void add_blocked(struct flow *f, const struct match_posting *posting,
			const struct match_fit *fit)
{
	const struct preferences_new *b = f->body;
	const char *where =
		arena_print(f->mem, "#/posting_ids/%zu",
			    place_in_list(&b->posting_ids, posting->id));

	for (size_t i = 0; i < fit->breach_count; i++) {
		char *text[2];

		if (fit->breaches[i].action != MATCH_BLOCK)
			continue;
		for (int lang = 0; lang < 2; lang++) {
			text[lang] = arena_array(f->mem, char, 256);
			match_breach_text(lang ? MATCH_ENGLISH : MATCH_CHINESE,
					  &fit->breaches[i], posting,
					  text[lang], 256);
		}
		flaws_add(&f->flaws, where, "not-allowed", text[1], text[0]);
	}
}

static void check_pairs(struct flow *f)
{
	struct preferences *s = f->state;
	struct match_terms terms = matching_terms(f);

	for (int i = 0; i < rows_count(f->rows); i++) {
		struct match_posting posting;
		struct match_fit fit;

		match_posting_from_row(&posting, f->mem, f->rows, i);
		match_align(&terms, &s->matching.student, &posting, &fit);
		if (!fit.is_eligible)
			add_blocked(f, &posting, &fit);
	}
}

static enum flow_next put_wishes(struct flow *f)
{
	const struct preferences_new *b = f->body;
	struct preferences *s = f->state;

	check_pairs(f);
	if (f->flaws.count)
		return fail_flaws(f);
	s->round_id = b->round_id;
	explain_constraints(f, refusals);
	return tell(f, SQL_WISHES_PUT, P_CONSORTIUM(f), P_UUID(&s->round_id),
		    P_UUID(&s->matching.student_id), P_UUIDS(&b->posting_ids),
		    P_ACCOUNT(f), P_NULL);
}
