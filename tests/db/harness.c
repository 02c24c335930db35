/* harness.c - see harness.h. */
#include "harness.h"

#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

enum { ASKERS_MAX = 12000 };

struct house house;
static const char *db_url;	/* for the db; the side goes by DATABASE_URL */
static struct asker *askers;
static int asker_count;

const struct sql_text test_statements[] = {
	[T_ECHO] = { "echo", "select $1::int, $2::text", 2, false },
	[T_DIVIDE] = { "divide", "select 1 / $1::int", 1, false },
	[T_GET] = { "get", "select name from thing where id = $1::int", 1,
		false },
	[T_SLEEP] = { "sleep", "select pg_sleep($1::float8)", 1, false },
	[T_PID] = { "pid", "select pg_backend_pid()", 0, false },
	[T_INSERT] = { "insert", "insert into thing (id, name) "
		"values ($1::int, $2) returning id", 2, false },
	[T_PROMISE] = { "promise", "insert into promise (id, thing_id) "
		"values ($1::int, $2::int) returning id", 2, false },
	[T_WARN] = { "warn", "insert into warned (id) values ($1::int) "
		"returning id", 1, false },
	[T_RAISE] = { "raise", "select complain($1, $2)", 2, false },
	[T_LOSE_RACES] = { "lose_races", "select lose($1, $2::int)", 2, false },
	[T_NOTIFY] = { "notify", "select pg_notify($1, $2)", 2, false },
	[T_STAR] = { "star", "select * from changing", 0, false },
	[T_ANEW] = { "anew", "select coalesce(sum(custom_plans + "
		"generic_plans), 0)::int + $1::int "
		"from pg_prepared_statements where name = 'anew'", 1, true },
	[T_PREPARED] = { "prepared", "select count(*)::int "
		"from pg_prepared_statements", 0, true },
};

static const char tables[] =
	"set client_min_messages = error;"
	"drop schema public cascade; create schema public;"
	"create table thing (id int primary key, name text not null);"
	"create table promise (id int primary key, thing_id int not null"
	"	references thing deferrable initially deferred);"
	"create table warned (id int primary key);"
	"create table changing (a int);"
	"create function warn() returns trigger language plpgsql as $$"
	" begin raise warning 'only here'; return null; end $$;"
	"create constraint trigger warns after insert on warned"
	" deferrable initially deferred for each row"
	" execute function warn();"
	"create function complain(state text, said text) returns int"
	" language plpgsql as $$ begin raise exception '%', said"
	" using errcode = state, constraint = 'the_rule'; end $$;"
	"create sequence tries;"
	"create function lose(name text, times int) returns bigint"
	" language plpgsql as $$ declare n bigint := nextval('tries'); begin"
	" if n <= times then raise exception 'race' using errcode = '40001';"
	" end if; return n; end $$;";

const char *house_url(void)
{
	const char *url = getenv("DATABASE_URL");

	if (!url)
		fail_msg("DATABASE_URL is not set");
	return url;
}

void side_do(const char *sql)
{
	PGresult *result = PQexec(house.side, sql);
	ExecStatusType status = PQresultStatus(result);

	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		fail_msg("%s: %s", sql, PQerrorMessage(house.side));
	PQclear(result);
}

int64_t side_int(const char *sql)
{
	PGresult *result = PQexec(house.side, sql);
	int64_t value;

	if (PQresultStatus(result) != PGRES_TUPLES_OK)
		fail_msg("%s: %s", sql, PQerrorMessage(house.side));
	value = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
	PQclear(result);
	return value;
}

struct db *house_db(const char *url, int writers, int queue_max)
{
	const struct db_options options = {
		.url = url, .read_connections = 2,
		.write_connections = writers, .queue_max = queue_max,
		.statements = test_statements, .statement_count = T_COUNT,
		.is_ungrouped = house.is_ungrouped };

	return db_open(house.base, &options);
}

int house_open_bare(void **state)
{
	(void)state;
	house.told = asker_count = 0;
	if (!askers)
		askers = calloc(ASKERS_MAX, sizeof(*askers));
	memset(askers, 0, ASKERS_MAX * sizeof(*askers));
	house.base = event_base_new();
	house.db = NULL;
	house.is_ungrouped = false;
	house.side = PQconnectdb(house_url());
	if (PQstatus(house.side) != CONNECTION_OK)
		fail_msg("%s", PQerrorMessage(house.side));
	side_do(tables);
	return 0;
}

int house_open(void **state)
{
	house_open_bare(state);
	house.db = house_db(db_url ? db_url : house_url(), 4, 100000);
	until_ready();
	return 0;
}

int house_close(void **state)
{
	(void)state;
	if (house.db)
		db_close(house.db);
	PQfinish(house.side);
	event_base_free(house.base);
	return 0;
}

void loop_turn(void)
{
	const struct timeval soon = { .tv_usec = 10000 };

	event_base_loopexit(house.base, &soon);
	event_base_loop(house.base, EVLOOP_ONCE);
}

void loop_until(const bool *truth, int ms)
{
	int64_t end_ms = clock_ms() + ms;

	while (!*truth) {
		if (clock_ms() > end_ms)
			fail_msg("nothing for %d ms", ms);
		loop_turn();
	}
}

void loop_for(int ms)
{
	int64_t end_ms = clock_ms() + ms;

	while (clock_ms() < end_ms)
		loop_turn();
}

void until_ready(void)
{
	int64_t end_ms = clock_ms() + 15000;

	while (!db_is_ready(house.db)) {
		if (clock_ms() > end_ms)
			fail_msg("the db does not get ready");
		loop_turn();
	}
}

void until_whole(void)
{
	while (side_int("select count(*) from pg_stat_activity where state = "
			"'idle' and application_name = 'duikou-server'") < 8)
		loop_for(20);
	loop_for(20);
}

void until_told(int count)
{
	int64_t end_ms = clock_ms() + 60000;

	while (house.told < count) {
		if (clock_ms() > end_ms)
			fail_msg("%d of %d were told", house.told, count);
		loop_turn();
	}
}

static void on_answer(void *arg, void *answer, const struct fault *fault)
{
	struct asker *a = arg;
	struct rows *rows = answer;

	a->is_told = true;
	a->told_count++;
	house.told++;
	a->rows = -1;
	a->fault = fault ? *fault : (struct fault){ .kind = FAULT_NONE };
	if (!rows)
		return;
	a->rows = rows_count(rows);
	if (a->rows)
		snprintf(a->text, sizeof(a->text), "%s", rows_text(rows, 0, 0));
	rows_release(rows);
}

struct asker *asker_new(void)
{
	assert_true(asker_count < ASKERS_MAX);
	return &askers[asker_count++];
}

void asker_await(struct asker *a)
{
	a->awaited = (struct awaited){ .asker = a, .answer = on_answer };
	a->is_told = false;
}

void ask2(struct asker *a, enum db_lane lane, enum statement sql,
	  const char *one, const char *two)
{
	const char *given[2] = { one, two };

	asker_await(a);
	a->question = (struct db_question){
		.sql = (enum sql_id)sql, .lane = lane,
		.param_count = test_statements[sql].param_count };
	for (int i = 0; i < 2; i++) {
		if (!given[i])
			continue;
		snprintf(a->params[i], sizeof(a->params[i]), "%s", given[i]);
		a->question.params[i] = a->params[i];
	}
	db_ask(house.db, &a->question, &a->awaited);
	assert_false(a->is_told);	/* never before db_ask returns */
}

struct asker *asked(enum db_lane lane, enum statement sql, const char *one,
		    const char *two)
{
	struct asker *a = asker_new();

	ask2(a, lane, sql, one, two);
	loop_until(&a->is_told, 20000);
	return a;
}

int main(int argc, char **argv)
{
	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	if (argc > 2)
		db_url = argv[2];
	return run_lane_tests() + run_turn_tests() + run_listen_tests() +
	       run_loss_tests() + run_sync_tests();
}
