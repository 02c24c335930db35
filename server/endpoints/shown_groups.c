/* shown_groups.c - see shown_groups.h. */
#include "endpoints/shown_groups.h"

#include <stdlib.h>
#include <string.h>

bool groups_are_few(struct flow *f)
{
	if (rows_count(f->rows) <= GROUPS_MAX)
		return true;
	flaws_add(&f->flaws, "by", "too-many-rows",
		  "makes too many groups: ask for less at a time",
		  "分组过多，请缩小范围");
	(void)fail(f, FAULT_BAD_PARAMETER, "%s", "");
	return false;
}

static int by_group(const void *a, const void *b)
{
	const struct shown_member *x = a, *y = b;
	int order = x->key == y->key ? 0 : strcmp(x->key, y->key);

	return order ? order : (x->year > y->year) - (x->year < y->year);
}

void shown_members_sort(struct shown_member *members, size_t count)
{
	qsort(members, count, sizeof(*members), by_group);
}

struct shown_room shown_room_make(struct arena *mem, size_t parts)
{
	return (struct shown_room){
		arena_array(mem, struct control_block, parts + 1),
		arena_array(mem, int64_t, parts + 1),
		arena_array(mem, size_t, parts + 1)
	};
}

/* The first of the members behind i that is of another group. */
static size_t group_end(const struct shown_parts *parts, size_t i)
{
	size_t end = i + 1;

	while (end < parts->member_count &&
	       !by_group(&parts->members[i], &parts->members[end]))
		end++;
	return end;
}

void shown_groups_of(struct shown_groups *groups, struct arena *mem,
		     const struct shown_room *room,
		     const struct shown_parts *parts)
{
	const struct shown_member *members = parts->members;
	size_t all = parts->member_count, count = 0;

	for (size_t i = 0; i < all; i = group_end(parts, i))
		count++;
	groups->at = arena_array(mem, struct shown_group, count + 1);
	control_blocks(room->blocks, parts->atoms, parts->count, parts->least);
	for (size_t i = 0, end; i < all; i = end) {
		end = group_end(parts, i);
		for (size_t k = i; k < end; k++)
			room->atoms_of[k - i] = members[k].atom;
		groups->at[groups->count++] = (struct shown_group){
			members[i].key, members[i].year,
			control_shows(parts->atoms, room->blocks,
				      room->atoms_of, end - i, room->touched)
		};
	}
}

static int by_key(const void *a, const void *b)
{
	const struct shown_group *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order ? order : (x->year > y->year) - (x->year < y->year);
}

const struct shown_group *shown_groups_find(const struct shown_groups *groups,
					    const char *key, int64_t year)
{
	const struct shown_group wanted = { key, year, false };

	return groups->count ? bsearch(&wanted, groups->at, groups->count,
				       sizeof(wanted), by_key) : NULL;
}
