/*
 * tokens.c - a table of small sets: a hash says the set, and within a set the
 * place that was used longest ago gives way. Sessions are forgotten by their
 * own id or their account's, which takes a walk, but is rare.
 */
#include "flow/tokens.h"

#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/mem.h"
#include "flow/revocations.h"

enum { SETS = 4096, WAYS = 4, TOKEN_MAX_BYTES = 512 };

struct place {
	uint8_t hash[SHA256_BYTES];
	struct actor actor;	/* role nobody: the place is free */
	int64_t expires_ms;
	uint64_t used_at;	/* of `turn` */
};

struct tokens {
	struct db *db;
	struct revocations *revocations;
	uint64_t turn, moment, heard;
	struct token_counts counts;
	struct place places[SETS][WAYS];
};

static void forget(struct tokens *t, struct place *place)
{
	place->actor.role = ROLE_NOBODY;
	t->counts.forgotten++;
}

/* NULL forgets everybody. */
static void forget_id(struct tokens *t, const struct uuid *id)
{
	for (int set = 0; set < SETS; set++)
		for (int way = 0; way < WAYS; way++) {
			struct place *p = &t->places[set][way];

			if (p->actor.role == ROLE_NOBODY)
				continue;
			if (!id || uuid_same(&p->actor.session_id, id) ||
			    uuid_same(&p->actor.account_id, id))
				forget(t, p);
		}
}

/* The payload is the id of a session, or of an account for all of its. */
static void on_revoked(void *arg, const char *payload)
{
	struct tokens *t = arg;
	struct uuid id;

	t->moment++;
	forget_id(t, payload && uuid_parse(payload, &id) ? &id : NULL);
}

/* What any loop of this server revoked since this one looked. */
static void catch_up(struct tokens *t)
{
	struct uuid ids[REVOCATIONS_KEPT];
	int count;

	if (revocations_count(t->revocations) == t->heard)
		return;
	t->moment++;
	if (!revocations_since(t->revocations, &t->heard, ids, &count))
		forget_id(t, NULL);
	for (int i = 0; i < count; i++)
		forget_id(t, &ids[i]);
}

void tokens_forget(struct tokens *t, const struct uuid *id)
{
	revocations_add(t->revocations, id);
}

struct tokens *tokens_open(struct db *db, struct revocations *revocations)
{
	struct tokens *t = mem_new(struct tokens);

	t->db = db;
	t->revocations = revocations;
	t->heard = revocations_count(revocations);
	db_listen(db, "duikou_session", on_revoked, t);
	return t;
}

void tokens_close(struct tokens *t)
{
	mem_free(t);
}

static struct place *set_of(struct tokens *t, const uint8_t *hash)
{
	return t->places[(hash[0] << 8 | hash[1]) % SETS];
}

bool tokens_find(struct tokens *t, const uint8_t hash[SHA256_BYTES],
		 struct actor *actor)
{
	struct place *set = set_of(t, hash);

	catch_up(t);
	for (int way = 0; way < WAYS; way++) {
		struct place *p = &set[way];

		if (p->actor.role == ROLE_NOBODY ||
		    !crypto_is_same(p->hash, hash, SHA256_BYTES))
			continue;
		if (!db_is_listening(t->db))
			break;
		if (p->expires_ms <= clock_wall_ms()) {
			forget(t, p);
			break;
		}
		p->used_at = ++t->turn;
		*actor = p->actor;
		t->counts.found++;
		return true;
	}
	t->counts.missed++;
	return false;
}

uint64_t tokens_moment(struct tokens *t)
{
	catch_up(t);
	return t->moment;
}

/* The token's own place if it has one, else a free one, else the stalest. */
static struct place *place_for(struct tokens *t, const uint8_t *hash)
{
	struct place *set = set_of(t, hash), *best = NULL;

	for (int way = 0; way < WAYS; way++) {
		struct place *p = &set[way];

		if (p->actor.role != ROLE_NOBODY &&
		    memcmp(p->hash, hash, SHA256_BYTES) == 0)
			return p;
		if (p->actor.role == ROLE_NOBODY)
			p->used_at = 0;
		if (!best || p->used_at < best->used_at)
			best = p;
	}
	return best;
}

void tokens_learn(struct tokens *t, const uint8_t hash[SHA256_BYTES],
		  const struct actor *actor, int64_t expires_wall_ms,
		  uint64_t moment)
{
	struct place *p;

	if (moment != tokens_moment(t) || !db_is_listening(t->db))
		return;
	must(actor->role != ROLE_NOBODY);
	p = place_for(t, hash);
	memcpy(p->hash, hash, SHA256_BYTES);
	p->actor = *actor;
	p->expires_ms = expires_wall_ms;
	p->used_at = ++t->turn;
	t->counts.learned++;
}

/* RFC 6750 section 2.1: letters, digits and -._~+/ with = at the end. */
static bool is_token(const char *at, size_t bytes)
{
	size_t i = 0;

	while (i < bytes && ((at[i] >= 'A' && at[i] <= 'Z') ||
			     (at[i] >= 'a' && at[i] <= 'z') ||
			     (at[i] >= '0' && at[i] <= '9') ||
			     (at[i] && strchr("-._~+/", at[i]))))
		i++;
	if (i == 0 || bytes > TOKEN_MAX_BYTES)
		return false;
	while (i < bytes && at[i] == '=')
		i++;
	return i == bytes;
}

bool token_from_header(const char *header, size_t bytes, const char **token,
		       size_t *token_bytes)
{
	size_t at = 7;

	if (bytes <= at || strncasecmp(header, "bearer ", at) != 0)
		return false;
	while (at < bytes && header[at] == ' ')
		at++;
	*token = header + at;
	*token_bytes = bytes - at;
	return is_token(*token, *token_bytes);
}

struct token_counts tokens_counts(const struct tokens *t)
{
	return t->counts;
}
