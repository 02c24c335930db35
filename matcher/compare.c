/*
 * Every count is one pass over students or groups. Sums stay far within 63
 * bits: at most 4,000,000 students with a score of 1,000,000 each.
 */
#include "matcher/compare.h"

#include "matcher/insist.h"
#include "matcher/memory.h"

const char *match_mode_word(enum match_mode mode)
{
	return mode == MATCH_STABLE ? "stable" : "optimal";
}

/* The last of each bucket. */
static const uint32_t lasts[] = {0, 1, 2,  3,  4,  5,  6,    7,
				 8, 9, 10, 15, 20, 50, 1000, 65535};

_Static_assert(sizeof(lasts) / sizeof(*lasts) == MATCH_BUCKETS, "the buckets");
_Static_assert(MATCH_CHOICES_EACH_MAX == 65535, "the last bucket's last");

struct match_bucket match_bucket_at(uint32_t bucket)
{
	return (struct match_bucket){bucket ? lasts[bucket - 1] + 1 : 0,
				     lasts[bucket]};
}

static uint32_t bucket_of(uint32_t number)
{
	uint32_t bucket = number < 10 ? number : 10;

	while (lasts[bucket] < number)
		bucket++;
	return bucket;
}

int64_t match_mean_hundredths(int64_t sum, int64_t count)
{
	MATCH_INSIST(sum >= 0 && sum <= INT64_MAX / 400 && count > 0);
	return (200 * sum + count) / (2 * count);
}

int64_t match_share_of(int64_t part, int64_t whole)
{
	return whole ? match_mean_hundredths(100 * part, whole) : 0;
}

struct match_objective match_given_up(const struct match_tally *one,
				      const struct match_tally *other)
{
	return (struct match_objective){
		one->objective.shortfall - other->objective.shortfall,
		other->objective.placed - one->objective.placed,
		other->objective.score - one->objective.score,
	};
}

static uint32_t list_length(const struct match_instance *in, uint32_t student)
{
	return in->choice_start[student + 1] - in->choice_start[student];
}

static void count_student(struct match_tally *tally,
			  const struct match_instance *in, uint32_t student)
{
	uint32_t held = tally->held[student], place;
	struct match_listers *listers =
		&tally->listers[bucket_of(list_length(in, student))];

	if (held == MATCH_NONE) {
		tally->places[0]++;
		return;
	}
	place = held - in->choice_start[student] + 1;
	tally->places[bucket_of(place)]++;
	tally->place_sum += place;
	listers->placed++;
	listers->at_first += place == 1;
	listers->score += in->choice[held].score;
	tally->placed_outside +=
		in->posting[in->choice[held].posting].group == MATCH_NONE;
}

static void hold(struct match_tally *tally, const struct match_instance *in,
		 const struct match_result *result)
{
	for (uint32_t s = 0; s < in->students.count; s++)
		tally->held[s] = MATCH_NONE;
	for (uint32_t i = 0; i < result->placement_count; i++) {
		const struct match_placement *line = &result->placements[i];
		uint32_t first = in->choice_start[line->student];

		tally->held[line->student] = first + (uint32_t)line->choice - 1;
	}
	for (uint32_t s = 0; s < in->students.count; s++)
		count_student(tally, in, s);
}

/*
 * The lines of a result are those of all groups, in their order. Shortfalls
 * gather upwards, so each root ends with that of its tree.
 */
static bool count_roots(struct match_tally *tally,
			const struct match_instance *in,
			const struct match_result *result)
{
	int64_t *shortfall = match_take(in->groups.count, sizeof(*shortfall));
	uint32_t count = 0;

	MATCH_INSIST(result->group_count == in->groups.count);
	for (uint32_t g = 0; g < in->groups.count; g++)
		count += in->group[g].parent == MATCH_NONE;
	tally->roots = match_take(count, sizeof(*tally->roots));
	if (!shortfall || !tally->roots) {
		match_drop(shortfall);
		return false;
	}
	for (uint32_t i = 0; i < in->groups.count; i++) {
		uint32_t g = in->bottom_up[i], parent = in->group[g].parent;

		shortfall[g] += result->groups[g].shortfall;
		if (parent != MATCH_NONE)
			shortfall[parent] += shortfall[g];
	}
	for (uint32_t g = 0; g < in->groups.count; g++)
		if (in->group[g].parent == MATCH_NONE)
			tally->roots[tally->root_count++] = (struct match_root){
				g,
				in->group[g].lower,
				in->group[g].upper,
				(uint32_t)result->groups[g].placed,
				shortfall[g],
				{.has_seat = false}};
	match_drop(shortfall);
	return true;
}

/* What one more at each root would do. */
static bool find_margins(struct match_tally *tally, const struct match_why *why,
			 struct match_error *error)
{
	struct match_margin *more =
		match_take(tally->root_count, sizeof(*more));
	bool is_done;

	if (!more)
		return match_no_memory(error);
	is_done = match_margin_of_roots(why, more, error);
	for (uint32_t i = 0; is_done && i < tally->root_count; i++)
		tally->roots[i].more = more[i];
	match_drop(more);
	return is_done;
}

static bool count_margins(struct match_tally *tally,
			  const struct match_instance *in,
			  const struct match_result *result,
			  struct match_error *error)
{
	struct match_why why;
	bool is_done;

	if (!result->prices)
		return true;
	if (!match_why_init(&why, in, result, error))
		return false;
	is_done = find_margins(tally, &why, error);
	match_why_free(&why);
	return is_done;
}

static bool count_blocking(struct match_tally *tally,
			   const struct match_instance *in)
{
	struct match_contracts contracts;
	bool is_done = match_contracts_init(&contracts, in);

	if (!is_done)
		return false;
	is_done =
		match_blocking_count(&contracts, tally->held, &tally->blocking);
	match_contracts_free(&contracts);
	return is_done;
}

bool match_tally_init(struct match_tally *tally,
		      const struct match_instance *in,
		      const struct match_result *result,
		      struct match_error *error)
{
	bool is_done = false;

	*tally = (struct match_tally){.objective = result->objective};
	tally->held = match_take(in->students.count, sizeof(*tally->held));
	if (tally->held) {
		hold(tally, in, result);
		is_done = count_roots(tally, in, result) &&
			  count_blocking(tally, in);
	}
	is_done = is_done ? count_margins(tally, in, result, error)
			  : match_no_memory(error);
	if (!is_done)
		match_tally_free(tally);
	return is_done;
}

void match_tally_free(struct match_tally *tally)
{
	match_drop(tally->held);
	match_drop(tally->roots);
	*tally = (struct match_tally){.held = NULL};
}

/* MATCH_NONE, to be unplaced, is the last of every list. */
struct match_opinion match_opinion(const struct match_instance *in,
				   const struct match_tally *first,
				   const struct match_tally *second)
{
	struct match_opinion opinion = {0, 0, 0};

	for (uint32_t s = 0; s < in->students.count; s++) {
		opinion.same += first->held[s] == second->held[s];
		opinion.first += first->held[s] < second->held[s];
		opinion.second += first->held[s] > second->held[s];
	}
	return opinion;
}

static void count_lists(struct match_comparison *comparison,
			const struct match_instance *in)
{
	for (uint32_t s = 0; s < in->students.count; s++) {
		uint32_t bucket = bucket_of(list_length(in, s));

		comparison->list_lengths[bucket]++;
		if (comparison->bucket_count <= bucket)
			comparison->bucket_count = bucket + 1;
	}
}

bool match_compare(struct match_comparison *comparison,
		   const struct match_instance *in,
		   const struct match_result results[MATCH_MODES],
		   struct match_error *error)
{
	*comparison = (struct match_comparison){.bucket_count = 0};
	for (int mode = 0; mode < MATCH_MODES; mode++)
		if (!match_tally_init(&comparison->of[mode], in, &results[mode],
				      error)) {
			match_comparison_free(comparison);
			return false;
		}
	count_lists(comparison, in);
	comparison->opinion = match_opinion(in, &comparison->of[MATCH_STABLE],
					    &comparison->of[MATCH_OPTIMAL]);
	return true;
}

void match_comparison_free(struct match_comparison *comparison)
{
	for (int mode = 0; mode < MATCH_MODES; mode++)
		match_tally_free(&comparison->of[mode]);
	*comparison = (struct match_comparison){.bucket_count = 0};
}
