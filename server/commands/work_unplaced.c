/*
 * work_unplaced.c - who got no seat by a run, and what decided at the wish
 * that came nearest. It asks what `duikou-matcher explain` asks (why.h), and
 * trusts that the result has been verified.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/uuid.h"
#include "commands/work_round.h"
#include "matcher/why.h"

enum { ID_BYTES = UUID_TEXT_BYTES - 1 };

/* How near to a seat one was whom this turned away; the least is nearest. */
static const int nearness[MATCH_DECIDERS] = {
	[MATCH_BY_NOTHING] = 0,
	[MATCH_BY_POSTING] = 0,
	[MATCH_BY_LOTTERY] = 1,
	[MATCH_BY_SCORE] = 2,
	[MATCH_BY_RANK] = 3,
	[MATCH_BY_PLACED] = 4,
	[MATCH_BY_SHORTFALL] = 5,
	[MATCH_BY_SEATS] = 6,
	[MATCH_BY_RANKING] = 7,
};

static bool is_nearer(const struct match_why_choice *a,
		      const struct match_why_choice *b)
{
	if (nearness[a->by] != nearness[b->by])
		return nearness[a->by] < nearness[b->by];
	if (a->has_gap != b->has_gap)
		return a->has_gap;
	return a->has_gap && a->gap < b->gap;
}

/* Of those as near the one that stands higher on the list. */
static const struct match_why_choice *
nearest_of(const struct match_why_student *answer)
{
	const struct match_why_choice *best = NULL;

	for (uint32_t i = 0; i < answer->choice_count; i++)
		if (!best || is_nearer(&answer->choices[i], best))
			best = &answer->choices[i];
	return best;
}

static int compare_ids(const void *a, const void *b)
{
	return memcmp(a, b, ID_BYTES);
}

static bool lost_every_wish(const struct outcome *o, struct match_id id)
{
	return id.bytes == ID_BYTES && o->wishless.used &&
	       bsearch(id.text, o->wishless.at, o->wishless.used / ID_BYTES,
		       ID_BYTES, compare_ids);
}

static void write_line(const struct outcome *o, const struct match_why *why,
		       const struct match_why_student *answer,
		       struct buf *lines)
{
	const struct match_instance *in = why->instance;
	struct match_id id = match_ids_at(&in->students, answer->student);
	const struct match_why_choice *row = nearest_of(answer);
	const char *word;

	buf_byte(lines, '\t');
	buf_bytes(lines, id.text, id.bytes);
	if (!row) {
		buf_print(lines, "\t%s\t\\N\t\\N\n",
			  lost_every_wish(o, id) ? "left_out" : "no_wishes");
		return;
	}
	word = match_decider_word(row->by);
	buf_print(lines, "\t%s\t%" PRIu32 "\t", word ? word : "even",
		  row->choice - in->choice_start[answer->student] + 1);
	if (row->has_gap)
		buf_print(lines, "%" PRId64 "\n", row->gap);
	else
		buf_text(lines, "\\N\n");
}

static bool tell_all(const struct outcome *o, const struct match_why *why,
		     struct buf *lines, struct match_error *error)
{
	for (uint32_t i = 0; i < o->result.unplaced_count; i++) {
		uint32_t student = o->result.unplaced[i];
		struct match_why_student answer;

		if (!match_why_student(why, student, &answer, error))
			return false;
		write_line(o, why, &answer, lines);
		match_why_student_free(&answer);
	}
	return true;
}

bool round_unplaced(const struct outcome *o, struct buf *lines, int64_t *count,
		    struct fault *fault)
{
	struct match_error error = { .text = "" };
	struct match_why why;
	bool is_good;

	*count = o->result.unplaced_count;
	if (!match_why_init(&why, &o->instance, &o->result, &error))
		return fault_set(fault, FAULT_BUG, "explaining: %s",
				 error.text);
	is_good = tell_all(o, &why, lines, &error);
	match_why_free(&why);
	return is_good ||
	       fault_set(fault, FAULT_BUG, "explaining: %s", error.text);
}
