/* shown_groups.c - see shown_groups.h. */
#include "endpoints/shown_groups.h"

#include <stdlib.h>
#include <string.h>

struct part {
	const char *key;
	int64_t year;
	size_t atom;
};

static int by_group(const void *a, const void *b)
{
	const struct part *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order ? order : (x->year > y->year) - (x->year < y->year);
}

static struct control_atom *read_parts(struct flow *f,
				       const struct part_rows *parts)
{
	struct control_atom *atoms = arena_array(
		f->mem, struct control_atom,
		(size_t)(parts->end - parts->first) + 1);

	for (int row = parts->first; row < parts->end; row++) {
		struct control_atom *atom = &atoms[row - parts->first];

		atom->count = rows_int(f->rows, row,
				       parts->column + PART_COUNT);
		for (int level = 0; level < CONTROL_WHOLES; level++)
			atom->whole[level] = rows_text(
				f->rows, row,
				parts->column + PART_WHOLES + level);
	}
	return atoms;
}

/* The parts that are in a group, group by group. */
static struct part *read_members(struct flow *f, const struct part_rows *parts,
				 size_t *count)
{
	struct part *members = arena_array(
		f->mem, struct part, (size_t)(parts->end - parts->first) + 1);
	int key = parts->column + PART_KEY, year = parts->column + PART_YEAR;

	*count = 0;
	for (int row = parts->first; row < parts->end; row++) {
		if (rows_is_null(f->rows, row, key))
			continue;
		members[(*count)++] = (struct part){
			arena_text(f->mem, rows_text(f->rows, row, key),
				   rows_bytes(f->rows, row, key)),
			parts->is_by_year ? rows_int(f->rows, row, year) : 0,
			(size_t)(row - parts->first)
		};
	}
	qsort(members, *count, sizeof(*members), by_group);
	return members;
}

void shown_groups_judge(struct shown_groups *groups, struct flow *f,
			const struct part_rows *parts)
{
	size_t count = (size_t)(parts->end - parts->first), all, *atoms_of;
	struct control_atom *atoms;
	struct control_block *blocks;
	struct part *members;
	int64_t *touched;

	if (!count)
		return;
	atoms = read_parts(f, parts);
	members = read_members(f, parts, &all);
	blocks = control_blocks(f->mem, atoms, count,
				rows_int(f->rows, parts->first,
					 parts->column + PART_LEAST));
	touched = arena_array(f->mem, int64_t, count + 1);
	atoms_of = arena_array(f->mem, size_t, all + 1);
	groups->at = arena_array(f->mem, struct shown_group, all + 1);
	for (size_t i = 0, next; i < all; i = next) {
		for (next = i; next < all && !by_group(&members[i],
						       &members[next]); next++)
			atoms_of[next - i] = members[next].atom;
		groups->at[groups->count++] = (struct shown_group){
			members[i].key, members[i].year,
			control_shows(atoms, blocks, atoms_of, next - i,
				      touched)
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
