/*
 * Changes are merged in their order. A chunk that changes is made anew, with
 * small neighbours of its group taken in, and split evenly where it grew too
 * large: so chunks stay well filled however rows come and go.
 */
#include "matcher/index_tree.h"

#include "matcher/insist.h"
#include "matcher/memory.h"

#include <stdlib.h>
#include <string.h>

enum { SPLIT_ROWS = 192, JOIN_ROWS = 128 };

struct merge {
	struct match_draft *draft;
	bool is_student;
	const struct match_row *change, *change_end;
	struct match_row_list rows; /* of the chunks being made */
	struct match_bound *chunk;  /* of the class being made */
	size_t chunk_count, chunk_room;
	size_t bytes;
};

static int change_compare(const void *left, const void *right)
{
	const struct match_row *a = left, *b = right;
	int order = match_row_compare(a, b);

	/* The same place left and taken: it is left first. */
	return order != 0 ? order : b->is_leaving - a->is_leaving;
}

static bool add_bound(struct merge *merge, const struct match_bound *bound)
{
	struct match_bound *grown =
		match_grow(merge->chunk, &merge->chunk_room,
			   merge->chunk_count + 1, sizeof(*grown));

	if (!grown)
		return false;
	merge->chunk = grown;
	merge->chunk[merge->chunk_count++] = *bound;
	return true;
}

static bool add_row(struct merge *merge, const struct match_row *row)
{
	struct match_row_list *rows = &merge->rows;
	struct match_row *grown = match_grow(rows->at, &rows->room,
					     rows->count + 1, sizeof(*grown));

	if (!grown)
		return false;
	rows->at = grown;
	rows->at[rows->count++] = *row;
	return true;
}

/* One chunk of rows[first..first + count). */
static bool make_chunk(struct merge *merge, size_t first, size_t count)
{
	struct match_chunk *chunk =
		match_chunk_new(merge->draft, merge->rows.at + first,
				(uint32_t)count, merge->is_student);
	struct match_bound bound;

	if (!chunk)
		return false;
	merge->bytes += chunk->bytes;
	bound = match_chunk_bound(chunk);
	return add_bound(merge, &bound);
}

/* The rows gathered become chunks of about the same size. */
static bool make_chunks(struct merge *merge)
{
	size_t count = merge->rows.count;
	size_t parts = count <= MATCH_CHUNK_ROWS
			       ? 1
			       : (count + SPLIT_ROWS - 1) / SPLIT_ROWS;

	for (size_t i = 0; count != 0 && i < parts; i++) {
		size_t first = count * i / parts;

		if (!make_chunk(merge, first, count * (i + 1) / parts - first))
			return false;
	}
	merge->rows.count = 0;
	return true;
}

/* Take the next change, which is a row that comes. */
static bool take_coming(struct merge *merge)
{
	MATCH_INSIST(!merge->change->is_leaving);
	return add_row(merge, merge->change++);
}

/* The changes before an old row and at it; is_kept: it does not leave. */
static bool merge_up_to(struct merge *merge, const struct match_row *row,
			bool *is_kept)
{
	*is_kept = true;
	while (merge->change < merge->change_end &&
	       match_row_compare(merge->change, row) <= 0) {
		if (!merge->change->is_leaving) {
			if (!take_coming(merge))
				return false;
			continue;
		}
		MATCH_INSIST(match_row_compare(merge->change, row) == 0);
		merge->change++;
		*is_kept = false;
	}
	return true;
}

/* The rows of an old chunk, with the changes that come before or at them. */
static bool merge_chunk(struct merge *merge, const struct match_chunk *chunk)
{
	for (uint32_t i = 0; i < chunk->count; i++) {
		struct match_row row = match_chunk_row(chunk, i);
		bool is_kept;

		if (!merge_up_to(merge, &row, &is_kept) ||
		    (is_kept && !add_row(merge, &row)))
			return false;
	}
	merge->bytes -= chunk->bytes;
	return match_draft_waste(merge->draft, (void *)chunk);
}

/* Whether the next change comes before the rows of an old chunk's successor. */
static bool is_before(const struct merge *merge, const struct match_bound *end)
{
	struct match_row first;

	if (merge->change == merge->change_end)
		return false;
	if (!end)
		return true;
	first = match_chunk_row(end->chunk, 0);
	return match_row_compare(merge->change, &first) < 0;
}

static bool is_in_group(const struct merge *merge, uint64_t group)
{
	return merge->change < merge->change_end &&
	       match_order_group(merge->change->order) == group;
}

/* Rows of a group that has no chunk. */
static bool merge_group(struct merge *merge)
{
	uint64_t group = match_order_group(merge->change->order);

	while (is_in_group(merge, group))
		if (!take_coming(merge))
			return false;
	return make_chunks(merge);
}

/*
 * Merge from the old chunk at `from`, which changes, on to where its run of
 * chunks ends; *next is behind it.
 */
static bool merge_run(struct merge *merge, const struct match_class *old,
		      uint32_t from, uint32_t *next)
{
	uint64_t group = old->chunk[from].chunk->group;
	size_t rows = 0;
	uint32_t i = from;

	do {
		rows += old->chunk[i].chunk->count;
		if (!merge_chunk(merge, old->chunk[i].chunk))
			return false;
		i++;
	} while (i < old->count && old->chunk[i].chunk->group == group &&
		 rows + old->chunk[i].chunk->count <= JOIN_ROWS);
	*next = i;
	/* Behind the last row of the run, before the chunk that follows. */
	while (is_in_group(merge, group) &&
	       is_before(merge, i < old->count ? &old->chunk[i] : NULL))
		if (!take_coming(merge))
			return false;
	return make_chunks(merge);
}

/* Whether a change falls into an old chunk, or behind it in its group. */
static bool is_touched(const struct merge *merge, const struct match_class *old,
		       uint32_t i)
{
	const struct match_bound *following =
		i + 1 < old->count ? &old->chunk[i + 1] : NULL;

	return is_in_group(merge, old->chunk[i].chunk->group) &&
	       is_before(merge, following);
}

/* The chunks of a class and its changes, into merge->chunk. */
static bool merge_chunks(struct merge *merge, const struct match_class *old)
{
	uint32_t i = 0;

	merge->chunk_count = 0;
	while (i < old->count) {
		uint64_t group = old->chunk[i].chunk->group;

		if (merge->change < merge->change_end &&
		    match_order_group(merge->change->order) < group) {
			if (!merge_group(merge))
				return false;
		} else if (is_touched(merge, old, i)) {
			if (!merge_run(merge, old, i, &i))
				return false;
		} else if (!add_bound(merge, &old->chunk[i++])) {
			return false;
		}
	}
	while (merge->change < merge->change_end)
		if (!merge_group(merge))
			return false;
	return true;
}

static size_t class_bytes(size_t count)
{
	return sizeof(struct match_class) + count * sizeof(struct match_bound);
}

/*
 * Make a class anew. *made is NULL if no row is left.
 *
 * fails  false: no memory
 */
static bool merge_class(struct merge *merge, const struct match_class *old,
			struct match_class **made)
{
	if (!merge_chunks(merge, old))
		return false;
	if (old->count != 0) {
		merge->bytes -= class_bytes(old->count);
		if (!match_draft_waste(merge->draft, (void *)old))
			return false;
	}
	*made = NULL;
	if (merge->chunk_count == 0)
		return true;
	*made = match_draft_take(merge->draft, 1,
				 class_bytes(merge->chunk_count));
	if (!*made)
		return false;
	merge->bytes += class_bytes(merge->chunk_count);
	(*made)->code = old->code;
	(*made)->count = (uint32_t)merge->chunk_count;
	memcpy((*made)->chunk, merge->chunk,
	       merge->chunk_count * sizeof(*merge->chunk));
	return true;
}

static uint32_t count_classes(const struct match_row_list *changes)
{
	uint32_t count = 0;

	for (size_t i = 0; i < changes->count; i++)
		count += i == 0 ||
			 match_order_class(changes->at[i].order) !=
				 match_order_class(changes->at[i - 1].order);
	return count;
}

/* The changes of the class that comes next, between change and change_end. */
static void next_changes(struct merge *merge, const struct match_row *end)
{
	uint32_t code = match_order_class(merge->change->order);

	merge->change_end = merge->change;
	while (merge->change_end < end &&
	       match_order_class(merge->change_end->order) == code)
		merge->change_end++;
}

/* The class of the changes that come next; from is the old one, or NULL. */
static bool change_class(struct merge *merge, const struct match_class *from,
			 const struct match_row *end, struct match_tree *tree)
{
	struct match_class none = {
		.code = match_order_class(merge->change->order)};
	struct match_class *made;

	next_changes(merge, end);
	if (!merge_class(merge, from ? from : &none, &made))
		return false;
	if (made)
		tree->class[tree->count++] = made;
	return true;
}

static bool merge_tree(struct merge *merge, const struct match_tree *old,
		       const struct match_row *end, struct match_tree *tree)
{
	uint32_t i = 0;

	while (i < old->count || merge->change < end) {
		const struct match_class *from =
			i < old->count ? old->class[i] : NULL;
		uint32_t code =
			merge->change < end
				? match_order_class(merge->change->order)
				: UINT32_MAX;
		bool is_changed = from && from->code == code;

		if (from && from->code < code)
			tree->class[tree->count++] = from;
		else if (!change_class(merge, is_changed ? from : NULL, end,
				       tree))
			return false;
		i += from && from->code <= code;
	}
	return true;
}

static size_t tree_bytes(size_t count)
{
	return sizeof(struct match_tree) + count * sizeof(struct match_class *);
}

struct match_tree *match_tree_change(const struct match_tree *old,
				     struct match_row_list *changes,
				     bool is_student, struct match_draft *draft)
{
	struct merge merge = {.draft = draft, .is_student = is_student};
	struct match_tree *tree;
	uint32_t room;
	bool is_done;

	if (changes->count != 0)
		qsort(changes->at, changes->count, sizeof(*changes->at),
		      change_compare);
	room = old->count + count_classes(changes);
	tree = match_draft_take(draft, 1, tree_bytes(room));
	if (!tree || !match_draft_waste(draft, (void *)old))
		return NULL;
	merge.change = changes->at;
	merge.bytes = old->bytes - tree_bytes(old->count);
	is_done = merge_tree(&merge, old, changes->at + changes->count, tree);
	tree->bytes = merge.bytes + tree_bytes(tree->count);
	match_drop(merge.rows.at);
	match_drop(merge.chunk);
	return is_done ? tree : NULL;
}

bool match_tree_waste(const struct match_tree *tree, struct match_draft *draft)
{
	for (uint32_t i = 0; i < tree->count; i++) {
		const struct match_class *class = tree->class[i];

		for (uint32_t j = 0; j < class->count; j++)
			if (!match_draft_waste(draft,
					       (void *)class->chunk[j].chunk))
				return false;
		if (!match_draft_waste(draft, (void *)class))
			return false;
	}
	return match_draft_waste(draft, (void *)tree);
}

void match_tree_free(const struct match_tree *tree)
{
	for (uint32_t i = 0; i < tree->count; i++) {
		for (uint32_t j = 0; j < tree->class[i] -> count; j++)
			match_drop((void *)tree->class[i] -> chunk[j].chunk);
		match_drop((void *)tree->class[i]);
	}
	match_drop((void *)tree);
}
