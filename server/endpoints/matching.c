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

/* The key after which the page begins: NULL on the first page; false when
 * the cursor is none of ours. */
static bool read_after(struct flow *f, const struct match_key **after)
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
	    !uuid_parse(f->page.after[2], &id))
		return false;
	s->after.score = (uint16_t)score;
	memcpy(s->after.id, id.bytes, sizeof(s->after.id));
	*after = &s->after;
	return true;
}

static enum flow_next rank(struct flow *f)
{
	struct matching *s = f->state;
	const struct match_key *after;

	if (!read_after(f, &after)) {
		flaws_add(&f->flaws, "after", "malformed",
			  "is not a cursor of this list", "不是此列表的游标");
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	}
	s->ranking.want = (size_t)f->page.limit + 1;
	s->ranking.at = arena_array(f->mem, struct match_rank_entry,
				    s->ranking.want);
	s->side->rank(f, after);
	return FLOW_NEXT;
}

enum flow_next rank_side(struct flow *f)
{
	return ponder(f, rank);
}

static enum flow_next end_after(struct flow *f, const struct match_key *last)
{
	const char *parts[3];
	char id_text[UUID_TEXT_BYTES];
	struct uuid id;

	memcpy(id.bytes, last->id, sizeof(id.bytes));
	uuid_text(&id, id_text);
	parts[0] = arena_print(f->mem, "%u", (unsigned)last->score);
	parts[1] = arena_print(f->mem, "%" PRId64, last->published_us);
	parts[2] = id_text;
	return page_end(f, parts, 3);
}

enum flow_next reply_ranking(struct flow *f)
{
	const struct matching *s = f->state;
	struct json_writer *w = page_begin(f);
	size_t limit = (size_t)f->page.limit;
	struct match_key last;

	reply_language(f);
	for (size_t i = 0; i < s->ranking.count && i < limit; i++)
		s->side->write(f, w, &s->ranking.at[i]);
	if (s->ranking.count <= limit)
		return page_end(f, NULL, 0);
	last = s->side->key(s, &s->ranking.at[limit - 1]);
	return end_after(f, &last);
}
