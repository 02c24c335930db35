/* matching.c - see matching.h. */
#include "endpoints/matching.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
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

enum flow_next find_matched_posting(struct flow *f)
{
	struct matching *s = f->state;

	take_ties(f);
	if (!path_uuid(f, "posting_id", &s->posting_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_MATCH_POSTING, P_CONSORTIUM(f),
		       P_UUID(&s->posting_id), P_OWNER(f), P_BOOL(true));
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

void take_posting(struct flow *f)
{
	struct matching *s = f->state;

	match_posting_from_row(&s->posting, f->mem, f->rows, 0);
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

bool matching_after(struct flow *f, const struct match_key **after)
{
	struct matching *s = f->state;
	int64_t score;
	struct uuid id;

	*after = NULL;
	if (f->page.after_count == 0)
		return true;
	if (f->page.after_count != 3 ||
	    !text_to_int(f->page.after[0], &score) || score < 0 ||
	    score > MATCH_WHOLE ||
	    !text_to_int(f->page.after[1], &s->after.published_us) ||
	    !uuid_parse(f->page.after[2], &id)) {
		(void)fail(f, FAULT_BAD_PARAMETER,
			   "after is no cursor of this list");
		return false;
	}
	s->after.score = (uint16_t)score;
	memcpy(s->after.id, id.bytes, sizeof(s->after.id));
	*after = &s->after;
	return true;
}

size_t matching_shown(const struct flow *f)
{
	const struct matching *s = f->state;
	size_t limit = (size_t)f->page.limit;

	return s->ranking.count < limit ? s->ranking.count : limit;
}

void reply_next_match(struct flow *f, const struct match_key *last)
{
	const char *parts[3];
	char id_text[UUID_TEXT_BYTES];
	struct uuid id;

	if (!last) {
		reply_next_page(f, NULL, 0);
		return;
	}
	memcpy(id.bytes, last->id, sizeof(id.bytes));
	uuid_text(&id, id_text);
	parts[0] = arena_print(f->mem, "%u", (unsigned)last->score);
	parts[1] = arena_print(f->mem, "%" PRId64, last->published_us);
	parts[2] = id_text;
	reply_next_page(f, parts, 3);
}
