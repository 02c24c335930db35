/* Sums over everything, without a thought to speed. */
#include "dual.h"

#include <stdio.h>
#include <string.h>

#include "matcher/insist.h"
#include "matcher/memory.h"

__extension__ typedef __int128 dual_wide;

#define MEMBERS 4

struct worth {
	dual_wide at[MEMBERS]; /* shortfall averted, placed, score, kept */
};

static bool is_less(const struct worth *a, const struct worth *b)
{
	for (int i = 0; i < MEMBERS; i++)
		if (a->at[i] != b->at[i])
			return a->at[i] < b->at[i];
	return false;
}

static void add(struct worth *to, const struct worth *what, dual_wide times)
{
	for (int i = 0; i < MEMBERS; i++)
		to->at[i] += what->at[i] * times;
}

/* An instance, and the prices of its nodes. */
struct priced {
	const struct match_instance *instance;
	const struct match_price *prices;
	const struct dual_near *near; /* NULL: three members */
};

static int64_t kept_price(const struct priced *at, uint32_t node)
{
	return at->near && at->near->kept_prices ? at->near->kept_prices[node]
						 : 0;
}

static struct worth price_of(const struct priced *at, uint32_t node)
{
	const struct match_price *price = &at->prices[node];

	return (struct worth){{price->shortfall, price->placed, price->score,
			       kept_price(at, node)}};
}

static bool does_keep(const struct priced *at, uint32_t student,
		      uint32_t posting)
{
	return at->near && at->near->prior[student] == posting;
}

/* Is the group on the path of the posting? */
static bool is_above(const struct match_instance *in, uint32_t group,
		     uint32_t posting)
{
	uint32_t g = in->posting[posting].group;

	while (g != MATCH_NONE && g != group)
		g = in->group[g].parent;
	return g == group;
}

static bool is_acceptable(const struct match_instance *in, uint32_t student,
			  uint32_t posting)
{
	uint32_t ranking = in->posting[posting].ranking;

	for (uint32_t g = in->posting[posting].group;
	     ranking == MATCH_NONE && g != MATCH_NONE; g = in->group[g].parent)
		ranking = in->group[g].ranking;
	if (ranking == MATCH_NONE)
		return true;
	for (uint32_t i = in->ranking_start[ranking];
	     i < in->ranking_start[ranking + 1]; i++)
		if (in->ranked[i] == student)
			return true;
	return false;
}

/* Students under a node, numbered as prices are. */
static uint32_t count_under(const struct match_instance *in,
			    const uint32_t *held, uint32_t node)
{
	uint32_t count = 0, posting_count = in->postings.count;

	for (uint32_t s = 0; s < in->students.count; s++) {
		uint32_t p;

		if (held[s] == MATCH_NONE)
			continue;
		p = in->choice[held[s]].posting;
		count += node < posting_count
				 ? p == node
				 : is_above(in, node - posting_count, p);
	}
	return count;
}

bool dual_is_feasible(const struct match_instance *in, const uint32_t *held)
{
	for (uint32_t s = 0; s < in->students.count; s++)
		if (held[s] != MATCH_NONE &&
		    !is_acceptable(in, s, in->choice[held[s]].posting))
			return false;
	for (uint32_t p = 0; p < in->postings.count; p++)
		if (count_under(in, held, p) > in->posting[p].capacity)
			return false;
	for (uint32_t g = 0; g < in->groups.count; g++)
		if (count_under(in, held, in->postings.count + g) >
		    in->group[g].upper)
			return false;
	return true;
}

struct match_objective dual_objective(const struct match_instance *in,
				      const uint32_t *held)
{
	struct match_objective sum = {0, 0, 0};

	for (uint32_t g = 0; g < in->groups.count; g++) {
		uint32_t under = count_under(in, held, in->postings.count + g);

		if (under < in->group[g].lower)
			sum.shortfall += in->group[g].lower - under;
	}
	for (uint32_t s = 0; s < in->students.count; s++)
		if (held[s] != MATCH_NONE) {
			sum.placed++;
			sum.score += in->choice[held[s]].score;
		}
	return sum;
}

bool dual_is_better(const struct match_objective *a,
		    const struct match_objective *b)
{
	if (a->shortfall != b->shortfall)
		return a->shortfall < b->shortfall;
	if (a->placed != b->placed)
		return a->placed > b->placed;
	return a->score > b->score;
}

struct search {
	const struct match_instance *instance;
	uint32_t held[DUAL_STUDENTS];
	struct match_objective best;
	uint64_t count;
	uint32_t *best_held;
};

static void search(struct search *at, uint32_t student)
{
	const struct match_instance *in = at->instance;
	struct match_objective sum;

	if (student < in->students.count) {
		at->held[student] = MATCH_NONE;
		search(at, student + 1);
		for (uint32_t i = in->choice_start[student];
		     i < in->choice_start[student + 1]; i++) {
			at->held[student] = i;
			search(at, student + 1);
		}
		return;
	}
	if (!dual_is_feasible(in, at->held))
		return;
	sum = dual_objective(in, at->held);
	if (at->count++ && !dual_is_better(&sum, &at->best))
		return;
	at->best = sum;
	for (uint32_t s = 0; s < in->students.count; s++)
		at->best_held[s] = at->held[s];
}

uint64_t dual_best(const struct match_instance *in, uint32_t *held)
{
	struct search at = {.instance = in, .best_held = held};

	MATCH_INSIST(in->students.count <= DUAL_STUDENTS);
	search(&at, 0);
	return at.count;
}

static struct match_price roll_price(struct dice *dice)
{
	struct match_price price = {0, 0, 0};

	switch (dice_roll(dice, 8)) {
	case 0:
		price.shortfall = -1;
		break;
	case 1:
		price.shortfall = (int64_t)dice_roll(dice, 4) - 2;
		price.placed = (int64_t)dice_roll(dice, 3) - 1;
		break;
	case 2:
		price.placed = 1;
		price.score = (int64_t)dice_roll(dice, 4) - 1;
		break;
	case 3:
		price.score = (int64_t)dice_roll(dice, 6) - 2;
		break;
	default:
		break;
	}
	return price;
}

void dual_roll_prices(struct dice *dice, const struct match_instance *in,
		      struct match_price *prices)
{
	uint32_t count = in->postings.count + in->groups.count;

	MATCH_INSIST(count <= DUAL_NODES);
	for (uint32_t v = 0; v < count; v++)
		prices[v] = roll_price(dice);
	/* Out of range, and else as good as any where there is no seat. */
	if (count && !dice_roll(dice, 50)) {
		struct match_price *price = &prices[dice_roll(dice, count)];
		int64_t *at[3] = {&price->shortfall, &price->placed,
				  &price->score};

		*at[dice_roll(dice, 3)] = MATCH_PRICE_MAX + 1;
	}
}

/* What a student gains at best, at these prices. */
static struct worth best_gain(const struct priced *at, uint32_t s)
{
	const struct match_instance *in = at->instance;
	struct worth best = {{0, 0, 0, does_keep(at, s, MATCH_NONE)}};

	for (uint32_t i = in->choice_start[s]; i < in->choice_start[s + 1];
	     i++) {
		uint32_t p = in->choice[i].posting;
		struct worth gain = {
			{0, 1, in->choice[i].score, does_keep(at, s, p)}};
		struct worth price;

		if (!is_acceptable(in, s, p))
			continue;
		price = price_of(at, p);
		add(&gain, &price, -1);
		for (uint32_t g = 0; g < in->groups.count; g++) {
			price = price_of(at, in->postings.count + g);
			add(&gain, &price, -is_above(in, g, p));
		}
		if (is_less(&best, &gain))
			best = gain;
	}
	return best;
}

/* What a node earns with so many: their prices, less what it is short. */
static struct worth earned(const struct worth *one, uint32_t lower,
			   uint32_t count)
{
	struct worth sum = {{0}};

	add(&sum, one, count);
	if (count < lower)
		sum.at[0] -= lower - count;
	return sum;
}

/* What it earns at best: at no one, its floor or its cap. False: no end. */
static bool best_earned(const struct priced *priced, uint32_t node,
			struct worth *best)
{
	const struct match_instance *in = priced->instance;
	uint32_t lower = 0, upper, posting_count = in->postings.count;
	struct worth none = {{0}}, one = price_of(priced, node), at;

	if (node < posting_count) {
		upper = in->posting[node].capacity;
	} else {
		lower = in->group[node - posting_count].lower;
		upper = in->group[node - posting_count].upper;
	}
	if (upper == MATCH_NO_CAP && is_less(&none, &one))
		return false;
	*best = earned(&one, lower, 0);
	at = earned(&one, lower, lower);
	if (is_less(best, &at))
		*best = at;
	at = earned(&one, lower, upper == MATCH_NO_CAP ? lower : upper);
	if (is_less(best, &at))
		*best = at;
	return true;
}

static bool is_in_range(const struct worth *price)
{
	for (int i = 0; i < MEMBERS; i++)
		if (price->at[i] < -INT64_C(4000000000000000) ||
		    price->at[i] > INT64_C(4000000000000000))
			return false;
	return true;
}

int64_t dual_kept(const struct match_instance *in, const uint32_t *held,
		  const uint32_t *prior)
{
	int64_t count = 0;

	for (uint32_t s = 0; s < in->students.count; s++)
		count += prior[s] == (held[s] == MATCH_NONE
					      ? MATCH_NONE
					      : in->choice[held[s]].posting);
	return count;
}

bool dual_proves_near(const struct match_instance *in, const uint32_t *held,
		      const struct match_price *prices,
		      const struct dual_near *near)
{
	struct priced at = {in, prices, near};
	struct match_objective worth = dual_objective(in, held);
	int64_t kept = near ? dual_kept(in, held, near->prior) : 0;
	struct worth bound = {{0}}, part;

	for (uint32_t s = 0; s < in->students.count; s++) {
		part = best_gain(&at, s);
		add(&bound, &part, 1);
	}
	for (uint32_t v = 0; v < in->postings.count + in->groups.count; v++) {
		struct worth price = price_of(&at, v);

		if (!is_in_range(&price) || !best_earned(&at, v, &part))
			return false;
		add(&bound, &part, 1);
	}
	return bound.at[0] == -worth.shortfall && bound.at[1] == worth.placed &&
	       bound.at[2] == worth.score && bound.at[3] == kept;
}

bool dual_proves(const struct match_instance *in, const uint32_t *held,
		 const struct match_price *prices)
{
	return dual_proves_near(in, held, prices, NULL);
}

static void list_groups(const struct match_instance *in, const uint32_t *held,
			struct match_result *result)
{
	for (uint32_t g = 0; g < in->groups.count; g++) {
		const struct match_group *group = &in->group[g];
		struct match_group_line *line =
			&result->groups[result->group_count++];

		line->group = g;
		line->lower = group->lower;
		line->has_upper = group->upper != MATCH_NO_CAP;
		line->upper = line->has_upper ? group->upper : 0;
		line->placed = count_under(in, held, in->postings.count + g);
		if (line->placed < line->lower)
			line->shortfall = line->lower - line->placed;
	}
}

static void list_students(const struct match_instance *in, const uint32_t *held,
			  struct match_result *result)
{
	for (uint32_t s = 0; s < in->students.count; s++) {
		const struct match_choice *wish;

		if (held[s] == MATCH_NONE) {
			result->unplaced[result->unplaced_count++] = s;
			continue;
		}
		wish = &in->choice[held[s]];
		result->placements[result->placement_count++] =
			(struct match_placement){s, wish->posting, wish->score,
						 held[s] - in->choice_start[s] +
							 1};
	}
}

void dual_result(const struct match_instance *in, const uint32_t *held,
		 const struct match_price *prices, struct match_result *result)
{
	uint32_t node_count = in->postings.count + in->groups.count;

	memset(result, 0, sizeof(*result));
	snprintf(result->format, sizeof(result->format), "%s",
		 MATCH_RESULT_FORMAT);
	snprintf(result->mode, sizeof(result->mode), "optimal");
	snprintf(result->seed, sizeof(result->seed), "%s", in->seed);
	result->objective = dual_objective(in, held);
	result->placements =
		match_take(in->students.count, sizeof(*result->placements));
	result->unplaced =
		match_take(in->students.count, sizeof(*result->unplaced));
	result->groups = match_take(in->groups.count, sizeof(*result->groups));
	result->prices = match_take(node_count, sizeof(*result->prices));
	MATCH_INSIST(result->placements && result->unplaced && result->groups &&
		     result->prices);
	list_groups(in, held, result);
	list_students(in, held, result);
	for (uint32_t v = 0; v < node_count; v++)
		result->prices[v] = prices[v];
}

void dual_held(const struct match_instance *in,
	       const struct match_result *result, uint32_t *held)
{
	for (uint32_t s = 0; s < in->students.count; s++)
		held[s] = MATCH_NONE;
	for (uint32_t i = 0; i < result->placement_count; i++) {
		uint32_t s = result->placements[i].student;

		held[s] = in->choice_start[s] +
			  (uint32_t)result->placements[i].choice - 1;
	}
}
