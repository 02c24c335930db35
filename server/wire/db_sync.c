/*
 * db_sync.c - see db_sync.h. The connection is blocking; keepalives and
 * tcp_user_timeout (db_url.c) bound how long a dead peer can hold it.
 */
#include "wire/db_sync.h"

#include <errno.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "wire/db_fault.h"
#include "wire/db_url.h"

struct sync {
	PGconn *pg;
	bool *is_prepared;
	bool is_warned, is_in_transaction;
	char message[2000];
};

static void on_notice(void *arg, const PGresult *notice)
{
	struct sync *s = arg;
	const char *severity =
		PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);

	s->is_warned |= severity && *severity == 'W';
}

static void keep_message(struct sync *s, const char *message)
{
	size_t used;

	snprintf(s->message, sizeof(s->message), "%s", message);
	used = strlen(s->message);
	while (used && s->message[used - 1] == '\n')
		s->message[--used] = '\0';
}

struct sync *sync_open(const char *url, const char *name, struct fault *fault)
{
	const char *flaw = db_url_flaw(url);
	struct db_url words;
	struct sync *s;

	if (flaw) {
		fault_set(fault, FAULT_NO_DATABASE, "URL: %s", flaw);
		return NULL;
	}
	s = mem_new(struct sync);
	db_url_open(&words, url, name, "");
	s->pg = PQconnectdbParams(words.keywords, words.values, 0);
	db_url_close(&words);
	must(s->pg != NULL);
	if (PQstatus(s->pg) != CONNECTION_OK) {
		fault_set(fault, FAULT_NO_DATABASE, "%s",
			  PQerrorMessage(s->pg));
		PQfinish(s->pg);
		mem_free(s);
		return NULL;
	}
	s->is_prepared = mem_zeroed((size_t)SQL_COUNT + 1, sizeof(bool));
	PQsetNoticeReceiver(s->pg, on_notice, s);
	return s;
}

void sync_close(struct sync *s)
{
	if (!s)
		return;
	PQfinish(s->pg);
	mem_free(s->is_prepared);
	mem_free(s);
}

const char *sync_message(const struct sync *s)
{
	return s->message;
}

static bool lost(const struct sync *s, struct fault *fault)
{
	if (s->is_in_transaction)
		return fault_set(fault, FAULT_NO_DATABASE, "%s",
				 "the connection was lost");
	return fault_set(fault, FAULT_OUTCOME_UNKNOWN, "%s",
			 "the connection was lost");
}

/* Good, or the fault; the result is cleared if it is not good. */
static bool judge(struct sync *s, PGresult *result, const char *name,
		  struct fault *fault)
{
	if (result && db_result_is_good(result))
		return true;
	keep_message(s, PQerrorMessage(s->pg));
	if (!result || db_result_is_loss(result) ||
	    PQstatus(s->pg) != CONNECTION_OK)
		lost(s, fault);
	else if (PQresultStatus(result) == PGRES_FATAL_ERROR)
		db_fault(result, name, fault);
	else
		fault_set(fault, FAULT_BUG, "%s answers with something else",
			  name);
	PQclear(result);
	return false;
}

static bool prepare(struct sync *s, enum sql_id sql, struct fault *fault)
{
	const struct sql_text *text = &sql_texts[sql];
	PGresult *result;

	must((int)sql >= 0 && (int)sql < (int)SQL_COUNT);
	if (s->is_prepared[sql])
		return true;
	result = PQprepare(s->pg, text->name, text->text, 0, NULL);
	if (!judge(s, result, text->name, fault))
		return false;
	PQclear(result);
	s->is_prepared[sql] = true;
	return true;
}

struct rows *sync_ask(struct sync *s, enum sql_id sql, int param_count,
		      const char *const *params, struct fault *fault)
{
	PGresult *result;

	if (!prepare(s, sql, fault))
		return NULL;
	result = PQexecPrepared(s->pg, sql_texts[sql].name, param_count,
				params, NULL, NULL, 0);
	return judge(s, result, sql_texts[sql].name, fault) ?
		       (struct rows *)result : NULL;
}

struct rows *sync_query(struct sync *s, const char *text, int param_count,
			const char *const *params, struct fault *fault)
{
	PGresult *result = PQexecParams(s->pg, text, param_count, NULL, params,
					NULL, NULL, 0);

	return judge(s, result, "command", fault) ? (struct rows *)result :
						    NULL;
}

bool sync_exec(struct sync *s, const char *text, struct fault *fault)
{
	PGresult *result = PQexec(s->pg, text);

	if (!judge(s, result, "command", fault))
		return false;
	PQclear(result);
	return true;
}

bool sync_begin(struct sync *s, struct fault *fault)
{
	must(!s->is_in_transaction);
	s->is_in_transaction = true;
	if (sync_exec(s, "begin", fault))
		return true;
	s->is_in_transaction = false;
	return false;
}

bool sync_commit(struct sync *s, struct fault *fault)
{
	PGresult *result;
	bool is_committed;

	must(s->is_in_transaction);
	s->is_in_transaction = s->is_warned = false;
	result = PQexec(s->pg, "commit");
	if (!judge(s, result, "commit", fault))
		return false;
	is_committed = text_same(PQcmdStatus(result), "COMMIT");
	PQclear(result);
	if (!is_committed)
		return fault_set(fault, FAULT_BUG,
				 "the transaction had failed");
	if (s->is_warned)
		return fault_set(fault, FAULT_OUTCOME_UNKNOWN,
				 "a warning came with the commit");
	return true;
}

/* If it fails, the connection is lost and the transaction with it. */
void sync_rollback(struct sync *s)
{
	s->is_in_transaction = false;
	PQclear(PQexec(s->pg, "rollback"));
}

bool sync_copy_begin(struct sync *s, const char *text, struct fault *fault)
{
	PGresult *result = PQexec(s->pg, text);

	if (PQresultStatus(result) == PGRES_COPY_IN) {
		PQclear(result);
		return true;
	}
	if (judge(s, result, "copy", fault)) {
		PQclear(result);
		fault_set(fault, FAULT_BUG, "copy takes no bytes");
	}
	return false;
}

bool sync_copy_bytes(struct sync *s, const void *at, size_t bytes,
		     struct fault *fault)
{
	const char *next = at;

	while (bytes > 0) {
		int part = bytes < 65536 ? (int)bytes : 65536;

		if (PQputCopyData(s->pg, next, part) != 1) {
			keep_message(s, PQerrorMessage(s->pg));
			return lost(s, fault);
		}
		next += part;
		bytes -= (size_t)part;
	}
	return true;
}

bool sync_copy_end(struct sync *s, int64_t *rows, struct fault *fault)
{
	PGresult *result, *rest;
	bool is_good;

	if (PQputCopyEnd(s->pg, NULL) != 1) {
		keep_message(s, PQerrorMessage(s->pg));
		return lost(s, fault);
	}
	result = PQgetResult(s->pg);
	is_good = judge(s, result, "copy", fault);
	if (is_good) {
		if (!text_to_int(PQcmdTuples(result), rows))
			*rows = 0;
		PQclear(result);
	}
	while ((rest = PQgetResult(s->pg)) != NULL)
		PQclear(rest);
	return is_good;
}

bool sync_fits(struct sync *s, enum sql_id sql, struct fault *fault)
{
	PGresult *result;
	int count;

	if (!prepare(s, sql, fault))
		return false;
	result = PQdescribePrepared(s->pg, sql_texts[sql].name);
	if (!judge(s, result, sql_texts[sql].name, fault))
		return false;
	count = PQnparams(result);
	PQclear(result);
	if (count == sql_texts[sql].param_count)
		return true;
	snprintf(s->message, sizeof(s->message),
		 "PostgreSQL counts %d parameters, the file names $%d", count,
		 sql_texts[sql].param_count);
	return fault_set(fault, FAULT_BUG, "%s", s->message);
}

bool sync_listen(struct sync *s, const char *channel, struct fault *fault)
{
	char text[80];

	must(strspn(channel, "abcdefghijklmnopqrstuvwxyz_") ==
	     strlen(channel));
	snprintf(text, sizeof(text), "listen %s", channel);
	return sync_exec(s, text, fault);
}

/* Takes all that was said, so that the next wait is for news. */
static bool hear(struct sync *s)
{
	bool is_said = false;
	PGnotify *said;

	while ((said = PQnotifies(s->pg)) != NULL) {
		is_said = true;
		PQfreemem(said);
	}
	return is_said;
}

bool sync_wait(struct sync *s, int64_t wait_ms, bool *is_said,
	       struct fault *fault)
{
	struct pollfd on = { .fd = PQsocket(s->pg), .events = POLLIN };
	int64_t end_ms = clock_ms() + wait_ms, left_ms = wait_ms;

	*is_said = hear(s);
	while (!*is_said && left_ms > 0) {
		int ready = poll(&on, 1, (int)left_ms);

		if (ready < 0 && errno == EINTR)
			return true;	/* a signal: the caller looks */
		if (ready > 0 && !PQconsumeInput(s->pg)) {
			keep_message(s, PQerrorMessage(s->pg));
			return fault_set(fault, FAULT_NO_DATABASE, "%s",
					 "the connection was lost");
		}
		*is_said = hear(s);
		left_ms = end_ms - clock_ms();
	}
	return true;
}
