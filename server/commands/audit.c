/*
 * audit.c - walks every consortium's chain and says what does not fit: entries
 * altered, missing, in another order, or cut off at the end. Whoever can alter
 * the entries can alter the chain's end with them; who noted down an earlier
 * end (this command prints them) has them held to it.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "commands/command.h"
#include "records/audit.h"
#include "wire/db_sync.h"

enum { PAGE = 1000, SLUG_ROOM = 101, HEX_ROOM = SHA256_BYTES * 2 + 1,
       LINE_ROOM = 512 };

/* Columns of schema/queries/audit_heads.sql. */
enum { HEAD_ID, HEAD_SLUG, HEAD_SEQ, HEAD_HASH };

/* An end that somebody noted down. */
struct noted {
	char slug[SLUG_ROOM], hash[HEX_ROOM];
	int64_t seq;
};

struct walk {
	struct sync *s;
	struct buf scratch;
	struct buf noted;	/* struct noted, one after the other */
	int noted_count;
	int64_t fault_count;	/* of all chains */
	/* the chain that is walked */
	const char *slug;
	int64_t seq;		/* of the last entry seen */
	char hash[HEX_ROOM];	/* of that entry */
};

static void find_fault(struct walk *w, const char *format, ...)
	PRINTF_LIKE(2, 3);

static void find_fault(struct walk *w, const char *format, ...)
{
	va_list arguments;

	w->fault_count++;
	fprintf(stderr, "%s: ", w->slug);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
}

/* ---- what was noted ---- */

/* "slug number hash", and whatever follows; takes the line apart. */
static bool noted_from_line(char *line, struct noted *n)
{
	char *number = line + strcspn(line, " "), *hash;
	size_t slug_bytes, hash_bytes;

	if (!*number)
		return false;
	*number++ = '\0';
	hash = number + strcspn(number, " ");
	if (!*hash)
		return false;
	*hash++ = '\0';
	slug_bytes = strlen(line);
	hash_bytes = strcspn(hash, " \r\n");
	if (slug_bytes >= sizeof(n->slug) ||
	    hash_bytes != sizeof(n->hash) - 1 ||
	    !text_to_int(number, &n->seq))
		return false;
	memset(n, 0, offsetof(struct noted, seq));
	memcpy(n->slug, line, slug_bytes);
	memcpy(n->hash, hash, hash_bytes);
	return true;
}

static void keep_noted(struct walk *w, const struct noted *n)
{
	struct buf *b = &w->noted;

	buf_bytes(b, n, sizeof(*n));
	w->noted_count++;
}

/* Lines as they are printed. */
static bool read_noted(struct walk *w, const char *path)
{
	FILE *in = text_same(path, "-") ? stdin : fopen(path, "r");
	bool is_read = true;
	char line[LINE_ROOM];
	struct noted n;

	if (!in) {
		fprintf(stderr, "audit verify: cannot read %s\n", path);
		return false;
	}
	for (int number = 1; is_read && fgets(line, sizeof(line), in);
	     number++) {
		is_read = noted_from_line(line, &n);
		if (is_read)
			keep_noted(w, &n);
		else
			fprintf(stderr, "audit verify: %s: line %d is not "
				"\"slug number hash\"\n", path, number);
	}
	if (in != stdin)
		(void)fclose(in);
	return is_read;
}

static const struct noted *noted_at(const struct walk *w, int i)
{
	return (const struct noted *)(const void *)w->noted.at + i;
}

/* The entry just seen, against what was noted of it. */
static void hold_to_noted(struct walk *w)
{
	for (int i = 0; i < w->noted_count; i++) {
		const struct noted *n = noted_at(w, i);

		if (n->seq == w->seq && text_same(n->slug, w->slug) &&
		    !text_same(n->hash, w->hash))
			find_fault(w, "entry %" PRId64 " is not the one that "
				   "was noted", n->seq);
	}
}

/* What was noted of chains, or of entries, that are not there. */
static void miss_noted(struct walk *w)
{
	for (int i = 0; i < w->noted_count; i++) {
		const struct noted *n = noted_at(w, i);

		if (n->seq > w->seq && text_same(n->slug, w->slug))
			find_fault(w, "entry %" PRId64 ", which was noted, is "
				   "missing", n->seq);
	}
}

/* ---- one chain ---- */

static void see_entry(struct walk *w, const struct rows *rows, int row)
{
	int64_t seq = rows_int(rows, row, AUDIT_SEQ);
	uint8_t hash[SHA256_BYTES];
	char hex[HEX_ROOM];

	if (seq != w->seq + 1)
		find_fault(w, "entries %" PRId64 " to %" PRId64 " are missing",
			   w->seq + 1, seq - 1);
	else if (!text_same(rows_text(rows, row, AUDIT_PREV_HASH), w->hash))
		find_fault(w, "entry %" PRId64 " does not follow the one "
			   "before it", seq);
	audit_hash(rows, row, &w->scratch, hash);
	text_hex(hash, sizeof(hash), hex);
	if (!text_same(rows_text(rows, row, AUDIT_HASH), hex))
		find_fault(w, "entry %" PRId64 " was altered", seq);
	w->seq = seq;
	snprintf(w->hash, sizeof(w->hash), "%s",
		 rows_text(rows, row, AUDIT_HASH));
	hold_to_noted(w);
}

static bool walk_entries(struct walk *w, const char *consortium,
			 struct fault *fault)
{
	int count = PAGE;
	char after[24], page[24];

	snprintf(page, sizeof(page), "%d", PAGE);
	while (count == PAGE) {
		struct rows *rows;

		snprintf(after, sizeof(after), "%" PRId64, w->seq);
		rows = SYNC_ASK(w->s, fault, SQL_AUDIT_WALK, consortium, after,
				page);
		if (!rows)
			return false;
		count = rows_count(rows);
		for (int i = 0; i < count; i++)
			see_entry(w, rows, i);
		rows_release(rows);
	}
	return true;
}

static bool walk_chain(struct walk *w, const struct rows *heads, int row,
		       struct fault *fault)
{
	int64_t before = w->fault_count, end = rows_int(heads, row, HEAD_SEQ);

	w->slug = rows_text(heads, row, HEAD_SLUG);
	w->seq = 0;
	memset(w->hash, '0', sizeof(w->hash) - 1);
	if (!walk_entries(w, rows_text(heads, row, HEAD_ID), fault))
		return false;
	if (w->seq != end)
		find_fault(w, "the last entry is %" PRId64 ", but the chain's "
			   "end says %" PRId64, w->seq, end);
	else if (!text_same(w->hash, rows_text(heads, row, HEAD_HASH)))
		find_fault(w, "the chain's end has another hash than entry %"
			   PRId64, w->seq);
	miss_noted(w);
	fprintf(stdout, "%s %" PRId64 " %s %s\n", w->slug, w->seq, w->hash,
	       w->fault_count == before ? "sound" : "NOT SOUND");
	return true;
}

/* ---- all of them ---- */

/* What was noted of a consortium that is not there. */
static void miss_chains(struct walk *w, const struct rows *heads)
{
	for (int i = 0; i < w->noted_count; i++) {
		bool is_there = false;

		for (int k = 0; k < rows_count(heads); k++)
			is_there |= text_same(rows_text(heads, k, HEAD_SLUG),
					      noted_at(w, i)->slug);
		w->slug = noted_at(w, i)->slug;
		if (!is_there)
			find_fault(w, "the consortium, whose audit was noted, "
				   "is missing");
	}
}

/* In one snapshot: what is added meanwhile is not seen in part. */
static bool walk_all(struct walk *w, struct fault *fault)
{
	struct rows *heads;
	bool is_done = true;

	if (!sync_begin(w->s, fault) ||
	    !sync_exec(w->s, "set transaction isolation level repeatable read "
		       "read only", fault))
		return false;
	heads = sync_ask(w->s, SQL_AUDIT_HEADS, 0, NULL, fault);
	if (!heads)
		return false;
	for (int i = 0; is_done && i < rows_count(heads); i++)
		is_done = walk_chain(w, heads, i, fault);
	if (is_done)
		miss_chains(w, heads);
	rows_release(heads);
	return is_done && sync_commit(w->s, fault);
}

int audit_verify_run(const struct config *config, char **arguments)
{
	struct walk w = { .fault_count = 0 };
	struct fault fault = { 0 };
	bool is_done = !arguments[0] || read_noted(&w, arguments[0]);

	if (is_done) {
		w.s = sync_open(config->database_url, "duikou-audit", &fault);
		is_done = w.s && walk_all(&w, &fault);
		if (!is_done)
			fprintf(stderr, "audit verify: %s\n", w.s ?
				sync_message(w.s) : fault.detail);
	}
	sync_close(w.s);
	buf_close(&w.noted);
	buf_close(&w.scratch);
	return is_done && w.fault_count == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
