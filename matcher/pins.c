/*
 * Pins come out of the instance before placing and into the result after it.
 * Seats are counted bottom up, so a deep forest costs no more than a flat one.
 */
#include "matcher/pins.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "matcher/memory.h"

struct judging {
	const struct match_instance *instance;
	const struct match_pin_listener *listener;
	uint64_t flaw_count;
};

static void tell(struct judging *j, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void tell(struct judging *j, const char *format, ...)
{
	char text[MATCH_ERROR_BYTES];
	va_list arguments;

	j->flaw_count++;
	if (!j->listener)
		return;
	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	j->listener->tell(j->listener->to, text);
}

static uint32_t above(const struct match_instance *in, uint32_t node)
{
	uint32_t posting_count = in->postings.count, group;

	if (node < posting_count)
		group = in->posting[node].group;
	else
		group = in->group[node - posting_count].parent;
	return group == MATCH_NONE ? MATCH_NONE : posting_count + group;
}

static void count_pins(struct match_pins *pins)
{
	const struct match_instance *in = pins->whole;
	uint32_t posting_count = in->postings.count;

	for (uint32_t s = 0; s < in->students.count; s++) {
		if (in->pinned[s] == MATCH_NONE)
			continue;
		pins->count[in->pinned[s]]++;
		pins->pinned_count++;
	}
	for (uint32_t p = 0; p < posting_count; p++)
		if (above(in, p) != MATCH_NONE)
			pins->count[above(in, p)] += pins->count[p];
	for (uint32_t i = 0; i < in->groups.count; i++) {
		uint32_t node = posting_count + in->bottom_up[i];

		if (above(in, node) != MATCH_NONE)
			pins->count[above(in, node)] += pins->count[node];
	}
}

static uint32_t governing_pin(const struct match_instance *in,
			      const uint32_t *governing, uint32_t student)
{
	const struct match_seats *posting = &in->posting[in->pinned[student]];

	if (posting->ranking != MATCH_NONE || posting->group == MATCH_NONE)
		return posting->ranking;
	return governing[posting->group];
}

/* Per student: the ranking that must list the student, and does not. */
static void find_unlisted(const struct match_instance *in,
			  const uint32_t *governing, uint32_t *wanted)
{
	for (uint32_t s = 0; s < in->students.count; s++)
		wanted[s] = in->pinned[s] == MATCH_NONE
				    ? MATCH_NONE
				    : governing_pin(in, governing, s);
	for (uint32_t r = 0; r < in->ranking_count; r++)
		for (uint32_t i = in->ranking_start[r];
		     i < in->ranking_start[r + 1]; i++)
			if (wanted[in->ranked[i]] == r)
				wanted[in->ranked[i]] = MATCH_NONE;
}

static void tell_unlisted(struct judging *j, const uint32_t *wanted)
{
	const struct match_instance *in = j->instance;

	for (uint32_t s = 0; s < in->students.count; s++) {
		struct match_id student = match_ids_at(&in->students, s), at;

		if (wanted[s] == MATCH_NONE)
			continue;
		at = match_ids_at(&in->postings, in->pinned[s]);
		tell(j,
		     "student \"%.*s\" is pinned to posting \"%.*s\", whose "
		     "ranking does not list the student",
		     MATCH_ID(student), MATCH_ID(at));
	}
}

/* Is every pinned student listed by the ranking that governs the pin? */
static bool judge_students(struct judging *j)
{
	const struct match_instance *in = j->instance;
	uint32_t *governing = match_take(in->groups.count, sizeof(*governing));
	uint32_t *wanted = match_take(in->students.count, sizeof(*wanted));
	bool is_done = governing && wanted;

	if (is_done) {
		match_group_rankings(in, governing);
		find_unlisted(in, governing, wanted);
		tell_unlisted(j, wanted);
	}
	match_drop(governing);
	match_drop(wanted);
	return is_done;
}

static void judge_node(struct judging *j, const char *kind, struct match_id id,
		       uint32_t pinned, uint32_t seats)
{
	if (pinned > seats)
		tell(j, "%s \"%.*s\" has %u students pinned to it and %u seats",
		     kind, MATCH_ID(id), pinned, seats);
}

static void judge_nodes(struct judging *j, const uint32_t *count)
{
	const struct match_instance *in = j->instance;

	for (uint32_t p = 0; p < in->postings.count; p++)
		judge_node(j, "posting", match_ids_at(&in->postings, p),
			   count[p], in->posting[p].capacity);
	for (uint32_t g = 0; g < in->groups.count; g++)
		judge_node(j, "group", match_ids_at(&in->groups, g),
			   count[in->postings.count + g], in->group[g].upper);
}

static void reduce_nodes(struct match_pins *pins)
{
	const struct match_instance *in = pins->whole;
	const uint32_t *count = pins->count;

	for (uint32_t p = 0; p < in->postings.count; p++) {
		pins->rest.posting[p] = in->posting[p];
		pins->rest.posting[p].capacity -= count[p];
	}
	count += in->postings.count;
	for (uint32_t g = 0; g < in->groups.count; g++) {
		struct match_group *group = &pins->rest.group[g];

		*group = in->group[g];
		group->lower -=
			count[g] < group->lower ? count[g] : group->lower;
		if (group->upper != MATCH_NO_CAP)
			group->upper -= count[g];
	}
}

static void reduce_choices(struct match_pins *pins)
{
	const struct match_instance *in = pins->whole;
	uint32_t used = 0;

	for (uint32_t s = 0; s < in->students.count; s++) {
		uint32_t first = in->choice_start[s];
		uint32_t count = in->choice_start[s + 1] - first;

		pins->rest.choice_start[s] = used;
		if (in->pinned[s] != MATCH_NONE || !count)
			continue;
		memcpy(pins->rest.choice + used, in->choice + first,
		       count * sizeof(*in->choice));
		used += count;
	}
	pins->rest.choice_start[in->students.count] = used;
}

static bool take_rest(struct match_pins *pins)
{
	const struct match_instance *in = pins->whole;
	struct match_instance *rest = &pins->rest;
	size_t student_count = in->students.count;

	rest->posting = match_take(in->postings.count, sizeof(*rest->posting));
	rest->group = match_take(in->groups.count, sizeof(*rest->group));
	rest->choice_start =
		match_take(student_count + 1, sizeof(*rest->choice_start));
	rest->choice = match_take(in->choice_start[student_count],
				  sizeof(*rest->choice));
	pins->count = match_take((size_t)in->postings.count + in->groups.count,
				 sizeof(*pins->count));
	return rest->posting && rest->group && rest->choice_start &&
	       rest->choice && pins->count;
}

bool match_pins_init(struct match_pins *pins,
		     const struct match_instance *instance,
		     const struct match_pin_listener *listener,
		     struct match_error *error)
{
	struct judging judging = {.instance = instance, .listener = listener};
	bool is_done;

	*pins = (struct match_pins){.whole = instance, .rest = *instance};
	is_done = take_rest(pins);
	if (is_done) {
		count_pins(pins);
		is_done = judge_students(&judging);
	}
	if (!is_done) {
		match_pins_free(pins);
		return match_no_memory(error);
	}
	judge_nodes(&judging, pins->count);
	if (judging.flaw_count) {
		match_pins_free(pins);
		return match_fail(
			error, MATCH_MALFORMED,
			"the pins cannot all stand, for %llu reason%s",
			(unsigned long long)judging.flaw_count,
			judging.flaw_count == 1 ? "" : "s");
	}
	reduce_nodes(pins);
	reduce_choices(pins);
	return true;
}

void match_pins_free(struct match_pins *pins)
{
	match_drop(pins->rest.posting);
	match_drop(pins->rest.group);
	match_drop(pins->rest.choice_start);
	match_drop(pins->rest.choice);
	match_drop(pins->count);
	memset(pins, 0, sizeof(*pins));
}

static struct match_placement pinned_line(const struct match_instance *in,
					  uint32_t student)
{
	uint32_t first = in->choice_start[student], i = first;

	while (in->choice[i].posting != in->pinned[student])
		i++;
	return (struct match_placement){student, in->pinned[student],
					in->choice[i].score, i - first + 1};
}

static void join_groups(const struct match_pins *pins,
			struct match_result *result)
{
	const struct match_instance *in = pins->whole;

	for (uint32_t g = 0; g < result->group_count; g++) {
		struct match_group_line *line = &result->groups[g];

		line->placed += pins->count[in->postings.count + g];
		line->lower = in->group[g].lower;
		if (line->has_upper)
			line->upper = in->group[g].upper;
	}
}

/* Both lists ascend; those pinned are among the unplaced. */
static void join_students(const struct match_pins *pins,
			  struct match_result *result,
			  struct match_placement *placements)
{
	const struct match_instance *in = pins->whole;
	uint32_t old = 0, new = 0, left = 0;

	for (uint32_t i = 0; i < result->unplaced_count; i++) {
		uint32_t s = result->unplaced[i];

		if (in->pinned[s] == MATCH_NONE) {
			result->unplaced[left++] = s;
			continue;
		}
		while (old < result->placement_count &&
		       result->placements[old].student < s)
			placements[new ++] = result->placements[old++];
		placements[new] = pinned_line(in, s);
		result->objective.score += placements[new ++].score;
	}
	while (old < result->placement_count)
		placements[new ++] = result->placements[old++];
	result->unplaced_count = left;
	result->placement_count = new;
	result->objective.placed = new;
}

bool match_pins_join(const struct match_pins *pins, struct match_result *result,
		     struct match_error *error)
{
	struct match_placement *placements =
		match_take((size_t)result->placement_count + pins->pinned_count,
			   sizeof(*placements));

	if (!placements)
		return match_no_memory(error);
	join_students(pins, result, placements);
	join_groups(pins, result);
	match_drop(result->placements);
	result->placements = placements;
	result->is_pinned = true;
	return true;
}
