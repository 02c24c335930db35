/*
 * A chain of groups, one in the other, with all postings in the innermost: what
 * walks a whole path for each posting would take days.
 *
 * Usage: test_deep COUNT LONG_COUNT
 */
#include <stdio.h>

#include "matcher/builder.h"
#include "matcher/insist.h"
#include "matcher/place.h"
#include "matcher/verify.h"
#include "small.h"

#define STUDENTS 200u

static char texts[3][24];

static struct match_id name(int use, char kind, uint32_t number)
{
	int bytes = snprintf(texts[use], sizeof(texts[use]), "%c%08u", kind,
			     number);

	return (struct match_id){texts[use], (uint32_t)bytes};
}

/* The outermost has a ranking, and no other; no cap can ever fill. */
static void add_groups(struct match_builder *builder, uint32_t count)
{
	struct match_error error;

	for (uint32_t g = 0; g < count; g++) {
		struct match_new_group group = {
			.id = name(0, 'g', g),
			.upper = g % 2 ? MATCH_NO_CAP : STUDENTS + 1,
		};

		if (g)
			group.parent = name(1, 'g', g - 1);
		for (uint32_t s = 0; !g && s < STUDENTS; s += 2)
			MATCH_INSIST(match_builder_ranked(
				builder, name(2, 's', s), &error));
		group.has_ranking = !g;
		MATCH_INSIST(match_builder_group(builder, &group, &error));
	}
}

static void add_postings(struct match_builder *builder, uint32_t count)
{
	struct match_error error;

	for (uint32_t p = 0; p < count; p++) {
		struct match_new_posting posting = {
			.id = name(0, 'p', p),
			.group = name(1, 'g', count - 1),
			.capacity = 1,
		};

		MATCH_INSIST(match_builder_posting(builder, &posting, &error));
	}
}

static void add_students(struct match_builder *builder)
{
	struct match_error error;

	for (uint32_t s = 0; s < STUDENTS; s++) {
		struct match_new_student student = {.id = name(0, 's', s)};

		for (uint32_t p = 0; p < 10; p++)
			MATCH_INSIST(match_builder_choice(
				builder, name(1, 'p', s / 4 + p), s, &error));
		MATCH_INSIST(match_builder_student(builder, &student, &error));
	}
}

int main(int argument_count, char **arguments)
{
	static const uint64_t hash_key[2] = {1, 2};
	static struct match_faults faults;
	struct match_instance instance;
	struct match_builder builder;
	struct match_result result;
	struct match_error error;
	uint32_t count;

	MATCH_INSIST(argument_count == 3);
	count = (uint32_t)count_of_run(arguments[1], arguments[2]);
	match_builder_init(&builder, hash_key);
	MATCH_INSIST(match_builder_seed(&builder, name(0, 'd', 1), &error));
	add_groups(&builder, count);
	add_postings(&builder, count);
	add_students(&builder);
	MATCH_INSIST(match_builder_finish(&builder, &instance, &error));
	for (int is_optimal = 0; is_optimal < 2; is_optimal++) {
		MATCH_INSIST(is_optimal ? match_place_optimal(&instance,
							      &result, &error)
					: match_place_stable(&instance, &result,
							     &error));
		MATCH_INSIST(
			match_verify(&instance, "", &result, &faults, &error));
		MATCH_INSIST(!faults.count);
		/* Whom the ranking does not list is nowhere acceptable. */
		MATCH_INSIST(result.placement_count > 50 &&
			     result.placement_count <= STUDENTS / 2);
		match_result_free(&result);
	}
	match_instance_free(&instance);
	printf("%u postings under %u groups in each other\n", count, count);
	return 0;
}
