/*
 * writer.c - inserts without end, for a test that crashes PostgreSQL under
 * it. Each acknowledged id goes to standard output, one a line; each told
 * otherwise is only counted. Ends when its standard input does.
 *
 *	DATABASE_URL=... db-writer < pipe > acknowledged
 */
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "wire/db.h"

enum { ASKERS = 64 };

static const struct sql_text statements[] = {
	{ "crash_insert", "insert into crash_thing (id) values ($1::bigint) "
		"returning id", 1, false },
};

struct asker {
	struct awaited awaited;
	struct db_question question;
	char id[24];
};

static struct asker askers[ASKERS];
static struct db *db;
static long next_id, refused, unknown, wrong;

static void on_answer(void *arg, void *answer, const struct fault *fault);

static void ask(struct asker *a)
{
	snprintf(a->id, sizeof(a->id), "%ld", ++next_id);
	a->awaited = (struct awaited){ .asker = a, .answer = on_answer };
	a->question = (struct db_question){
		.lane = next_id % 2 ? DB_WRITE : DB_GROUPED,
		.param_count = 1, .params = { a->id } };
	db_ask(db, &a->question, &a->awaited);
}

static void on_answer(void *arg, void *answer, const struct fault *fault)
{
	struct asker *a = arg;

	if (answer) {
		fprintf(stdout, "%s\n", rows_text(answer, 0, 0));
		rows_release(answer);
	} else if (fault->kind == FAULT_OUTCOME_UNKNOWN) {
		unknown++;
	} else if (fault->kind == FAULT_NO_DATABASE) {
		refused++;
	} else {
		wrong++;
	}
	ask(a);
}

static void on_input(evutil_socket_t fd, short what, void *arg)
{
	char bytes[16];

	(void)what;
	if (read(fd, bytes, sizeof(bytes)) <= 0)
		event_base_loopbreak(arg);
}

int main(void)
{
	struct event_base *base = event_base_new();
	struct event *input = event_new(base, STDIN_FILENO,
					EV_READ | EV_PERSIST, on_input, base);
	const struct db_options options = {
		.url = getenv("DATABASE_URL"), .read_connections = 1,
		.write_connections = 2, .queue_max = 1000,
		.statements = statements, .statement_count = 1 };

	db = db_open(base, &options);
	event_add(input, NULL);
	for (int i = 0; i < ASKERS; i++)
		ask(&askers[i]);
	event_base_dispatch(base);
	fflush(stdout);
	fprintf(stderr, "refused %ld, unknown %ld, wrong %ld\n", refused,
		unknown, wrong);
	_exit(wrong ? EXIT_FAILURE : EXIT_SUCCESS);
}
