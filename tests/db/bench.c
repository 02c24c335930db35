/*
 * bench.c - how many questions one loop has answered in a second: as many
 * askers as given ask again as soon as they are told.
 *
 *	DATABASE_URL=... db-bench [askers [keyed|read|write|grouped]]
 */
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "wire/db.h"

enum { ASKERS_MAX = 1000, RUN_MS = 3000 };

static const struct sql_text statements[] = {
	{ "bench_get", "select id, name, 'some text of an ordinary row' "
		"from bench_thing where id = $1::bigint", 1, false },
	{ "bench_insert", "insert into bench_thing (name) values ($1) "
		"returning id", 1, false },
};

struct asker {
	struct awaited awaited;
	struct db_question question;
	char id[24];
};

static struct asker askers[ASKERS_MAX];
static struct db *db;
static enum db_lane lane;
static long told, failed;
static bool is_over;

static void on_answer(void *arg, void *answer, const struct fault *fault);

static void ask(struct asker *a)
{
	snprintf(a->id, sizeof(a->id), "%ld", told % 10000 + 1);
	a->awaited = (struct awaited){ .asker = a, .answer = on_answer };
	a->question = (struct db_question){
		.sql = (enum sql_id)(lane >= DB_WRITE), .lane = lane,
		.param_count = 1, .params = { a->id } };
	db_ask(db, &a->question, &a->awaited);
}

static void on_answer(void *arg, void *answer, const struct fault *fault)
{
	told++;
	failed += fault != NULL;
	if (answer)
		rows_release(answer);
	if (!is_over)
		ask(arg);
}

int main(int argc, char **argv)
{
	static const char *const words[] = { "keyed", "read", "write",
					     "grouped" };
	struct db_options options = {
		.url = getenv("DATABASE_URL"), .read_connections = 2,
		.write_connections = 8, .queue_max = 4096,
		.statements = statements, .statement_count = 2 };
	struct event_base *base = event_base_new();
	int count = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 64;
	int64_t start_ms;

	for (int i = 0; argc > 2 && i < 4; i++)
		if (strcmp(argv[2], words[i]) == 0)
			lane = (enum db_lane)i;
	if (!options.url || count < 1 || count > ASKERS_MAX)
		return EXIT_FAILURE;
	db = db_open(base, &options);
	while (!db_is_ready(db))
		event_base_loop(base, EVLOOP_ONCE);
	start_ms = clock_ms();
	for (int i = 0; i < count; i++)
		ask(&askers[i]);
	while (clock_ms() - start_ms < RUN_MS)
		event_base_loop(base, EVLOOP_ONCE);
	printf("%s, %d askers: %ld answers a second, %ld failed\n",
	       words[lane], count, told * 1000 / (clock_ms() - start_ms),
	       failed);
	is_over = true;
	db_close(db);
	event_base_free(base);
	return EXIT_SUCCESS;
}
