/*
 * Stability, by its definition. The greedy choice from what is held plus one
 * contract takes that contract if and only if no node on its path has its seats
 * filled by better ones. What is held breaks no cap, so all that is better is
 * kept: a full node stands in the way if its worst held contract is better.
 */
#include "matcher/check.h"
#include "matcher/memory.h"

/* The node of the path whose worst contract is best; none: all have room. */
static uint32_t binding_of(const struct check *check, uint32_t posting)
{
	uint32_t binding = MATCH_NONE;

	for (uint32_t at = posting; at != MATCH_NONE;
	     at = check_above(check, at)) {
		const struct check_node *node = &check->node[at];

		if (!check_is_full(check, at))
			continue;
		if (!node->has_worst)
			return at;
		if (binding == MATCH_NONE ||
		    check_is_better(&node->worst, &check->node[binding].worst))
			binding = at;
	}
	return binding;
}

/* Would the greedy choice take this student's choice beside all it holds? */
static bool is_taken(const struct check *check, uint32_t student,
		     uint32_t choice, const uint32_t *binding)
{
	uint32_t at = binding[check->instance->choice[choice].posting];
	struct check_key key;

	if (!check_key_of(check, student, choice, &key))
		return false;
	if (at == MATCH_NONE)
		return true;
	return check->node[at].has_worst &&
	       check_is_better(&key, &check->node[at].worst);
}

static void check_pairs(struct check *check, const uint32_t *binding)
{
	const struct match_instance *in = check->instance;

	for (uint32_t s = 0; s < in->students.count; s++) {
		uint32_t first = in->choice_start[s];
		uint32_t end = check->held[s] == MATCH_NONE
				       ? in->choice_start[s + 1]
				       : check->held[s];

		for (uint32_t i = first; i < end; i++) {
			struct match_id student = check_student_id(check, s);
			struct match_id posting =
				check_posting_id(check, in->choice[i].posting);

			if (is_taken(check, s, i, binding))
				check_fault(check, MATCH_FAULT_BLOCKING,
					    "student \"%.*s\" prefers posting "
					    "\"%.*s\" (choice %u), which would "
					    "take the student",
					    MATCH_ID(student),
					    MATCH_ID(posting), i - first + 1);
		}
	}
}

static struct match_cutoff expected_cutoff(const struct check *check,
					   uint32_t posting, uint32_t binding)
{
	const struct check_node *node = &check->node[binding];
	struct match_cutoff cutoff = {.posting = posting, .binding = binding};

	if (!node->has_worst)
		return cutoff;
	cutoff.has_rank = node->worst.rank != UINT64_MAX;
	cutoff.rank = cutoff.has_rank ? (int64_t)node->worst.rank : 0;
	cutoff.has_score = cutoff.has_lottery = true;
	cutoff.score = node->worst.score;
	cutoff.lottery = node->worst.lottery;
	return cutoff;
}

static bool is_same_or_null(bool has_a, int64_t a, bool has_b, int64_t b)
{
	return has_a == has_b && (!has_a || a == b);
}

static void compare_cutoff(struct check *check, const struct match_cutoff *told,
			   const struct match_cutoff *right)
{
	struct match_id id = check_posting_id(check, right->posting);
	struct match_id told_id = check_node_id(check, told->binding);
	struct match_id node_id = check_node_id(check, right->binding);

	if (!is_same_or_null(told->has_rank, told->rank, right->has_rank,
			     right->rank))
		check_fault(check, MATCH_FAULT_CUTOFF,
			    "posting \"%.*s\": rank should be %lld (0: null)",
			    MATCH_ID(id), (long long)right->rank);
	if (!is_same_or_null(told->has_score, told->score, right->has_score,
			     right->score))
		check_fault(check, MATCH_FAULT_CUTOFF,
			    "posting \"%.*s\": score should be %s%lld",
			    MATCH_ID(id), right->has_score ? "" : "null, not ",
			    (long long)(right->has_score ? right->score
							 : told->score));
	if (!is_same_or_null(told->has_lottery, (int64_t)told->lottery,
			     right->has_lottery, (int64_t)right->lottery))
		check_fault(check, MATCH_FAULT_CUTOFF,
			    "posting \"%.*s\": lottery should be %s%llu",
			    MATCH_ID(id),
			    right->has_lottery ? "" : "null, not ",
			    (unsigned long long)(right->has_lottery
							 ? right->lottery
							 : told->lottery));
	if (told->binding != right->binding)
		check_fault(check, MATCH_FAULT_CUTOFF,
			    "posting \"%.*s\": \"%.*s\" binds, not \"%.*s\"",
			    MATCH_ID(id), MATCH_ID(node_id), MATCH_ID(told_id));
}

/* Both lists ascend by posting; walk them side by side. */
static void check_cutoffs(struct check *check, const uint32_t *binding)
{
	const struct match_result *result = check->result;
	uint32_t i = 0;

	for (uint32_t p = 0; p < check->instance->postings.count; p++) {
		struct match_id id = check_posting_id(check, p);
		struct match_cutoff right;
		bool is_told = i < result->cutoff_count &&
			       result->cutoffs[i].posting == p;

		if (is_told && binding[p] == MATCH_NONE)
			check_fault(check, MATCH_FAULT_CUTOFF,
				    "posting \"%.*s\" has room and no cutoff",
				    MATCH_ID(id));
		if (!is_told && binding[p] != MATCH_NONE)
			check_fault(check, MATCH_FAULT_CUTOFF,
				    "posting \"%.*s\" has a cutoff that is not "
				    "listed in its place",
				    MATCH_ID(id));
		if (is_told && binding[p] != MATCH_NONE) {
			right = expected_cutoff(check, p, binding[p]);
			compare_cutoff(check, &result->cutoffs[i], &right);
		}
		i += is_told;
	}
	for (; i < result->cutoff_count; i++) {
		struct match_id id =
			check_posting_id(check, result->cutoffs[i].posting);

		check_fault(check, MATCH_FAULT_CUTOFF,
			    "entry %u, posting \"%.*s\": unknown, or twice, or "
			    "out of order",
			    i + 1, MATCH_ID(id));
	}
}

/* Could a student whose path up is marked move to this posting, touching no
 * other? The marked path is met at the lowest node that both share. */
static bool is_own_move(const struct check *check, uint32_t to, uint32_t mark)
{
	uint32_t at = to;

	while (at != MATCH_NONE && check->node[at].mark != mark) {
		if (check_is_full(check, at))
			return false;
		at = check_above(check, at);
	}
	return at != MATCH_NONE;
}

static uint32_t expected_own_move(struct check *check, uint32_t student)
{
	const struct match_instance *in = check->instance;
	uint32_t held = check->held[student], first = in->choice_start[student];
	struct check_key key;

	if (held == MATCH_NONE || held == first)
		return MATCH_NONE;
	for (uint32_t at = in->choice[held].posting; at != MATCH_NONE;
	     at = check_above(check, at))
		check->node[at].mark = student + 1;
	for (uint32_t i = first; i < held; i++)
		if (is_own_move(check, in->choice[i].posting, student + 1) &&
		    check_key_of(check, student, i, &key))
			return in->choice[i].posting;
	return MATCH_NONE;
}

static void check_own_move(struct check *check, uint32_t student, uint32_t to,
			   const struct match_own_move *told)
{
	const struct match_instance *in = check->instance;
	struct match_id id = check_student_id(check, student);
	struct match_id to_id;

	if (to == MATCH_NONE) {
		check_fault(check, MATCH_FAULT_OWN_MOVE,
			    "student \"%.*s\" has none", MATCH_ID(id));
		return;
	}
	to_id = check_posting_id(check, to);
	if (!told)
		check_fault(check, MATCH_FAULT_OWN_MOVE,
			    "student \"%.*s\" to posting \"%.*s\" is not "
			    "listed in its place",
			    MATCH_ID(id), MATCH_ID(to_id));
	else if (told->to != to ||
		 told->from != in->choice[check->held[student]].posting)
		check_fault(check, MATCH_FAULT_OWN_MOVE,
			    "student \"%.*s\": should be from the posting held "
			    "to posting \"%.*s\"",
			    MATCH_ID(id), MATCH_ID(to_id));
}

static void check_own_moves(struct check *check)
{
	const struct match_result *result = check->result;
	uint32_t i = 0;

	for (uint32_t s = 0; s < check->instance->students.count; s++) {
		uint32_t to = expected_own_move(check, s);
		bool is_told = i < result->own_move_count &&
			       result->own_moves[i].student == s;

		if (is_told || to != MATCH_NONE)
			check_own_move(check, s, to,
				       is_told ? &result->own_moves[i] : NULL);
		i += is_told;
	}
	for (; i < result->own_move_count; i++) {
		struct match_id id =
			check_student_id(check, result->own_moves[i].student);

		check_fault(check, MATCH_FAULT_OWN_MOVE,
			    "entry %u, student \"%.*s\": unknown, or twice, or "
			    "out of order",
			    i + 1, MATCH_ID(id));
	}
}

bool check_stable(struct check *check)
{
	uint32_t posting_count = check->instance->postings.count;
	uint32_t *binding = match_take(posting_count, sizeof(*binding));

	if (!binding)
		return false;
	for (uint32_t p = 0; p < posting_count; p++)
		binding[p] = binding_of(check, p);
	check_pairs(check, binding);
	check_cutoffs(check, binding);
	check_own_moves(check);
	match_drop(binding);
	return true;
}
