/* feed.c - see feed.h. */
#include "flow/feed.h"

#include <inttypes.h>
#include <sched.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "flow/feed_terms.h"
#include "records/match_input.h"
#include "records/search_input.h"

/* Rows of one answer, and ids of one question. */
#define PAGE_ROWS_TEXT "5000"
enum { PAGE_ROWS = 5000, IDS_MAX = 500, TELL_ROWS = 100000 };

/* The columns of change_since.sql. */
enum { TOPIC_COLUMN = 5, SUBJECT_COLUMN = 6 };

struct holdings {
	struct match_index *index;
	struct match_search *words;
	struct feed_rarity rarity;
};

struct feed {
	struct uuid consortium_id;
	char id_text[UUID_TEXT_BYTES];
	struct match_epochs *epochs;
	const atomic_bool *is_stopping;
	_Atomic(struct holdings *) holdings;	/* NULL: not built */
	struct arena *mem;	/* of one page */
	struct buf ids;
};

/* What one reading or changing needs at every step. */
struct work {
	struct feed *feed;
	struct holdings *to;
	struct sync *s;
	struct fault *fault;
};

struct feed *feed_open(const struct uuid *consortium_id,
		       struct match_epochs *epochs,
		       const atomic_bool *is_stopping)
{
	struct feed *feed = mem_new(struct feed);

	feed->consortium_id = *consortium_id;
	uuid_text(consortium_id, feed->id_text);
	feed->epochs = epochs;
	feed->is_stopping = is_stopping;
	feed->mem = arena_open();
	return feed;
}

static void free_holdings(struct holdings *holdings)
{
	if (!holdings)
		return;
	match_index_free(holdings->index);
	match_search_free(holdings->words);
	feed_rarity_close(&holdings->rarity);
	mem_free(holdings);
}

void feed_close(struct feed *feed)
{
	free_holdings(atomic_load(&feed->holdings));
	arena_close(feed->mem);
	buf_close(&feed->ids);
	mem_free(feed);
}

const struct uuid *feed_consortium(const struct feed *feed)
{
	return &feed->consortium_id;
}

static uint32_t edition_of(const struct match_snapshot *ranking)
{
	return match_snapshot_terms(ranking).policy->rarity_edition;
}

bool feed_read(const struct feed *feed, struct feed_view *view)
{
	const struct holdings *holdings = atomic_load(&feed->holdings);

	if (!holdings)
		return false;
	view->ranking = match_index_read(holdings->index);
	view->words = match_search_read(holdings->words);
	view->rarity = feed_rarity_read(&holdings->rarity,
					edition_of(view->ranking));
	return true;
}

/* ---- putting ---- */

/* What the index cannot hold is left out and said; no memory is a fault. */
static bool judge_put(const struct work *w, const char *id,
		      const struct match_error *error)
{
	if (error->status == MATCH_NO_MEMORY)
		return fault_set(w->fault, FAULT_BUSY, "%s", error->text);
	log_line(LOG_ERROR, "not ranked", "consortium=%s id=%s why=\"%s\"",
		 w->feed->id_text, id, error->text);
	return true;
}

static bool drop_posting(const struct work *w, const uint8_t id[16])
{
	struct match_error error;

	match_index_drop_posting(w->to->index, id);
	return match_search_drop(w->to->words, id, &error) ||
	       fault_set(w->fault, FAULT_BUSY, "%s", error.text);
}

static bool drop_student(const struct work *w, const uint8_t id[16])
{
	match_index_drop_student(w->to->index, id);
	return true;
}

static bool put_posting(const struct work *w, const struct rows *rows, int row)
{
	struct match_index_posting ranked = { .industry = 0 };
	struct match_search_posting words;
	struct match_error error;

	search_posting_from_row(&words, &ranked.facts, w->feed->mem, rows,
				row);
	rarity_weigh(atomic_load(&w->to->rarity.now), w->feed->mem,
		     &ranked.facts);
	memcpy(ranked.enterprise, words.enterprise, sizeof(ranked.enterprise));
	ranked.industry = words.industry;
	if (match_index_put_posting(w->to->index, &ranked, &error)) {
		words.slot = match_index_posting_slot(w->to->index, words.id);
		if (match_search_put(w->to->words, &words, &error))
			return true;
	}
	return judge_put(w, rows_text(rows, row, 0), &error) &&
	       drop_posting(w, words.id);
}

static bool put_student(const struct work *w, const struct rows *rows, int row)
{
	struct match_student student;
	struct match_error error;

	match_student_from_row(&student, w->feed->mem, rows, row);
	if (match_index_put_student(w->to->index, &student, &error))
		return true;
	return judge_put(w, rows_text(rows, row, 0), &error) &&
	       drop_student(w, student.id);
}

/* Postings and students go the same way. */
struct side {
	const char *name;
	bool (*put)(const struct work *w, const struct rows *rows, int row);
	bool (*drop)(const struct work *w, const uint8_t id[16]);
	/* The next page after an id, "" for the first; of one owner (a school,
	 * an enterprise), or NULL. */
	struct rows *(*page)(const struct work *w, const char *after,
			     const char *owner);
	struct rows *(*some)(const struct work *w, const char *ids);
};

static const char *null_if_empty(const char *text)
{
	return *text ? text : NULL;
}

static struct rows *page_of_postings(const struct work *w, const char *after,
				     const char *owner)
{
	return SYNC_ASK(w->s, w->fault, SQL_LIVE_POSTINGS, w->feed->id_text,
			null_if_empty(after), PAGE_ROWS_TEXT, owner);
}

static struct rows *page_of_students(const struct work *w, const char *after,
				     const char *owner)
{
	return SYNC_ASK(w->s, w->fault, SQL_LIVE_STUDENTS, w->feed->id_text,
			null_if_empty(after), PAGE_ROWS_TEXT, owner);
}

static struct rows *some_postings(const struct work *w, const char *ids)
{
	return SYNC_ASK(w->s, w->fault, SQL_LIVE_POSTINGS_SOME,
			w->feed->id_text, ids);
}

static struct rows *some_students(const struct work *w, const char *ids)
{
	return SYNC_ASK(w->s, w->fault, SQL_MATCH_STUDENTS, w->feed->id_text,
			ids);
}

static const struct side postings = { "postings", put_posting, drop_posting,
				      page_of_postings, some_postings };
static const struct side students = { "students", put_student, drop_student,
				      page_of_students, some_students };

/* Gives the rows back. */
static bool put_rows(const struct work *w, const struct side *side,
		     struct rows *rows)
{
	bool is_done = true;

	for (int i = 0; i < rows_count(rows) && is_done; i++)
		is_done = side->put(w, rows, i);
	arena_reset(w->feed->mem);
	rows_release(rows);
	return is_done;
}

static void tell_read(const struct work *w, const struct side *side,
		      int64_t before, int64_t now)
{
	if (now / TELL_ROWS > before / TELL_ROWS)
		log_line(LOG_INFO, "live index reads",
			 "consortium=%s %s=%" PRId64, w->feed->id_text,
			 side->name, now);
}

/* All of one side, or of one owner, page by page. */
static bool put_pages(const struct work *w, const struct side *side,
		      const char *owner)
{
	char after[UUID_TEXT_BYTES] = "";
	int64_t total = 0;
	int count;

	do {
		struct rows *rows = side->page(w, after, owner);

		if (!rows)
			return false;
		count = rows_count(rows);
		if (count)
			memcpy(after, rows_text(rows, count - 1, 0),
			       sizeof(after));
		if (!put_rows(w, side, rows))
			return false;
		if (atomic_load(w->feed->is_stopping))
			return fault_set(w->fault, FAULT_BUSY, "stopping");
		tell_read(w, side, total, total + count);
		total += count;
	} while (count == PAGE_ROWS);
	return true;
}

/* ---- terms ---- */

static bool no_memory(const struct work *w)
{
	return fault_set(w->fault, FAULT_BUSY, "no memory for the live index");
}

static struct feed_source source_of(const struct work *w)
{
	return (struct feed_source){ w->s, w->feed->id_text, w->fault };
}

static bool ask_terms(const struct work *w, struct match_policy *policy,
		      struct match_ties *ties)
{
	struct feed_source from = source_of(w);

	if (!feed_terms_ask(&from, w->feed->mem, policy, ties))
		return false;
	policy->rarity_edition =
		rarity_edition(atomic_load(&w->to->rarity.now));
	return true;
}

static bool change_terms(const struct work *w)
{
	struct match_policy policy;
	struct match_ties ties;
	struct match_error error;
	bool is_set;

	if (!ask_terms(w, &policy, &ties))
		return false;
	is_set = match_index_set_terms(w->to->index, &policy, &ties, &error);
	arena_reset(w->feed->mem);
	return is_set || no_memory(w);
}

/* Another edition weighs every posting anew. */
static bool change_rarity(const struct work *w)
{
	uint32_t published = edition_of(match_index_read(w->to->index));
	struct feed_source from = source_of(w);

	return feed_rarity_renew(&w->to->rarity, &from, published,
				 w->feed->epochs) &&
	       change_terms(w) && put_pages(w, &postings, NULL);
}

/* ---- building ---- */

static void note_left(void *what)
{
	*(bool *)what = true;
}

/* Every reader that may have found the old index has left. */
static void await_readers(struct match_epochs *epochs)
{
	bool have_left = false;

	match_epochs_retire(epochs, &have_left, note_left);
	while (!have_left) {
		match_epochs_collect(epochs);
		if (!have_left)
			sched_yield();
	}
}

static bool begin(struct work *w)
{
	struct feed_source from = source_of(w);
	struct match_policy policy;
	struct match_ties ties;

	w->to = mem_new(struct holdings);
	if (!feed_rarity_open(&w->to->rarity, &from) ||
	    !ask_terms(w, &policy, &ties))
		return false;
	w->to->index = match_index_new(&policy, &ties, w->feed->epochs);
	w->to->words = match_search_new(w->feed->epochs);
	arena_reset(w->feed->mem);
	return (w->to->index && w->to->words) || no_memory(w);
}

static bool publish(const struct work *w)
{
	struct match_error error;

	return (match_index_publish(w->to->index, &error) &&
		match_search_publish(w->to->words, &error)) || no_memory(w);
}

static void tell_built(const struct work *w, int64_t took_ms)
{
	struct match_index_size size =
		match_index_size(match_index_read(w->to->index));

	log_line(LOG_INFO, "live index built",
		 "consortium=%s postings=%zu students=%zu ms=%" PRId64,
		 w->feed->id_text, size.posting_count, size.student_count,
		 took_ms);
}

bool feed_build(struct feed *feed, struct sync *s, struct fault *fault)
{
	struct work w = { feed, NULL, s, fault };
	int64_t start_ms = clock_ms();
	struct holdings *old;

	if (!begin(&w) || !put_pages(&w, &postings, NULL) ||
	    !put_pages(&w, &students, NULL) || !publish(&w)) {
		free_holdings(w.to);
		return false;
	}
	tell_built(&w, clock_ms() - start_ms);
	old = atomic_exchange(&feed->holdings, w.to);
	if (old) {
		await_readers(feed->epochs);
		free_holdings(old);
	}
	return true;
}

/* ---- changing ---- */

/* {id,id,...}, as PostgreSQL writes arrays. */
static const char *write_ids(struct feed *feed, const struct news *news)
{
	buf_clear(&feed->ids);
	buf_byte(&feed->ids, '{');
	for (int i = news->first; i < news->end; i++) {
		if (i > news->first)
			buf_byte(&feed->ids, ',');
		buf_text(&feed->ids, rows_text(news->rows, i, SUBJECT_COLUMN));
	}
	buf_byte(&feed->ids, '}');
	buf_byte(&feed->ids, '\0');
	return feed->ids.at;
}

static bool is_among(const struct rows *found, const char *id)
{
	for (int i = 0; i < rows_count(found); i++)
		if (text_same(rows_text(found, i, 0), id))
			return true;
	return false;
}

/* What is not found any more goes; what is found comes as it is now. */
static bool change_some(const struct work *w, const struct side *side,
			const struct news *news)
{
	struct rows *found = side->some(w, write_ids(w->feed, news));

	if (!found)
		return false;
	for (int i = news->first; i < news->end; i++) {
		struct uuid id = rows_uuid(news->rows, i, SUBJECT_COLUMN);

		if (!is_among(found,
			      rows_text(news->rows, i, SUBJECT_COLUMN)) &&
		    !side->drop(w, id.bytes)) {
			rows_release(found);
			return false;
		}
	}
	return put_rows(w, side, found);
}

static bool change_side(const struct work *w, const struct side *side,
			const struct news *news)
{
	struct news part = *news;

	for (; part.first < news->end; part.first = part.end) {
		part.end = news->end;
		if (part.end - part.first > IDS_MAX)
			part.end = part.first + IDS_MAX;
		if (!change_some(w, side, &part))
			return false;
		if (atomic_load(w->feed->is_stopping))
			return fault_set(w->fault, FAULT_BUSY, "stopping");
	}
	return true;
}

/* A school that moved, an enterprise of another name: all that is theirs. */
static bool change_owners(const struct work *w, const struct side *side,
			  const struct news *news)
{
	for (int i = news->first; i < news->end; i++)
		if (!put_pages(w, side,
			       rows_text(news->rows, i, SUBJECT_COLUMN)))
			return false;
	return true;
}

/* News of one topic. */
static bool change_topic(const struct work *w, const struct news *news)
{
	const char *topic = rows_text(news->rows, news->first, TOPIC_COLUMN);

	if (text_same(topic, "posting"))
		return change_side(w, &postings, news);
	if (text_same(topic, "student"))
		return change_side(w, &students, news);
	if (text_same(topic, "school"))
		return change_owners(w, &students, news);
	if (text_same(topic, "enterprise"))
		return change_owners(w, &postings, news);
	if (text_same(topic, "policy") || text_same(topic, "reference"))
		return change_terms(w);
	if (text_same(topic, "rarity"))
		return change_rarity(w);
	return true;	/* the consortium: its name is no matter of ranking */
}

bool feed_change(struct feed *feed, struct sync *s, const struct news *news,
		 struct fault *fault)
{
	struct work w = { feed, atomic_load(&feed->holdings), s, fault };
	struct news part = { news->rows, news->first, news->first };

	for (; part.first < news->end; part.first = part.end) {
		const char *topic =
			rows_text(news->rows, part.first, TOPIC_COLUMN);

		while (part.end < news->end &&
		       text_same(rows_text(news->rows, part.end, TOPIC_COLUMN),
				 topic))
			part.end++;
		if (!change_topic(&w, &part))
			return false;
	}
	return publish(&w);
}
