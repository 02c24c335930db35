/*
 * What a re-run adds: pins that hold, and the moves. Where students were comes
 * from the previous result, or else from the moves themselves.
 */
#include "matcher/check.h"

#include <string.h>

/* Nobody's number: strays are far fewer. */
#define NOT_NAMED (MATCH_NONE - 1)

/* Where the result has a student, or MATCH_NONE. */
static uint32_t posting_of(const struct check *check, uint32_t student)
{
	uint32_t held = check->held[student];

	return held == MATCH_NONE ? MATCH_NONE
				  : check->instance->choice[held].posting;
}

bool check_pins(struct check *check)
{
	const struct match_instance *in = check->instance;
	bool do_hold = true;

	for (uint32_t s = 0; s < in->students.count; s++) {
		struct match_id student, at;

		if (!check_is_pinned(check, s) ||
		    posting_of(check, s) == in->pinned[s])
			continue;
		student = check_student_id(check, s);
		at = check_posting_id(check, in->pinned[s]);
		check_fault(check, MATCH_FAULT_PIN,
			    "student \"%.*s\" is pinned to posting \"%.*s\", "
			    "and not placed there",
			    MATCH_ID(student), MATCH_ID(at));
		do_hold = false;
	}
	return do_hold;
}

/* Take down where a student was; students that are gone do not matter. */
static bool name_prior(struct check *check, uint32_t student, uint32_t posting,
		       struct match_error *error)
{
	struct match_id id;

	if (student >= check->instance->students.count)
		return true;
	id = check_student_id(check, student);
	if (check->prior[student] != NOT_NAMED)
		return match_fail(error, MATCH_MALFORMED,
				  "the previous result has student \"%.*s\" "
				  "twice",
				  MATCH_ID(id));
	check->prior[student] = posting;
	return true;
}

static bool read_prior(struct check *check, struct match_error *error)
{
	const struct match_result *previous = check->previous;
	uint32_t count = check->instance->students.count;

	if (strcmp(previous->format, MATCH_RESULT_FORMAT) != 0)
		return match_fail(error, MATCH_MALFORMED,
				  "the previous result has the format \"%s\", "
				  "not \"%s\"",
				  previous->format, MATCH_RESULT_FORMAT);
	for (uint32_t s = 0; s < count; s++)
		check->prior[s] = NOT_NAMED;
	for (uint32_t i = 0; i < previous->placement_count; i++)
		if (!name_prior(check, previous->placements[i].student,
				previous->placements[i].posting, error))
			return false;
	for (uint32_t i = 0; i < previous->unplaced_count; i++)
		if (!name_prior(check, previous->unplaced[i], MATCH_NONE,
				error))
			return false;
	for (uint32_t s = 0; s < count; s++)
		if (check->prior[s] == NOT_NAMED)
			check->prior[s] = MATCH_NONE;
	return true;
}

bool check_prior(struct check *check, struct match_error *error)
{
	const struct match_result *result = check->result;
	uint32_t count = check->instance->students.count;

	if (check->previous)
		return read_prior(check, error);
	for (uint32_t s = 0; s < count; s++)
		check->prior[s] = posting_of(check, s);
	for (uint32_t i = 0; i < result->move_count; i++)
		if (result->moves[i].student < count)
			check->prior[result->moves[i].student] =
				result->moves[i].from;
	return true;
}

/* What a place is called; without a previous result, numbers of before are of
 * the result itself. */
static struct match_id prior_id(const struct check *check, uint32_t posting)
{
	uint32_t count = check->instance->postings.count;

	if (posting < count || !check->previous)
		return check_posting_id(check, posting);
	return match_ids_at(&check->previous->strays, posting - count);
}

/* Do a move and the previous result say the same of where a student was? */
static bool is_same_place(const struct check *check, uint32_t told,
			  uint32_t prior)
{
	struct match_id a, b;

	if (told == MATCH_NONE || prior == MATCH_NONE)
		return told == prior;
	a = check_posting_id(check, told);
	b = prior_id(check, prior);
	return !match_id_compare(a, b);
}

/* An id in quotes, or null; for words about one place at a time. */
struct place_words {
	struct match_id id;
	const char *quote;
};

static struct place_words words_of(uint32_t posting, struct match_id id)
{
	static const struct match_id none = {"null", 4};

	return posting == MATCH_NONE ? (struct place_words){none, ""}
				     : (struct place_words){id, "\""};
}

static void blame_move(struct check *check, uint32_t student, const char *what)
{
	uint32_t prior = check->prior[student];
	uint32_t now = posting_of(check, student);
	struct match_id nothing = {"", 0},
			id = check_student_id(check, student);
	struct place_words from, to;

	from = words_of(prior,
			prior == MATCH_NONE ? nothing : prior_id(check, prior));
	to = words_of(now, now == MATCH_NONE ? nothing
					     : check_posting_id(check, now));
	check_fault(check, MATCH_FAULT_MOVE,
		    "student \"%.*s\", from %s%.*s%s to %s%.*s%s: %s",
		    MATCH_ID(id), from.quote, MATCH_ID(from.id), from.quote,
		    to.quote, MATCH_ID(to.id), to.quote, what);
}

static void check_move(struct check *check, uint32_t student,
		       const struct match_move *told)
{
	bool has_moved = check->prior[student] != posting_of(check, student);

	if (!told && has_moved)
		blame_move(check, student, "not listed in its place");
	if (told && !has_moved)
		blame_move(check, student, "listed, and is no move");
	if (told && has_moved &&
	    (told->to != posting_of(check, student) ||
	     !is_same_place(check, told->from, check->prior[student])))
		blame_move(check, student, "listed with other places");
}

void check_moves(struct check *check)
{
	const struct match_result *result = check->result;
	uint32_t i = 0;

	if (result->has_moves && !result->is_pinned)
		check_fault(check, MATCH_FAULT_MOVE,
			    "there are moves, which only a re-run with pins "
			    "has");
	if (!result->has_moves && check->previous)
		check_fault(check, MATCH_FAULT_MOVE,
			    "there are no moves, so it was not made from a "
			    "previous result");
	if (!result->has_moves)
		return;
	for (uint32_t s = 0; s < check->instance->students.count; s++) {
		bool is_told =
			i < result->move_count && result->moves[i].student == s;

		check_move(check, s, is_told ? &result->moves[i] : NULL);
		i += is_told;
	}
	for (; i < result->move_count; i++) {
		struct match_id id =
			check_student_id(check, result->moves[i].student);

		check_fault(check, MATCH_FAULT_MOVE,
			    "entry %u, student \"%.*s\": unknown, or twice, or "
			    "out of order",
			    i + 1, MATCH_ID(id));
	}
}
