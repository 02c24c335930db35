/*
 * The writer: what it puts and drops waits in the slots of two sides until it
 * is published as one draft, or not at all.
 */
#include "matcher/index.h"

#include "matcher/index_snapshot.h"
#include "matcher/insist.h"
#include "matcher/memory.h"

#include <stdatomic.h>
#include <string.h>

struct match_index {
	struct match_epochs *epochs;
	struct match_names *names;
	struct match_kept_terms *kept; /* for what is published next */
	struct match_side postings, students;
	_Atomic(struct match_snapshot *) now;
};

static struct match_kept_terms *keep_terms(const struct match_policy *policy,
					   const struct match_ties *ties)
{
	size_t count = ties ? ties->count : 0;
	struct match_kept_terms *kept =
		match_take(1, sizeof(*kept) + count * sizeof(*kept->tie) +
				      count * sizeof(*kept->tied));

	MATCH_INSIST(match_policy_check(policy) == MATCH_POLICY_SOUND);
	if (!kept)
		return NULL;
	kept->policy = *policy;
	if (count != 0)
		memcpy(kept->tie, ties->at, count * sizeof(*ties->at));
	kept->ties = (struct match_ties){kept->tie, count};
	kept->terms = (struct match_terms){&kept->policy, &kept->ties};
	kept->tied = (struct match_tied_class *)(kept->tie + count);
	kept->tied_classes = (struct match_tied_classes){
		kept->tied, match_tied_classes_make(&kept->ties, kept->tied)};
	return kept;
}

/* The view of a side with nothing in it. */
static bool view_empty(struct match_view *view)
{
	struct match_pages *pages = match_take(1, sizeof(*pages));
	struct match_tree *tree = match_take(1, sizeof(*tree));

	view->pages = pages;
	view->tree = tree;
	if (tree)
		tree->bytes = sizeof(*tree);
	return pages && tree;
}

static void drop_view(const struct match_view *view)
{
	for (uint32_t i = 0; view->pages && i < view->pages->count; i++)
		match_drop(view->pages->page[i]);
	match_drop((void *)view->pages);
	if (view->tree)
		match_tree_free(view->tree);
}

static bool show_first(struct match_index *index)
{
	struct match_snapshot *first = match_take(1, sizeof(*first));

	if (!first)
		return false;
	if (!view_empty(&first->postings) || !view_empty(&first->students)) {
		drop_view(&first->postings);
		drop_view(&first->students);
		match_drop(first);
		return false;
	}
	first->kept = index->kept;
	first->names = index->names;
	atomic_init(&index->now, first);
	return true;
}

struct match_index *match_index_new(const struct match_policy *policy,
				    const struct match_ties *ties,
				    struct match_epochs *epochs)
{
	struct match_index *index = match_take(1, sizeof(*index));

	if (!index)
		return NULL;
	index->epochs = epochs;
	match_side_init(&index->postings);
	match_side_init(&index->students);
	index->names = match_names_new(epochs);
	index->kept = keep_terms(policy, ties);
	if (index->names && index->kept && show_first(index))
		return index;
	match_names_free(index->names);
	match_drop(index->kept);
	match_drop(index);
	return NULL;
}

void match_index_free(struct match_index *index)
{
	struct match_snapshot *now;

	if (!index)
		return;
	now = atomic_load(&index->now);
	match_epochs_collect(index->epochs);
	drop_view(&now->postings);
	drop_view(&now->students);
	if (now->kept != index->kept)
		match_drop((void *)now->kept);
	match_drop(now);
	match_drop(index->kept);
	match_side_free(&index->postings);
	match_side_free(&index->students);
	match_names_free(index->names);
	match_drop(index);
}

bool match_index_put_posting(struct match_index *index,
			     const struct match_index_posting *posting,
			     struct match_error *error)
{
	struct match_posting_record *record =
		match_record_from_posting(posting, index->names, error);

	if (!record)
		return false;
	if (match_side_put(&index->postings, &record->of))
		return true;
	match_drop(record);
	return match_no_memory(error);
}

bool match_index_put_student(struct match_index *index,
			     const struct match_student *student,
			     struct match_error *error)
{
	struct match_student_record *record =
		match_record_from_student(student, index->names, error);

	if (!record)
		return false;
	if (match_side_put(&index->students, &record->of))
		return true;
	match_drop(record);
	return match_no_memory(error);
}

void match_index_drop_posting(struct match_index *index, const uint8_t id[16])
{
	match_side_drop(&index->postings, id);
}

void match_index_drop_student(struct match_index *index, const uint8_t id[16])
{
	match_side_drop(&index->students, id);
}

uint32_t match_index_posting_slot(const struct match_index *index,
				  const uint8_t id[16])
{
	return match_side_slot(&index->postings, id);
}

bool match_index_set_terms(struct match_index *index,
			   const struct match_policy *policy,
			   const struct match_ties *ties,
			   struct match_error *error)
{
	const struct match_snapshot *now = atomic_load(&index->now);
	struct match_kept_terms *kept = keep_terms(policy, ties);

	if (!kept)
		return match_no_memory(error);
	if (index->kept != now->kept)
		match_drop(index->kept);
	index->kept = kept;
	return true;
}

/* Count what the changes do to a side's records. */
static void count_changes(const struct match_side *side,
			  const struct match_view *old, struct match_view *view)
{
	for (uint32_t i = side->changed; i != MATCH_NO_SLOT;
	     i = side->slot[i].link) {
		const struct match_slot *slot = &side->slot[i];
		const struct match_record *wanted = match_slot_wanted(slot);

		view->count += (wanted != NULL) - (size_t)(slot->now != NULL);
		view->bytes += wanted ? wanted->bytes : 0;
		view->bytes -= slot->now ? slot->now->bytes : 0;
	}
	view->bytes +=
		(view->pages->count - old->pages->count) *
		(sizeof(struct match_page) + sizeof(struct match_page *));
}

/* What the filing of a side needs to know. */
struct filing {
	const struct match_kept_terms *old, *next;
	bool is_student;
};

static bool file_record(struct match_row_list *rows,
			const struct match_record *record,
			const struct filing *filing, bool is_leaving)
{
	const struct match_kept_terms *kept =
		is_leaving ? filing->old : filing->next;
	size_t first = rows->count;

	if (filing->is_student) {
		if (!match_file_student(rows, (const void *)record))
			return false;
	} else if (!match_file_posting(rows, (const void *)record, &kept->terms,
				       &kept->tied_classes)) {
		return false;
	}
	for (size_t i = first; i < rows->count; i++)
		rows->at[i].is_leaving = is_leaving;
	return true;
}

/* The rows that come and leave with what has changed. */
static bool list_changes(const struct match_side *side,
			 const struct filing *filing,
			 struct match_row_list *rows)
{
	for (uint32_t i = side->changed; i != MATCH_NO_SLOT;
	     i = side->slot[i].link) {
		const struct match_slot *slot = &side->slot[i];
		const struct match_record *wanted = match_slot_wanted(slot);

		if (slot->now && !file_record(rows, slot->now, filing, true))
			return false;
		if (wanted && !file_record(rows, wanted, filing, false))
			return false;
	}
	return true;
}

/* The rows of all that shall be there. */
static bool list_all(const struct match_side *side, const struct filing *filing,
		     struct match_row_list *rows)
{
	for (uint32_t i = 0; i < side->slot_count; i++) {
		const struct match_slot *slot = &side->slot[i];
		const struct match_record *wanted =
			slot->is_changed ? match_slot_wanted(slot) : slot->now;

		if (wanted && !file_record(rows, wanted, filing, false))
			return false;
	}
	return true;
}

/* The tree built anew, because postings are filed by the terms. */
static const struct match_tree *draft_anew(const struct match_side *side,
					   const struct match_tree *old,
					   const struct filing *filing,
					   struct match_draft *draft)
{
	struct match_row_list rows = {NULL, 0, 0};
	struct match_tree *none = match_draft_take(draft, 1, sizeof(*none));
	struct match_tree *tree = NULL;

	if (!none || !match_tree_waste(old, draft))
		return NULL;
	none->bytes = sizeof(*none);
	if (list_all(side, filing, &rows))
		tree = match_tree_change(none, &rows, filing->is_student,
					 draft);
	match_drop(rows.at);
	return tree;
}

static const struct match_tree *draft_tree(const struct match_side *side,
					   const struct match_tree *old,
					   const struct filing *filing,
					   struct match_draft *draft)
{
	struct match_row_list rows = {NULL, 0, 0};
	struct match_tree *tree = NULL;

	if (list_changes(side, filing, &rows))
		tree = match_tree_change(old, &rows, filing->is_student, draft);
	match_drop(rows.at);
	return tree;
}

static bool draft_view(const struct match_side *side,
		       const struct match_view *old, struct match_view *view,
		       const struct filing *filing, struct match_draft *draft)
{
	bool is_anew = filing->old != filing->next && !filing->is_student;

	*view = *old;
	view->writer_bytes = match_side_bytes(side);
	if (side->changed == MATCH_NO_SLOT && !is_anew)
		return true;
	view->tree = is_anew ? draft_anew(side, old->tree, filing, draft)
			     : draft_tree(side, old->tree, filing, draft);
	if (!view->tree)
		return false;
	if (side->changed == MATCH_NO_SLOT)
		return true;
	view->pages = match_side_pages(side, old->pages, draft);
	if (!view->pages || !match_side_waste(side, draft))
		return false;
	count_changes(side, old, view);
	return true;
}

static bool draft_views(const struct match_index *index,
			const struct match_snapshot *now,
			struct match_snapshot *next, struct match_draft *draft)
{
	struct filing postings = {.old = now->kept, .next = next->kept};
	struct filing students = {
		.old = now->kept, .next = next->kept, .is_student = true};

	return draft_view(&index->postings, &now->postings, &next->postings,
			  &postings, draft) &&
	       draft_view(&index->students, &now->students, &next->students,
			  &students, draft);
}

/* The next snapshot, nothing of it shown; NULL: no memory. */
static struct match_snapshot *draft_snapshot(const struct match_index *index,
					     struct match_draft *draft)
{
	struct match_snapshot *now = atomic_load(&index->now);
	struct match_snapshot *next = match_draft_take(draft, 1, sizeof(*next));

	if (!next || !match_draft_waste(draft, now))
		return NULL;
	next->kept = index->kept;
	next->names = index->names;
	if (now->kept != index->kept &&
	    !match_draft_waste(draft, (void *)now->kept))
		return NULL;
	if (!draft_views(index, now, next, draft))
		return NULL;
	next->shared_bytes = sizeof(*index) + sizeof(*next) +
			     sizeof(*next->kept) +
			     next->kept->ties.count * sizeof(struct match_tie) +
			     match_names_bytes(index->names);
	return next;
}

bool match_index_publish(struct match_index *index, struct match_error *error)
{
	struct match_draft draft = {{NULL, 0, 0}, {NULL, 0, 0}};
	struct match_snapshot *next = draft_snapshot(index, &draft);
	void *room = next ? match_draft_room() : NULL;

	if (!room) {
		match_draft_undo(&draft);
		return match_no_memory(error);
	}
	atomic_store(&index->now, next);
	match_side_settle(&index->postings);
	match_side_settle(&index->students);
	match_draft_done(&draft, index->epochs, room);
	match_epochs_collect(index->epochs);
	return true;
}

const struct match_snapshot *match_index_read(const struct match_index *index)
{
	return atomic_load(&index->now);
}
