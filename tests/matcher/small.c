/* Random instances by way of the builder, as the worker would make them. */
#include "small.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matcher/builder.h"
#include "matcher/insist.h"

struct shape {
	struct dice *dice;
	struct match_builder builder;
	struct match_error error;
	uint32_t groups, postings, students;
	char text[3][16];
};

uint32_t dice_roll(struct dice *dice, uint32_t sides)
{
	uint64_t z = dice->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (uint32_t)((z ^ z >> 31) >> 11) % sides;
}

uint64_t count_of_run(const char *count, const char *long_count)
{
	const char *is_long = getenv("DUIKOU_TEST_LONG");

	return strtoull(is_long && *is_long ? long_count : count, NULL, 10);
}

/* Short names whose bytewise order is not that of their numbers. */
static struct match_id name(struct shape *shape, int use, char kind,
			    uint32_t number)
{
	int bytes = snprintf(shape->text[use], sizeof(shape->text[use]), "%c%u",
			     kind, (number * 7 + 3) % 11);

	return (struct match_id){shape->text[use], (uint32_t)bytes};
}

static void shuffle(struct dice *dice, uint32_t *at, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		at[i] = i;
	for (uint32_t i = count; i > 1; i--) {
		uint32_t j = dice_roll(dice, i), held = at[i - 1];

		at[i - 1] = at[j];
		at[j] = held;
	}
}

static bool add_ranking(struct shape *s)
{
	uint32_t order[8] = {0}, count;

	if (dice_roll(s->dice, 4))
		return false;
	shuffle(s->dice, order, s->students);
	count = dice_roll(s->dice, 3) ? s->students
				      : dice_roll(s->dice, s->students + 1);
	for (uint32_t i = 0; i < count; i++)
		MATCH_INSIST(match_builder_ranked(
			&s->builder, name(s, 0, 's', order[i]), &s->error));
	return true;
}

static void add_group(struct shape *s, uint32_t number)
{
	struct match_new_group group = {.upper = MATCH_NO_CAP};

	group.has_ranking = add_ranking(s);
	group.id = name(s, 0, 'g', number);
	if (number && dice_roll(s->dice, 4))
		group.parent = name(s, 1, 'g', dice_roll(s->dice, number));
	if (dice_roll(s->dice, 5))
		group.upper = dice_roll(s->dice, 4);
	group.lower = dice_roll(s->dice, 3);
	if (group.lower > group.upper)
		group.lower = group.upper;
	MATCH_INSIST(match_builder_group(&s->builder, &group, &s->error));
}

static void add_posting(struct shape *s, uint32_t number)
{
	struct match_new_posting posting = {
		.capacity =
			dice_roll(s->dice, 8) ? 1 + dice_roll(s->dice, 3) : 0,
	};

	posting.has_ranking = add_ranking(s);
	posting.id = name(s, 0, 'p', number);
	if (s->groups && dice_roll(s->dice, 6))
		posting.group = name(s, 1, 'g', dice_roll(s->dice, s->groups));
	MATCH_INSIST(match_builder_posting(&s->builder, &posting, &s->error));
}

static void add_student(struct shape *s, uint32_t number, bool has_lottery)
{
	struct match_new_student student = {.has_lottery = has_lottery,
					    .lottery = number * 5 % 8};
	uint32_t order[8] = {0}, count = dice_roll(s->dice, 5);

	if (count > s->postings)
		count = s->postings;
	shuffle(s->dice, order, s->postings);
	for (uint32_t i = 0; i < count; i++)
		MATCH_INSIST(match_builder_choice(
			&s->builder, name(s, 0, 'p', order[i]),
			dice_roll(s->dice, 3), &s->error));
	student.id = name(s, 0, 's', number);
	if (count && !dice_roll(s->dice, 6))
		student.pinned = name(s, 1, 'p', order[0]);
	MATCH_INSIST(match_builder_student(&s->builder, &student, &s->error));
}

void small_instance(struct dice *dice, struct match_instance *instance)
{
	static const uint64_t key[2] = {1, 2};
	struct shape s = {.dice = dice};
	bool has_lottery = dice_roll(dice, 2);
	char seed[16];
	int bytes =
		snprintf(seed, sizeof(seed), "seed %u", dice_roll(dice, 1000));

	s.groups = dice_roll(dice, 5);
	s.postings = dice_roll(dice, 5);
	s.students = dice_roll(dice, 6);
	match_builder_init(&s.builder, key);
	MATCH_INSIST(match_builder_seed(
		&s.builder, (struct match_id){seed, (uint32_t)bytes},
		&s.error));
	for (uint32_t i = 0; i < s.groups; i++)
		add_group(&s, i);
	for (uint32_t i = 0; i < s.postings; i++)
		add_posting(&s, i);
	for (uint32_t i = 0; i < s.students; i++)
		add_student(&s, i, has_lottery);
	MATCH_INSIST(match_builder_finish(&s.builder, instance, &s.error));
	match_builder_free(&s.builder);
}
