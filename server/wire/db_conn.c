/*
 * db_conn.c - one connection's life. It connects without blocking, serves, and
 * when it is lost starts anew, later and later, never in step with its
 * neighbours. The one of DB_KEYED prepares every statement first; until it has
 * once, none serves, for the schema may not be migrated. The others prepare
 * what they are asked (pipe_put): a few of hundreds.
 */
#include <event2/event.h>
#include <event2/util.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "wire/db_private.h"

static const char *const role_words[] = {
	[DB_KEYED] = "keyed", [DB_READ] = "read", [DB_WRITE] = "write",
	[DB_GROUPED] = "grouped", [DB_LISTEN] = "listen",
};

static void timer_set(struct conn *c, int64_t ms)
{
	const struct timeval after = { .tv_sec = ms / 1000,
				       .tv_usec = ms % 1000 * 1000 };

	must(event_add(c->timer, &after) == 0);
}

static void event_drop(struct event **event)
{
	if (*event)
		event_free(*event);
	*event = NULL;
}

/* Between half of the time and all of it, doubled at every failure. */
static int64_t backoff_ms(unsigned attempt)
{
	int64_t ms = BACKOFF_LAST_MS;
	uint16_t chance;

	if (attempt < 6)
		ms = BACKOFF_FIRST_MS << attempt;
	if (ms > BACKOFF_LAST_MS)
		ms = BACKOFF_LAST_MS;
	evutil_secure_rng_get_bytes(&chance, sizeof(chance));
	return ms / 2 + ms / 2 * chance / UINT16_MAX;
}

static void conn_disconnect(struct conn *c)
{
	event_drop(&c->step);
	event_drop(&c->readable);
	event_drop(&c->writable);
	if (c->role == DB_LISTEN)
		listen_is_off(c->db);
	PQfinish(c->pg);
	c->pg = NULL;
	c->state = CONN_DOWN;
	c->is_lost = c->is_worn = false;
}

/* Once at the first failure, then now and then: an outage is no flood. */
static void log_loss(const struct conn *c)
{
	if (c->attempt % 32 == 0)
		log_line(LOG_WARN, "database connection lost",
			 "role=%s was_ready=%d attempt=%u why=\"%s\"",
			 role_words[c->role], c->state == CONN_READY,
			 c->attempt, c->pg ? PQerrorMessage(c->pg) : "");
}

void conn_check(struct conn *c)
{
	bool is_renewal = c->is_worn && !c->flying.count && !c->turn;

	if (!c->is_lost && !is_renewal)
		return;
	if (c->is_lost)
		log_loss(c);
	conn_disconnect(c);
	timer_set(c, backoff_ms(c->attempt++));
	if (c->turn)
		turn_conn_lost(c->turn);
	pipe_abandon_all(c);
}

bool conns_wear(struct conn *c)
{
	struct db *db = c->db;

	if (c->is_worn)
		return true;
	if (db->renewed_ms && clock_ms() - db->renewed_ms < RENEW_MS)
		return false;
	db->renewed_ms = clock_ms();
	for (int i = 0; i < db->conn_count; i++)
		db->conns[i].is_worn = db->conns[i].role != DB_LISTEN;
	return true;
}

static void conn_fail(struct conn *c)
{
	c->is_lost = true;
	conn_check(c);
}

void conn_flush(struct conn *c)
{
	int left = PQflush(c->pg);

	if (left < 0)
		c->is_lost = true;
	else if (left > 0 && c->writable)
		event_add(c->writable, NULL);
}

static void conn_ready(struct conn *c)
{
	event_del(c->timer);
	c->state = CONN_READY;
	c->attempt = 0;
	c->db->counts.reconnects += c->was_ready;
	c->was_ready = true;
	if (c->role == DB_LISTEN)
		listen_is_on(c->db);
	else
		lane_rise(c->db, c->role);
	db_wake(c->db);
}

/* Those that waited to hear whether the statements fit. */
static void conns_fit(struct db *db)
{
	db->is_fit = true;
	for (int i = 0; i < db->conn_count; i++) {
		struct conn *c = &db->conns[i];

		if (c->role != DB_KEYED && c->role != DB_LISTEN &&
		    c->state == CONN_PREPARING && !c->is_lost)
			conn_ready(c);
	}
}

static void log_unprepared(const struct conn *c, const PGresult *result)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

	log_line(LOG_ERROR, "statement cannot be prepared",
		 "statement=%s sqlstate=%s why=\"%s\"",
		 c->role == DB_LISTEN || c->prepared >= c->db->statement_count ?
			 "listen" : c->db->statements[c->prepared].name,
		 state ? state : "", PQresultErrorMessage(result));
}

/* It hears that a statement does not fit, not that the connection is lost. */
static void conn_unfit(struct conn *c, const PGresult *result)
{
	if (c->role == DB_KEYED)
		c->db->is_fit = false;
	if (c->attempt % 32 == 0)
		log_unprepared(c, result);
}

/* The last of what this connection had to hear before it may serve. */
static void conn_prepared(struct conn *c)
{
	conn_ready(c);
	if (c->role == DB_KEYED)
		conns_fit(c->db);
}

/* A statement that does not fit the schema keeps the connection from serving:
 * the schema is not migrated, and once it is, the next attempt succeeds. */
static void take_prepared(struct conn *c)
{
	int nothings = 0;

	while (c->state == CONN_PREPARING && !c->is_lost && !PQisBusy(c->pg)) {
		PGresult *result = PQgetResult(c->pg);

		nothings = result ? 0 : nothings + 1;
		if (nothings > 2)
			c->is_lost = true;
		else if (PQresultStatus(result) == PGRES_PIPELINE_SYNC)
			conn_prepared(c);
		else if (result && db_result_is_good(result))
			c->prepared++;
		else if (result) {
			if (!db_result_is_loss(result))
				conn_unfit(c, result);
			c->is_lost = true;
		}
		PQclear(result);
	}
}

static void on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct conn *c = arg;
	bool is_gone = !PQconsumeInput(c->pg);

	(void)fd;
	(void)what;
	c->heard_ms = clock_ms();
	PQisBusy(c->pg);	/* what came unasked is read even when idle */
	if (c->state == CONN_PREPARING)
		take_prepared(c);
	pipe_take_results(c);
	if (c->role == DB_LISTEN)
		listen_take(c);
	c->is_lost |= is_gone;
	conn_check(c);
}

static void on_writable(evutil_socket_t fd, short what, void *arg)
{
	struct conn *c = arg;

	(void)fd;
	(void)what;
	conn_flush(c);
	conn_check(c);
}

/* A WARNING at a commit says that it may be local only (a synchronous standby
 * did not answer). Our statements raise none, so each one counts. */
static void on_notice(void *arg, const PGresult *notice)
{
	struct conn *c = arg;
	const char *severity =
		PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
	const char *state = PQresultErrorField(notice, PG_DIAG_SQLSTATE);

	if (!severity || *severity != 'W')
		return;
	c->is_warned = c->flying.count > 0;
	log_line(LOG_WARN, "database warns", "role=%s sqlstate=%s",
		 role_words[c->role], state ? state : "");
}

static bool send_statements(struct conn *c)
{
	const struct sql_text *s = c->db->statements;
	size_t count = (size_t)c->db->statement_count;

	memset(c->statements, c->role == DB_KEYED ? STATEMENT_PREPARED :
						    STATEMENT_UNKNOWN, count);
	c->state = CONN_PREPARING;
	if (c->role == DB_LISTEN)
		return listen_send(c);
	if (c->role != DB_KEYED) {
		if (c->db->is_fit)
			conn_ready(c);
		return true;
	}
	for (size_t i = 0; i < count; i++)
		if (!PQsendPrepare(c->pg, s[i].name, s[i].text, 0, NULL))
			return false;
	if (!PQpipelineSync(c->pg))
		return false;
	conn_flush(c);
	return true;
}

static void conn_connected(struct conn *c)
{
	c->prepared = 0;
	c->readable = event_new(c->db->base, PQsocket(c->pg),
				EV_READ | EV_PERSIST, on_readable, c);
	c->writable = event_new(c->db->base, PQsocket(c->pg), EV_WRITE,
				on_writable, c);
	must(c->readable && c->writable && event_add(c->readable, NULL) == 0);
	if (PQsetnonblocking(c->pg, 1) != 0 || !PQenterPipelineMode(c->pg) ||
	    !send_statements(c))
		conn_fail(c);
}

static void on_step(evutil_socket_t fd, short what, void *arg);

static void step_await(struct conn *c, short what)
{
	event_drop(&c->step);	/* the socket may be another one by now */
	c->step = event_new(c->db->base, PQsocket(c->pg), what, on_step, c);
	must(c->step && event_add(c->step, NULL) == 0);
}

static void on_step(evutil_socket_t fd, short what, void *arg)
{
	struct conn *c = arg;

	(void)fd;
	(void)what;
	switch (PQconnectPoll(c->pg)) {
	case PGRES_POLLING_READING:
		step_await(c, EV_READ);
		break;
	case PGRES_POLLING_WRITING:
		step_await(c, EV_WRITE);
		break;
	case PGRES_POLLING_OK:
		event_drop(&c->step);
		conn_connected(c);
		break;
	default:
		conn_fail(c);
	}
}

static void conn_connect(struct conn *c)
{
	struct db *db = c->db;

	c->state = CONN_CONNECTING;
	if (!db_hosts_put(db->hosts, &db->url, c->attempt)) {
		conn_fail(c);
		return;
	}
	c->pg = PQconnectStartParams(db->url.keywords, db->url.values, 0);
	must(c->pg != NULL);
	PQsetNoticeReceiver(c->pg, on_notice, c);
	timer_set(c, CONNECT_MS);
	if (PQstatus(c->pg) == CONNECTION_BAD)
		conn_fail(c);
	else
		step_await(c, EV_WRITE);
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct conn *c = arg;

	(void)fd;
	(void)what;
	if (c->state != CONN_DOWN)
		conn_fail(c);
	else if (db_hosts_known(c->db->hosts))
		conn_connect(c);
	else
		c->state = CONN_FINDING;
}

void conns_found(void *arg)
{
	struct db *db = arg;

	for (int i = 0; i < db->conn_count; i++)
		if (db->conns[i].state == CONN_FINDING)
			conn_connect(&db->conns[i]);
}

void conn_open(struct conn *c, struct db *db, int role)
{
	*c = (struct conn){ .db = db, .role = role };
	c->statements = mem_zeroed((size_t)db->statement_count + 1, 1);
	list_init(&c->flying);
	c->timer = event_new(db->base, -1, 0, on_timer, c);
	must(c->timer != NULL);
	timer_set(c, 0);
}

void conn_close(struct conn *c)
{
	conn_disconnect(c);
	if (c->turn)
		turn_conn_lost(c->turn);
	pipe_abandon_all(c);
	event_drop(&c->timer);
	mem_free(c->statements);
}
