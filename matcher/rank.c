/*
 * Exact ranking by scoring everything: a heap of the best k found so far, the
 * worst of them on top, kept in the caller's array and sorted at the end.
 */
#include "matcher/rank.h"

#include "matcher/insist.h"

#include <string.h>

/* One of the two pools is ranked; the other is NULL. */
struct heap {
	const struct match_posting *postings;
	const struct match_student *students;
	const struct match_key *after;
	struct match_ranking *ranking;
};

static struct match_key posting_key(const struct match_posting *posting,
				    uint16_t score)
{
	struct match_key key = {.score = score,
				.published_us = posting->published_us};

	memcpy(key.id, posting->id, sizeof(key.id));
	return key;
}

static struct match_key student_key(const struct match_student *student,
				    uint16_t score)
{
	struct match_key key = {.score = score};

	memcpy(key.id, student->id, sizeof(key.id));
	return key;
}

struct match_key match_posting_key(const struct match_posting_pool *pool,
				   const struct match_rank_entry *entry)
{
	MATCH_INSIST(entry->index < pool->count);
	return posting_key(&pool->at[entry->index], entry->score);
}

struct match_key match_student_key(const struct match_student_pool *pool,
				   const struct match_rank_entry *entry)
{
	MATCH_INSIST(entry->index < pool->count);
	return student_key(&pool->at[entry->index], entry->score);
}

static struct match_key key_of(const struct heap *heap,
			       const struct match_rank_entry *entry)
{
	if (heap->postings != NULL)
		return posting_key(&heap->postings[entry->index], entry->score);
	return student_key(&heap->students[entry->index], entry->score);
}

/* Whether a stands before b in the ranking. */
static bool key_is_before(const struct match_key *a, const struct match_key *b)
{
	if (a->score != b->score)
		return a->score > b->score;
	if (a->published_us != b->published_us)
		return a->published_us > b->published_us;
	return memcmp(a->id, b->id, sizeof(a->id)) < 0;
}

static bool is_before(const struct heap *heap, const struct match_rank_entry *a,
		      const struct match_rank_entry *b)
{
	if (a->score != b->score)
		return a->score > b->score;

	struct match_key key_a = key_of(heap, a);
	struct match_key key_b = key_of(heap, b);

	return key_is_before(&key_a, &key_b);
}

static void swap(struct match_rank_entry *a, struct match_rank_entry *b)
{
	struct match_rank_entry held = *a;

	*a = *b;
	*b = held;
}

static void sift_up(struct heap *heap, size_t child)
{
	struct match_rank_entry *at = heap->ranking->at;

	while (child > 0) {
		size_t parent = (child - 1) / 2;

		if (!is_before(heap, &at[parent], &at[child]))
			return;
		swap(&at[parent], &at[child]);
		child = parent;
	}
}

/* Restore the order below the top of the first count entries. */
static void sift_down(struct heap *heap, size_t count)
{
	struct match_rank_entry *at = heap->ranking->at;
	size_t parent = 0;

	for (;;) {
		size_t worst = parent;
		size_t child = 2 * parent + 1;

		for (size_t i = child; i < child + 2 && i < count; i++) {
			if (is_before(heap, &at[worst], &at[i]))
				worst = i;
		}
		if (worst == parent)
			return;
		swap(&at[parent], &at[worst]);
		parent = worst;
	}
}

/* Whether an entry comes after the page that the caller has. */
static bool is_on_page(const struct heap *heap,
		       const struct match_rank_entry *entry)
{
	if (heap->after == NULL)
		return true;

	struct match_key key = key_of(heap, entry);

	return key_is_before(heap->after, &key);
}

static void offer(struct heap *heap, size_t index, const struct match_fit *fit)
{
	struct match_ranking *ranking = heap->ranking;
	struct match_rank_entry entry = {.index = (uint32_t)index,
					 .score = fit->score,
					 .tier = fit->tier};

	if (!fit->is_eligible || !is_on_page(heap, &entry))
		return;
	if (ranking->count < ranking->want) {
		ranking->at[ranking->count] = entry;
		sift_up(heap, ranking->count++);
	} else if (is_before(heap, &entry, &ranking->at[0])) {
		ranking->at[0] = entry;
		sift_down(heap, ranking->count);
	}
}

/* The worst goes to the end, again and again: the best is left in front. */
static void sort_best_first(struct heap *heap)
{
	struct match_rank_entry *at = heap->ranking->at;

	for (size_t left = heap->ranking->count; left > 1; left--) {
		swap(&at[0], &at[left - 1]);
		sift_down(heap, left - 1);
	}
}

static bool is_in_set(const uint64_t *only, size_t index)
{
	return only == NULL || (only[index / 64] >> (index % 64) & 1) != 0;
}

static bool posting_passes(const struct match_posting_query *query,
			   const struct match_posting *posting, size_t index)
{
	int64_t highest = posting->pay_max_fen != 0 ? posting->pay_max_fen
						    : posting->pay_min_fen;

	if (query->kinds != 0 && (query->kinds >> posting->kind & 1) == 0)
		return false;
	if (query->division != 0 &&
	    !match_division_is_in(posting->division, query->division))
		return false;
	if (query->pay_fen != 0 && highest < query->pay_fen)
		return false;
	if (query->published_since_us != 0 &&
	    posting->published_us < query->published_since_us)
		return false;
	return is_in_set(query->only, index);
}

void match_rank_postings(const struct match_terms *terms,
			 const struct match_student *student,
			 const struct match_posting_pool *pool,
			 const struct match_posting_query *query,
			 struct match_ranking *ranking)
{
	static const struct match_posting_query everything;
	struct match_fit fit;

	if (query == NULL)
		query = &everything;
	MATCH_INSIST(pool->count <= UINT32_MAX);
	ranking->count = 0;

	struct heap heap = {.postings = pool->at,
			    .after = query->after,
			    .ranking = ranking};

	if (ranking->want == 0)
		return;
	for (size_t i = 0; i < pool->count; i++) {
		if (!posting_passes(query, &pool->at[i], i))
			continue;
		match_align(terms, student, &pool->at[i], &fit);
		offer(&heap, i, &fit);
	}
	sort_best_first(&heap);
}

/* Whether a code lies under a code of 2, 4 or 6 digits. */
static bool specialty_is_under(uint32_t code, uint32_t prefix)
{
	while (code > prefix)
		code /= 100;
	return code == prefix;
}

static bool student_passes(const struct match_student_query *query,
			   const struct match_student *student, size_t index)
{
	if (query->specialty != 0 &&
	    !specialty_is_under(student->specialty, query->specialty))
		return false;
	return is_in_set(query->only, index);
}

void match_rank_students(const struct match_terms *terms,
			 const struct match_posting *posting,
			 const struct match_student_pool *pool,
			 const struct match_student_query *query,
			 struct match_ranking *ranking)
{
	static const struct match_student_query everything;
	struct match_fit fit;

	if (query == NULL)
		query = &everything;
	MATCH_INSIST(pool->count <= UINT32_MAX);
	ranking->count = 0;

	struct heap heap = {.students = pool->at,
			    .after = query->after,
			    .ranking = ranking};

	if (ranking->want == 0)
		return;
	for (size_t i = 0; i < pool->count; i++) {
		if (!student_passes(query, &pool->at[i], i))
			continue;
		match_align(terms, &pool->at[i], posting, &fit);
		offer(&heap, i, &fit);
	}
	sort_best_first(&heap);
}
