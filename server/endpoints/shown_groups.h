/*
 * shown_groups.h - the groups of a statistic about people, and which of them
 * may be shown to others than their school.
 *
 * from  docs/destinations.md, "Small groups"; records/disclosure_control.h
 */
#ifndef ENDPOINTS_SHOWN_GROUPS_H
#define ENDPOINTS_SHOWN_GROUPS_H

#include "flow/flow.h"
#include "records/disclosure_control.h"

/* Groups that a reply may have; its statement asks for one more. */
enum { GROUPS_MAX = 5000 };

/* Whether f->rows are no more; false after a fault that says so. */
MUST_CHECK bool groups_are_few(struct flow *f);

/* A group's key, and its year, 0 where years are not told apart. */
struct shown_group {
	const char *key;
	int64_t year;
	bool is_shown;
};

struct shown_groups {
	struct shown_group *at;		/* by key and year */
	size_t count;
};

/* One of the smallest parts, and the group that it falls into. */
struct shown_member {
	const char *key;
	int64_t year;
	size_t atom;
};

/* The smallest parts, however they were read. */
struct shown_parts {
	struct control_atom *atoms;
	size_t count;
	struct shown_member *members;
	size_t member_count;
	int64_t least;			/* how few may be shown */
};

/* Puts them in the order of their groups. */
void shown_members_sort(struct shown_member *members, size_t count);

/* Room to judge so many parts in, over and over. */
struct shown_room {
	struct control_block *blocks;
	int64_t *touched;		/* zero between uses */
	size_t *atoms_of;
};

struct shown_room shown_room_make(struct arena *mem, size_t parts);

/*
 * Judges the groups of these parts.
 *
 * in   members are sorted; room is for as many parts and members
 * mem  the groups; the keys of members are kept
 */
void shown_groups_of(struct shown_groups *groups, struct arena *mem,
		     const struct shown_room *room,
		     const struct shown_parts *parts);

/* The group; NULL: it has no parts. */
const struct shown_group *shown_groups_find(const struct shown_groups *groups,
					    const char *key, int64_t year);

#endif
