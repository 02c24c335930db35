/* Names, keys and nodes, as the checker sees them. */
#include "matcher/check.h"

#include <stdarg.h>
#include <stdio.h>

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

/* Where a student stands in a ranking, from 1; 0: nowhere. */
static uint32_t rank_in(const struct check *check, uint32_t ranking,
			uint32_t student)
{
	uint32_t low = check->instance->ranking_start[ranking];
	uint32_t high = check->instance->ranking_start[ranking + 1];

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (check->ranked[middle].student == student)
			return check->ranked[middle].rank;
		if (check->ranked[middle].student < student)
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
