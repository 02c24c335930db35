/*
 * The writer: what was put and dropped since the last publish waits in a list;
 * publishing makes segments of it and a new snapshot. Nothing that readers see
 * is written to. All memory is taken before anything is changed.
 */
#include "matcher/search.h"

#include "matcher/insist.h"
#include "matcher/memory.h"
#include "matcher/search_draft.h"

#include <stdatomic.h>
#include <string.h>

struct match_search {
	struct match_epochs *epochs;
	_Atomic(struct match_search_snapshot *) published;
	struct match_waiting waiting;
};

static struct match_search_snapshot *current(const struct match_search *search)
{
	return atomic_load(&search->published);
}

struct match_search *match_search_new(struct match_epochs *epochs)
{
	struct match_search *search = match_take(1, sizeof(*search));
	struct match_search_snapshot *empty = match_take(1, sizeof(*empty));

	if (!search || !empty) {
		match_drop(search);
		match_drop(empty);
		return NULL;
	}
	search->epochs = epochs;
	atomic_init(&search->published, empty);
	return search;
}

static void drop_snapshot(void *what)
{
	struct match_search_snapshot *snapshot = what;

	for (size_t i = 0; i < snapshot->part_count; i++)
		match_shown_let_go(&snapshot->parts[i]);
	match_drop(snapshot);
}

void match_search_free(struct match_search *search)
{
	if (!search)
		return;
	(void)match_epochs_collect(search->epochs);
	drop_snapshot(current(search));
	match_waiting_clear(&search->waiting);
	match_drop(search->waiting.at);
	match_seats_free(&search->waiting.seats);
	match_drop(search);
}

static bool is_too_large(const struct match_search_posting *posting)
{
	if (posting->target_count > MATCH_SEARCH_TARGETS_MAX)
		return true;
	for (int i = 0; i < MATCH_SEARCH_FIELDS; i++)
		if (posting->field[i].bytes >= 1u << 24)
			return true;
	return false;
}

bool match_search_put(struct match_search *search,
		      const struct match_search_posting *posting,
		      struct match_error *error)
{
	struct match_held *held;

	if (is_too_large(posting))
		return match_fail(error, MATCH_TOO_LARGE,
				  "a posting too large for the search");
	held = match_held_of(posting);
	if (held && match_waiting_add(&search->waiting, posting->id, held))
		return true;
	match_drop(held);
	return match_no_memory(error);
}

bool match_search_drop(struct match_search *search, const uint8_t id[16],
		       struct match_error *error)
{
	if (!match_seats_find(&search->waiting.seats, id))
		return true;
	return match_waiting_add(&search->waiting, id, NULL) ||
	       match_no_memory(error);
}

static struct match_search_snapshot *
snapshot_of(const struct match_search_draft *draft)
{
	struct match_search_snapshot *next = match_take(
		1, sizeof(*next) + draft->count * sizeof(*next->parts));

	if (!next)
		return NULL;
	for (size_t i = 0; i < draft->count; i++) {
		next->parts[i] = draft->parts[i];
		match_shown_hold(&next->parts[i]);
		next->count += match_shown_left(&next->parts[i]);
	}
	next->part_count = draft->count;
	return next;
}

bool match_search_publish(struct match_search *search,
			  struct match_error *error)
{
	struct match_search_snapshot *last = current(search), *next = NULL;
	struct match_search_draft draft = {0};

	(void)match_epochs_collect(search->epochs);
	if (search->waiting.count == 0)
		return true;
	if (match_draft_fill(&draft, last, &search->waiting))
		next = snapshot_of(&draft);
	if (next) {
		atomic_store(&search->published, next);
		match_draft_settle(&draft, &search->waiting);
		match_epochs_retire(search->epochs, last, drop_snapshot);
		(void)match_epochs_collect(search->epochs);
	}
	match_draft_free(&draft);
	return next || match_no_memory(error);
}

const struct match_search_snapshot *
match_search_read(const struct match_search *search)
{
	return current(search);
}

size_t match_search_count(const struct match_search_snapshot *snapshot)
{
	return snapshot->count;
}

size_t match_search_bytes(const struct match_search_snapshot *snapshot)
{
	size_t bytes = sizeof(*snapshot) +
		       snapshot->part_count * sizeof(*snapshot->parts);

	for (size_t i = 0; i < snapshot->part_count; i++) {
		const struct match_shown *part = &snapshot->parts[i];

		bytes += match_segment_bytes(part->segment);
		if (part->gone)
			bytes += match_gone_bytes(part->segment);
	}
	return bytes;
}
