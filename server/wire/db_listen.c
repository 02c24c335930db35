/* db_listen.c - what PostgreSQL says unasked, on a connection of its own. */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "wire/db_private.h"

static struct conn *listener(const struct db *db)
{
	struct conn *last = &db->conns[db->conn_count - 1];

	return last->role == DB_LISTEN ? last : NULL;
}

void db_listen(struct db *db, const char *channel,
	       void (*heard)(void *arg, const char *payload), void *arg)
{
	struct conn *c = listener(db);

	must(db->magic == DB_MAGIC && db->channel_count < DB_CHANNELS_MAX);
	must(strspn(channel, "abcdefghijklmnopqrstuvwxyz_") ==
	     strlen(channel));
	db->channels[db->channel_count++] = (struct channel){
		.name = mem_text(channel), .heard = heard, .arg = arg };
	if (!c)
		conn_open(&db->conns[db->conn_count++], db, DB_LISTEN);
	else if (c->state == CONN_READY && !listen_send(c))
		c->is_lost = true;
	db_wake(db);
}

bool db_is_listening(const struct db *db)
{
	const struct conn *c = listener(db);

	return c && c->state == CONN_READY;
}

bool listen_send(struct conn *c)
{
	struct buf text = { 0 };
	bool is_sent = true;

	c->state = CONN_PREPARING;
	for (int i = 0; i < c->db->channel_count && is_sent; i++) {
		if (c->db->channels[i].is_on)
			continue;
		buf_clear(&text);
		buf_print(&text, "listen %s", c->db->channels[i].name);
		buf_byte(&text, '\0');
		is_sent = PQsendQueryParams(c->pg, text.at, 0, NULL, NULL,
					    NULL, NULL, 0);
	}
	buf_close(&text);
	if (!is_sent || !PQpipelineSync(c->pg))
		return false;
	conn_flush(c);
	return true;
}

static void tell(struct db *db, const PGnotify *said)
{
	for (int i = 0; i < db->channel_count; i++)
		if (text_same(db->channels[i].name, said->relname))
			db->channels[i].heard(db->channels[i].arg,
					      said->extra);
}

void listen_take(struct conn *c)
{
	PGnotify *said;

	while ((said = PQnotifies(c->pg)) != NULL) {
		tell(c->db, said);
		PQfreemem(said);
	}
}

void listen_is_on(struct db *db)
{
	for (int i = 0; i < db->channel_count; i++) {
		struct channel *channel = &db->channels[i];

		if (channel->is_on)
			continue;
		channel->is_on = true;
		channel->heard(channel->arg, NULL);
	}
}

void listen_is_off(struct db *db)
{
	for (int i = 0; i < db->channel_count; i++)
		db->channels[i].is_on = false;
}
