/*
 * A placement instance in memory: students with their wishes, postings, and the
 * forest of groups that caps and floors hang on.
 *
 * A finished instance is sound: every reference points at something, groups
 * form a forest, no list names anything twice, every number is in range. All
 * numbering is bytewise by id, so the order of a file leaves no trace in it.
 *
 * from   docs/placement.md
 */
#ifndef MATCHER_INSTANCE_H
#define MATCHER_INSTANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/error.h"
#include "matcher/ids.h"

/*
 * The limits, checked before memory is taken. Together they keep a whole
 * contract key in 64 bits and every sum in 63 (place.c, outcome.c).
 */
#define MATCH_STUDENTS_MAX 4000000u
#define MATCH_POSTINGS_MAX 4000000u
#define MATCH_GROUPS_MAX 4000000u
#define MATCH_CHOICES_MAX 200000000u  /* over all students */
#define MATCH_CHOICES_EACH_MAX 65535u /* of one student */
#define MATCH_RANKED_MAX 200000000u   /* over all rankings */
#define MATCH_SEATS_MAX 1000000000u   /* a capacity, cap or floor */
#define MATCH_SCORE_MAX 1000000u

#define MATCH_NO_CAP UINT32_MAX

struct match_group {
	uint32_t parent; /* a group, or MATCH_NONE */
	uint32_t lower;
	uint32_t upper;	  /* or MATCH_NO_CAP */
	uint32_t ranking; /* into ranking_start, or MATCH_NONE */
};

/* A posting: its seats, and the group they count in. */
struct match_seats {
	uint32_t group; /* or MATCH_NONE */
	uint32_t capacity;
	uint32_t ranking;
};

struct match_choice {
	uint32_t posting;
	uint32_t score;
};

struct match_instance {
	char seed[MATCH_ID_BYTES_MAX + 1];
	struct match_ids students, postings, groups;
	struct match_group *group;   /* groups.count */
	struct match_seats *posting; /* postings.count */
	uint32_t *bottom_up;	     /* all groups, each before its parent */
	/* Student s wishes for choice[choice_start[s]..choice_start[s + 1]);
	 * never NULL. */
	uint32_t *choice_start;
	struct match_choice *choice;
	uint32_t *pinned;     /* per student: a posting, or MATCH_NONE */
	uint64_t *lottery;    /* per student; no two are the same */
	bool has_own_lottery; /* the numbers were given, not drawn */
	/* Ranking r is ranked[ranking_start[r]..ranking_start[r + 1]). */
	uint32_t *ranking_start;
	uint32_t *ranked; /* students, best first */
	uint32_t ranking_count;
};

/* Frees what the instance holds; a zeroed instance is fine. */
void match_instance_free(struct match_instance *instance);

/*
 * Per group, groups.count of them, the ranking that governs the postings in it
 * which have none of their own: the nearest at or above it, or MATCH_NONE.
 */
void match_group_rankings(const struct match_instance *instance,
			  uint32_t *of_group);

/* A run of the numbers that match_group_spans gives. */
struct match_span {
	uint32_t first, end;
};

/*
 * Number the groups anew, so that what is under one group has a run of numbers.
 *
 * out    span, per group: its own number, and where the run of it and of all
 *        groups under it ends
 */
void match_group_spans(const struct match_instance *instance,
		       struct match_span *span);

/* Is this group the other one, or under it? */
static inline bool match_is_under(struct match_span group,
				  struct match_span other)
{
	return other.first <= group.first && group.first < other.end;
}

#endif
