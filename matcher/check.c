/* Names, keys and nodes, as the checker sees them. */
#include "matcher/check.h"

#include <stdarg.h>
#include <stdio.h>

#include "matcher/memory.h"

void check_fault(struct check *check, enum match_fault_kind kind,
		 const char *format, ...)
{
	struct match_faults *faults = check->faults;
	va_list arguments;

	if (faults->count < MATCH_FAULTS_KEPT) {
		struct match_fault_line *line = &faults->kept[faults->count];

		line->kind = kind;
		va_start(arguments, format);
		vsnprintf(line->text, sizeof(line->text), format, arguments);
		va_end(arguments);
	}
	faults->count++;
}

static struct match_id known_or_stray(const struct check *check,
				      const struct match_ids *ids,
				      uint32_t number)
{
	return number < ids->count ? match_ids_at(ids, number)
				   : match_ids_at(&check->result->strays,
						  number - ids->count);
}

struct match_id check_student_id(const struct check *check, uint32_t student)
{
	return known_or_stray(check, &check->instance->students, student);
}

struct match_id check_posting_id(const struct check *check, uint32_t posting)
{
	return known_or_stray(check, &check->instance->postings, posting);
}

struct match_id check_group_id(const struct check *check, uint32_t group)
{
	return known_or_stray(check, &check->instance->groups, group);
}

struct match_id check_node_id(const struct check *check, uint32_t node)
{
	uint32_t posting_count = check->instance->postings.count;

	return node < posting_count
		       ? check_posting_id(check, node)
		       : check_group_id(check, node - posting_count);
}

uint32_t check_above(const struct check *check, uint32_t node)
{
	const struct match_instance *in = check->instance;
	uint32_t posting_count = in->postings.count;
	uint32_t group = node < posting_count
				 ? in->posting[node].group
				 : in->group[node - posting_count].parent;

	return group == MATCH_NONE ? MATCH_NONE : posting_count + group;
}

bool check_is_full(const struct check *check, uint32_t node)
{
	const struct match_instance *in = check->instance;
	uint32_t posting_count = in->postings.count;
	uint32_t seats = node < posting_count
				 ? in->posting[node].capacity
				 : in->group[node - posting_count].upper;

	return check->node[node].held >= seats;
}

/* Parents come before what they hold, so every path is walked once. */
static bool find_governing(struct check *check)
{
	const struct match_instance *in = check->instance;
	uint32_t *above = match_take(in->groups.count, sizeof(*above));

	if (!above)
		return false;
	for (uint32_t i = in->groups.count; i-- > 0;) {
		const struct match_group *group = &in->group[in->bottom_up[i]];
		uint32_t ranking = group->ranking;

		if (ranking == MATCH_NONE && group->parent != MATCH_NONE)
			ranking = above[group->parent];
		above[in->bottom_up[i]] = ranking;
	}
	for (uint32_t p = 0; p < in->postings.count; p++) {
		uint32_t ranking = in->posting[p].ranking;

		if (ranking == MATCH_NONE && in->posting[p].group != MATCH_NONE)
			ranking = above[in->posting[p].group];
		check->governing[p] = ranking;
	}
	match_drop(above);
	return true;
}

bool check_rankings(struct check *check)
{
	const struct match_instance *in = check->instance;
	uint32_t student_count = in->students.count;
	uint32_t ranked_count =
		in->ranking_count ? in->ranking_start[in->ranking_count] : 0;
	uint32_t *start = match_take((size_t)student_count + 2, sizeof(*start));

	check->ranked_start = start;
	check->ranked = match_take(ranked_count, sizeof(*check->ranked));
	check->governing =
		match_take(in->postings.count, sizeof(*check->governing));
	if (!start || !check->ranked || !check->governing)
		return false;
	/* Two places further: filling moves every start up by one place. */
	for (uint32_t i = 0; i < ranked_count; i++)
		start[in->ranked[i] + 2]++;
	for (uint32_t s = 2; s < student_count + 2; s++)
		start[s] += start[s - 1];
	for (uint32_t r = 0; r < in->ranking_count; r++)
		for (uint32_t i = in->ranking_start[r];
		     i < in->ranking_start[r + 1]; i++)
			check->ranked[start[in->ranked[i] + 1]++] =
				(struct check_ranked){
					r, i - in->ranking_start[r] + 1};
	return find_governing(check);
}

/* Where a student stands in a ranking, from 1; 0: nowhere. */
static uint32_t rank_in(const struct check *check, uint32_t ranking,
			uint32_t student)
{
	uint32_t low = check->ranked_start[student];
	uint32_t high = check->ranked_start[student + 1];

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (check->ranked[middle].ranking == ranking)
			return check->ranked[middle].rank;
		if (check->ranked[middle].ranking < ranking)
			low = middle + 1;
		else
			high = middle;
	}
	return 0;
}

bool check_key_of(const struct check *check, uint32_t student, uint32_t choice,
		  struct check_key *key)
{
	const struct match_choice *wish = &check->instance->choice[choice];
	uint32_t ranking = check->governing[wish->posting];

	key->rank = UINT64_MAX;
	key->score = wish->score;
	key->lottery = check->lottery[student];
	key->posting = wish->posting;
	if (ranking == MATCH_NONE)
		return true;
	key->rank = rank_in(check, ranking, student);
	return key->rank != 0;
}

bool check_is_better(const struct check_key *a, const struct check_key *b)
{
	if (a->rank != b->rank)
		return a->rank < b->rank;
	if (a->score != b->score)
		return a->score > b->score;
	if (a->lottery != b->lottery)
		return a->lottery < b->lottery;
	return a->posting < b->posting;
}

static void hold(struct check *check, uint32_t node,
		 const struct check_key *worst)
{
	struct check_node *at = &check->node[node];

	if (!at->has_worst || check_is_better(&at->worst, worst))
		at->worst = *worst;
	at->has_worst = true;
}

/* What a node holds is held above it too. */
static void hold_above(struct check *check, uint32_t node)
{
	const struct check_node *at = &check->node[node];
	uint32_t above = check_above(check, node);

	if (above == MATCH_NONE)
		return;
	check->node[above].held += at->held;
	check->node[above].pinned += at->pinned;
	if (at->has_worst)
		hold(check, above, &at->worst);
}

void check_count(struct check *check, bool with_worst)
{
	const struct match_instance *in = check->instance;

	for (uint32_t s = 0; s < in->students.count; s++) {
		struct check_key key;

		if (check->held[s] == MATCH_NONE)
			continue;
		key.posting = in->choice[check->held[s]].posting;
		check->node[key.posting].held++;
		check->node[key.posting].pinned += check_is_pinned(check, s);
		if (!with_worst || check_is_pinned(check, s))
			continue;
		check_key_of(check, s, check->held[s], &key);
		hold(check, key.posting, &key);
	}
	for (uint32_t p = 0; p < in->postings.count; p++)
		hold_above(check, p);
	for (uint32_t i = 0; i < in->groups.count; i++)
		hold_above(check, in->postings.count + in->bottom_up[i]);
}
