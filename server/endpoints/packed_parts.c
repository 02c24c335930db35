/*
 * packed_parts.c - see packed_parts.h. Rows of one whole stand together, and
 * within a row the parts are put in the order of their names.
 */
#include "endpoints/packed_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "records/codes.h"

struct packed_room {
	struct control_atom *atoms;
	size_t *atom_of;		/* of each part that is one */
	struct shown_member *members;
	struct shown_room shown;
};

static int by_name(const void *a, const void *b)
{
	const struct packed_part *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* Sorted, and what comes more than once summed; how many are left. */
static size_t tidy(struct packed_part *parts, size_t count, size_t counts)
{
	size_t kept = 0;

	qsort(parts, count, sizeof(*parts), by_name);
	for (size_t i = 0, end; i < count; i = end) {
		struct packed_part whole = parts[i];

		for (end = i + 1; end < count &&
				  !by_name(&parts[i], &parts[end]); end++)
			for (size_t k = 0; k < counts; k++)
				whole.counts[k] += parts[end].counts[k];
		if (whole.counts[0])
			parts[kept++] = whole;
	}
	return kept;
}

/* "660301 37 660302 12", with one count or more: as many as there are, behind
 * `parts`. */
static size_t read_list(const char *at, int row, struct packed_part *parts,
			size_t counts)
{
	size_t count = 0;

	while (*at) {
		struct packed_part *part = &parts[count++];
		size_t bytes = strcspn(at, " ");

		must(bytes < PART_NAME_BYTES);
		part->row = row;
		memcpy(part->name, at, bytes);
		part->name[bytes] = '\0';
		at += bytes;
		for (size_t i = 0; i < counts; i++) {
			char *end;

			must(*at == ' ');
			part->counts[i] = strtoll(at + 1, &end, 10);
			at = end;
		}
		at += *at == ' ';
	}
	return tidy(parts, count, counts);
}

static const char *text_of(struct flow *f, const struct packed_parts *parts,
			   const struct packed_part *part, int column)
{
	return rows_text(f->rows, part->row, parts->column + column);
}

/* The narrowest of the wholes (a class or category in a school, the school,
 * the district, the year) that two parts share. */
static int first_shared(struct flow *f, const struct packed_parts *parts,
			const struct packed_part *a,
			const struct packed_part *b)
{
	static const int columns[] = { PARTS_YEAR, PARTS_DISTRICT,
				       PARTS_SCHOOL };
	bool has_school = *text_of(f, parts, a, PARTS_SCHOOL);
	int level = CONTROL_WHOLES;

	for (size_t i = 0; i < COUNT_OF(columns); i++, level--)
		if (a->row != b->row &&
		    !text_same(text_of(f, parts, a, columns[i]),
			       text_of(f, parts, b, columns[i])))
			return level;
	/* Sexes and months have no narrower wholes than the year. */
	if (has_school && strncmp(a->name, b->name, 2) != 0)
		return level;
	return level - 1 - (!has_school ||
			    strncmp(a->name, b->name, 4) == 0);
}

static void read_parts(struct packed_parts *parts, struct flow *f)
{
	int list = parts->column + PARTS_LIST;
	size_t bytes = 0;

	for (int row = parts->first; row < parts->end; row++)
		bytes += rows_bytes(f->rows, row, list);
	/* The shortest is "6 1 ". */
	parts->at = arena_array(f->mem, struct packed_part,
				bytes / (2 + 2 * parts->counts) + 2 +
				(size_t)(parts->end - parts->first));
	for (int row = parts->first; row < parts->end; row++)
		parts->count += read_list(rows_text(f->rows, row, list), row,
					  parts->at + parts->count,
					  parts->counts);
	for (size_t i = 0; i < parts->count; i++)
		parts->at[i].shared = i == 0 ? CONTROL_WHOLES :
			first_shared(f, parts, &parts->at[i - 1],
				     &parts->at[i]);
}

static bool is_asked(struct flow *f, const struct packed_parts *parts,
		     const struct packed_part *part,
		     const struct packed_filter *filter)
{
	const char *specialty = filter->specialty, *level = filter->level;
	char school[UUID_TEXT_BYTES], month[PART_NAME_BYTES];

	uuid_text(&filter->school_id, school);
	snprintf(month, sizeof(month), "%d", (int)filter->month);
	return (!filter->month || text_same(part->name, month)) &&
	       (!filter->sex || text_same(part->name, filter->sex)) &&
	       (uuid_is_nil(&filter->school_id) ||
		text_same(text_of(f, parts, part, PARTS_SCHOOL), school)) &&
	       (!filter->division_code ||
		text_same(text_of(f, parts, part, PARTS_DISTRICT),
			  filter->division_code)) &&
	       (!specialty ||
		strncmp(part->name, specialty, strlen(specialty)) == 0) &&
	       (!level || text_same(code_specialty_level(part->name), level));
}

/* What the group of a part is called, as the statement of the groups calls
 * it; `before`, where that is the same (NULL: none is). */
static const char *key_of(struct flow *f, const struct packed_parts *parts,
			  const struct packed_part *part,
			  const struct texts *by, const char *before)
{
	const struct { const char *by, *text; size_t bytes; } terms[] = {
		{ "school", text_of(f, parts, part, PARTS_SCHOOL), 36 },
		{ "district", text_of(f, parts, part, PARTS_DISTRICT), 6 },
		{ "level", code_specialty_level(part->name), 12 },
		{ "specialty", part->name, 6 },
		{ "class", part->name, 4 },
		{ "category", part->name, 2 },
		{ "sex", part->name, 7 },
		{ "month", part->name, 2 },
	};
	char key[96];
	size_t used = 0;

	for (size_t i = 0; i < COUNT_OF(terms); i++) {
		size_t bytes;

		if (!terms[i].text || !texts_have(by, terms[i].by))
			continue;
		bytes = strnlen(terms[i].text, terms[i].bytes);
		must(used + bytes + 2 < sizeof(key));
		if (used)
			key[used++] = '|';
		memcpy(key + used, terms[i].text, bytes);
		used += bytes;
	}
	if (before && strlen(before) == used && !memcmp(before, key, used))
		return before;
	return arena_text(f->mem, key, used);
}

static struct shown_member member_of(struct flow *f,
				     const struct packed_parts *parts,
				     size_t i, const struct texts *by)
{
	int year = parts->column + PARTS_YEAR;
	size_t count = parts->member_count;

	return (struct shown_member){
		key_of(f, parts, &parts->at[i], by,
		       count ? parts->members[count - 1].key : NULL),
		parts->is_by_year ?
			rows_int(f->rows, parts->at[i].row, year) : 0,
		i
	};
}

static struct packed_room *room_for(const struct packed_parts *parts,
				    struct arena *mem)
{
	struct packed_room *room = arena_new(mem, struct packed_room);

	*room = (struct packed_room){
		arena_array(mem, struct control_atom, parts->count + 1),
		arena_array(mem, size_t, parts->count + 1),
		arena_array(mem, struct shown_member,
			    parts->member_count + 1),
		shown_room_make(mem, parts->count)
	};
	return room;
}

void packed_parts_read(struct packed_parts *parts, struct flow *f,
		       const struct texts *by,
		       const struct packed_filter *filter)
{
	must(parts->counts > 0 && parts->counts <= PART_COUNTS_MAX);
	if (parts->first == parts->end)
		return;
	parts->least = rows_int(f->rows, parts->first,
				parts->column + PARTS_LEAST);
	read_parts(parts, f);
	parts->members = arena_array(f->mem, struct shown_member,
				     parts->count + 1);
	for (size_t i = 0; i < parts->count; i++)
		if (is_asked(f, parts, &parts->at[i], filter))
			parts->members[parts->member_count++] =
				member_of(f, parts, i, by);
	shown_members_sort(parts->members, parts->member_count);
	parts->room = room_for(parts, f->mem);
}

/* The parts that have the count, as atoms. */
static void make_atoms(struct shown_parts *shown, size_t *atom_of,
		       const struct packed_parts *parts, size_t count)
{
	int shared = 0;

	for (size_t i = 0; i < parts->count; i++) {
		const struct packed_part *part = &parts->at[i];
		struct control_atom *atom = &shown->atoms[shown->count];

		if (part->shared > shared)
			shared = part->shared;
		if (!part->counts[count])
			continue;
		atom->count = part->counts[count];
		for (int level = 0; level < CONTROL_WHOLES; level++)
			atom->whole[level] = level < shared ? shown->count :
				atom[-1].whole[level];
		atom_of[i] = shown->count++;
		shared = 0;
	}
}

void packed_parts_judge(struct shown_groups *groups, struct flow *f,
			const struct packed_parts *parts, size_t count)
{
	const struct packed_room *room = parts->room;
	struct shown_parts shown = { .least = parts->least };

	if (!parts->count)
		return;
	shown.atoms = room->atoms;
	shown.members = room->members;
	make_atoms(&shown, room->atom_of, parts, count);
	for (size_t i = 0; i < parts->member_count; i++) {
		const struct shown_member *member = &parts->members[i];

		if (parts->at[member->atom].counts[count])
			shown.members[shown.member_count++] =
				(struct shown_member){
				member->key, member->year,
				room->atom_of[member->atom]
			};
	}
	shown_groups_of(groups, f->mem, &room->shown, &shown);
}
