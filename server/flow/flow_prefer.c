/*
 * flow_prefer.c - what a client would rather have: a write's reply without its
 * body, a list with its total. Where it cannot be had the preference is
 * passed over, as RFC 7240 has it; Preference-Applied says what was heeded.
 */
#include <string.h>
#include <strings.h>

#include "flow/flow_private.h"
#include "flow/weights.h"

/* "return=minimal", also as written: return = "minimal". */
static bool is_preference(const struct choice *choice, const char *text)
{
	for (size_t i = 0; i < choice->bytes; i++) {
		char c = choice->at[i];

		if (c == ' ' || c == '\t' || c == '"')
			continue;
		if (!*text || strncasecmp(&c, text++, 1) != 0)
			return false;
	}
	return !*text;
}

/* The field may come more than once. */
bool client_prefers(const struct flow *f, const char *preference)
{
	const struct http_head *head = f->own->exchange->head;
	struct choice choice;

	for (size_t i = 0; i < head->field_count; i++) {
		struct weights list = { head->fields[i].value.at,
					head->fields[i].value.count };

		if (!http_span_is_nocase(head->fields[i].name, "prefer"))
			continue;
		while (weights_next(&list, &choice))
			if (is_preference(&choice, preference))
				return true;
	}
	return false;
}

static bool has_header(const struct flow_private *own, const char *name)
{
	for (size_t i = 0; i < own->header_count; i++)
		if (strcmp(own->headers[i].name, name) == 0)
			return true;
	return false;
}

/* Can what was written be found again, and is it nothing but what it is? */
static bool is_of_a_write(const struct flow_private *own)
{
	if (flow_is_read(own) || own->flow.endpoint->is_secret ||
	    !own->media_type)
		return false;
	return own->status == 201 ? has_header(own, "Location") :
	       own->status == 200 && (own->etag >= 0 || own->etag_text);
}

void flow_prefer(struct flow_private *own)
{
	struct flow *f = &own->flow;

	if (!f->endpoint || !is_of_a_write(own))
		return;
	if (client_prefers(f, "return=minimal")) {
		reply_header(f, "Preference-Applied", "return=minimal");
		own->status = own->status == 200 ? 204 : own->status;
		own->media_type = NULL;
		buf_clear(&own->out);
	} else if (client_prefers(f, "return=representation")) {
		reply_header(f, "Preference-Applied", "return=representation");
	}
}

/* ---- totals ---- */

static enum flow_next count(struct flow *f)
{
	struct flow_private *own = f->own;

	own->is_counting = false;
	own->question = own->counting;
	own->if_none = FAULT_BUG;
	db_ask(own->loop->db, &own->question, flow_await(own, AWAITS_ROWS));
	return FLOW_WAIT;
}

static enum flow_next write_total(struct flow *f)
{
	struct json_writer *w = &f->own->json;

	json_member_int(w, "total", rows_int(f->rows, 0, 0));
	json_end(w);
	reply_header(f, "Preference-Applied", "count=exact");
	return FLOW_DONE;
}

flow_step *const flow_counting[] = { count, write_total, NULL };
