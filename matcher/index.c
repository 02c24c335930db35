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
		match_take(1, sizeof(*kept) + count * sizeof(*kept->tie));

	MATCH_INSIST(match_policy_check(policy) == MATCH_POLICY_SOUND);
	if (!kept)
		return NULL;
	kept->policy = *policy;
	if (count != 0)
		memcpy(kept->tie, ties->at, count * sizeof(*ties->at));
	kept->ties = (struct match_ties){kept->tie, count};
	kept->terms = (struct match_terms){&kept->policy, &kept->ties};
	return kept;
}

static bool show_first(struct match_index *index)
{
	struct match_snapshot *first = match_take(1, sizeof(*first));
	struct match_pages *postings = match_take(1, sizeof(*postings));
	struct match_pages *students = match_take(1, sizeof(*students));

	if (!first || !postings || !students) {
		match_drop(first);
		match_drop(postings);
		match_drop(students);
		return false;
	}
	first->kept = index->kept;
	first->names = index->names;
	first->postings.pages = postings;
	first->students.pages = students;
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

static void drop_view(const struct match_view *view)
{
	for (uint32_t i = 0; i < view->pages->count; i++)
		match_drop(view->pages->page[i]);
	match_drop((void *)view->pages);
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

uint32_t match_index_student_slot(const struct match_index *index,
				  const uint8_t id[16])
{
	return match_side_slot(&index->students, id);
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

static bool draft_view(const struct match_side *side,
		       const struct match_view *old, struct match_view *view,
		       struct match_draft *draft)
{
	*view = *old;
	if (side->changed == MATCH_NO_SLOT)
		return true;
	view->pages = match_side_pages(side, old->pages, draft);
	if (!view->pages || !match_side_waste(side, draft))
		return false;
	count_changes(side, old, view);
	return true;
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
	if (!draft_view(&index->postings, &now->postings, &next->postings,
			draft) ||
	    !draft_view(&index->students, &now->students, &next->students,
			draft))
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
