/*
 * POST /v1/postings/bulk - up to 100 postings of an enterprise: drafts are
 * made, those with a reference made or replaced, and published where that is
 * asked. Each has its own fate; the statements are few, and for all of them.
 */
#include "endpoints/posting_bulk.h"

enum { BODY_MAX_BYTES = 4 * 1024 * 1024, DEADLINE_MS = 10000 };

static flow_step read_items, judge_items, take_new, take_changed,
	take_published, reply_items;

const struct endpoint bulk_postings = {
	.operation = "bulkPostings",
	.method = "POST",
	.path = "/v1/postings/bulk",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.deadline_ms = DEADLINE_MS,
	.state_bytes = sizeof(struct bulk),
	.body_max_bytes = BODY_MAX_BYTES,
	.media_type = "application/json",
	.is_transaction = true,
	.steps = { read_items, judge_items, take_new, take_changed,
		   take_published, reply_items },
};

static bool is_new(const struct bulk_item *item)
{
	return item->fault == FAULT_NONE && item->is_new;
}

static bool is_changed(const struct bulk_item *item)
{
	return item->fault == FAULT_NONE && item->is_changed;
}

static bool is_to_publish(const struct bulk_item *item)
{
	return item->fault == FAULT_NONE && item->is_to_publish;
}

static enum flow_next read_items(struct flow *f)
{
	enum flow_next next = bulk_read(f, f->state);

	return next == FLOW_NEXT ? bulk_find(f, f->state) : next;
}

static enum flow_next judge_items(struct flow *f)
{
	bulk_judge(f, f->state);
	return bulk_write(f, f->state, SQL_POSTINGS_NEW, is_new);
}

static enum flow_next take_new(struct flow *f)
{
	bulk_take(f, f->state);
	return bulk_write(f, f->state, SQL_POSTINGS_CHANGE, is_changed);
}

static enum flow_next take_changed(struct flow *f)
{
	bulk_take(f, f->state);
	return bulk_write(f, f->state, SQL_POSTINGS_PUBLISH, is_to_publish);
}

static enum flow_next take_published(struct flow *f)
{
	bulk_take(f, f->state);
	return bulk_ask_unknown(f, f->state);
}

static enum flow_next reply_items(struct flow *f)
{
	bulk_take_unknown(f, f->state);
	return bulk_reply(f, f->state);
}
