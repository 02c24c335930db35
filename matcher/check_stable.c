/*
 * Stability, by its definition. The greedy choice from what is held plus one
 * contract takes that contract if and only if no node on its path has its seats
 * filled by better ones. What is held breaks no cap, so all that is better is
 * kept: a full node stands in the way if its worst held contract is better.
 * What is pinned is better than anything, and nobody's worst: a node full of
 * pins takes nobody.
 */
#include "matcher/check.h"
#include "matcher/memory.h"

/* Numbers such that what is under a node has those from first to before end. */
struct span {
	uint32_t first, end;
};

struct stability {
	/* Per node: the one of its path whose worst contract is best; none:
	 * all have room. */
	uint32_t *binding;
	struct span *span;
	/* Per posting: the span under the lowest full node of its path, or
	 * under its root: who moves there from within touches no other. */
	struct span *within;
	/* Per posting: the worst that it takes; 0 for a rank: nobody. */
	struct check_key *bar;
};

/* Parents come before what they hold. */
static uint32_t find_binding(const struct check *check, uint32_t node,
			     const uint32_t *binding)
{
	const struct check_node *at = &check->node[node];
	uint32_t above = check_above(check, node), up = MATCH_NONE;

	if (above != MATCH_NONE)
		up = binding[above];
	if (!check_is_full(check, node))
		return up;
	if (up == MATCH_NONE || !at->has_worst)
		return node;
	if (!check->node[up].has_worst ||
	    check_is_better(&check->node[up].worst, &at->worst))
		return up;
	return node;
}

static void set_bar(const struct check *check, uint32_t posting,
		    struct stability *st)
{
	static const struct check_key nobody = {.rank = 0};
	static const struct check_key everybody = {.rank = UINT64_MAX,
						   .lottery = UINT64_MAX,
						   .posting = MATCH_NONE};
	uint32_t at = st->binding[posting];

	if (at == MATCH_NONE)
		st->bar[posting] = everybody;
	else if (check->node[at].has_worst)
		st->bar[posting] = check->node[at].worst;
	else
		st->bar[posting] = nobody;
}

/* Would the greedy choice take this student's choice beside all it holds? */
static bool is_taken(const struct check *check, uint32_t student,
		     uint32_t choice, const struct check_key *bar)
{
	const struct match_choice *wish = &check->instance->choice[choice];
	struct check_key key;

	/* Most fail by score; where no ranking governs, ask no further. */
	if (bar->rank == UINT64_MAX && bar->score > wish->score &&
	    check->governing[wish->posting] == MATCH_NONE)
		return false;
	return check_key_of(check, student, choice, &key) &&
	       check_is_better(&key, bar);
}

static void blame_pair(struct check *check, uint32_t student, uint32_t choice)
{
	const struct match_instance *in = check->instance;
	struct match_id id = check_student_id(check, student);
	struct match_id to =
		check_posting_id(check, in->choice[choice].posting);

	check_fault(check, MATCH_FAULT_BLOCKING,
		    "student \"%.*s\" prefers posting \"%.*s\" (choice %u), "
		    "which would take the student",
		    MATCH_ID(id), MATCH_ID(to),
		    choice - in->choice_start[student] + 1);
}

static void check_pairs(struct check *check, const struct stability *st)
{
	const struct match_instance *in = check->instance;

	for (uint32_t s = 0; s < in->students.count; s++) {
		uint32_t end = check->held[s] == MATCH_NONE
				       ? in->choice_start[s + 1]
				       : check->held[s];

		if (check_is_pinned(check, s))
			continue;
		for (uint32_t i = in->choice_start[s]; i < end; i++)
			if (is_taken(check, s, i,
				     &st->bar[in->choice[i].posting]))
				blame_pair(check, s, i);
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

/*
 * Could the student move to a posting of the same root, touching no other? The
 * path up from there meets the student's own before any full node.
 */
static uint32_t expected_own_move(const struct check *check, uint32_t student,
				  const struct stability *st)
{
	const struct match_instance *in = check->instance;
	uint32_t held = check->held[student], at;
	struct check_key key;

	if (held == MATCH_NONE || check_is_pinned(check, student))
		return MATCH_NONE;
	at = st->span[in->choice[held].posting].first;
	for (uint32_t i = in->choice_start[student]; i < held; i++) {
		uint32_t to = in->choice[i].posting;

		if (at >= st->within[to].first && at < st->within[to].end &&
		    check_key_of(check, student, i, &key))
			return to;
	}
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

static void check_own_moves(struct check *check, const struct stability *st)
{
	const struct match_result *result = check->result;
	uint32_t i = 0;

	for (uint32_t s = 0; s < check->instance->students.count; s++) {
		uint32_t to = expected_own_move(check, s, st);
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

/* How many postings are under each node, as the end of its span. */
static void count_postings(const struct check *check, struct span *span)
{
	const struct match_instance *in = check->instance;

	for (uint32_t p = 0; p < in->postings.count; p++) {
		uint32_t above = check_above(check, p);

		span[p].end = 1;
		if (above != MATCH_NONE)
			span[above].end++;
	}
	for (uint32_t i = 0; i < in->groups.count; i++) {
		uint32_t node = in->postings.count + in->bottom_up[i];
		uint32_t above = check_above(check, node);

		if (above != MATCH_NONE)
			span[above].end += span[node].end;
	}
}

/*
 * Everything that flows down from the node above. A span is taken from the
 * start of the parent's, whose first then moves: next[parent].
 */
static void flow_down(const struct check *check, uint32_t node,
		      struct stability *st, uint32_t *next)
{
	uint32_t above = check_above(check, node), count = st->span[node].end;
	uint32_t *from = &next[above == MATCH_NONE
				       ? check->instance->postings.count +
						 check->instance->groups.count
				       : above];

	st->span[node].first = next[node] = *from;
	st->span[node].end = *from += count;
	st->binding[node] = find_binding(check, node, st->binding);
	st->within[node] = above == MATCH_NONE || check_is_full(check, node)
				   ? st->span[node]
				   : st->within[above];
}

static void flow_all_down(const struct check *check, struct stability *st,
			  uint32_t *next)
{
	const struct match_instance *in = check->instance;

	count_postings(check, st->span);
	for (uint32_t i = in->groups.count; i > 0; i--)
		flow_down(check, in->postings.count + in->bottom_up[i - 1], st,
			  next);
	for (uint32_t p = 0; p < in->postings.count; p++) {
		flow_down(check, p, st, next);
		set_bar(check, p, st);
	}
}

bool check_stable(struct check *check)
{
	const struct match_instance *in = check->instance;
	size_t node_count = (size_t)in->postings.count + in->groups.count;
	struct stability st = {
		.binding = match_take(node_count, sizeof(*st.binding)),
		.span = match_take(node_count, sizeof(*st.span)),
		.within = match_take(node_count, sizeof(*st.within)),
		.bar = match_take(in->postings.count, sizeof(*st.bar)),
	};
	uint32_t *next = match_take(node_count + 1, sizeof(*next));
	bool is_done = st.binding && st.span && st.within && st.bar && next;

	if (is_done) {
		flow_all_down(check, &st, next);
		check_pairs(check, &st);
		check_cutoffs(check, st.binding);
		check_own_moves(check, &st);
	}
	match_drop(st.binding);
	match_drop(st.span);
	match_drop(st.within);
	match_drop(st.bar);
	match_drop(next);
	return is_done;
}
