/* flow_ask.c - questions: parameters become text in the flow's arena. */
#include <string.h>

#include "flow/flow_private.h"
#include "records/fields.h"

static const char *uuids_literal(struct arena *mem, const struct uuids *uuids)
{
	char *out = arena_zeroed(mem, 1, uuids->count * UUID_TEXT_BYTES + 3);
	char *to = out;

	*to++ = '{';
	for (size_t i = 0; i < uuids->count; i++) {
		if (i)
			*to++ = ',';
		uuid_text(&uuids->at[i], to);
		to += UUID_TEXT_BYTES - 1;
	}
	*to = '}';
	return out;
}

static const char *uuid_param(struct arena *mem, const struct uuid *id,
			      bool nil_is_null)
{
	char *out;

	if (!id || (nil_is_null && uuid_is_nil(id)))
		return NULL;
	out = arena_zeroed(mem, 1, UUID_TEXT_BYTES);
	uuid_text(id, out);
	return out;
}

static const char *param_text(struct arena *mem, const struct asked *p)
{
	switch (p->kind) {
	case ASKED_TEXT:
	case ASKED_AFTER:
		return p->at;
	case ASKED_INT:
	case ASKED_ROWS:
		return arena_print(mem, "%lld", (long long)p->number);
	case ASKED_BOOL:
		return p->number ? "t" : "f";
	case ASKED_UUID:
		return uuid_param(mem, p->at, true);
	case ASKED_ID:
		return uuid_param(mem, p->at, false);
	case ASKED_TEXTS:
		return p->at ? texts_to_array(mem, p->at) : NULL;
	case ASKED_UUIDS:
		return p->at ? uuids_literal(mem, p->at) : NULL;
	}
	must(!"a kind of parameter");
	return NULL;
}

enum flow_next flow_ask(struct flow *f, struct asking asking,
			const struct asked *params, int count)
{
	struct flow_private *own = f->own;
	struct db_question *q = &own->question;

	must(count <= DB_PARAMS_MAX);
	q->sql = asking.sql;
	q->lane = asking.lane;
	q->param_count = count;
	for (int i = 0; i < count; i++)
		q->params[i] = param_text(f->mem, &params[i]);
	page_note(own, params, count);
	own->if_none = asking.if_none;
	own->is_write = asking.lane == DB_WRITE || asking.lane == DB_GROUPED;
	if (own->turn)
		db_turn_ask(own->turn, q, flow_await(own, AWAITS_ROWS));
	else
		db_ask(own->loop->db, q, flow_await(own, AWAITS_ROWS));
	return FLOW_WAIT;
}

enum flow_next climb(struct flow *f, flow_step *const *steps)
{
	f->own->rung = steps;
	return FLOW_NEXT;
}
