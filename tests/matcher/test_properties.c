/*
 * What theory promises of mode stable, on small random instances: the order of
 * the file (in mode optimal too) and the names of the students mean nothing, no
 * list serves a student better than the true one, more seats at a root hurt
 * nobody, one more student helps no other. More seats inside may hurt: of that
 * one example is kept.
 *
 * Usage: test_properties COUNT LONG_COUNT EXAMPLE.json
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "documents.h"
#include "matcher/insist.h"
#include "matcher/place.h"
#include "recipe.h"

struct tally {
	uint64_t misreports, raised, added, inner, inner_hurts;
};

/* Is any student but one worse off in `after` than in `before`? */
static bool is_any_worse(const struct recipe *r,
			 const struct recipe_outcome *before,
			 const struct recipe_outcome *after, uint32_t but)
{
	for (uint32_t s = 0; s < r->student_count; s++) {
		const struct recipe_order *list = &r->student[s].list;

		if (s != but && recipe_rank(list, after->at[s]) >
					recipe_rank(list, before->at[s]))
			return true;
	}
	return false;
}

static void tell(const struct recipe *recipe, struct dice *dice,
		 struct document *document)
{
	struct match_instance instance;
	char sha256[MATCH_SHA256_HEX];

	recipe_build(recipe, dice, &instance);
	document_from_instance(document, &instance, sha256);
	document_place(document, &instance, sha256);
	document_place_optimal(document, &instance, sha256);
	match_instance_free(&instance);
}

static bool order_means_nothing(const struct recipe *recipe, struct dice *dice)
{
	struct document told = {NULL, 0, 0}, other = {NULL, 0, 0};
	bool is_same;

	tell(recipe, NULL, &told);
	tell(recipe, dice, &other);
	is_same = !strcmp(told.text, other.text);
	document_free(&told);
	document_free(&other);
	return is_same;
}

static bool names_mean_nothing(const struct recipe *recipe, struct dice *dice)
{
	struct recipe same = *recipe, other = *recipe;
	struct recipe_outcome before, after;
	uint32_t names[RECIPE_MOST];

	recipe_shuffle(dice, names, recipe->student_count);
	same.has_lottery = other.has_lottery = true;
	for (uint32_t s = 0; s < recipe->student_count; s++)
		other.student[s].name = names[s] * 7 + 3;
	before = recipe_place(&same);
	after = recipe_place(&other);
	return !memcmp(&before, &after, sizeof(before));
}

/* Does any list that starts with this one serve the student better? */
static bool serves_better(struct recipe *lie, uint32_t student,
			  const struct recipe_order *honest, uint32_t rank,
			  struct tally *tally)
{
	struct recipe_order *list = &lie->student[student].list;
	struct recipe_outcome outcome = recipe_place(lie);

	tally->misreports++;
	if (recipe_rank(honest, outcome.at[student]) < rank)
		return true;
	for (uint32_t p = 0; p < lie->posting_count; p++) {
		bool is_better;

		if (recipe_rank(list, p) < list->count)
			continue;
		list->at[list->count++] = p;
		is_better = serves_better(lie, student, honest, rank, tally);
		list->count--;
		if (is_better)
			return true;
	}
	return false;
}

static bool honesty_is_best(const struct recipe *recipe, struct dice *dice,
			    struct tally *tally)
{
	struct recipe_outcome honest = recipe_place(recipe);
	struct recipe lie = *recipe;
	const struct recipe_order *list;
	uint32_t student;

	if (!recipe->student_count)
		return true;
	student = dice_roll(dice, recipe->student_count);
	list = &recipe->student[student].list;
	lie.student[student].list.count = 0;
	return !serves_better(&lie, student, list,
			      recipe_rank(list, honest.at[student]), tally);
}

/* One seat more at each node in turn; only inside it may hurt. */
static bool seats_hurt_nobody(const struct recipe *recipe, struct tally *tally)
{
	struct recipe_outcome before = recipe_place(recipe), after;
	bool is_right = true;

	for (uint32_t i = 0; i < recipe->group_count + recipe->posting_count;
	     i++) {
		uint32_t p = i - recipe->group_count;
		bool is_group = i < recipe->group_count, is_root, is_worse;
		struct recipe more = *recipe;

		if (is_group && recipe->group[i].upper == MATCH_NO_CAP)
			continue;
		if (is_group)
			more.group[i].upper++;
		else
			more.posting[p].capacity++;
		is_root = (is_group ? recipe->group[i].parent
				    : recipe->posting[p].group) == RECIPE_NONE;
		after = recipe_place(&more);
		is_worse = is_any_worse(recipe, &before, &after, RECIPE_NONE);
		*(is_root ? &tally->raised : &tally->inner) += 1;
		tally->inner_hurts += !is_root && is_worse;
		is_right = is_right && !(is_root && is_worse);
	}
	return is_right;
}

static bool students_help_no_other(const struct recipe *recipe,
				   struct tally *tally)
{
	struct recipe_outcome with = recipe_place(recipe), without;

	for (uint32_t s = 0; s < recipe->student_count; s++) {
		struct recipe less = *recipe;

		less.student[s].list.count = 0;
		without = recipe_place(&less);
		tally->added++;
		if (is_any_worse(recipe, &with, &without, s))
			return false;
	}
	return true;
}

static const char *broken(uint64_t number, struct tally *tally)
{
	struct dice dice = {UINT64_C(99) << 32 | number};
	struct recipe recipe;

	recipe_roll(&recipe, &dice);
	if (!order_means_nothing(&recipe, &dice))
		return "the order of the file";
	if (!names_mean_nothing(&recipe, &dice))
		return "the names of the students";
	if (!honesty_is_best(&recipe, &dice, tally))
		return "honesty";
	if (!seats_hurt_nobody(&recipe, tally))
		return "seats at a root";
	if (!students_help_no_other(&recipe, tally))
		return "one student more";
	return NULL;
}

static bool is_placed(const struct match_instance *instance, const char *id)
{
	struct match_id name = {id, (uint32_t)strlen(id)};
	uint32_t student = match_ids_find(&instance->students, name);
	struct match_result result;
	struct match_error error;
	bool is_there = false;

	MATCH_INSIST(match_place_stable(instance, &result, &error));
	for (uint32_t i = 0; i < result.placement_count; i++)
		is_there |= result.placements[i].student == student;
	match_result_free(&result);
	return is_there;
}

/* A second welder takes the seat of the enterprise that chen had. */
static bool example_hurts(const char *path)
{
	struct match_id welding = {"e1/welding", 10};
	struct document file = {NULL, 0, 0};
	struct match_instance instance;
	char sha256[MATCH_SHA256_HEX];
	struct match_error error;
	bool is_right;

	MATCH_INSIST(document_from_file(&file, path));
	MATCH_INSIST(document_to_instance(file.text, file.bytes, &instance,
					  sha256, &error));
	is_right = is_placed(&instance, "chen") && !is_placed(&instance, "bo");
	instance.group[match_ids_find(&instance.groups, welding)].upper = 2;
	is_right = is_right && !is_placed(&instance, "chen") &&
		   is_placed(&instance, "bo");
	match_instance_free(&instance);
	document_free(&file);
	return is_right;
}

int main(int argument_count, char **arguments)
{
	struct tally tally = {0};
	uint64_t count;

	MATCH_INSIST(argument_count == 4);
	count = count_of_run(arguments[1], arguments[2]);
	for (uint64_t i = 0; i < count; i++) {
		const char *what = broken(i, &tally);

		if (!what)
			continue;
		printf("instance %llu: %s\n", (unsigned long long)i, what);
		return 1;
	}
	printf("%llu instances: %llu misreports, %llu seats at roots, %llu "
	       "students more; %llu of %llu seats inside hurt somebody\n",
	       (unsigned long long)count, (unsigned long long)tally.misreports,
	       (unsigned long long)tally.raised,
	       (unsigned long long)tally.added,
	       (unsigned long long)tally.inner_hurts,
	       (unsigned long long)tally.inner);
	return !example_hurts(arguments[3]) || !tally.inner_hurts;
}
