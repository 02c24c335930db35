/*
 * reference.c - loads code lists from a directory, all in one transaction.
 *
 * DIR/lists.csv says which file is which list, of which edition and from
 * where; DIR/specialty_occupations.csv is the operator's own pair list and
 * needs no description. A file goes through the temp table `incoming`, where
 * its rows are held to the lists they point at, into reference_absorb.
 *
 * SQL is put together here from the names of lists in the tables below and
 * from column names of a CSV header, which must be [a-z_] and are quoted.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "commands/command.h"
#include "wire/crypto.h"
#include "wire/db_sync.h"

enum { FLAWS_SHOWN = 50, PATH_ROOM = 1024 };

static const char pair_list[] = "specialty_occupation";
static const char pair_file[] = "specialty_occupations.csv";

static const struct list {
	const char *name, *keys;
} lists[] = {
	{ "specialty", "code" },
	{ "occupation", "code" },
	{ "industry", "code" },
	{ "division", "code" },
	{ "destination", "code" },
	{ "unit_nature", "code" },
	{ "specialty_alias", "alias" },
	{ pair_list, "specialty_code, occupation_code" },
};

/* A column that holds a code of a list, its own or another. */
static const struct link {
	const char *list, *column, *target;
} links[] = {
	{ "industry", "parent_code", "industry" },
	{ "division", "parent_code", "division" },
	{ pair_list, "specialty_code", "specialty" },
	{ pair_list, "occupation_code", "occupation" },
};

/* What lists.csv says of a list. */
struct source {
	const char *list, *file, *edition, *source;
};

struct loading {
	struct sync *s;
	const char *dir;
	struct buf file, sql;
	bool has_pairs;		/* lists.csv named the pair list */
};

static bool complain(const struct loading *l, const char *file)
{
	fprintf(stderr, "reference load: %s: %s\n", file, sync_message(l->s));
	return false;
}

static const struct list *list_of(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(lists); i++)
		if (text_same(lists[i].name, name))
			return &lists[i];
	return NULL;
}

/* The whole file, and whether it is there at all. */
static bool read_file(struct loading *l, const char *name, bool *is_there)
{
	char path[PATH_ROOM];
	FILE *in;
	size_t count;
	bool is_good;

	buf_clear(&l->file);
	*is_there = false;
	if ((size_t)snprintf(path, sizeof(path), "%s/%s", l->dir, name) >=
	    sizeof(path)) {
		fprintf(stderr, "reference load: the path is too long\n");
		return false;
	}
	in = fopen(path, "rb");
	if (!in && errno == ENOENT)
		return true;
	*is_there = true;
	while (in && (count = fread(buf_room(&l->file, 65536), 1, 65536,
				    in)) > 0)
		l->file.used += count;
	is_good = in && !ferror(in);
	if (!is_good)
		fprintf(stderr, "reference load: %s: %s\n", path,
			strerror(errno));
	if (in)
		fclose(in);
	return is_good;
}

/* ("a", "b") from the header a,b; false if a name is none. */
static bool add_columns(struct loading *l, const char *file)
{
	const char *at, *end;
	size_t length;

	buf_byte(&l->file, '\n');	/* a file without any line has one */
	at = l->file.at;
	end = at + strcspn(at, "\r\n");
	l->file.used--;
	for (; at <= end; at += length + 1) {
		length = strspn(at, "abcdefghijklmnopqrstuvwxyz_");
		if (!length || (at + length != end && at[length] != ',')) {
			fprintf(stderr, "reference load: %s: the first line "
				"is no list of column names\n", file);
			return false;
		}
		buf_print(&l->sql, "%s\"%.*s\"", at == l->file.at ? "(" : ", ",
			  (int)length, at);
	}
	buf_text(&l->sql, ")");
	return true;
}

static const char *sql_of(struct loading *l)
{
	buf_byte(&l->sql, '\0');
	return l->sql.at;
}

/* The file's rows into the temp table, which gives each its number. */
static bool copy_in(struct loading *l, const char *table, const char *file)
{
	struct fault fault;
	int64_t rows;

	buf_clear(&l->sql);
	buf_print(&l->sql, "copy %s ", table);
	if (!add_columns(l, file))
		return false;
	buf_text(&l->sql, " from stdin (format csv, header match)");
	if (!sync_copy_begin(l->s, sql_of(l), &fault) ||
	    !sync_copy_bytes(l->s, l->file.at, l->file.used, &fault) ||
	    !sync_copy_end(l->s, &rows, &fault))
		return complain(l, file);
	return true;
}

/* Runs what is in l->sql: rows of number and text, each a flaw to be told. */
static bool has_none(struct loading *l, const char *file, const char *what)
{
	struct fault fault;
	struct rows *rows = sync_query(l->s, sql_of(l), 0, NULL, &fault);
	int count;

	if (!rows)
		return complain(l, file);
	count = rows_count(rows);
	for (int i = 0; i < count && i < FLAWS_SHOWN; i++)
		fprintf(stderr, "reference load: %s, row %s: %s %s\n", file,
			rows_text(rows, i, 0), rows_text(rows, i, 1), what);
	if (count > FLAWS_SHOWN)
		fprintf(stderr, "reference load: %s: and %d rows more\n", file,
			count - FLAWS_SHOWN);
	rows_release(rows);
	return count == 0;
}

static bool has_no_twins(struct loading *l, const struct list *list,
			 const char *file)
{
	buf_clear(&l->sql);
	buf_print(&l->sql,
		  "select line, concat_ws(' ', %s) from (select *, "
		  "row_number() over (partition by %s order by line) as nth "
		  "from incoming) as numbered where nth > 1 order by line",
		  list->keys, list->keys);
	return has_none(l, file, "was there before");
}

static bool knows_codes(struct loading *l, const struct link *link,
			const char *file)
{
	buf_clear(&l->sql);
	buf_print(&l->sql,
		  "select line, '%s ' || %s from incoming i where %s is not "
		  "null and not exists (select from %s t where t.code = i.%s)",
		  link->column, link->column, link->column, link->target,
		  link->column);
	if (text_same(link->list, link->target))
		buf_print(&l->sql,
			  " and not exists (select from incoming t "
			  "where t.code = i.%s)", link->column);
	buf_text(&l->sql, " order by line");
	return has_none(l, file, "is no known code");
}

/* All flaws of all kinds are told before it gives up. */
static bool is_sound(struct loading *l, const struct list *list,
		     const char *file)
{
	bool is_sound = has_no_twins(l, list, file);

	for (size_t i = 0; i < COUNT_OF(links); i++)
		if (text_same(links[i].list, list->name))
			is_sound &= knows_codes(l, &links[i], file);
	return is_sound;
}

static bool absorb(struct loading *l, const struct source *from)
{
	uint8_t hash[SHA256_BYTES];
	char hex[2 + 2 * SHA256_BYTES + 1] = "\\x";
	const char *const params[] = { from->list, from->edition, from->source,
				       hex };
	struct fault fault;
	struct rows *rows;

	crypto_sha256((struct bytes){ l->file.at, l->file.used }, hash);
	text_hex(hash, sizeof(hash), hex + 2);
	rows = sync_query(l->s,
			  "select (select count(*) from incoming), added, "
			  "changed, retired "
			  "from reference_absorb($1, $2, $3, $4::bytea)",
			  4, params, &fault);
	if (!rows)
		return complain(l, from->file);
	fprintf(stdout,
		"%s: %s rows, %s added, %s changed, %s retired (%s)\n",
		from->list, rows_text(rows, 0, 0), rows_text(rows, 0, 1),
		rows_text(rows, 0, 2), rows_text(rows, 0, 3), from->edition);
	rows_release(rows);
	return true;
}

static bool load_list(struct loading *l, const struct source *from)
{
	const struct list *list = list_of(from->list);
	struct fault fault;
	bool is_there;

	if (!list || !*from->edition || !*from->source ||
	    strchr(from->file, '/')) {
		fprintf(stderr, "reference load: lists.csv: the row of %s "
			"needs a known list, a file here, an edition and a "
			"source\n", from->list);
		return false;
	}
	if (!read_file(l, from->file, &is_there))
		return false;
	if (!is_there) {
		fprintf(stderr, "reference load: there is no %s/%s\n", l->dir,
			from->file);
		return false;
	}
	buf_clear(&l->sql);
	buf_print(&l->sql,
		  "drop table if exists incoming; create temp table incoming "
		  "(like %s including defaults including constraints, "
		  "line integer generated always as identity (start 2)) "
		  "on commit drop", list->name);
	if (!sync_exec(l->s, sql_of(l), &fault))
		return complain(l, from->file);
	return copy_in(l, "incoming", from->file) &&
	       is_sound(l, list, from->file) && absorb(l, from);
}

static bool load_rows(struct loading *l, const struct rows *rows)
{
	for (int i = 0; i < rows_count(rows); i++) {
		const struct source from = {
			.list = rows_text(rows, i, 0),
			.file = rows_text(rows, i, 1),
			.edition = rows_text(rows, i, 2),
			.source = rows_text(rows, i, 3),
		};

		l->has_pairs |= text_same(from.list, pair_list);
		if (!load_list(l, &from))
			return false;
	}
	return true;
}

/* What lists.csv names, in its order. */
static bool load_described(struct loading *l)
{
	struct fault fault;
	struct rows *rows;
	bool is_done;

	if (!sync_exec(l->s,
		       "create temp table described (line integer generated "
		       "always as identity, name text, file text, "
		       "edition text, source text) on commit drop", &fault))
		return complain(l, "lists.csv");
	if (!copy_in(l, "described", "lists.csv"))
		return false;
	rows = sync_query(l->s, "select name, file, edition, source "
			  "from described order by line", 0, NULL, &fault);
	if (!rows)
		return complain(l, "lists.csv");
	is_done = load_rows(l, rows);
	rows_release(rows);
	return is_done;
}

static bool load_pairs(struct loading *l, bool *is_there)
{
	const struct source pairs = { pair_list, pair_file, "operator's own",
				      pair_file };

	*is_there = l->has_pairs;
	if (l->has_pairs)
		return true;
	return read_file(l, pair_file, is_there) &&
	       (!*is_there || load_list(l, &pairs));
}

static bool load(struct loading *l)
{
	bool is_described, has_pairs;

	if (!read_file(l, "lists.csv", &is_described) ||
	    (is_described && !load_described(l)) ||
	    !load_pairs(l, &has_pairs))
		return false;
	if (!is_described && !has_pairs)
		fprintf(stderr, "reference load: %s has neither lists.csv nor "
			"%s\n", l->dir, pair_file);
	return is_described || has_pairs;
}

/* Servers judge by the pairs, and read them again when they hear of it. */
static bool announce(struct loading *l)
{
	struct fault fault;

	if (sync_exec(l->s,
		      "insert into change (consortium_id, topic, subject_id, "
		      "kind) select id, 'reference', id, 'updated' "
		      "from consortium where not is_service; "
		      "select pg_notify('duikou_change', id::text) "
		      "from consortium where not is_service", &fault))
		return true;
	return complain(l, "change");
}

static bool load_in_transaction(struct loading *l)
{
	struct fault fault;

	/* one at a time, since both would retire what the other brings */
	if (!sync_begin(l->s, &fault))
		return complain(l, "begin");
	if (!sync_exec(l->s, "lock table reference_list in share row "
		       "exclusive mode", &fault)) {
		complain(l, "reference_list");
	} else if (load(l) && announce(l)) {
		if (sync_commit(l->s, &fault))
			return true;
		complain(l, "commit");
	}
	sync_rollback(l->s);
	fprintf(stderr, "reference load: nothing was loaded\n");
	return false;
}

int reference_load_run(const struct config *config, char **arguments)
{
	struct loading l = { .dir = arguments[0] };
	struct fault fault;
	bool is_done;

	l.s = sync_open(config->database_url, "duikou-reference", &fault);
	if (!l.s) {
		fprintf(stderr, "reference load: %s\n", fault.detail);
		return EXIT_FAILURE;
	}
	is_done = load_in_transaction(&l);
	sync_close(l.s);
	buf_close(&l.file);
	buf_close(&l.sql);
	return is_done ? EXIT_SUCCESS : EXIT_FAILURE;
}
