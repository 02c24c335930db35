/*
 * Builds an instance piece by piece, from a file or from rows, in any order.
 *
 * Lists come before their owner: add the choices of a student, then the
 * student; the students of a ranking, then its posting or group. Ids may be
 * mentioned before they are added. match_builder_finish checks what only the
 * whole can show.
 *
 *	match_builder_init(&b, key);
 *	if (!match_builder_seed(&b, seed, &error) ||
 *	    !match_builder_group(&b, &group, &error) ||
 *	    !match_builder_posting(&b, &posting, &error) ||
 *	    !match_builder_choice(&b, wished_for, score, &error) ||
 *	    !match_builder_student(&b, &student, &error) ||
 *	    !match_builder_finish(&b, &instance, &error))
 *		complain(error.text);
 *	match_builder_free(&b);
 */
#ifndef MATCHER_BUILDER_H
#define MATCHER_BUILDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "matcher/instance.h"

struct match_new_group {
	struct match_id id;
	struct match_id parent; /* text NULL: a root */
	uint32_t lower;
	uint32_t upper;	  /* MATCH_NO_CAP: none */
	bool has_ranking; /* the students ranked since the last owner */
};

struct match_new_posting {
	struct match_id id;
	struct match_id group; /* text NULL: none */
	uint32_t capacity;
	bool has_ranking;
};

struct match_new_student {
	struct match_id id;
	struct match_id pinned; /* text NULL: not pinned */
	bool has_lottery;
	uint64_t lottery;
};

/* What the builder holds of an id, from its first mention on. */
struct match_posting_record {
	struct match_seats posting;
	uint32_t mark; /* the list that named it last */
};

struct match_student_record {
	uint64_t lottery;
	uint32_t first_choice; /* MATCH_NONE until the student is added */
	uint32_t choice_count;
	uint32_t pinned;
	uint32_t mark;
};

struct match_builder {
	struct match_instance made; /* ids, choices, rankings so far */
	struct match_group *group;
	struct match_posting_record *posting;
	struct match_student_record *student;
	size_t group_room, posting_room, student_room;
	size_t choice_room, ranking_room, ranked_room;
	uint32_t choice_count, ranked_count;  /* with those still pending */
	uint32_t choices_taken, ranked_taken; /* those that have an owner */
	uint32_t groups_added, postings_added, students_added;
	uint32_t lottery_count;
	uint32_t mark; /* the last list that was checked for repetition */
	bool has_seed;
};

/*
 * in     hash_key: any two numbers; unguessable ones where ids are foreign
 * mem    allocates nothing
 */
void match_builder_init(struct match_builder *builder,
			const uint64_t hash_key[2]);
void match_builder_free(struct match_builder *builder);

/*
 * Each adds one thing.
 *
 * in     ids are borrowed; they are checked here
 * fails  MATCH_MALFORMED (unfit id, twice the same, a number out of range, a
 *        pin to no choice of the student's), MATCH_TOO_LARGE,
 *        MATCH_NO_MEMORY; the builder is then good for match_builder_free only
 */
bool match_builder_seed(struct match_builder *builder, struct match_id seed,
			struct match_error *error) MATCH_MUST_CHECK;
bool match_builder_group(struct match_builder *builder,
			 const struct match_new_group *group,
			 struct match_error *error) MATCH_MUST_CHECK;
bool match_builder_posting(struct match_builder *builder,
			   const struct match_new_posting *posting,
			   struct match_error *error) MATCH_MUST_CHECK;
bool match_builder_student(struct match_builder *builder,
			   const struct match_new_student *student,
			   struct match_error *error) MATCH_MUST_CHECK;

/* The next choice of the student to come, in order of preference. */
bool match_builder_choice(struct match_builder *builder,
			  struct match_id posting, uint32_t score,
			  struct match_error *error) MATCH_MUST_CHECK;

/* The next student of the ranking of the posting or group to come. */
bool match_builder_ranked(struct match_builder *builder,
			  struct match_id student,
			  struct match_error *error) MATCH_MUST_CHECK;

/*
 * Check the whole, draw the lottery, number everything by id.
 *
 * out    instance is given to the caller; the builder is empty
 * fails  as above, and: an id that was mentioned but never added, a cycle of
 *        groups, a floor over its own cap, lottery numbers for some students
 *        only or twice the same, a posting named like a group above it
 */
bool match_builder_finish(struct match_builder *builder,
			  struct match_instance *instance,
			  struct match_error *error) MATCH_MUST_CHECK;

/*
 * A student's number in the lottery of a seed: the first 8 bytes of SHA-256 of
 * the seed, a newline and the id, the first byte the highest.
 */
uint64_t match_drawn_number(const char *seed, struct match_id student);

/*
 * The three steps of finishing, for match_builder_finish only: check what the
 * whole must hold, number by id, draw the lottery and order the forest. The
 * last one also serves the reader of the binary form, which fills `made` and
 * lottery_count itself.
 */
bool match_builder_check(const struct match_builder *builder,
			 struct match_error *error) MATCH_MUST_CHECK;
bool match_builder_order(struct match_builder *builder,
			 struct match_error *error) MATCH_MUST_CHECK;
bool match_builder_draw(struct match_builder *builder,
			struct match_error *error) MATCH_MUST_CHECK;

/* In place of a cap or capacity, until the group or posting is added. */
#define MATCH_NOT_ADDED (UINT32_MAX - 1)

#endif
