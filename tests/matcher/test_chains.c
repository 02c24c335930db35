/*
 * Chains of groups, one in the other, with a posting in each and as many
 * students: what walks a path for each posting or student is quadratic, and the
 * limit on processor time ends it.
 *
 * Usage: test_chains COUNT LONG_COUNT
 */
#include <stdio.h>
#include <sys/resource.h>

#include "matcher/builder.h"
#include "matcher/insist.h"
#include "matcher/place.h"
#include "matcher/verify.h"
#include "small.h"

#define CHOICES 3u
#define SECONDS_EACH 4u /* for 100,000 */

struct shape {
	const char *what;
	/* A group's cap; the outermost is number 0. */
	uint32_t (*cap)(uint32_t count, uint32_t group);
	bool is_namesake; /* a posting has the id of the group below its own */
	bool has_own_moves;
};

static uint32_t no_cap(uint32_t count, uint32_t group)
{
	(void)count;
	(void)group;
	return MATCH_NO_CAP;
}

/* The outermost alone is full, so many move within it at will. */
static uint32_t outermost(uint32_t count, uint32_t group)
{
	return group ? MATCH_NO_CAP : count / 2;
}

/* None but the outermost says anything. */
static uint32_t all_the_same(uint32_t count, uint32_t group)
{
	(void)group;
	return count / 2;
}

/* Each is as many as there are seats below. */
static uint32_t all_there_is(uint32_t count, uint32_t group)
{
	return count - group;
}

static const struct shape shapes[] = {
	{"no caps", no_cap, false, false},
	{"namesakes", no_cap, true, false},
	{"one cap", outermost, false, true},
	{"the same caps", all_the_same, false, true},
	{"caps of all there is", all_there_is, false, false},
};

static char texts[2][24];

static struct match_id name(int use, char kind, uint32_t number)
{
	int bytes = snprintf(texts[use], sizeof(texts[use]), "%c%08u", kind,
			     number);

	return (struct match_id){texts[use], (uint32_t)bytes};
}

static struct match_id posting_name(const struct shape *shape, uint32_t number)
{
	return shape->is_namesake ? name(0, 'g', number + 1)
				  : name(0, 'p', number);
}

static void add_nodes(struct match_builder *builder, const struct shape *shape,
		      uint32_t count)
{
	struct match_error error;

	for (uint32_t i = 0; i < count; i++) {
		struct match_new_group group = {.id = name(0, 'g', i),
						.upper = shape->cap(count, i)};
		struct match_new_posting posting = {.capacity = 1};

		if (i)
			group.parent = name(1, 'g', i - 1);
		MATCH_INSIST(match_builder_group(builder, &group, &error));
		posting.id = posting_name(shape, i);
		posting.group = name(1, 'g', i);
		MATCH_INSIST(match_builder_posting(builder, &posting, &error));
	}
}

/* Two and two wish for the same first. */
static void add_students(struct match_builder *builder,
			 const struct shape *shape, uint32_t count)
{
	struct match_error error;
	struct dice dice = {1};

	MATCH_INSIST(count >= 4);
	for (uint32_t s = 0; s < count; s++) {
		const uint32_t wishes[CHOICES] = {
			s / 2, count / 2 + s * 7ull % (count / 2 - 1),
			count - 1};
		struct match_new_student student = {.id = name(1, 's', s)};

		for (uint32_t i = 0; i < CHOICES; i++)
			MATCH_INSIST(match_builder_choice(
				builder, posting_name(shape, wishes[i]),
				dice_roll(&dice, 1000), &error));
		MATCH_INSIST(match_builder_student(builder, &student, &error));
	}
}

static void build(const struct shape *shape, uint32_t count,
		  struct match_instance *instance)
{
	static const uint64_t hash_key[2] = {1, 2};
	struct match_builder builder;
	struct match_error error;

	match_builder_init(&builder, hash_key);
	MATCH_INSIST(match_builder_seed(&builder, name(0, 'd', 1), &error));
	add_nodes(&builder, shape, count);
	add_students(&builder, shape, count);
	MATCH_INSIST(match_builder_finish(&builder, instance, &error));
}

static void try(const struct shape *shape, uint32_t count)
{
	static struct match_faults faults;
	struct match_instance instance;
	struct match_result result;
	struct match_error error;

	build(shape, count, &instance);
	MATCH_INSIST(match_place_stable(&instance, &result, &error));
	MATCH_INSIST(match_verify(&instance, "", &result, &faults, &error));
	MATCH_INSIST(!faults.count);
	MATCH_INSIST(result.placement_count >= count / 2);
	MATCH_INSIST((result.own_move_count > count / 100) ==
		     shape->has_own_moves);
	printf("%s: %u placed, %u own moves\n", shape->what,
	       result.placement_count, result.own_move_count);
	fflush(stdout);
	match_result_free(&result);
	match_instance_free(&instance);
}

int main(int argument_count, char **arguments)
{
	const size_t shape_count = sizeof(shapes) / sizeof(*shapes);
	struct rlimit limit;
	uint32_t count;

	MATCH_INSIST(argument_count == 3);
	count = (uint32_t)count_of_run(arguments[1], arguments[2]);
	limit.rlim_cur = shape_count * SECONDS_EACH * (1 + count / 100000);
	limit.rlim_max = limit.rlim_cur;
	MATCH_INSIST(!setrlimit(RLIMIT_CPU, &limit));
	for (size_t i = 0; i < shape_count; i++)
		try(&shapes[i], count);
	return 0;
}
