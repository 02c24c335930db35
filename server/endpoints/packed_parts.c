/* packed_parts.c - see packed_parts.h. */
#include "endpoints/packed_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "records/codes.h"

static const char *text_of(struct flow *f, const struct packed_parts *parts,
			   const struct packed_part *part, int column)
{
	return rows_text(f->rows, part->row, parts->column + column);
}

static int by_name(const void *a, const void *b)
{
	const struct packed_part *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* Sorted, and what comes more than once summed; how many are left. */
static size_t tidy_parts(struct packed_part *parts, size_t count)
{
	size_t kept = 0;

	qsort(parts, count, sizeof(*parts), by_name);
	for (size_t i = 0, end; i < count; i = end) {
		struct packed_part whole = parts[i];

		for (end = i + 1; end < count &&
				  !by_name(&parts[i], &parts[end]); end++)
			whole.count += parts[end].count;
		if (whole.count)
			parts[kept++] = whole;
	}
	return kept;
}

/* As many as there are, behind `parts`. */
static size_t read_list(const char *at, int row, struct packed_part *parts)
{
	size_t count = 0;

	while (*at) {
		size_t bytes = strcspn(at, " ");
		char *end;

		must(bytes < PART_NAME_BYTES && at[bytes] == ' ');
		parts[count].row = row;
		memcpy(parts[count].name, at, bytes);
		parts[count].name[bytes] = '\0';
		parts[count++].count = strtoll(at + bytes + 1, &end, 10);
		at = end + (*end == ' ');
	}
	return tidy_parts(parts, count);
}

void packed_parts_read(struct packed_parts *parts, struct flow *f)
{
	int list = parts->column + PARTS_LIST;
	size_t bytes = 0;

	for (int row = parts->first; row < parts->end; row++)
		bytes += rows_bytes(f->rows, row, list);
	/* The shortest is "6 1 ". */
	parts->at = arena_array(f->mem, struct packed_part, bytes / 4 + 2 +
				(size_t)(parts->end - parts->first));
	parts->count = 0;
	for (int row = parts->first; row < parts->end; row++)
		parts->count += read_list(rows_text(f->rows, row, list), row,
					  parts->at + parts->count);
}

bool packed_part_is_asked(struct flow *f, const struct packed_parts *parts,
			  const struct packed_part *part,
			  const struct packed_filter *filter)
{
	const char *specialty = filter->specialty, *level = filter->level;
	char school[UUID_TEXT_BYTES];

	return (uuid_is_nil(&filter->school_id) ||
		text_same(text_of(f, parts, part, PARTS_SCHOOL),
			  (uuid_text(&filter->school_id, school), school))) &&
	       (!filter->division_code ||
		text_same(text_of(f, parts, part, PARTS_DISTRICT),
			  filter->division_code)) &&
	       (!specialty ||
		strncmp(part->name, specialty, strlen(specialty)) == 0) &&
	       (!level || text_same(code_specialty_level(part->name), level));
}

static bool is_by(const struct texts *by, const char *what)
{
	for (size_t i = 0; i < by->count; i++)
		if (text_same(by->at[i], what))
			return true;
	return false;
}

struct shown_member packed_parts_member(struct flow *f,
					const struct packed_parts *parts,
					size_t number, const struct texts *by)
{
	const struct packed_part *part = &parts->at[number];
	const struct { const char *by, *text; int bytes; } terms[] = {
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

	for (size_t i = 0; i < COUNT_OF(terms); i++)
		if (terms[i].text && is_by(by, terms[i].by))
			used += (size_t)snprintf(
				key + used, sizeof(key) - used, "%s%.*s",
				used ? "|" : "", terms[i].bytes,
				terms[i].text);
	must(used < sizeof(key));
	key[used] = '\0';
	return (struct shown_member){
		arena_text(f->mem, key, used),
		rows_int(f->rows, part->row, parts->column + PARTS_YEAR),
		number
	};
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

void packed_parts_judge(struct shown_groups *groups, struct flow *f,
			const struct packed_parts *parts,
			struct shown_member *members, size_t count)
{
	struct shown_parts shown = {
		.atoms = arena_array(f->mem, struct control_atom,
				     parts->count + 1),
		.count = parts->count,
		.members = members,
		.member_count = count,
		.least = rows_int(f->rows, parts->first,
				  parts->column + PARTS_LEAST),
	};

	for (size_t i = 0; i < parts->count; i++) {
		struct control_atom *atom = &shown.atoms[i];
		int shared = i == 0 ? CONTROL_WHOLES :
			first_shared(f, parts, &parts->at[i - 1],
				     &parts->at[i]);

		atom->count = parts->at[i].count;
		for (int level = 0; level < CONTROL_WHOLES; level++)
			atom->whole[level] = level < shared ? i :
				atom[-1].whole[level];
	}
	shown_groups_of(groups, f->mem, &shown);
}
