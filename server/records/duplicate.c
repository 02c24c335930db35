/* duplicate.c - see duplicate.h. Candidates are all of the enterprise's own,
 * so nothing is missed but what is said to be (is_partial). */
#include "records/duplicate.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "records/likeness.h"
#include "records/members.h"

/* Columns of posting_duplicates.sql. */
enum { ID, ENTERPRISE_ID, ENTERPRISE_NAME, KIND, TITLE, STATE, PUBLISHED_AT,
       OPENINGS, TARGETS, DIVISION, ADDRESS, PAY_MIN, PAY_MAX, PERIOD_START,
       PERIOD_END, DESCRIPTION, IS_OWN };

/*
 * Measured on 3,178 advertisements (docs/postings.md): from 900 on a text is
 * the other with a word changed, whatever the title says; from 700 on it is so
 * where the titles agree as much.
 */
enum { TEXT_ALONE = 900, TEXT_WITH_TITLE = 700, TITLE_WITH_TEXT = 700,
       REPOST_LETTERS = 40 };

const char *const duplicate_facts[] = { "division_code", "targets", "pay",
					"period", "openings", "address",
					NULL };

static bool same_int(const struct rows *rows, int row, int column,
		     int64_t number)
{
	if (rows_is_null(rows, row, column))
		return number == INT_NONE;
	return rows_int(rows, row, column) == number;
}

static bool same_text(const struct rows *rows, int row, int column,
		      const char *text)
{
	return text_same(rows_text(rows, row, column), text ? text : "");
}

static bool has_target(const struct texts *texts, const char *target)
{
	for (size_t i = 0; i < texts->count; i++)
		if (text_same(texts->at[i], target))
			return true;
	return false;
}

static bool same_targets(struct arena *mem, const struct posting *p,
			 const char *literal)
{
	struct texts other = texts_from_array(mem, literal);

	if (other.count != p->targets.count)
		return false;
	for (size_t i = 0; i < other.count; i++)
		if (!has_target(&p->targets, other.at[i]))
			return false;
	return true;
}

/* In the order of duplicate_facts. */
static unsigned same_facts(struct arena *mem, const struct posting *p,
			   const struct rows *rows, int row)
{
	const bool same[] = {
		same_text(rows, row, DIVISION, p->division_code),
		same_targets(mem, p, rows_text(rows, row, TARGETS)),
		same_int(rows, row, PAY_MIN, p->pay_min_fen) &&
			same_int(rows, row, PAY_MAX, p->pay_max_fen),
		same_text(rows, row, PERIOD_START, p->period_start) &&
			same_text(rows, row, PERIOD_END, p->period_end),
		same_int(rows, row, OPENINGS, p->openings),
		same_text(rows, row, ADDRESS, p->address),
	};
	unsigned bits = 0;

	for (size_t i = 0; i < COUNT_OF(same); i++)
		bits |= (unsigned)same[i] << i;
	return bits;
}

enum { SAME_PLACE_AND_TARGETS = 3 };

static const char *kind_of(const struct duplicate *d, size_t letters,
			   bool is_own)
{
	if (!is_own)
		return d->text_mille == 1000 && letters >= REPOST_LETTERS ?
			       "repost" : NULL;
	if (d->text_mille == 1000 && d->title_mille == 1000 &&
	    (d->same & SAME_PLACE_AND_TARGETS) == SAME_PLACE_AND_TARGETS)
		return "same";
	/* Two that both say nothing are not alike for that. */
	if (letters == 0)
		return d->title_mille == 1000 &&
			       (d->same & SAME_PLACE_AND_TARGETS) ==
				       SAME_PLACE_AND_TARGETS ? "near" : NULL;
	return d->text_mille >= TEXT_ALONE ||
	       (d->text_mille >= TEXT_WITH_TITLE &&
		d->title_mille >= TITLE_WITH_TEXT) ? "near" : NULL;
}

static int likest_first(const void *a, const void *b)
{
	const struct duplicate *one = a, *other = b;
	int likeness = other->text_mille + other->title_mille -
		       one->text_mille - one->title_mille;

	return likeness ? likeness : one->row - other->row;
}

struct duplicates duplicates_of(struct arena *mem, const struct posting *p,
				const struct rows *rows)
{
	struct likeness title = likeness_of(mem, p->title);
	struct likeness text = likeness_of(mem, p->description);
	int count = rows_count(rows), own = 0;
	struct duplicates found = {
		.at = arena_array(mem, struct duplicate, (size_t)count) };

	for (int i = 0; i < count; i++) {
		struct likeness their_title =
			likeness_of(mem, rows_text(rows, i, TITLE));
		struct likeness their_text =
			likeness_of(mem, rows_text(rows, i, DESCRIPTION));
		struct duplicate *d = &found.at[found.count];
		bool is_own = rows_bool(rows, i, IS_OWN);

		own += is_own;
		if (own > DUPLICATE_CANDIDATES_MAX && is_own)
			continue;
		*d = (struct duplicate){
			.row = i,
			.title_mille = likeness_mille(&title, &their_title),
			.text_mille = likeness_mille(&text, &their_text),
			.same = same_facts(mem, p, rows, i),
		};
		d->kind = kind_of(d, text.letters, is_own);
		found.count += d->kind != NULL;
	}
	found.is_partial = own > DUPLICATE_CANDIDATES_MAX;
	qsort(found.at, found.count, sizeof(found.at[0]), likest_first);
	return found;
}

static void write_facts(struct json_writer *w, const char *name,
			const struct duplicate *d, bool are_same)
{
	json_key(w, name);
	json_array(w);
	for (unsigned i = 0; duplicate_facts[i]; i++)
		if ((d->same >> i & 1) == are_same)
			json_text(w, duplicate_facts[i]);
	json_end(w);
}

static void write_one(struct json_writer *w, const struct duplicate *d,
		      const struct rows *rows)
{
	json_object(w);
	member_uuid(w, "posting_id", CELL(rows, d->row, ID));
	json_member_text(w, "likeness", d->kind);
	json_member_int(w, "title_mille", d->title_mille);
	json_member_int(w, "text_mille", d->text_mille);
	write_facts(w, "same", d, true);
	write_facts(w, "differs", d, false);
	member_text(w, "title", CELL(rows, d->row, TITLE));
	member_text(w, "state", CELL(rows, d->row, STATE));
	member_time(w, "published_at", CELL(rows, d->row, PUBLISHED_AT));
	member_uuid(w, "enterprise_id", CELL(rows, d->row, ENTERPRISE_ID));
	member_text(w, "enterprise_name", CELL(rows, d->row, ENTERPRISE_NAME));
	json_end(w);
}

void duplicates_write(struct json_writer *w, const struct duplicates *d,
		      const struct rows *rows)
{
	json_key(w, "items");
	json_array(w);
	for (size_t i = 0; i < d->count; i++)
		write_one(w, &d->at[i], rows);
	json_end(w);
	json_member_bool(w, "is_partial", d->is_partial);
}
