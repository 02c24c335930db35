/*
 * live.c - see live.h. Only the thread writes; feeds and tables that readers
 * may hold are given up through epochs.
 */
#include "flow/live.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"

/* How long nothing is heard before it looks anyway, and waits to reconnect. */
enum { LOOK_MS = 250, RETRY_MS = 500 };

/* The columns of change_since.sql. */
enum { SEEN_COLUMN, AT_COLUMN, POSITION_COLUMN, IS_LOST_COLUMN,
       CONSORTIUM_COLUMN };

#define ALL_CONSORTIA "1000000"

struct table {
	int count;
	struct feed *feeds[];
};

struct live {
	const struct config *config;
	pthread_t thread;
	atomic_bool is_stopping, is_ready;
	struct match_epochs *epochs;
	_Atomic(struct table *) table;
	/* The thread's own: the snapshot and time of the last look, or NULL. */
	char *seen, *at;
	bool is_away;
	_Atomic uint64_t position, changed, rebuilt, postings, students, bytes;
	_Atomic int64_t current_ms;
};

/* ---- readers ---- */

static struct feed *find(const struct table *table,
			 const struct uuid *consortium_id)
{
	for (int i = 0; i < table->count; i++)
		if (uuid_same(feed_consortium(table->feeds[i]), consortium_id))
			return table->feeds[i];
	return NULL;
}

bool live_enter(struct live *live, int slot, const struct uuid *consortium_id,
		struct feed_view *view)
{
	struct feed *feed;

	match_epochs_enter(live->epochs, (unsigned)slot);
	feed = find(atomic_load(&live->table), consortium_id);
	return feed && feed_read(feed, view);
}

void live_leave(struct live *live, int slot)
{
	match_epochs_leave(live->epochs, (unsigned)slot);
}

bool live_is_ready(const struct live *live)
{
	return !live || atomic_load(&live->is_ready);
}

struct live_counts live_counts(struct live *live)
{
	int64_t behind_ms;

	if (!live)
		return (struct live_counts){ .position = 0 };
	behind_ms = clock_ms() - atomic_load(&live->current_ms);
	return (struct live_counts){
		.position = atomic_load(&live->position),
		.behind_ms = behind_ms > 0 ? (uint64_t)behind_ms : 0,
		.changed = atomic_load(&live->changed),
		.rebuilt = atomic_load(&live->rebuilt),
		.postings = atomic_load(&live->postings),
		.students = atomic_load(&live->students),
		.bytes = atomic_load(&live->bytes),
	};
}

/* ---- the thread: feeds ---- */

static void add_feed(struct live *live, struct feed *feed)
{
	struct table *old = atomic_load(&live->table);
	struct table *table = mem_zeroed(
		1, sizeof(*table) +
		   ((size_t)old->count + 1) * sizeof(table->feeds[0]));

	for (int i = 0; i < old->count; i++)
		table->feeds[i] = old->feeds[i];
	table->feeds[old->count] = feed;
	table->count = old->count + 1;
	atomic_store(&live->table, table);
	match_epochs_retire(live->epochs, old, mem_free);
}

static bool add_consortium(struct live *live, struct sync *s,
			   const struct uuid *id, struct fault *fault)
{
	struct feed *feed = feed_open(id, live->epochs, &live->is_stopping);

	if (!feed_build(feed, s, fault)) {
		feed_close(feed);
		return false;
	}
	add_feed(live, feed);
	return true;
}

/* News of one consortium. */
static bool change(struct live *live, struct sync *s, const struct news *news,
		   struct fault *fault)
{
	struct uuid id = rows_uuid(news->rows, news->first, CONSORTIUM_COLUMN);
	struct feed *feed = find(atomic_load(&live->table), &id);

	atomic_fetch_add(&live->changed, (uint64_t)(news->end - news->first));
	if (!feed)
		return add_consortium(live, s, &id, fault);
	return feed_change(feed, s, news, fault);
}

static bool is_of_one(const struct rows *rows, int a, int b)
{
	struct uuid one = rows_uuid(rows, a, CONSORTIUM_COLUMN);
	struct uuid other = rows_uuid(rows, b, CONSORTIUM_COLUMN);

	return uuid_same(&one, &other);
}

static bool change_all(struct live *live, struct sync *s,
		       const struct rows *rows, struct fault *fault)
{
	struct news part = { rows, 1, 1 };
	int count = rows_count(rows);

	for (; part.first < count; part.first = part.end) {
		while (part.end < count &&
		       is_of_one(rows, part.first, part.end))
			part.end++;
		if (!change(live, s, &part, fault))
			return false;
	}
	return true;
}

/* Everybody, from nothing; the place was taken before. */
static bool build_all(struct live *live, struct sync *s, struct fault *fault)
{
	struct rows *rows = SYNC_ASK(s, fault, SQL_CONSORTIA_LIST, NULL,
				     ALL_CONSORTIA);
	bool is_done = rows;

	for (int i = 0; is_done && i < rows_count(rows); i++) {
		struct uuid id = rows_uuid(rows, i, 0);
		struct feed *feed = find(atomic_load(&live->table), &id);

		is_done = feed ? feed_build(feed, s, fault)
			       : add_consortium(live, s, &id, fault);
	}
	if (rows)
		rows_release(rows);
	return is_done;
}

/* ---- the thread: following ---- */

static void count_all(struct live *live)
{
	const struct table *table = atomic_load(&live->table);
	uint64_t of_postings = 0, of_students = 0, bytes = 0;

	for (int i = 0; i < table->count; i++) {
		struct match_index_size size;
		struct feed_view view;

		if (!feed_read(table->feeds[i], &view))
			continue;
		size = match_index_size(view.ranking);
		of_postings += size.posting_count;
		of_students += size.student_count;
		bytes += size.posting_bytes + size.student_bytes +
			 size.shared_bytes + match_search_bytes(view.words);
	}
	atomic_store(&live->postings, of_postings);
	atomic_store(&live->students, of_students);
	atomic_store(&live->bytes, bytes);
}

static void keep_place(struct live *live, const struct rows *rows)
{
	mem_free(live->seen);
	mem_free(live->at);
	live->seen = mem_text(rows_text(rows, 0, SEEN_COLUMN));
	live->at = mem_text(rows_text(rows, 0, AT_COLUMN));
	atomic_store(&live->position,
		     (uint64_t)rows_int(rows, 0, POSITION_COLUMN));
}

static bool fold(struct live *live, struct sync *s, const struct rows *rows,
		 struct fault *fault)
{
	bool is_lost = rows_bool(rows, 0, IS_LOST_COLUMN);

	if (is_lost)
		log_line(LOG_WARN, "live index rebuilt",
			 "why=\"the database was put back\"");
	if (live->seen && !is_lost)
		return change_all(live, s, rows, fault);
	if (live->seen)
		atomic_fetch_add(&live->rebuilt, 1);
	return build_all(live, s, fault);
}

/* What fails is done again from the same place: nothing is lost. */
static bool look(struct live *live, struct sync *s, struct fault *fault)
{
	int64_t asked_ms = clock_ms();
	struct rows *rows =
		SYNC_ASK(s, fault, SQL_CHANGE_SINCE, live->seen, live->at);
	bool is_done = rows && fold(live, s, rows, fault);

	if (is_done) {
		bool is_news = rows_count(rows) > 1 || !live->seen;

		keep_place(live, rows);
		if (is_news)
			count_all(live);
		atomic_store(&live->current_ms, asked_ms);
		atomic_store(&live->is_ready, true);
	}
	if (rows)
		rows_release(rows);
	return is_done;
}

static bool follow(struct live *live, struct sync *s, struct fault *fault)
{
	bool is_said;

	if (!sync_listen(s, "duikou_change", fault))
		return false;
	while (!atomic_load(&live->is_stopping)) {
		if (!look(live, s, fault))
			return false;
		if (live->is_away)
			log_line(LOG_INFO, "live index follows", "position=%"
				 PRIu64, atomic_load(&live->position));
		live->is_away = false;
		if (!sync_wait(s, LOOK_MS, &is_said, fault))
			return false;
	}
	return true;
}

static void wait_to_retry(void)
{
	struct timespec wait = { 0, RETRY_MS * 1000000L };

	nanosleep(&wait, NULL);
}

static void *run(void *arg)
{
	struct live *live = arg;

	while (!atomic_load(&live->is_stopping)) {
		struct fault fault = { .kind = FAULT_NONE };
		struct sync *s = sync_open(live->config->database_url,
					   "duikou live", &fault);
		bool is_good = s && follow(live, s, &fault);

		sync_close(s);
		if (is_good || atomic_load(&live->is_stopping))
			continue;
		if (!live->is_away)
			log_line(LOG_WARN, "live index waits", "why=\"%s\" "
				 "sqlstate=%s", fault.detail, fault.sqlstate);
		live->is_away = true;
		wait_to_retry();
	}
	return NULL;
}

/* ---- opening and closing ---- */

struct live *live_open(const struct config *config)
{
	struct live *live = mem_new(struct live);

	live->config = config;
	live->epochs = match_epochs_new();
	must(live->epochs);
	atomic_store(&live->table, mem_new(struct table));
	atomic_store(&live->current_ms, clock_ms());
	must(pthread_create(&live->thread, NULL, run, live) == 0);
	return live;
}

void live_close(struct live *live)
{
	struct table *table;

	if (!live)
		return;
	atomic_store(&live->is_stopping, true);
	pthread_join(live->thread, NULL);
	table = atomic_load(&live->table);
	for (int i = 0; i < table->count; i++)
		feed_close(table->feeds[i]);
	mem_free(table);
	match_epochs_free(live->epochs);
	mem_free(live->seen);
	mem_free(live->at);
	mem_free(live);
}
