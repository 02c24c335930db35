/* Recipes become instances by way of the builder, as everything does. */
#include "recipe.h"

#include <stdio.h>
#include <string.h>

#include "matcher/builder.h"
#include "matcher/insist.h"
#include "matcher/place.h"

struct cooking {
	const struct recipe *recipe;
	struct match_builder builder;
	struct match_error error;
	char text[2][16];
};

void recipe_shuffle(struct dice *dice, uint32_t *at, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		at[i] = i;
	for (uint32_t i = count; dice && i > 1; i--) {
		uint32_t j = dice_roll(dice, i), held = at[i - 1];

		at[i - 1] = at[j];
		at[j] = held;
	}
}

static void roll_order(struct recipe_order *order, struct dice *dice,
		       uint32_t of)
{
	order->is_there = true;
	recipe_shuffle(dice, order->at, of);
	order->count = dice_roll(dice, 3) ? of : dice_roll(dice, of + 1);
}

static void roll_ranking(struct recipe_order *order, struct dice *dice,
			 uint32_t students)
{
	if (!dice_roll(dice, 4))
		roll_order(order, dice, students);
}

static void roll_group(struct recipe *r, struct dice *dice, uint32_t g)
{
	struct recipe_group *group = &r->group[g];

	group->parent = RECIPE_NONE;
	if (g && dice_roll(dice, 4))
		group->parent = dice_roll(dice, g);
	group->upper = dice_roll(dice, 5) ? dice_roll(dice, 4) : MATCH_NO_CAP;
	group->lower = dice_roll(dice, 3);
	if (group->lower > group->upper)
		group->lower = group->upper;
	roll_ranking(&group->ranking, dice, r->student_count);
}

static void roll_student(struct recipe *r, struct dice *dice, uint32_t s)
{
	struct recipe_student *student = &r->student[s];

	roll_order(&student->list, dice, r->posting_count);
	for (uint32_t p = 0; p < r->posting_count; p++)
		student->score[p] = dice_roll(dice, 4);
	student->name = s;
}

void recipe_roll(struct recipe *r, struct dice *dice)
{
	uint32_t lottery[RECIPE_MOST];

	memset(r, 0, sizeof(*r));
	r->group_count = dice_roll(dice, 5);
	r->posting_count = dice_roll(dice, 5);
	r->student_count = dice_roll(dice, 6);
	r->has_lottery = dice_roll(dice, 2);
	for (uint32_t g = 0; g < r->group_count; g++)
		roll_group(r, dice, g);
	for (uint32_t p = 0; p < r->posting_count; p++) {
		struct recipe_posting *posting = &r->posting[p];

		posting->group = RECIPE_NONE;
		if (r->group_count && dice_roll(dice, 6))
			posting->group = dice_roll(dice, r->group_count);
		posting->capacity =
			dice_roll(dice, 8) ? 1 + dice_roll(dice, 3) : 0;
		roll_ranking(&posting->ranking, dice, r->student_count);
	}
	recipe_shuffle(dice, lottery, r->student_count);
	for (uint32_t s = 0; s < r->student_count; s++) {
		roll_student(r, dice, s);
		r->student[s].lottery = lottery[s];
	}
}

static struct match_id name(struct cooking *c, int use, char kind,
			    uint32_t number)
{
	int bytes = snprintf(c->text[use], sizeof(c->text[use]), "%c%u", kind,
			     number);

	return (struct match_id){c->text[use], (uint32_t)bytes};
}

static bool tell_ranking(struct cooking *c, const struct recipe_order *order)
{
	for (uint32_t i = 0; i < order->count; i++)
		MATCH_INSIST(match_builder_ranked(
			&c->builder,
			name(c, 0, 's', c->recipe->student[order->at[i]].name),
			&c->error));
	return order->is_there;
}

static void tell_group(struct cooking *c, uint32_t g)
{
	const struct recipe_group *from = &c->recipe->group[g];
	struct match_new_group group = {.lower = from->lower,
					.upper = from->upper};

	group.has_ranking = tell_ranking(c, &from->ranking);
	group.id = name(c, 0, 'g', g);
	if (from->parent != RECIPE_NONE)
		group.parent = name(c, 1, 'g', from->parent);
	MATCH_INSIST(match_builder_group(&c->builder, &group, &c->error));
}

static void tell_posting(struct cooking *c, uint32_t p)
{
	const struct recipe_posting *from = &c->recipe->posting[p];
	struct match_new_posting posting = {.capacity = from->capacity};

	posting.has_ranking = tell_ranking(c, &from->ranking);
	posting.id = name(c, 0, 'p', p);
	if (from->group != RECIPE_NONE)
		posting.group = name(c, 1, 'g', from->group);
	MATCH_INSIST(match_builder_posting(&c->builder, &posting, &c->error));
}

static void tell_student(struct cooking *c, uint32_t s)
{
	const struct recipe_student *from = &c->recipe->student[s];
	struct match_new_student student = {.has_lottery =
						    c->recipe->has_lottery,
					    .lottery = from->lottery};

	for (uint32_t i = 0; i < from->list.count; i++)
		MATCH_INSIST(match_builder_choice(
			&c->builder, name(c, 0, 'p', from->list.at[i]),
			from->score[from->list.at[i]], &c->error));
	student.id = name(c, 0, 's', from->name);
	MATCH_INSIST(match_builder_student(&c->builder, &student, &c->error));
}

void recipe_build(const struct recipe *recipe, struct dice *dice,
		  struct match_instance *instance)
{
	static const uint64_t key[2] = {7, 8};
	struct cooking c = {.recipe = recipe};
	uint32_t order[RECIPE_MOST];

	match_builder_init(&c.builder, key);
	MATCH_INSIST(match_builder_seed(
		&c.builder, (struct match_id){"recipe", 6}, &c.error));
	recipe_shuffle(dice, order, recipe->student_count);
	for (uint32_t i = 0; i < recipe->student_count; i++)
		tell_student(&c, order[i]);
	recipe_shuffle(dice, order, recipe->posting_count);
	for (uint32_t i = 0; i < recipe->posting_count; i++)
		tell_posting(&c, order[i]);
	recipe_shuffle(dice, order, recipe->group_count);
	for (uint32_t i = 0; i < recipe->group_count; i++)
		tell_group(&c, order[i]);
	MATCH_INSIST(match_builder_finish(&c.builder, instance, &c.error));
	match_builder_free(&c.builder);
}

static uint32_t student_named(const struct recipe *recipe, struct match_id id)
{
	char text[16];

	for (uint32_t s = 0; s < recipe->student_count; s++) {
		int bytes = snprintf(text, sizeof(text), "s%u",
				     recipe->student[s].name);

		if (id.bytes == (uint32_t)bytes &&
		    !memcmp(id.text, text, id.bytes))
			return s;
	}
	MATCH_INSIST(!"a student of the recipe");
	return RECIPE_NONE;
}

struct recipe_outcome recipe_read(const struct recipe *recipe,
				  const struct match_instance *instance,
				  const struct match_result *result)
{
	struct recipe_outcome outcome;

	memset(&outcome, 0xff, sizeof(outcome));
	for (uint32_t i = 0; i < result->placement_count; i++) {
		const struct match_placement *line = &result->placements[i];
		uint32_t s =
			student_named(recipe, match_ids_at(&instance->students,
							   line->student));

		/* p0..p5: by bytes as by number. */
		outcome.at[s] = line->posting;
	}
	return outcome;
}

struct recipe_outcome recipe_place(const struct recipe *recipe)
{
	struct match_instance instance;
	struct match_result result;
	struct match_error error;
	struct recipe_outcome outcome;

	recipe_build(recipe, NULL, &instance);
	MATCH_INSIST(match_place_stable(&instance, &result, &error));
	outcome = recipe_read(recipe, &instance, &result);
	match_result_free(&result);
	match_instance_free(&instance);
	return outcome;
}

uint32_t recipe_rank(const struct recipe_order *list, uint32_t posting)
{
	uint32_t i = 0;

	if (posting == RECIPE_NONE)
		return list->count;
	while (i < list->count && list->at[i] != posting)
		i++;
	return i < list->count ? i : list->count + 1;
}
