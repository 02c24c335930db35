/*
 * probe.c - the server with cards of the tests' own instead of the API's:
 * each shows one thing that the ladder does. Its statements are the API's.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/config.h"
#include "base/text.h"
#include "commands/command.h"
#include "flow/everybody.h"
#include "flow/flow.h"
#include "wire/fold.h"

#define LITERAL_HASH                                                           \
	"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

struct note {
	const char *note;
	int64_t number;
};

static const struct field note_shape[] = {
	TEXT(struct note, note, 1, 20, REQUIRED),
	INT(struct note, number, 0, 9, OPTIONAL),
	END_OF_FIELDS
};

/* ---- POST /probe/sessions: an effect that can be counted ---- */

struct effect {
	struct uuid id;
	char hex[65];
};

static flow_step open_one, reply_one;

static const struct endpoint post_effect = {
	.operation = "postEffect",
	.method = "POST",
	.path = "/probe/effects",
	.allow = EVERYBODY_FOR_THEMSELVES,
	.deadline_ms = 4000,
	.state_bytes = sizeof(struct effect),
	.body = note_shape,
	.body_bytes = sizeof(struct note),
	.steps = { open_one, reply_one },
};

static enum flow_next open_one(struct flow *f)
{
	struct effect *e = f->state;

	e->id = uuid_new();
	text_hex(e->id.bytes, 16, e->hex);
	text_hex(e->id.bytes, 16, e->hex + 32);
	return tell_or(f, FAULT_BUG, SQL_SESSION_OPEN, P_CONSORTIUM(f),
		       P_ID(&e->id), P_ACCOUNT(f), P_TEXT(e->hex), P_INT(1),
		       P_NULL, P_NULL, P_TEXT("address"), P_TEXT("login"),
		       P_NULL);
}

static enum flow_next reply_one(struct flow *f)
{
	const struct effect *e = f->state;
	const struct note *note = f->body;
	char id[UUID_TEXT_BYTES];
	struct json_writer *w;

	if (text_same(note->note, "refuse"))
		return fail(f, FAULT_BAD_STATE, "%s", "as asked");
	uuid_text(&e->id, id);
	if (text_same(note->note, "tagged"))
		reply_etag_text(f, "\"tag\"");
	else
		reply_etag(f, 1);
	reply_location(f, "/probe/effects/%s", id);
	w = reply_json(f, 201);
	json_object(w);
	json_member_text(w, "id", id);
	json_member_text(w, "note", note->note);
	json_end(w);
	return FLOW_DONE;
}

/* ---- a transaction of two statements, the second of which may refuse ---- */

static flow_step open_again, reply_both;

static const struct constraint_flaw explained[] = {
	{ "session_pkey", "#/note", "duplicate", "is there already",
	  "已存在", FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE },
};

static const struct endpoint post_both = {
	.operation = "postBoth",
	.method = "POST",
	.path = "/probe/both",
	.allow = EVERYBODY_FOR_THEMSELVES,
	.state_bytes = sizeof(struct effect),
	.body = note_shape,
	.body_bytes = sizeof(struct note),
	.is_transaction = true,
	.steps = { open_one, open_again, reply_both },
};

static enum flow_next open_again(struct flow *f)
{
	struct effect *e = f->state;
	const struct note *note = f->body;
	struct uuid other = uuid_new();

	explain_constraints(f, explained);
	return tell_or(f, FAULT_BUG, SQL_SESSION_OPEN, P_CONSORTIUM(f),
		       P_ID(text_same(note->note, "twice") ? &e->id : &other),
		       P_ACCOUNT(f), P_TEXT(LITERAL_HASH), P_INT(1), P_NULL,
		       P_NULL, P_TEXT("address"), P_TEXT("login"),
		       P_NULL);
}

static enum flow_next reply_both(struct flow *f)
{
	return reply_empty(f, 204);
}

/* ---- the pool ---- */

static flow_step to_pool, from_pool;

static const struct endpoint post_ponder = {
	.operation = "postPonder",
	.method = "POST",
	.path = "/probe/ponder",
	.allow = EVERYBODY,
	.deadline_ms = 500,
	.state_bytes = sizeof(size_t),
	.media_type = "text/plain",
	.body_max_bytes = 1000,
	.steps = { to_pool, from_pool },
};

static enum flow_next on_pool(struct flow *f)
{
	size_t *sum = f->state;

	if (text_same(f->raw, "refuse"))
		return fail(f, FAULT_BAD_STATE, "%s", "by the pool");
	if (text_same(f->raw, "slow"))
		usleep(1500 * 1000);
	for (size_t i = 0; i < f->raw_bytes; i++)
		*sum += (unsigned char)f->raw[i];
	return FLOW_NEXT;
}

static enum flow_next to_pool(struct flow *f)
{
	return ponder(f, on_pool);
}

static enum flow_next from_pool(struct flow *f)
{
	struct json_writer *w = reply_json(f, 200);

	json_object(w);
	json_member_int(w, "sum", (int64_t)*(size_t *)f->state);
	json_end(w);
	return FLOW_DONE;
}

/* ---- versions ---- */

static flow_step look_at_version;

static const struct endpoint patch_version = {
	.operation = "patchVersion",
	.method = "PATCH",
	.path = "/probe/version",
	.allow = EVERYBODY,
	.body = note_shape,
	.body_bytes = sizeof(struct note),
	.is_merge_patch = true,
	.is_conditional = true,
	.steps = { look_at_version },
};

static const struct endpoint get_version_three = {
	.operation = "getVersionThree",
	.method = "GET",
	.path = "/probe/version",
	.allow = EVERYBODY,
	.steps = { look_at_version },
};

static enum flow_next look_at_version(struct flow *f)
{
	struct json_writer *w;

	if (f->endpoint->is_conditional && !version_fits(f, 3))
		return FLOW_FAIL;
	reply_etag(f, 3);
	w = reply_json(f, 200);
	json_object(w);
	json_end(w);
	return FLOW_DONE;
}

/* ---- rules and queries ---- */

struct search {
	const char *word;
	int64_t number;
};

static const struct field search_shape[] = {
	TEXT(struct search, word, 1, 5, REQUIRED),
	INT(struct search, number, 0, 9, OPTIONAL),
	END_OF_FIELDS
};

static flow_step break_rule, echo_search;

static const struct endpoint get_rule = {
	.operation = "getRule",
	.method = "GET",
	.path = "/probe/rule",
	.allow = EVERYBODY,
	.steps = { break_rule },
};

static const struct endpoint get_search = {
	.operation = "getSearch",
	.method = "GET",
	.path = "/probe/search",
	.allow = EVERYBODY,
	.query = search_shape,
	.query_bytes = sizeof(struct search),
	.is_paged = true,
	.steps = { echo_search },
};

static enum flow_next break_rule(struct flow *f)
{
	return fail_law(f, LAW_DAY_HOURS, 480, 481);
}

static enum flow_next echo_search(struct flow *f)
{
	const struct search *s = f->query;
	struct json_writer *w = reply_json(f, 200);

	json_object(w);
	json_member_text(w, "word", s->word);
	json_member_int(w, "number", s->number);
	json_member_int(w, "limit", f->page.limit);
	json_end(w);
	return FLOW_DONE;
}

/* ---- replies of any size, with and without a secret in them ---- */

struct size {
	int64_t bytes, version;
};

static const struct field size_shape[] = {
	INT(struct size, bytes, 0, 4000000, REQUIRED),
	INT(struct size, version, 0, 99, OPTIONAL),
	END_OF_FIELDS
};

static flow_step reply_text;

static const struct endpoint get_large = {
	.operation = "getLarge",
	.method = "GET",
	.path = "/probe/large",
	.allow = EVERYBODY,
	.query = size_shape,
	.query_bytes = sizeof(struct size),
	.steps = { reply_text },
};

static const struct endpoint get_secret = {
	.operation = "getSecret",
	.method = "GET",
	.path = "/probe/secret",
	.allow = EVERYBODY,
	.query = size_shape,
	.query_bytes = sizeof(struct size),
	.is_secret = true,
	.steps = { reply_text },
};

static enum flow_next reply_text(struct flow *f)
{
	const struct size *size = f->query;
	char *text = arena_zeroed(f->mem, 1, (size_t)size->bytes + 1);

	for (int64_t i = 0; i < size->bytes; i++)
		text[i] = (char)('a' + i * i % 23);
	if (size->version)
		reply_etag(f, size->version);
	return reply_bytes(f, 200, "text/plain", text, (size_t)size->bytes);
}

/* ---- an operation that is to go ---- */

static const struct deprecation leaving = {
	.since_s = 1780000000,
	.sunset_s = 1811548799,
	.about = "/docs#op-getOld",
	.successor = "/probe/version",
};

static flow_step be_old;

static const struct endpoint get_old = {
	.operation = "getOld",
	.method = "GET",
	.path = "/probe/old",
	.allow = EVERYBODY,
	.query = note_shape,
	.query_bytes = sizeof(struct note),
	.rate = RATE_SEARCH,
	.deprecated = &leaving,
	.steps = { be_old },
};

static enum flow_next be_old(struct flow *f)
{
	json_null(reply_json(f, 200));
	return FLOW_DONE;
}

extern const struct endpoint get_readyz, get_metrics;	/* endpoints/ */

const struct endpoint *const endpoints_all[] = {
	&post_effect, &post_both,  &post_ponder,  &patch_version,
	&get_version_three, &get_rule, &get_search, &get_readyz, &get_metrics,
	&get_large, &get_secret, &get_old,
};

const size_t endpoints_count = COUNT_OF(endpoints_all);

int main(void)
{
	struct config config;

	if (!config_read(&config, stderr) || !fold_open())
		return EXIT_FAILURE;
	return serve_run(&config, NULL);
}
