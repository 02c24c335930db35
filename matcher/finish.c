/*
 * The builder, part two: what only the whole can show, and the final numbering
 * by id. It trusts builder.c for everything that one record can show.
 */
#include <string.h>

#include "matcher/builder.h"
#include "matcher/insist.h"
#include "matcher/memory.h"
#include "matcher/order.h"
#include "matcher/sha256.h"

static bool is_unknown(struct match_error *error, const char *where,
		       struct match_id owner, const char *kind,
		       struct match_id id)
{
	return match_fail(error, MATCH_MALFORMED,
			  "%s \"%.*s\" names %s \"%.*s\", which does not "
			  "exist",
			  where, MATCH_ID(owner), kind, MATCH_ID(id));
}

static bool is_group_missing(const struct match_builder *b, uint32_t group)
{
	return group != MATCH_NONE && b->group[group].upper == MATCH_NOT_ADDED;
}

static bool check_groups_known(const struct match_builder *b,
			       struct match_error *error)
{
	const struct match_ids *groups = &b->made.groups;
	const struct match_ids *postings = &b->made.postings;

	for (uint32_t i = 0; i < groups->count; i++)
		if (is_group_missing(b, b->group[i].parent))
			return is_unknown(
				error, "group", match_ids_at(groups, i),
				"group",
				match_ids_at(groups, b->group[i].parent));
	for (uint32_t i = 0; i < postings->count; i++) {
		const struct match_seats *p = &b->posting[i].posting;

		if (is_group_missing(b, p->group))
			return is_unknown(error, "posting",
					  match_ids_at(postings, i), "group",
					  match_ids_at(groups, p->group));
	}
	return true;
}

static bool check_choices_known(const struct match_builder *b,
				struct match_error *error)
{
	const struct match_ids *postings = &b->made.postings;

	for (uint32_t s = 0; s < b->made.students.count; s++) {
		const struct match_student_record *student = &b->student[s];

		for (uint32_t i = 0; i < student->choice_count; i++) {
			uint32_t p = b->made.choice[student->first_choice + i]
					     .posting;

			if (b->posting[p].posting.capacity == MATCH_NOT_ADDED)
				return is_unknown(
					error, "student",
					match_ids_at(&b->made.students, s),
					"posting", match_ids_at(postings, p));
		}
	}
	return true;
}

static bool is_student_missing(const struct match_builder *b, uint32_t ranking,
			       struct match_id *id)
{
	const uint32_t *start = b->made.ranking_start;

	if (ranking == MATCH_NONE)
		return false;
	for (uint32_t i = start[ranking]; i < start[ranking + 1]; i++) {
		uint32_t student = b->made.ranked[i];

		if (b->student[student].first_choice == MATCH_NONE) {
			*id = match_ids_at(&b->made.students, student);
			return true;
		}
	}
	return false;
}

static bool check_ranked_known(const struct match_builder *b,
			       struct match_error *error)
{
	const struct match_ids *groups = &b->made.groups;
	const struct match_ids *postings = &b->made.postings;
	struct match_id id;

	for (uint32_t i = 0; i < groups->count; i++)
		if (is_student_missing(b, b->group[i].ranking, &id))
			return is_unknown(error, "the ranking of group",
					  match_ids_at(groups, i), "student",
					  id);
	for (uint32_t i = 0; i < postings->count; i++)
		if (is_student_missing(b, b->posting[i].posting.ranking, &id))
			return is_unknown(error, "the ranking of posting",
					  match_ids_at(postings, i), "student",
					  id);
	return true;
}

bool match_builder_check(const struct match_builder *b,
			 struct match_error *error)
{
	if (!b->has_seed)
		return match_fail(error, MATCH_MALFORMED, "there is no seed");
	MATCH_INSIST(b->choices_taken == b->choice_count);
	MATCH_INSIST(b->ranked_taken == b->ranked_count);
	if (b->groups_added < b->made.groups.count &&
	    !check_groups_known(b, error))
		return false;
	if (b->students_added < b->made.students.count &&
	    !check_ranked_known(b, error))
		return false;
	return b->postings_added == b->made.postings.count ||
	       check_choices_known(b, error);
}

static uint32_t renumbered(const uint32_t *new_number, uint32_t old)
{
	return old == MATCH_NONE ? MATCH_NONE : new_number[old];
}

static bool order_groups(struct match_builder *b, const uint32_t *new_group)
{
	uint32_t count = b->made.groups.count;

	b->made.group = match_take(count, sizeof(*b->made.group));
	if (!b->made.group)
		return false;
	for (uint32_t i = 0; i < count; i++) {
		struct match_group *made = &b->made.group[new_group[i]];

		*made = b->group[i];
		made->parent = renumbered(new_group, made->parent);
	}
	return true;
}

static bool order_postings(struct match_builder *b, const uint32_t *new_group,
			   const uint32_t *new_posting)
{
	uint32_t count = b->made.postings.count;

	b->made.posting = match_take(count, sizeof(*b->made.posting));
	if (!b->made.posting)
		return false;
	for (uint32_t i = 0; i < count; i++) {
		struct match_seats *made = &b->made.posting[new_posting[i]];

		*made = b->posting[i].posting;
		made->group = renumbered(new_group, made->group);
	}
	return true;
}

/*
 * Lay the choices out by student, unless they lie so already. There is a list
 * even where it is empty: nobody may point into none.
 */
static bool order_choices(struct match_builder *b, const uint32_t *old_student)
{
	uint32_t count = b->made.students.count, used = 0;
	struct match_choice *laid;
	bool is_laid = true;

	for (uint32_t i = 0; i < count; i++) {
		b->made.choice_start[i] = used;
		is_laid &= b->student[old_student[i]].first_choice == used;
		used += b->student[old_student[i]].choice_count;
	}
	b->made.choice_start[count] = used;
	if (is_laid && b->made.choice)
		return true;
	laid = match_take(used, sizeof(*laid));
	if (!laid)
		return false;
	for (uint32_t i = 0; i < count; i++) {
		const struct match_student_record *from =
			&b->student[old_student[i]];

		if (from->choice_count && b->made.choice)
			memcpy(laid + b->made.choice_start[i],
			       b->made.choice + from->first_choice,
			       from->choice_count * sizeof(*laid));
	}
	match_drop(b->made.choice);
	b->made.choice = laid;
	return true;
}

static bool order_students(struct match_builder *b, const uint32_t *new_student,
			   const uint32_t *new_posting)
{
	uint32_t count = b->made.students.count;
	struct match_instance *made = &b->made;
	uint32_t *old_student = match_take(count, sizeof(*old_student));
	bool is_done;

	made->choice_start =
		match_take((size_t)count + 1, sizeof(*made->choice_start));
	made->pinned = match_take(count, sizeof(*made->pinned));
	made->lottery = match_take(count, sizeof(*made->lottery));
	is_done = old_student && made->choice_start && made->pinned &&
		  made->lottery;
	for (uint32_t i = 0; is_done && i < count; i++) {
		old_student[new_student[i]] = i;
		made->pinned[new_student[i]] =
			renumbered(new_posting, b->student[i].pinned);
		made->lottery[new_student[i]] = b->student[i].lottery;
	}
	is_done = is_done && order_choices(b, old_student);
	for (uint32_t i = 0; is_done && i < b->choice_count; i++)
		made->choice[i].posting = new_posting[made->choice[i].posting];
	for (uint32_t i = 0; is_done && i < b->ranked_count; i++)
		made->ranked[i] = new_student[made->ranked[i]];
	match_drop(old_student);
	return is_done;
}

bool match_builder_order(struct match_builder *b, struct match_error *error)
{
	struct match_instance *made = &b->made;
	uint32_t *group = match_take(made->groups.count, sizeof(*group));
	uint32_t *posting = match_take(made->postings.count, sizeof(*posting));
	uint32_t *student = match_take(made->students.count, sizeof(*student));
	bool is_done;

	is_done = group && posting && student &&
		  match_ids_sort(&made->groups, group) &&
		  match_ids_sort(&made->postings, posting) &&
		  match_ids_sort(&made->students, student) &&
		  order_groups(b, group) && order_postings(b, group, posting) &&
		  order_students(b, student, posting);
	match_drop(group);
	match_drop(posting);
	match_drop(student);
	return is_done || match_no_memory(error);
}

/* The first group that still waits for a child; there is one. */
static void name_cycle(const struct match_instance *made, const uint32_t *waits,
		       struct match_error *error)
{
	struct match_id id;
	uint32_t group = 0;

	while (!waits[group])
		group++;
	id = match_ids_at(&made->groups, group);
	match_fail(error, MATCH_MALFORMED,
		   "group \"%.*s\" lies on a cycle of groups", MATCH_ID(id));
}

/* The groups, each before its parent; what is left over lies on a cycle. */
static bool order_forest(struct match_instance *made, struct match_error *error)
{
	uint32_t count = made->groups.count, done = 0;
	uint32_t *waits = match_take(count, sizeof(*waits));
	uint32_t *order = match_take(count, sizeof(*order));

	made->bottom_up = order;
	if (!waits || !order) {
		match_drop(waits);
		return match_no_memory(error);
	}
	for (uint32_t i = 0; i < count; i++)
		if (made->group[i].parent != MATCH_NONE)
			waits[made->group[i].parent]++;
	for (uint32_t i = 0; i < count; i++)
		if (!waits[i])
			order[done++] = i;
	for (uint32_t i = 0; i < done; i++) {
		uint32_t parent = made->group[order[i]].parent;

		if (parent != MATCH_NONE && !--waits[parent])
			order[done++] = parent;
	}
	if (done < count)
		name_cycle(made, waits, error);
	match_drop(waits);
	return done == count;
}

static bool is_under(const struct match_span *span, uint32_t group,
		     uint32_t above)
{
	return group != MATCH_NONE && above != MATCH_NONE &&
	       match_is_under(span[group], span[above]);
}

/* A cutoff names its node by id alone, so the path's ids must differ. */
static bool check_paths(const struct match_instance *made,
			struct match_error *error)
{
	struct match_span *span = match_take(made->groups.count, sizeof(*span));
	bool is_sound = true;

	if (!span)
		return match_no_memory(error);
	match_group_spans(made, span);
	for (uint32_t p = 0; is_sound && p < made->postings.count; p++) {
		struct match_id id = match_ids_at(&made->postings, p);
		uint32_t same = match_ids_find(&made->groups, id);

		if (is_under(span, made->posting[p].group, same))
			is_sound = match_fail(error, MATCH_MALFORMED,
					      "posting \"%.*s\" has the id of "
					      "a group above it",
					      MATCH_ID(id));
	}
	match_drop(span);
	return is_sound;
}

uint64_t match_drawn_number(const char *seed, struct match_id student)
{
	uint8_t digest[MATCH_SHA256_BYTES];
	struct match_sha256 sha;
	uint64_t number = 0;

	match_sha256_init(&sha);
	match_sha256_add(&sha, seed, strlen(seed));
	match_sha256_add(&sha, "\n", 1);
	match_sha256_add(&sha, student.text, student.bytes);
	match_sha256_finish(&sha, digest);
	for (int i = 0; i < 8; i++)
		number = number << 8 | digest[i];
	return number;
}

static bool check_lottery(const struct match_instance *made,
			  struct match_error *error)
{
	const uint64_t *lottery = made->lottery;
	uint32_t count = made->students.count;
	uint32_t *order = match_order_numbers(lottery, count);
	bool is_sound = true;

	if (!order)
		return match_no_memory(error);
	for (uint32_t i = 1; i < count && is_sound; i++) {
		struct match_id a = match_ids_at(&made->students, order[i - 1]);
		struct match_id b = match_ids_at(&made->students, order[i]);

		if (lottery[order[i - 1]] == lottery[order[i]])
			is_sound = match_fail(
				error, MATCH_MALFORMED,
				"students \"%.*s\" and \"%.*s\" have the same "
				"lottery number%s",
				MATCH_ID(a), MATCH_ID(b),
				made->has_own_lottery ? ""
						      : ": take another seed");
	}
	match_drop(order);
	return is_sound;
}

bool match_builder_draw(struct match_builder *b, struct match_error *error)
{
	struct match_instance *made = &b->made;

	if (!order_forest(made, error) || !check_paths(made, error))
		return false;
	made->has_own_lottery = b->lottery_count > 0;
	for (uint32_t i = 0; i < made->students.count; i++)
		if (!made->has_own_lottery)
			made->lottery[i] = match_drawn_number(
				made->seed, match_ids_at(&made->students, i));
	return check_lottery(made, error);
}
