/* shown_groups.c - see shown_groups.h. */
#include "endpoints/shown_groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

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
	int order = strcmp(x->key, y->key);

	return order ? order : (x->year > y->year) - (x->year < y->year);
}

void shown_groups_of(struct shown_groups *groups, struct arena *mem,
		     struct shown_parts *parts)
{
	size_t all = parts->member_count, *atoms_of;
	struct shown_member *members = parts->members;
	struct control_block *blocks;
	int64_t *touched;

	qsort(members, all, sizeof(*members), by_group);
	blocks = control_blocks(mem, parts->atoms, parts->count, parts->least);
	touched = arena_array(mem, int64_t, parts->count + 1);
	atoms_of = arena_array(mem, size_t, all + 1);
	groups->at = arena_array(mem, struct shown_group, all + 1);
	for (size_t i = 0, next; i < all; i = next) {
		for (next = i; next < all && !by_group(&members[i],
						       &members[next]); next++)
			atoms_of[next - i] = members[next].atom;
		groups->at[groups->count++] = (struct shown_group){
			members[i].key, members[i].year,
			control_shows(parts->atoms, blocks, atoms_of, next - i,
				      touched)
		};
	}
}

/* Numbers for the wholes: that of the first row of each. */
static struct control_atom *read_parts(struct flow *f,
				       const struct part_rows *parts)
{
	struct control_atom *atoms = arena_array(
		f->mem, struct control_atom,
		(size_t)(parts->end - parts->first) + 1);
	int wholes = parts->column + PART_WHOLES;

	for (int row = parts->first; row < parts->end; row++) {
		struct control_atom *atom = &atoms[row - parts->first];

		atom->count = rows_int(f->rows, row,
				       parts->column + PART_COUNT);
		for (int level = 0; level < CONTROL_WHOLES; level++)
			atom->whole[level] = row > parts->first && text_same(
				rows_text(f->rows, row, wholes + level),
				rows_text(f->rows, row - 1, wholes + level)) ?
				atom[-1].whole[level] : (size_t)row;
	}
	return atoms;
}

static struct shown_member *read_members(struct flow *f,
					 const struct part_rows *parts,
					 size_t *count)
{
	struct shown_member *members = arena_array(
		f->mem, struct shown_member,
		(size_t)(parts->end - parts->first) + 1);
	int key = parts->column + PART_KEY, year = parts->column + PART_YEAR;

	*count = 0;
	for (int row = parts->first; row < parts->end; row++) {
		if (rows_is_null(f->rows, row, key))
			continue;
		members[(*count)++] = (struct shown_member){
			arena_text(f->mem, rows_text(f->rows, row, key),
				   rows_bytes(f->rows, row, key)),
			parts->is_by_year ? rows_int(f->rows, row, year) : 0,
			(size_t)(row - parts->first)
		};
	}
	return members;
}

void shown_groups_judge(struct shown_groups *groups, struct flow *f,
			const struct part_rows *parts)
{
	struct shown_parts shown = {
		.count = (size_t)(parts->end - parts->first)
	};

	if (!shown.count)
		return;
	shown.atoms = read_parts(f, parts);
	shown.members = read_members(f, parts, &shown.member_count);
	shown.least = rows_int(f->rows, parts->first,
			       parts->column + PART_LEAST);
	shown_groups_of(groups, f->mem, &shown);
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
