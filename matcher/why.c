/* Keys beside cutoffs, values beside prices; trusts that the result is sound.
 */
#include "matcher/why.h"

#include <string.h>

#include "matcher/memory.h"

const char *match_decider_word(enum match_decider decider)
{
	static const char *const words[] = {
#define D(NAME, WORD) [MATCH_BY_##NAME] = WORD,
		MATCH_DECIDER_LIST(D)
#undef D
	};

	return words[decider];
}

uint32_t match_node_above(const struct match_instance *instance, uint32_t node)
{
	uint32_t posting_count = instance->postings.count;
	uint32_t group = node < posting_count
				 ? instance->posting[node].group
				 : instance->group[node - posting_count].parent;

	return group == MATCH_NONE ? MATCH_NONE : posting_count + group;
}

uint32_t match_node_seats(const struct match_instance *instance, uint32_t node)
{
	uint32_t posting_count = instance->postings.count;

	return node < posting_count
		       ? instance->posting[node].capacity
		       : instance->group[node - posting_count].upper;
}

static void count_above(struct match_why *why, uint32_t node)
{
	uint32_t above = match_node_above(why->instance, node);

	if (above != MATCH_NONE)
		why->count[above] += why->count[node];
}

static bool is_pinned(const struct match_why *why, uint32_t student)
{
	return why->result->is_pinned &&
	       why->instance->pinned[student] != MATCH_NONE;
}

static void note_placements(struct match_why *why)
{
	const struct match_instance *in = why->instance;
	const struct match_result *result = why->result;

	memset(why->held, 0xff, in->students.count * sizeof(*why->held));
	memset(why->cutoff, 0xff, in->postings.count * sizeof(*why->cutoff));
	for (uint32_t i = 0; i < result->placement_count; i++) {
		const struct match_placement *line = &result->placements[i];

		if (is_pinned(why, line->student))
			continue;
		why->held[line->student] = in->choice_start[line->student] +
					   (uint32_t)line->choice - 1;
		why->count[line->posting]++;
	}
	for (uint32_t i = 0; i < result->cutoff_count; i++)
		why->cutoff[result->cutoffs[i].posting] = i;
	for (uint32_t p = 0; p < in->postings.count; p++)
		count_above(why, p);
	for (uint32_t i = 0; i < in->groups.count; i++)
		count_above(why, in->postings.count + in->bottom_up[i]);
}

static const struct match_price nothing = {0, 0, 0};

/* False: a sum does not fit. */
static bool add_price(const struct match_price *a, const struct match_price *b,
		      struct match_price *sum)
{
	return !__builtin_add_overflow(a->shortfall, b->shortfall,
				       &sum->shortfall) &&
	       !__builtin_add_overflow(a->placed, b->placed, &sum->placed) &&
	       !__builtin_add_overflow(a->score, b->score, &sum->score);
}

static bool subtract_price(const struct match_price *a,
			   const struct match_price *b,
			   struct match_price *rest)
{
	return !__builtin_sub_overflow(a->shortfall, b->shortfall,
				       &rest->shortfall) &&
	       !__builtin_sub_overflow(a->placed, b->placed, &rest->placed) &&
	       !__builtin_sub_overflow(a->score, b->score, &rest->score);
}

static bool cost_node(struct match_why *why, uint32_t node)
{
	uint32_t above = match_node_above(why->instance, node);

	return add_price(above == MATCH_NONE ? &nothing : &why->cost[above],
			 &why->result->prices[node], &why->cost[node]);
}

static bool too_far(struct match_error *error)
{
	return match_fail(error, MATCH_TOO_LARGE,
			  "the prices of a path pass 63 bits together");
}

/* Parents come before what they hold. */
static bool add_costs(struct match_why *why, struct match_error *error)
{
	const struct match_instance *in = why->instance;
	bool do_fit = true;

	for (uint32_t i = in->groups.count; i > 0; i--)
		do_fit &= cost_node(why,
				    in->postings.count + in->bottom_up[i - 1]);
	for (uint32_t p = 0; p < in->postings.count; p++)
		do_fit &= cost_node(why, p);
	return do_fit || too_far(error);
}

static bool make_ready(struct match_why *why, struct match_error *error)
{
	const struct match_instance *in = why->instance;
	size_t node_count = (size_t)in->postings.count + in->groups.count;
	size_t cost_count = why->is_optimal ? node_count : 0;

	why->held = match_take(in->students.count, sizeof(*why->held));
	why->cutoff = match_take(in->postings.count, sizeof(*why->cutoff));
	why->count = match_take(node_count, sizeof(*why->count));
	why->cost = match_take(cost_count, sizeof(*why->cost));
	if (!why->held || !why->cutoff || !why->count || !why->cost ||
	    !match_contracts_init(&why->contracts, in))
		return match_no_memory(error);
	note_placements(why);
	return !why->is_optimal || add_costs(why, error);
}

bool match_why_init(struct match_why *why,
		    const struct match_instance *instance,
		    const struct match_result *result,
		    struct match_error *error)
{
	*why = (struct match_why){
		.instance = instance,
		.result = result,
		.is_optimal = result->prices != NULL,
	};
	if (result->is_pinned) {
		if (!match_pins_init(&why->pins, instance, NULL, error))
			return false;
		why->instance = &why->pins.rest;
	}
	if (make_ready(why, error))
		return true;
	match_why_free(why);
	return false;
}

void match_why_free(struct match_why *why)
{
	match_contracts_free(&why->contracts);
	match_pins_free(&why->pins);
	match_drop(why->held);
	match_drop(why->cutoff);
	match_drop(why->count);
	match_drop(why->cost);
	memset(why, 0, sizeof(*why));
}

uint32_t match_why_pins(const struct match_why *why, uint32_t node)
{
	return why->result->is_pinned ? why->pins.count[node] : 0;
}

bool match_why_is_acceptable(const struct match_why *why, uint32_t choice)
{
	const uint32_t *rank = why->contracts.rank;

	return !rank || rank[choice] != MATCH_NONE;
}

/* How far a lies from b; the key without a rank comes last. */
static void note_gap(struct match_why_choice *row, enum match_decider by,
		     int64_t a, int64_t b)
{
	row->by = by;
	row->has_gap =
		by == MATCH_BY_SCORE || (a != INT64_MAX && b != INT64_MAX);
	row->gap = !row->has_gap ? 0 : a > b ? a - b : b - a;
}

/* Which member tells the student's key from the cutoff's. */
static void compare_key(const struct match_why *why, uint32_t student,
			struct match_why_choice *row)
{
	const struct match_cutoff *cutoff = row->cutoff;
	int64_t score = why->instance->choice[row->choice].score;
	int64_t rank = row->has_rank ? row->rank : INT64_MAX;
	int64_t bar = cutoff->has_rank ? cutoff->rank : INT64_MAX;

	if (!cutoff->has_score)
		row->by = MATCH_BY_SEATS;
	else if (rank != bar)
		note_gap(row, MATCH_BY_RANK, rank, bar);
	else if (score != cutoff->score)
		note_gap(row, MATCH_BY_SCORE, score, cutoff->score);
	else if (why->instance->lottery[student] != cutoff->lottery)
		row->by = MATCH_BY_LOTTERY;
	else if (!row->is_received)
		row->by = MATCH_BY_POSTING;
}

static struct match_why_choice answer_choice(const struct match_why *why,
					     uint32_t student, uint32_t choice)
{
	const struct match_instance *in = why->instance;
	const uint32_t *rank = why->contracts.rank;
	uint32_t cutoff = why->cutoff[in->choice[choice].posting];
	struct match_why_choice row = {
		.choice = choice,
		.is_received = why->held[student] == choice,
		.is_acceptable = match_why_is_acceptable(why, choice),
	};

	row.has_rank =
		rank && row.is_acceptable && rank[choice] < in->students.count;
	row.rank = row.has_rank ? (int64_t)rank[choice] + 1 : 0;
	if (cutoff != MATCH_NONE)
		row.cutoff = &why->result->cutoffs[cutoff];
	if (!row.is_acceptable)
		row.by = MATCH_BY_RANKING;
	else if (row.cutoff)
		compare_key(why, student, &row);
	return row;
}

static bool value_of(const struct match_why *why, uint32_t choice,
		     struct match_price *value)
{
	const struct match_choice *wish = &why->instance->choice[choice];
	struct match_price gain = {0, 1, wish->score};

	return subtract_price(&gain, &why->cost[wish->posting], value);
}

static void note_lack(struct match_why_choice *row)
{
	const struct match_price *lack = &row->lack;

	if (lack->shortfall)
		row->by = MATCH_BY_SHORTFALL;
	else if (lack->placed)
		row->by = MATCH_BY_PLACED;
	else if (lack->score)
		row->by = MATCH_BY_SCORE;
	row->has_gap = row->by != MATCH_BY_NOTHING;
	row->gap = lack->shortfall ? lack->shortfall
		   : lack->placed  ? lack->placed
				   : lack->score;
}

/* What each choice is worth, beside what the student got. */
static bool add_values(const struct match_why *why,
		       struct match_why_student *answer)
{
	struct match_price got = nothing;

	if (answer->received != MATCH_NONE &&
	    !value_of(why, answer->received, &got))
		return false;
	for (uint32_t i = 0; i < answer->choice_count; i++) {
		struct match_why_choice *row = &answer->choices[i];

		if (!value_of(why, row->choice, &row->value) ||
		    !subtract_price(&got, &row->value, &row->lack))
			return false;
		if (row->is_acceptable)
			note_lack(row);
	}
	return true;
}

static const struct match_own_move *find_own_move(const struct match_why *why,
						  uint32_t student)
{
	const struct match_result *result = why->result;

	for (uint32_t i = 0; i < result->own_move_count; i++)
		if (result->own_moves[i].student == student)
			return &result->own_moves[i];
	return NULL;
}

static const struct match_placement *find_pinned(const struct match_why *why,
						 uint32_t student)
{
	const struct match_placement *line = why->result->placements;

	if (!is_pinned(why, student))
		return NULL;
	while (line->student != student)
		line++;
	return line;
}

static const struct match_move *find_move(const struct match_why *why,
					  uint32_t student)
{
	const struct match_result *result = why->result;

	for (uint32_t i = 0; i < result->move_count; i++)
		if (result->moves[i].student == student)
			return &result->moves[i];
	return NULL;
}

bool match_why_student(const struct match_why *why, uint32_t student,
		       struct match_why_student *answer,
		       struct match_error *error)
{
	const struct match_instance *in = why->instance;
	uint32_t held = why->held[student], first = in->choice_start[student];
	uint32_t end = why->is_optimal || held == MATCH_NONE
			       ? in->choice_start[student + 1]
			       : held + 1;

	*answer = (struct match_why_student){
		.student = student,
		.received = held,
		.pinned = find_pinned(why, student),
		.move = find_move(why, student),
		.own_move = find_own_move(why, student),
		.choices = match_take(end - first, sizeof(*answer->choices)),
		.choice_count = end - first,
	};
	if (!answer->choices)
		return match_no_memory(error);
	for (uint32_t i = first; i < end; i++)
		answer->choices[i - first] = answer_choice(why, student, i);
	if (!why->is_optimal || add_values(why, answer))
		return true;
	match_why_student_free(answer);
	return too_far(error);
}

void match_why_student_free(struct match_why_student *answer)
{
	match_drop(answer->choices);
	memset(answer, 0, sizeof(*answer));
}

/* What became of a student who listed the posting as this choice. */
static void count_lister(const struct match_why *why, uint32_t student,
			 uint32_t choice, struct match_why_posting *answer)
{
	uint32_t held = why->held[student];

	answer->listed++;
	if (held == choice)
		answer->received++;
	else if (why->is_optimal && !match_why_is_acceptable(why, choice))
		answer->refused[MATCH_BY_RANKING]++;
	else if (why->is_optimal && held == MATCH_NONE)
		answer->unplaced++;
	else if (why->is_optimal)
		answer->elsewhere++;
	else if (held < choice)
		answer->content++;
	else
		answer->refused[answer_choice(why, student, choice).by]++;
}

void match_why_posting(const struct match_why *why, uint32_t posting,
		       struct match_why_posting *answer)
{
	const struct match_instance *in = why->instance;
	uint32_t cutoff = why->cutoff[posting];

	*answer = (struct match_why_posting){.posting = posting};
	if (cutoff != MATCH_NONE)
		answer->cutoff = &why->result->cutoffs[cutoff];
	for (uint32_t s = 0; s < in->students.count; s++)
		for (uint32_t i = in->choice_start[s];
		     i < in->choice_start[s + 1]; i++)
			if (in->choice[i].posting == posting)
				count_lister(why, s, i, answer);
}
