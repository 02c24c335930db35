/*
 * flow_arrive.c - the steps before the card's own: which card, who asks, may
 * they, is what they say in order; then a transaction where one is needed.
 */
#include <string.h>

#include "base/text.h"
#include "flow/flow_private.h"
#include "records/scopes.h"
#include "flow/idempotency.h"
#include "flow/rights.h"
#include "flow/tokens.h"
#include "flow/weights.h"

static flow_step find_card, check_heads, identify, take_session, authorise,
	begin_turn, enter;

flow_step *const flow_arrival[] = { find_card, check_heads, identify,
				    take_session, authorise, begin_turn,
				    enter, NULL };

flow_step *const *const flow_identify = flow_arrival + 2;

const char *flow_header(const struct flow_private *own, const char *name,
			size_t *bytes)
{
	struct http_span value = { "", 0 };

	if (!http_head_field(own->exchange->head, name, &value)) {
		*bytes = 0;
		return NULL;
	}
	*bytes = value.count;
	return value.at;
}

const char *request_header(struct flow *f, const char *name)
{
	size_t bytes;
	const char *value = flow_header(f->own, name, &bytes);
	char *out;

	if (!value || !bytes)
		return NULL;
	bytes = bytes < HEADER_SHOWN_BYTES ? bytes : HEADER_SHOWN_BYTES;
	out = arena_text(f->mem, value, bytes);
	for (size_t i = 0; i < bytes; i++)
		if (out[i] < ' ' || out[i] > '~')
			out[i] = '?';
	return out;
}

static const char harmless[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			       "abcdefghijklmnopqrstuvwxyz0123456789._-";

/* The client's own id if it is harmless in a log, else one of ours. */
static void take_request_id(struct flow_private *own)
{
	size_t bytes;
	const char *given = flow_header(own, "x-request-id", &bytes);
	struct uuid id = uuid_new();

	trace_of(own->exchange->head, &id, own->trace_id);
	if (given && bytes > 0 && bytes <= REQUEST_ID_MAX) {
		memcpy(own->request_id, given, bytes);
		own->request_id[bytes] = '\0';
		if (strspn(own->request_id, harmless) == bytes)
			return;
	}
	uuid_text(&id, own->request_id);
}

static enum flow_next find_card(struct flow *f)
{
	struct flow_private *own = f->own;
	const struct http_head *head = own->exchange->head;
	size_t bytes;
	const char *languages = flow_header(own, "accept-language", &bytes);

	take_request_id(own);
	f->lang = lang_accepted(languages, bytes);
	router_find(own->loop->service->router, head->method, head->path,
		    &own->route);
	f->endpoint = own->route.card;
	if (f->endpoint) {
		if (f->endpoint->deadline_ms)
			own->deadline_ms = own->begun_us / 1000 +
					   f->endpoint->deadline_ms;
		if (own->route.format != EXPORT_NONE && !export_open(own))
			return FLOW_FAIL;
		return FLOW_NEXT;
	}
	own->route.index = endpoints_count;
	if (!own->route.is_text)
		return fail(f, FAULT_BAD_REQUEST, "%s",
			    "the path is not valid UTF-8");
	if (http_span_is(head->method, "OPTIONS"))
		return flow_answer_options(f);
	if (!own->route.is_path_known)
		return fail(f, FAULT_NOT_FOUND, "%s", "");
	own->refusal = (struct http_header){ "Allow", own->route.allow };
	return fail(f, FAULT_BAD_METHOD, "%s", "");
}

static bool range_takes(const struct choice *range, const char *type)
{
	size_t kind = strcspn(type, "/") + 1;

	if (range->weight == 0)
		return false;
	return choice_is(range, type) || choice_is(range, "*/*") ||
	       (range->bytes == kind + 1 && range->at[kind] == '*' &&
		memcmp(range->at, type, kind) == 0);
}

/* The media type that the reply will have, without parameters. */
static const char *type_to_be(const struct flow_private *own)
{
	const char *type = own->flow.endpoint->produces;

	if (own->export)
		type = export_media_type(own);
	if (!type)
		return "application/json";
	return arena_text(own->flow.mem, type, strcspn(type, ";"));
}

static bool is_acceptable(const struct flow_private *own)
{
	const char *type = type_to_be(own);
	struct weights ranges;
	struct choice range;

	ranges.at = flow_header(own, "accept", &ranges.bytes);
	if (!ranges.at || !ranges.bytes)
		return true;
	while (weights_next(&ranges, &range))
		if (range_takes(&range, type))
			return true;
	return false;
}

/* Fields that mean nothing, or something dangerous, when they come twice. */
static enum flow_next check_heads(struct flow *f)
{
	static const char *const once[] = { "authorization", "content-type",
					    "content-encoding", "if-match",
					    "idempotency-key" };
	struct http_span value;

	for (size_t i = 0; i < COUNT_OF(once); i++)
		if (http_head_field(f->own->exchange->head, once[i],
				    &value) > 1)
			return fail(f, FAULT_BAD_REQUEST,
				    "header %s comes twice", once[i]);
	if (!is_acceptable(f->own))
		return fail(f, FAULT_NOT_ACCEPTABLE, "%s", "");
	return FLOW_NEXT;
}

static enum flow_next identify(struct flow *f)
{
	struct flow_private *own = f->own;
	const char *header, *token;
	size_t bytes, token_bytes;
	char *hex;

	header = flow_header(own, "authorization", &bytes);
	if (!header || !rights_need_actor(f->endpoint))
		return climb(f, flow_arrival + 4);
	if (!token_from_header(header, bytes, &token, &token_bytes))
		return fail(f, FAULT_NOT_SIGNED_IN, "%s",
			    "Authorization is not a bearer token");
	crypto_sha256((struct bytes){ token, token_bytes }, own->token);
	if (tokens_find(own->loop->tokens, own->token, &f->actor))
		return climb(f, flow_arrival + 4);
	/* Until it is known whose it is, it is the address that asks. */
	if (!flow_charge(own))
		return FLOW_FAIL;
	own->token_moment = tokens_moment(own->loop->tokens);
	hex = arena_zeroed(f->mem, 1, SHA256_BYTES * 2 + 1);
	text_hex(own->token, SHA256_BYTES, hex);
	return FLOW_ASK_(f, DB_KEYED, FAULT_NOT_SIGNED_IN,
			 SQL_SESSION_BY_TOKEN, P_TEXT(hex));
}

/* Columns as schema/queries/session_by_token.sql has them. */
static enum flow_next take_session(struct flow *f)
{
	struct flow_private *own = f->own;

	flow_refund(own);
	f->actor.session_id = rows_uuid(f->rows, 0, 0);
	f->actor.consortium_id = rows_uuid(f->rows, 0, 1);
	f->actor.account_id = rows_uuid(f->rows, 0, 2);
	must(role_from_word(rows_text(f->rows, 0, 3), &f->actor.role));
	f->actor.owner_id = rows_uuid(f->rows, 0, 4);
	f->actor.is_key = !rows_is_null(f->rows, 0, 6);
	f->actor.key_scopes = scopes_from_text(rows_text(f->rows, 0, 6));
	tokens_learn(own->loop->tokens, own->token, &f->actor,
		     rows_int(f->rows, 0, 5), own->token_moment);
	f->rows = NULL;	/* the card's first step has no last answer */
	return FLOW_NEXT;
}

static enum flow_next authorise(struct flow *f)
{
	struct flow_private *own = f->own;

	/* The session was our question: the first step finds no answer. */
	if (own->rows)
		rows_release(own->rows);
	own->rows = NULL;
	f->rows = NULL;
	if (!flow_charge(own) ||
	    !rights_authorise(f->endpoint, &f->actor, &own->fault))
		return FLOW_FAIL;
	if (f->endpoint->state_bytes)
		f->state = arena_zeroed(f->mem, 1, f->endpoint->state_bytes);
	if (!flow_decode(f) || !idempotency_read_key(own))
		return FLOW_FAIL;
	if (f->endpoint->is_transaction || own->idempotency_key)
		return FLOW_NEXT;
	return climb(f, f->endpoint->steps);
}

static enum flow_next begin_turn(struct flow *f)
{
	f->own->turn = db_begin(f->own->loop->db,
				flow_await(f->own, AWAITS_TURN));
	return FLOW_WAIT;
}

static enum flow_next enter(struct flow *f)
{
	if (f->own->idempotency_key)
		return climb(f, idempotency_arrival);
	return climb(f, f->endpoint->steps);
}
