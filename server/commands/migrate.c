/*
 * migrate.c - brings the schema forward: each migration of schema/migrations
 * once, in order, in a transaction of its own with its row in
 * schema_migration. An advisory lock lets a second one wait and then find
 * nothing to do. The SQL here is about that table alone.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "commands/command.h"
#include "commands/migrate.h"
#include "wire/db_sync.h"

static const char lock[] = "select pg_advisory_lock(1146440011)";
static const char make_table[] =
	"create table if not exists schema_migration ("
	"	number integer primary key,"
	"	name text not null,"
	"	sha256 text not null,"
	"	applied_at timestamptz not null default now())";
static const char list_applied[] =
	"select number, name, sha256 from schema_migration order by number";
static const char record[] =
	"insert into schema_migration (number, name, sha256) "
	"values ($1::int, $2, $3)";

static bool complain(const struct sync *s, const char *what)
{
	fprintf(stderr, "migrate: %s: %s\n", what, sync_message(s));
	return false;
}

bool migration_has_text(const struct migration *m, const char *sha256)
{
	return text_same(sha256, m->sha256) || text_same(sha256, m->mended);
}

/* Is what was applied the beginning of what we have, letter by letter? */
static bool is_same_past(const struct rows *applied)
{
	for (int i = 0; i < rows_count(applied); i++) {
		const struct migration *m = &migrations[i];
		int64_t number = rows_int(applied, i, 0);
		const char *name = rows_text(applied, i, 1);

		if (i >= migration_count || number != m->number) {
			fprintf(stderr, "migrate: the database has migration "
				"%04d %s, which this program does not know in "
				"that place\n", (int)number, name);
			return false;
		}
		if (!migration_has_text(m, rows_text(applied, i, 2))) {
			fprintf(stderr, "migrate: migration %04d %s was "
				"changed after it was applied; write a new "
				"one instead\n", m->number, m->name);
			return false;
		}
	}
	return true;
}

static bool apply_in_transaction(struct sync *s, const struct migration *m)
{
	char number[12];
	const char *const params[] = { number, m->name, m->sha256 };
	struct fault fault;
	struct rows *rows;

	snprintf(number, sizeof(number), "%d", m->number);
	if (!sync_exec(s, m->text, &fault))
		return false;
	rows = sync_query(s, record, 3, params, &fault);
	if (!rows)
		return false;
	rows_release(rows);
	return sync_commit(s, &fault);
}

static bool apply(struct sync *s, const struct migration *m)
{
	char what[120];
	struct fault fault;

	snprintf(what, sizeof(what), "%04d %s", m->number, m->name);
	if (!sync_begin(s, &fault))
		return complain(s, what);
	if (!apply_in_transaction(s, m)) {
		complain(s, what);
		sync_rollback(s);
		return false;
	}
	fprintf(stdout, "applied %s\n", what);
	fflush(stdout);
	return true;
}

static bool migrate(struct sync *s)
{
	struct rows *applied;
	struct fault fault;
	int done;

	if (!sync_exec(s, lock, &fault) || !sync_exec(s, make_table, &fault))
		return complain(s, "cannot begin");
	applied = sync_query(s, list_applied, 0, NULL, &fault);
	if (!applied)
		return complain(s, "cannot read schema_migration");
	done = is_same_past(applied) ? rows_count(applied) : -1;
	rows_release(applied);
	if (done < 0)
		return false;
	for (int i = done; i < migration_count; i++)
		if (!apply(s, &migrations[i]))
			return false;
	fprintf(stdout, "%d applied, %d were there before\n",
		migration_count - done, done);
	return true;
}

int migrate_run(const struct config *config, char **arguments)
{
	struct fault fault;
	struct sync *s = sync_open(config->database_url, "duikou-migrate",
				   &fault);
	bool is_done;

	(void)arguments;
	if (!s) {
		fprintf(stderr, "migrate: %s\n", fault.detail);
		return EXIT_FAILURE;
	}
	is_done = migrate(s);
	sync_close(s);
	return is_done ? EXIT_SUCCESS : EXIT_FAILURE;
}
