/*
 * Optimality, by the certificate. The price of a node says what one more seat
 * there would add; a seat at a posting costs the prices of its path. If every
 * node's price fits how full the node is, and no student would gain more
 * anywhere else at these prices, then no other placement is better: these are
 * the optimality conditions of the linear programme (complementary slackness),
 * with costs that are triples, compared lexicographically. Where moves are
 * spared they have a fourth member: to keep what one had, if it be nothing, is
 * worth 1.
 */
#include "matcher/check.h"

#include <stdio.h>

#include "matcher/memory.h"

/* Four million prices of 52 bits, one on top of the other, exactly. */
__extension__ typedef __int128 check_wide;

/* What a seat costs, or what a student gains by it. */
struct check_worth {
	check_wide shortfall, placed, score, kept;
};

static const struct check_worth nothing = {0, 0, 0, 0};

static int compare_wide(check_wide a, check_wide b)
{
	return (a > b) - (a < b);
}

static int compare_worth(const struct check_worth *a,
			 const struct check_worth *b)
{
	if (a->shortfall != b->shortfall)
		return compare_wide(a->shortfall, b->shortfall);
	if (a->placed != b->placed)
		return compare_wide(a->placed, b->placed);
	if (a->score != b->score)
		return compare_wide(a->score, b->score);
	return compare_wide(a->kept, b->kept);
}

/* The fourth member of a node's price. */
static int64_t kept_price(const struct check *check, uint32_t node)
{
	const int64_t *prices = check->result->kept_prices;

	return prices ? prices[node] : 0;
}

static bool does_keep(const struct check *check, uint32_t student,
		      uint32_t posting)
{
	return check->result->has_moves && check->prior[student] == posting;
}

/* Is the price of a node above, at or below (shortfall, 0, 0)? */
static int compare_price(const struct check *check, uint32_t node,
			 int shortfall)
{
	const struct match_price *price = &check->result->prices[node];

	if (price->shortfall != shortfall)
		return price->shortfall > shortfall ? 1 : -1;
	if (price->placed)
		return price->placed > 0 ? 1 : -1;
	if (price->score)
		return price->score > 0 ? 1 : -1;
	return compare_wide(kept_price(check, node), 0);
}

static bool is_in_range(int64_t number)
{
	return number >= -MATCH_PRICE_MAX && number <= MATCH_PRICE_MAX;
}

static void blame_node(struct check *check, uint32_t node, const char *what)
{
	const struct match_price *price = &check->result->prices[node];
	bool is_posting = node < check->instance->postings.count;
	struct match_id id = check_node_id(check, node);
	char kept[32] = "";

	if (check->result->kept_prices)
		snprintf(kept, sizeof(kept), ", %lld",
			 (long long)kept_price(check, node));
	check_fault(check, MATCH_FAULT_CERTIFICATE,
		    "%s \"%.*s\": its price (%lld, %lld, %lld%s) %s",
		    is_posting ? "posting" : "group", MATCH_ID(id),
		    (long long)price->shortfall, (long long)price->placed,
		    (long long)price->score, kept, what);
}

static uint32_t lower_of(const struct check *check, uint32_t node)
{
	uint32_t posting_count = check->instance->postings.count;

	return node < posting_count
		       ? 0
		       : check->instance->group[node - posting_count].lower;
}

/*
 * One seat more used would gain (1, 0, 0) below the floor, else nothing: where
 * there is one, the price is no higher than what lies idle. One less would
 * lose (1, 0, 0) up to the floor: where there is one, the price is no lower.
 */
static void check_price(struct check *check, uint32_t node)
{
	const struct match_price *price = &check->result->prices[node];
	uint32_t held = check->node[node].held;
	/* Pins take the same from seats, floor and students. */
	bool is_in_use = held > check->node[node].pinned;
	uint32_t lower = lower_of(check, node);

	if (!is_in_range(price->shortfall) || !is_in_range(price->placed) ||
	    !is_in_range(price->score) || !is_in_range(kept_price(check, node)))
		blame_node(check, node, "is out of range");
	if (!check_is_full(check, node) && held < lower &&
	    compare_price(check, node, -1) > 0)
		blame_node(check, node,
			   "is over (-1, 0, 0), though it is below its floor");
	if (!check_is_full(check, node) && held >= lower &&
	    compare_price(check, node, 0) > 0)
		blame_node(check, node, "is over 0, though it has room");
	if (is_in_use && held <= lower && compare_price(check, node, -1) < 0)
		blame_node(check, node,
			   "is under (-1, 0, 0), though it is in use");
	if (is_in_use && held > lower && compare_price(check, node, 0) < 0)
		blame_node(check, node,
			   "is under 0, though it is above its floor");
}

static void add_price(const struct check *check, uint32_t node,
		      struct check_worth *toll)
{
	const struct match_price *price = &check->result->prices[node];
	uint32_t above = check_above(check, node);

	toll[node] = above == MATCH_NONE ? nothing : toll[above];
	toll[node].shortfall += price->shortfall;
	toll[node].placed += price->placed;
	toll[node].score += price->score;
	toll[node].kept += kept_price(check, node);
}

/* What a seat costs under each node; parents come before what they hold. */
static void add_prices(const struct check *check, struct check_worth *toll)
{
	const struct match_instance *in = check->instance;

	for (uint32_t i = in->groups.count; i > 0; i--)
		add_price(check, in->postings.count + in->bottom_up[i - 1],
			  toll);
	for (uint32_t p = 0; p < in->postings.count; p++)
		add_price(check, p, toll);
}

static struct check_worth gain_of(const struct check *check, uint32_t student,
				  uint32_t choice,
				  const struct check_worth *toll)
{
	const struct match_choice *wish = &check->instance->choice[choice];
	const struct check_worth *cost = &toll[wish->posting];

	return (struct check_worth){
		-cost->shortfall, 1 - cost->placed, wish->score - cost->score,
		does_keep(check, student, wish->posting) - cost->kept};
}

static void blame_student(struct check *check, uint32_t student,
			  uint32_t choice)
{
	const struct match_instance *in = check->instance;
	struct match_id id = check_student_id(check, student);
	struct match_id to =
		check_posting_id(check, in->choice[choice].posting);
	struct match_id at;

	if (check->held[student] == MATCH_NONE) {
		check_fault(check, MATCH_FAULT_CERTIFICATE,
			    "student \"%.*s\" would gain by posting \"%.*s\" "
			    "(choice %u) at these prices, and is unplaced",
			    MATCH_ID(id), MATCH_ID(to),
			    choice - in->choice_start[student] + 1);
		return;
	}
	at = check_posting_id(check, in->choice[check->held[student]].posting);
	check_fault(check, MATCH_FAULT_CERTIFICATE,
		    "student \"%.*s\" would gain more by posting \"%.*s\" "
		    "(choice %u) than by \"%.*s\" at these prices",
		    MATCH_ID(id), MATCH_ID(to),
		    choice - in->choice_start[student] + 1, MATCH_ID(at));
}

static void check_student(struct check *check, uint32_t student,
			  const struct check_worth *toll)
{
	const struct match_instance *in = check->instance;
	uint32_t held = check->held[student];
	struct check_worth out = nothing, had, gain;
	struct match_id id = check_student_id(check, student);

	out.kept = does_keep(check, student, MATCH_NONE);
	had = held == MATCH_NONE ? out : gain_of(check, student, held, toll);
	if (compare_worth(&had, &out) < 0)
		check_fault(check, MATCH_FAULT_CERTIFICATE,
			    "student \"%.*s\" would gain by being unplaced at "
			    "these prices",
			    MATCH_ID(id));
	for (uint32_t i = in->choice_start[student];
	     i < in->choice_start[student + 1]; i++) {
		struct check_key key;

		gain = gain_of(check, student, i, toll);
		if (compare_worth(&gain, &had) <= 0 ||
		    !check_key_of(check, student, i, &key))
			continue;
		blame_student(check, student, i);
		return;
	}
}

static void check_lists(struct check *check)
{
	if (check->result->cutoff_count)
		check_fault(check, MATCH_FAULT_CUTOFF,
			    "there are no cutoffs in mode \"optimal\"");
	if (check->result->own_move_count)
		check_fault(check, MATCH_FAULT_OWN_MOVE,
			    "there are no own moves in mode \"optimal\"");
}

/* The fourth member is there where moves are spared, and only there. */
static void check_members(struct check *check)
{
	const struct match_result *result = check->result;
	uint32_t node_count =
		check->instance->postings.count + check->instance->groups.count;

	if (result->kept_prices && !result->has_moves)
		check_fault(check, MATCH_FAULT_CERTIFICATE,
			    "prices have the member \"kept\", which needs "
			    "moves");
	if (result->kept_prices || !result->has_moves)
		return;
	for (uint32_t v = 0; v < node_count; v++) {
		const struct match_price *price = &result->prices[v];

		if (!price->shortfall && !price->placed && !price->score)
			continue;
		check_fault(check, MATCH_FAULT_CERTIFICATE,
			    "prices have no member \"kept\", which they must "
			    "have beside moves");
		return;
	}
}

bool check_optimal(struct check *check)
{
	const struct match_instance *in = check->instance;
	uint32_t node_count = in->postings.count + in->groups.count;
	struct check_worth *toll;

	check_lists(check);
	if (!check->result->prices) {
		check_fault(check, MATCH_FAULT_CERTIFICATE,
			    "there are no prices, which mode \"optimal\" must "
			    "have");
		return true;
	}
	toll = match_take(node_count, sizeof(*toll));
	if (!toll)
		return false;
	check_members(check);
	for (uint32_t v = 0; v < node_count; v++)
		check_price(check, v);
	add_prices(check, toll);
	for (uint32_t s = 0; s < in->students.count; s++)
		if (!check_is_pinned(check, s))
			check_student(check, s, toll);
	match_drop(toll);
	return true;
}
