/*
 * check.c - holds the program to the database it is to serve: every migration
 * applied, and every statement of schema/queries prepared against the schema.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "commands/command.h"
#include "commands/migrate.h"
#include "wire/db_sync.h"

static const char list_applied[] =
	"select number, sha256 from schema_migration order by number";

/* How many flaws; each is told. */
static int check_migrations(struct sync *s)
{
	struct fault fault;
	struct rows *applied = sync_query(s, list_applied, 0, NULL, &fault);
	int flaws = 0;

	if (!applied) {
		fprintf(stderr, "check: schema_migration: %s\n",
			sync_message(s));
		return 1;
	}
	for (int i = 0; i < migration_count; i++) {
		const struct migration *m = &migrations[i];

		if (i < rows_count(applied) &&
		    rows_int(applied, i, 0) == m->number &&
		    migration_has_text(m, rows_text(applied, i, 1)))
			continue;
		fprintf(stderr, "check: schema/migrations/%04d_%s.sql: not "
			"applied as it stands\n", m->number, m->name);
		flaws++;
	}
	if (rows_count(applied) > migration_count) {
		fprintf(stderr, "check: the database has migrations that this "
			"program does not know\n");
		flaws++;
	}
	rows_release(applied);
	return flaws;
}

/* The statement, and what counts its rows. */
static bool fits(struct sync *s, enum sql_id sql)
{
	struct fault fault;

	return sync_fits(s, sql, &fault) &&
	       (sql_totals[sql] == SQL_COUNT ||
		sync_fits(s, sql_totals[sql], &fault));
}

static int check_statements(struct sync *s)
{
	int flaws = 0;

	for (int sql = 0; sql < SQL_FILE_COUNT; sql++) {
		if (fits(s, (enum sql_id)sql))
			continue;
		fprintf(stderr, "check: schema/queries/%s.sql: %s\n",
			sql_texts[sql].name, sync_message(s));
		flaws++;
	}
	return flaws;
}

int check_run(const struct config *config, char **arguments)
{
	struct fault fault;
	struct sync *s = sync_open(config->database_url, "duikou-check",
				   &fault);
	int flaws;

	(void)arguments;
	if (!s) {
		fprintf(stderr, "check: %s\n", fault.detail);
		return EXIT_FAILURE;
	}
	flaws = check_migrations(s) + check_statements(s);
	sync_close(s);
	fprintf(stdout, "%d migrations, %d statements, %d flaws\n",
		migration_count, SQL_FILE_COUNT, flaws);
	return flaws ? EXIT_FAILURE : EXIT_SUCCESS;
}
